import { Button, Select, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Media } from '../../src/contract/media.ts';
import { listMedia } from '../../src/contract/operations/media.ts';
import { call } from '../shell/api.ts';
import { useCommands } from '../shell/commands.ts';
import { Empty } from '../shell/empty.tsx';
import { Failed } from '../shell/errors.tsx';
import { Icon } from '../shell/icons.tsx';
import { Page } from '../shell/page.tsx';
import { Pager } from '../shell/pager.tsx';
import { oneOf, useParams } from '../shell/params.ts';
import rows from '../shell/rows.module.css';
import { useFileDrop } from '../shell/use-file-drop.ts';
import { MediaCard } from './media-card.tsx';
import { MediaForm } from './media-form.tsx';
import classes from './media-page.module.css';
import { Uploads } from './uploads.tsx';
import { useUploads } from './use-uploads.ts';

const pageSize = 48;
const kinds = ['video', 'image'] as const;

/** The library: what may be posted, what was, and by whom. Files are added by dropping them anywhere on the page. */
export function MediaPage() {
  const { t } = useTranslation();
  const [params, change] = useParams();
  const kind = oneOf(kinds, params.get('kind'));
  const used = oneOf(['true', 'false'] as const, params.get('used'));
  const text = params.get('q') ?? '';
  const tag = params.get('tag') ?? '';
  const page = Math.max(1, Number(params.get('page')) || 1);
  const query = {
    page,
    page_size: pageSize,
    ...(kind && { kind }),
    ...(used && { used }),
    ...(text !== '' && { text }),
    ...(tag !== '' && { tag }),
  };
  const media = useQuery({
    queryKey: ['media', query],
    queryFn: ({ signal }) => call(listMedia, { query, signal }),
    placeholderData: keepPreviousData,
  });
  const { uploads, add, close } = useUploads();
  const isOver = useFileDrop(add);
  const [open, setOpen] = useState<Media>();
  const chooser = useRef<HTMLInputElement>(null);
  useCommands([
    {
      id: 'media-add',
      label: t('media.add'),
      keys: 'c',
      section: t('nav.media'),
      run: () => chooser.current?.click(),
    },
  ]);
  const list = media.data?.media ?? [];
  const isFiltered = kind !== undefined || used !== undefined || text !== '' || tag !== '';

  return (
    <div className={classes.ground} data-over={isOver || undefined}>
      <Page
        title={t('nav.media')}
        lead={media.isSuccess ? t('media.count', { count: media.data.total }) : ''}
        actions={
          <>
            <input
              ref={chooser}
              type="file"
              multiple
              hidden
              accept="video/*,image/*"
              aria-label={t('media.add')}
              onChange={(event) => {
                add([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = '';
              }}
            />
            <Button size="xs" leftSection={<Icon name="upload" />} onClick={() => chooser.current?.click()}>
              {t('media.add')}
            </Button>
          </>
        }
      >
        <search className={rows.tools ?? ''}>
          <TextInput
            size="xs"
            leftSection={<Icon name="search" />}
            placeholder={t('media.find')}
            aria-label={t('media.find')}
            value={text}
            onChange={(event) => change({ q: event.currentTarget.value, page: undefined })}
          />
          <TextInput
            size="xs"
            placeholder={t('media.tag')}
            aria-label={t('media.tag')}
            value={tag}
            onChange={(event) => change({ tag: event.currentTarget.value, page: undefined })}
          />
          <Select
            size="xs"
            clearable
            placeholder={t('media.anyKind')}
            aria-label={t('media.kind')}
            value={kind ?? null}
            data={kinds.map((value) => ({ value, label: t(`media.kinds.${value}`) }))}
            onChange={(value) => change({ kind: value ?? undefined, page: undefined })}
          />
          <Select
            size="xs"
            clearable
            placeholder={t('media.anyUse')}
            aria-label={t('media.use')}
            value={used ?? null}
            data={[
              { value: 'false', label: t('media.unused') },
              { value: 'true', label: t('media.used') },
            ]}
            onChange={(value) => change({ used: value ?? undefined, page: undefined })}
          />
        </search>
        <Uploads uploads={uploads} onClose={close} />
        {media.isError && list.length === 0 && <Failed error={media.error} onAgain={() => void media.refetch()} />}
        {media.isSuccess && list.length === 0 && (
          <Empty icon="media" title={isFiltered ? t('media.noneFits') : t('media.none')}>
            <p>{t('media.what')}</p>
          </Empty>
        )}
        <div className={classes.grid}>
          {list.map((item) => (
            <MediaCard key={item.id} item={item} onOpen={() => setOpen(item)} />
          ))}
        </div>
        <Pager
          total={media.data?.total ?? 0}
          pageSize={pageSize}
          page={page}
          onPage={(number) => change({ page: String(number) })}
        />
        {open && <MediaForm item={open} onClose={() => setOpen(undefined)} />}
      </Page>
    </div>
  );
}
