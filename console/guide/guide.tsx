import { Anchor, Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { listMedia } from '../../src/contract/operations/media.ts';
import { listTasks } from '../../src/contract/operations/tasks.ts';
import { AccountForm } from '../accounts/account-form.tsx';
import { Uploads } from '../media/uploads.tsx';
import { useUploads } from '../media/use-uploads.ts';
import { call } from '../shell/api.ts';
import { Icon } from '../shell/icons.tsx';
import { useAccounts, useDevices, useStats } from '../shell/queries.ts';
import { TaskNews, TaskStatus } from '../tasks/task-status.tsx';
import { ConnectPhone } from './connect-phone.tsx';
import classes from './guide.module.css';
import { doneSteps, firstTaskPath, type GuideStep, guideSteps } from './guide-model.ts';

/** The way from no phone to the first task, a step at a time. What is done is what the server says is there. */
export function Guide() {
  const { t } = useTranslation();
  const devices = useDevices();
  const accounts = useAccounts();
  const stats = useStats();
  const media = useQuery({
    queryKey: ['media', 'count'],
    queryFn: ({ signal }) => call(listMedia, { query: { page_size: 1 }, signal }),
  });
  const facts = {
    devices: devices.data ?? [],
    accounts: accounts.data ?? [],
    mediaTotal: media.data?.total ?? 0,
    stats: stats.data,
  };
  // What is not known yet is neither done nor to do.
  const isKnown = [devices, accounts, stats, media].every(({ isPending }) => !isPending);
  const done = doneSteps(facts);
  const now = guideSteps.find((step) => !done.has(step));
  const bodies: Readonly<Record<GuideStep, ReactNode>> = {
    phone: <ConnectPhone devices={facts.devices} />,
    account: <AddAccount serial={facts.devices.find(({ state }) => state === 'ready')?.serial} />,
    media: <AddMedia />,
    task: <FirstTask path={firstTaskPath(facts)} />,
    watch: <Watch />,
  };
  return (
    <ol className={classes.steps} aria-label={t('guide.title')} aria-busy={!isKnown}>
      {isKnown &&
        guideSteps.map((step) => (
          <li key={step} data-done={done.has(step) || undefined}>
            <details className={classes.step} open={step === now}>
              <summary>
                <span className={classes.sign} aria-hidden="true">
                  {done.has(step) ? <Icon name="check" /> : guideSteps.indexOf(step) + 1}
                </span>
                <h2>{t(`guide.steps.${step}`)}</h2>
                <span className={classes.state}>
                  {t(done.has(step) ? 'guide.done' : step === now ? 'guide.now' : 'guide.later')}
                </span>
              </summary>
              <div className={classes.body}>{bodies[step]}</div>
            </details>
          </li>
        ))}
    </ol>
  );
}

function AddAccount({ serial }: { serial: string | undefined }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <p>{t('guide.account.why')}</p>
      <p>{t('guide.account.virtual')}</p>
      <Group gap="xs">
        <Button size="xs" leftSection={<Icon name="plus" />} onClick={() => setOpen(true)}>
          {t('accounts.add')}
        </Button>
        <Anchor component={Link} href="/accounts" fz="sm">
          {t('shell.goTo', { page: t('nav.accounts') })}
        </Anchor>
      </Group>
      {isOpen && <AccountForm account={undefined} serial={serial} onClose={() => setOpen(false)} />}
    </>
  );
}

function AddMedia() {
  const { t } = useTranslation();
  const { uploads, add, close } = useUploads();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <p>{t('guide.media.why')}</p>
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
      <Group gap="xs">
        <Button size="xs" leftSection={<Icon name="upload" />} onClick={() => chooser.current?.click()}>
          {t('media.add')}
        </Button>
        <Anchor component={Link} href="/media" fz="sm">
          {t('shell.goTo', { page: t('nav.media') })}
        </Anchor>
      </Group>
      <Uploads uploads={uploads} onClose={close} />
    </>
  );
}

function FirstTask({ path }: { path: string }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t('guide.task.why')}</p>
      <Button component={Link} href={path} size="xs" leftSection={<Icon name="plus" />}>
        {t('guide.task.fillIn')}
      </Button>
    </>
  );
}

function Watch() {
  const { t } = useTranslation();
  const newest = useQuery({
    queryKey: ['tasks', 'newest'],
    queryFn: ({ signal }) => call(listTasks, { query: { page_size: 1 }, signal }),
    refetchInterval: ({ state }) => (state.data?.tasks.some(({ status }) => status === 1) ? 1_500 : false),
  });
  const task = newest.data?.tasks[0];
  if (!task) return <p>{t('guide.watch.none')}</p>;
  return (
    <>
      <p>{t('guide.watch.why')}</p>
      <div className={classes.task} aria-live="polite">
        <Link href={`/tasks/${task.id}`}>
          {t(`scripts.${task.script_name}`)} · {t('tasks.title', { id: task.id })}
        </Link>
        <TaskStatus task={task} />
        <TaskNews task={task} />
      </div>
      <Anchor component={Link} href={`/devices/${encodeURIComponent(task.serial)}`} fz="sm">
        {t('tasks.openPhone')}
      </Anchor>
    </>
  );
}
