import { ActionIcon, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceFile } from '../../src/contract/device-files.ts';
import { getFile, listFiles, removeFile } from '../../src/contract/operations/device-hand.ts';
import { call, urlOf } from '../shell/api.ts';
import { useConfirm } from '../shell/confirm.tsx';
import { Empty } from '../shell/empty.tsx';
import { Failed } from '../shell/errors.tsx';
import { bytes } from '../shell/format.ts';
import { Icon } from '../shell/icons.tsx';
import { tellDone, tellFailure } from '../shell/notify.tsx';
import rows from '../shell/rows.module.css';
import { saveLargeFile } from '../shell/save-file.ts';
import { Instant } from '../shell/time.tsx';
import { visible } from '../shell/visible.ts';
import classes from './files-tab.module.css';
import type { Hold } from './hold.ts';

interface FilesTabProps {
  serial: string;
  hold: Pick<Hold, 'during'>;
  folder: string;
  onFolder(path: string): void;
  onSend(files: readonly File[]): void;
}

/** A folder of the phone's shared storage. */
export function FilesTab({ serial, hold, folder, onFolder, onSend }: FilesTabProps) {
  const { t } = useTranslation();
  const chooser = useRef<HTMLInputElement>(null);
  const listed = useQuery({
    queryKey: ['files', serial, folder],
    queryFn: ({ signal }) => call(listFiles, { params: { serial }, query: { path: folder }, signal }),
    staleTime: 0,
  });
  const parent = listed.data?.parent ?? null;
  return (
    <div className={classes.files}>
      <div className={rows.tools}>
        <ActionIcon
          variant="default"
          size="md"
          aria-label={t('devices.files.up')}
          disabled={parent === null}
          onClick={() => parent !== null && onFolder(parent)}
        >
          <Icon name="up" />
        </ActionIcon>
        <strong className={classes.path}>
          <bdi>{visible(folder)}</bdi>
        </strong>
        <ActionIcon
          variant="default"
          size="md"
          aria-label={t('devices.files.again')}
          loading={listed.isFetching}
          onClick={() => void listed.refetch()}
        >
          <Icon name="retry" />
        </ActionIcon>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          aria-label={t('devices.files.send')}
          onChange={(event) => {
            onSend([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        <Button size="xs" leftSection={<Icon name="upload" />} onClick={() => chooser.current?.click()}>
          {t('devices.files.send')}
        </Button>
      </div>
      {listed.isError && <Failed error={listed.error} onAgain={() => void listed.refetch()} />}
      {listed.data?.entries.length === 0 && (
        <Empty icon="folder" title={t('devices.files.empty')}>
          <p>{t('devices.files.emptyHelp')}</p>
        </Empty>
      )}
      {listed.data && listed.data.entries.length > 0 && (
        <div className={rows.scroller}>
          <table className={classes.table} aria-label={t('devices.files.listed', { folder })}>
            <thead>
              <tr>
                <th scope="col">{t('devices.files.name')}</th>
                <th scope="col">{t('devices.files.size')}</th>
                <th scope="col">{t('devices.files.changed')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {listed.data.entries.map((entry) => (
                <FileRow key={entry.name} entry={entry} serial={serial} hold={hold} onFolder={onFolder} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {listed.data?.whole === false && <p>{t('devices.files.more')}</p>}
    </div>
  );
}

interface FileRowProps extends Pick<FilesTabProps, 'serial' | 'hold' | 'onFolder'> {
  entry: DeviceFile;
}

function FileRow({ entry, serial, hold, onFolder }: FileRowProps) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const confirm = useConfirm();
  const { name, path, kind } = entry;
  const label = visible(name);
  const remove = useMutation({
    mutationFn: () => hold.during((token) => call(removeFile, { params: { serial }, query: { hold: token, path } })),
    onSuccess: () => {
      tellDone(t('devices.files.removed', { name: label }));
      void client.invalidateQueries({ queryKey: ['files', serial] });
    },
    onError: (error) => tellFailure(t('devices.files.notRemoved'), error, i18n),
  });
  const fetchIt = useMutation({
    mutationFn: () => saveLargeFile(urlOf(getFile.path, { serial }, { path }), name),
    onError: (error) => tellFailure(t('devices.files.notSaved'), error, i18n),
  });
  const ask = async () => {
    const question = {
      title: t('devices.files.remove', { name: label }),
      text: t('devices.files.removeSure', { name: label }),
    };
    if (await confirm({ ...question, yes: t('tasks.actions.delete'), isDangerous: true })) remove.mutate();
  };
  return (
    <tr>
      <td>
        <span className={classes.name}>
          <Icon name={kind === 'folder' ? 'folder' : 'file'} />
          {kind === 'folder' ? (
            <button type="button" onClick={() => onFolder(path)}>
              <bdi>{label}</bdi>
            </button>
          ) : (
            <bdi>{label}</bdi>
          )}
        </span>
      </td>
      <td>{kind === 'file' && bytes(i18n.language, entry.bytes)}</td>
      <td>
        <Instant at={entry.modified_at} />
      </td>
      <td>
        <span className={rows.acts}>
          {kind === 'file' && (
            <ActionIcon
              variant="subtle"
              size="sm"
              aria-label={t('devices.files.download', { name: label })}
              loading={fetchIt.isPending}
              onClick={() => fetchIt.mutate()}
            >
              <Icon name="download" />
            </ActionIcon>
          )}
          <ActionIcon
            variant="subtle"
            size="sm"
            aria-label={t('devices.files.remove', { name: label })}
            loading={remove.isPending}
            onClick={() => void ask()}
          >
            <Icon name="bin" />
          </ActionIcon>
        </span>
      </td>
    </tr>
  );
}
