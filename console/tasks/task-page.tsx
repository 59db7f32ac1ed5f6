import { ActionIcon, Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import { getTrace } from '../../src/contract/operations/tasks.ts';
import type { Task } from '../../src/contract/task.ts';
import { call } from '../shell/api.ts';
import { useCommands } from '../shell/commands.ts';
import { useConfirm } from '../shell/confirm.tsx';
import { Failed } from '../shell/errors.tsx';
import { Icon } from '../shell/icons.tsx';
import { tellDone } from '../shell/notify.tsx';
import { Page } from '../shell/page.tsx';
import { useTask } from '../shell/queries.ts';
import { Ago, Instant } from '../shell/time.tsx';
import { TraceFilesProvider } from '../traces/files.tsx';
import { ServerFiles } from '../traces/server-files.ts';
import { TraceViewer } from '../traces/viewer.tsx';
import { curlOf } from './curl.ts';
import { saveTrace } from './save-trace.ts';
import { useTaskActions } from './task-actions.ts';
import classes from './task-page.module.css';
import { TaskNews, TaskStatus } from './task-status.tsx';
import { canRetry, canStop, subjectOf } from './task-text.ts';

/** One task: what it is, how it stands, and its trace. */
export function TaskPage() {
  const { t } = useTranslation();
  const id = Number(useParams<{ id: string }>().id);
  const task = useTask(id);
  const trace = useQuery({
    queryKey: ['task', id, 'trace'],
    queryFn: ({ signal }) => call(getTrace, { params: { task_id: id }, signal }),
    refetchInterval: task.data?.status === 1 ? 2_000 : false,
  });
  const [files, setFiles] = useState<ServerFiles>();
  useEffect(() => {
    const opened = new ServerFiles(id);
    setFiles(opened);
    return () => opened.release();
  }, [id]);

  if (task.isError && !task.data)
    return (
      <Page title={t('tasks.title', { id })}>
        <Failed error={task.error} onAgain={() => void task.refetch()} />
      </Page>
    );
  if (!task.data) return <Page title={t('tasks.title', { id })}>{null}</Page>;
  return (
    <Page
      title={`${t(`scripts.${task.data.script_name}`)} #${id}`}
      lead={<bdi>{subjectOf(task.data)}</bdi>}
      actions={<Actions task={task.data} />}
    >
      <Facts task={task.data} />
      {trace.isError && !trace.data && <Failed error={trace.error} onAgain={() => void trace.refetch()} />}
      {trace.data && files && (
        <TraceFilesProvider value={files}>
          <TraceViewer trace={trace.data} failure={task.data.failure} actions={<FailureActions task={task.data} />} />
        </TraceFilesProvider>
      )}
    </Page>
  );
}

function Facts({ task }: { task: Task }) {
  const { t } = useTranslation();
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('tasks.columns.status')}</dt>
        <dd>
          <TaskStatus task={task} />
        </dd>
      </div>
      <div>
        <dt>{t('tasks.phone')}</dt>
        <dd>
          <Link href={`/devices/${encodeURIComponent(task.serial)}`}>
            <bdi>{task.serial}</bdi>
          </Link>
        </dd>
      </div>
      {task.username !== null && (
        <div>
          <dt>{t('tasks.account')}</dt>
          <dd>
            <bdi>{task.username}</bdi>
          </dd>
        </div>
      )}
      <div>
        <dt>{t('tasks.due')}</dt>
        <dd>
          <Instant at={task.due_at} /> (<Ago at={task.due_at} />)
        </dd>
      </div>
      {task.status < 2 && (
        <div>
          <dt>{task.status === 1 ? t('devices.progress') : t('tasks.waitsFor')}</dt>
          <dd>
            <TaskNews task={task} />
          </dd>
        </div>
      )}
      {task.retry_count > 0 && (
        <div>
          <dt>{t('tasks.retries')}</dt>
          <dd>{task.retry_count}</dd>
        </div>
      )}
    </dl>
  );
}

function Actions({ task }: { task: Task }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const act = useTaskActions();
  const confirm = useConfirm();
  const remove = async () => {
    const isSure = await confirm({
      title: t('tasks.deleteTitle', { count: 1 }),
      text: t('tasks.deleteText'),
      yes: t('tasks.actions.delete'),
      isDangerous: true,
    });
    if (isSure) act.mutate({ action: 'delete', ids: [task.id] }, { onSuccess: () => go('/tasks') });
  };
  const stop = () => act.mutate({ action: 'stop', ids: [task.id] });
  const retry = () => act.mutate({ action: 'retry', ids: [task.id] });
  const copy = () => {
    void navigator.clipboard.writeText(curlOf(bodyOf(task))).then(() => tellDone(t('shell.copied')));
  };
  const section = t('tasks.title', { id: task.id });
  useCommands([
    ...(canRetry(task) ? [{ id: 'retry', label: t('tasks.actions.retry'), keys: 'r', section, run: retry }] : []),
    ...(canStop(task) ? [{ id: 'stop', label: t('tasks.actions.stop'), keys: 's', section, run: stop }] : []),
    { id: 'delete', label: t('tasks.actions.delete'), section, run: () => void remove() },
    { id: 'save', label: t('trace.save'), section, run: () => void saveTrace(task.id) },
  ]);
  return (
    <>
      {canStop(task) && (
        <Button size="xs" variant="default" leftSection={<Icon name="stop" />} loading={act.isPending} onClick={stop}>
          {t('tasks.actions.stop')}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="md" aria-label={t('tasks.more')}>
            <Icon name="down" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {task.attempts > 0 && (
            <Menu.Item leftSection={<Icon name="download" />} onClick={() => void saveTrace(task.id)}>
              {t('trace.save')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Icon name="copy" />} onClick={copy}>
            {t('tasks.copyCurl')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="bin" />} onClick={() => void remove()}>
            {t('tasks.actions.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** The create call that makes this task once more. */
const bodyOf = (task: Task): object => ({
  ...(task.username === null ? { serials: [task.serial] } : { usernames: [task.username] }),
  script_name: task.script_name,
  script_config: task.script_config,
});

function FailureActions({ task }: { task: Task }) {
  const { t } = useTranslation();
  const act = useTaskActions();
  return (
    <>
      {canRetry(task) && (
        <Button
          size="xs"
          loading={act.isPending}
          leftSection={<Icon name="retry" />}
          onClick={() => act.mutate({ action: 'retry', ids: [task.id] })}
        >
          {t('tasks.actions.retry')}
        </Button>
      )}
      {task.failure?.unconfirmed && (
        <Button component={Link} href={`/review?task=${task.id}`} size="xs" leftSection={<Icon name="review" />}>
          {t('tasks.decide')}
        </Button>
      )}
      <Button
        component={Link}
        href={`/devices/${encodeURIComponent(task.serial)}`}
        size="xs"
        variant="default"
        leftSection={<Icon name="phone" />}
      >
        {t('tasks.openPhone')}
      </Button>
    </>
  );
}
