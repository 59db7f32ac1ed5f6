import { Button, Select, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AuditEntry } from '../../src/contract/audit.ts';
import { eventTypes } from '../../src/contract/event.ts';
import { listAudit } from '../../src/contract/operations/audit.ts';
import { call } from '../shell/api.ts';
import { Empty } from '../shell/empty.tsx';
import { Failed } from '../shell/errors.tsx';
import { Page } from '../shell/page.tsx';
import { oneOf, useParams } from '../shell/params.ts';
import rows from '../shell/rows.module.css';
import { Switcher } from '../shell/switcher.tsx';
import { Instant } from '../shell/time.tsx';

const pageSize = 50;

/** Who did what, newest first. What the server does by itself is left out unless one asks for it. */
export function AuditPage() {
  const { t } = useTranslation();
  const [params, change] = useParams();
  const isAll = params.get('by') === 'all';
  const type = oneOf(eventTypes, params.get('type'));
  const person = params.get('person') ?? '';
  const query = {
    page_size: pageSize,
    ...(!isAll && { by: 'people' as const }),
    ...(type && { type }),
    ...(person !== '' && { person }),
  };
  const audit = useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: ({ pageParam, signal }) =>
      call(listAudit, { query: { ...query, ...(pageParam !== undefined && { before: pageParam }) }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next_before ?? undefined,
  });
  const events = audit.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Page
      title={t('nav.audit')}
      actions={
        <Switcher
          label={t('audit.by')}
          value={isAll ? 'all' : 'people'}
          options={[
            { value: 'people', label: t('audit.people') },
            { value: 'all', label: t('audit.all') },
          ]}
          onChange={(by) => change({ by: by === 'people' ? undefined : by })}
        />
      }
    >
      <search className={rows.tools ?? ''}>
        <Select
          size="xs"
          clearable
          searchable
          placeholder={t('audit.anyType')}
          aria-label={t('audit.type')}
          value={type ?? null}
          data={[...eventTypes]}
          onChange={(value) => change({ type: value ?? undefined })}
        />
        <TextInput
          size="xs"
          placeholder={t('audit.person')}
          aria-label={t('audit.person')}
          value={person}
          onChange={(event) => change({ person: event.currentTarget.value })}
        />
      </search>
      {audit.isError && events.length === 0 && <Failed error={audit.error} onAgain={() => void audit.refetch()} />}
      {audit.isSuccess && events.length === 0 && (
        <Empty icon="log" title={t('audit.none')}>
          <p>{t('audit.what')}</p>
        </Empty>
      )}
      {events.length > 0 && (
        <div className={rows.scroller}>
          <table className={rows.rows}>
            <thead>
              <tr>
                <th scope="col">{t('audit.when')}</th>
                <th scope="col">{t('audit.who')}</th>
                <th scope="col">{t('audit.type')}</th>
                <th scope="col">{t('audit.subject')}</th>
                <th scope="col">{t('audit.details')}</th>
              </tr>
            </thead>
            <tbody>
              {events.map((event) => (
                <Row key={event.id} event={event} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {audit.hasNextPage && (
        <div className={rows.more}>
          <Button
            size="xs"
            variant="default"
            loading={audit.isFetchingNextPage}
            onClick={() => void audit.fetchNextPage()}
          >
            {t('audit.more')}
          </Button>
        </div>
      )}
    </Page>
  );
}

function Row({ event }: { event: AuditEntry }) {
  const { t } = useTranslation();
  const task = /^task:(\d+)$/.exec(event.subject)?.[1];
  const facts = Object.entries(event.body).map(([key, value]) => `${key}: ${shown(value)}`);
  return (
    <tr>
      <td data-tight="">
        <Instant at={event.at} />
      </td>
      <td>
        <bdi>{event.person ?? t('audit.server')}</bdi>
      </td>
      <td data-tight="">{event.type}</td>
      <td>
        <bdi>{task === undefined ? event.subject : <Link href={`/tasks/${task}`}>{event.subject}</Link>}</bdi>
      </td>
      <td>
        <small>
          <bdi>{facts.join(' · ').slice(0, 300)}</bdi>
        </small>
      </td>
    </tr>
  );
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
