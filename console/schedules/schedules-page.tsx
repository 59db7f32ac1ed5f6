import { ActionIcon, Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { changeSchedule, deleteSchedule, listSchedules } from '../../src/contract/operations/schedules.ts';
import type { Schedule } from '../../src/contract/schedule.ts';
import { isScriptName } from '../../src/contract/script-names.ts';
import { call } from '../shell/api.ts';
import { useCommands } from '../shell/commands.ts';
import { useConfirm } from '../shell/confirm.tsx';
import { Empty } from '../shell/empty.tsx';
import { Failed } from '../shell/errors.tsx';
import { Icon } from '../shell/icons.tsx';
import { Page } from '../shell/page.tsx';
import { useParams } from '../shell/params.ts';
import rows from '../shell/rows.module.css';
import { Switcher } from '../shell/switcher.tsx';
import { Ago, Instant } from '../shell/time.tsx';
import { useAct } from '../shell/use-act.ts';
import { Calendar } from './calendar.tsx';

const stale = [['schedules']];

/** Tasks that are made again and again: as a list, or as what runs when. */
export function SchedulesPage() {
  const { t } = useTranslation();
  const [params, change] = useParams();
  const isCalendar = params.get('view') === 'calendar';
  const [, go] = useLocation();
  const open = ({ id }: Pick<Schedule, 'id'>) => go(`/schedules/${id}`);
  const schedules = useQuery({
    queryKey: ['schedules'],
    queryFn: ({ signal }) => call(listSchedules, { query: { page_size: 100 }, signal }),
  });
  useCommands([
    {
      id: 'schedule-new',
      label: t('schedules.add'),
      keys: 'c',
      section: t('nav.schedules'),
      run: () => go('/schedules/new'),
    },
  ]);
  const list = schedules.data?.schedules ?? [];
  return (
    <Page
      title={t('nav.schedules')}
      actions={
        <>
          <Switcher
            label={t('schedules.view')}
            value={isCalendar ? 'calendar' : 'list'}
            options={[
              { value: 'list', label: t('schedules.list') },
              { value: 'calendar', label: t('schedules.calendar') },
            ]}
            onChange={(view) => change({ view: view === 'list' ? undefined : view })}
          />
          <Button component={Link} href="/schedules/new" size="xs" leftSection={<Icon name="plus" />}>
            {t('schedules.add')}
          </Button>
        </>
      }
    >
      {schedules.isError && list.length === 0 && (
        <Failed error={schedules.error} onAgain={() => void schedules.refetch()} />
      )}
      {schedules.isSuccess && list.length === 0 && (
        <Empty icon="schedules" title={t('schedules.none')}>
          <p>{t('schedules.what')}</p>
        </Empty>
      )}
      {list.length > 0 &&
        (isCalendar ? (
          <Calendar schedules={list} onOpen={open} />
        ) : (
          <div className={rows.scroller}>
            <table className={rows.rows}>
              <thead>
                <tr>
                  <th scope="col">{t('schedules.name')}</th>
                  <th scope="col">{t('schedules.when')}</th>
                  <th scope="col">{t('schedules.next')}</th>
                  <th scope="col">{t('schedules.last')}</th>
                  <th scope="col">{t('schedules.enabled')}</th>
                  <th scope="col">{t('lists.actions')}</th>
                </tr>
              </thead>
              <tbody>
                {list.map((schedule) => (
                  <Row key={schedule.id} schedule={schedule} />
                ))}
              </tbody>
            </table>
          </div>
        ))}
    </Page>
  );
}

function Row({ schedule }: { schedule: Schedule }) {
  const { t } = useTranslation();
  const { act, isBusy } = useAct();
  const confirm = useConfirm();
  const { id, name, cron, time_zone, next_at, last_at, last_error, last_task_ids, enabled, body } = schedule;
  const failed = t('schedules.failed', { name });
  const script = body.script_name;
  return (
    <tr>
      <td>
        <Link href={`/schedules/${id}`} dir="auto">
          {name}
        </Link>
        <small>{typeof script === 'string' && isScriptName(script) ? t(`scripts.${script}`) : ''}</small>
      </td>
      <td>
        <code>{cron}</code>
        <small>{time_zone}</small>
      </td>
      <td data-tight="">{next_at === null ? t('schedules.off') : <Instant at={next_at} />}</td>
      <td>
        {last_at === null ? t('schedules.never') : <Ago at={last_at} />}
        {last_error !== null && <small dir="auto">{last_error}</small>}
        {last_task_ids.slice(0, 3).map((task) => (
          <small key={task}>
            <Link href={`/tasks/${task}`}>{t('review.openTask', { id: task })}</Link>
          </small>
        ))}
      </td>
      <td>
        <Switch
          size="xs"
          aria-label={t('schedules.enabledName', { name })}
          checked={enabled}
          disabled={isBusy}
          onChange={(event) => {
            const change = { enabled: event.currentTarget.checked };
            void act({ done: '', failed, stale }, () => call(changeSchedule, { params: { id }, body: change }));
          }}
        />
      </td>
      <td data-tight="">
        <div className={rows.acts}>
          <ActionIcon
            variant="subtle"
            color="gray"
            loading={isBusy}
            aria-label={t('schedules.delete', { name })}
            onClick={async () => {
              const text = t('schedules.deleteSure', { name });
              if (!(await confirm({ title: t('schedules.delete', { name }), text, yes: t('lists.delete') }))) return;
              void act({ done: t('schedules.deleted', { name }), failed, stale }, () =>
                call(deleteSchedule, { params: { id } }),
              );
            }}
          >
            <Icon name="bin" />
          </ActionIcon>
        </div>
      </td>
    </tr>
  );
}
