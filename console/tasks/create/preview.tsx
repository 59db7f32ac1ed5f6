import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CreateTaskBody, DryRunReply, PlannedTaskReply } from '../../../src/contract/create-task.ts';
import { createTasks } from '../../../src/contract/operations/tasks.ts';
import { call } from '../../shell/api.ts';
import { Icon } from '../../shell/icons.tsx';
import { tellDone } from '../../shell/notify.tsx';
import { errorText, sentenceText } from '../../shell/said.ts';
import { Instant } from '../../shell/time.tsx';
import { curlOf } from '../curl.ts';
import classes from './preview.module.css';

const settleMs = 350;
const mostShown = 30;

interface PlanPreviewProps {
  title: string;
  body: CreateTaskBody;
  problem: { message: string } | undefined;
}

/** What the call would make, task by task, and what the limits of conduct say to each. Nothing is created by looking. */
export function PlanPreview({ title, body, problem }: PlanPreviewProps) {
  const { t, i18n } = useTranslation();
  const [settled] = useDebouncedValue(body, settleMs);
  const isReady = problem === undefined;
  const plan = useQuery({
    queryKey: ['plan', settled],
    queryFn: ({ signal }) =>
      call(createTasks, {
        query: { dry_run: true },
        body: settled,
        signal,
      }) as Promise<unknown> as Promise<DryRunReply>,
    // What is settled is asked about; while one types it is what stood there before.
    enabled: isReady && settled === body,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });
  return (
    <section className={classes.box} aria-label={title} aria-live="polite">
      <h2>{title}</h2>
      {!isReady ? (
        <p className={classes.hint}>{t('create.fillIn')}</p>
      ) : plan.isError ? (
        <p className={classes.error} dir="auto">
          {errorText(i18n, plan.error).said}
        </p>
      ) : plan.data ? (
        <Plan tasks={plan.data.tasks} />
      ) : (
        <p className={classes.hint}>…</p>
      )}
    </section>
  );
}

/** The same call for a shell. */
export function CurlBox({ body }: { body: CreateTaskBody }) {
  const { t } = useTranslation();
  const copy = () => void navigator.clipboard.writeText(curlOf(body)).then(() => tellDone(t('shell.copied')));
  return (
    <section className={classes.box} aria-label={t('tasks.copyCurl')}>
      <h2>
        curl
        <Button size="compact-xs" variant="default" leftSection={<Icon name="copy" size={13} />} onClick={copy}>
          {t('create.copy')}
        </Button>
      </h2>
      <pre className={classes.curl}>{curlOf(body)}</pre>
    </section>
  );
}

function Plan({ tasks }: { tasks: readonly PlannedTaskReply[] }) {
  const { t, i18n } = useTranslation();
  const of = (verdict: PlannedTaskReply['verdict']) => tasks.filter((task) => task.verdict === verdict).length;
  const phones = new Set(tasks.map(({ serial }) => serial)).size;
  const first = tasks.map(({ due_at: due }) => due).sort((a, b) => Date.parse(a) - Date.parse(b))[0];
  return (
    <>
      <p className={classes.sum}>
        {t('create.fanOut', { count: tasks.length, phones: t('create.onPhones', { count: phones }) })}
        {first !== undefined && (
          <>
            {' '}
            {t('create.first')} <Instant at={first} />
          </>
        )}
      </p>
      <ul className={classes.verdicts}>
        {(['go', 'wait', 'refuse'] as const)
          .filter((verdict) => of(verdict) > 0)
          .map((verdict) => (
            <li key={verdict} data-verdict={verdict}>
              {t(`create.verdicts.${verdict}`, { count: of(verdict) })}
            </li>
          ))}
      </ul>
      <ol className={classes.tasks}>
        {tasks
          .slice(0, mostShown)
          .map(({ serial, username, target, due_at: due, verdict, rule, rule_code, rule_params, until }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: planned tasks have no other name than their place
            <li key={index} data-verdict={verdict}>
              <span>
                <bdi>{username === null ? serial : `@${username.replace(/^@/, '')}`}</bdi>
                {target !== null && (
                  <>
                    {' → '}
                    <bdi>{target}</bdi>
                  </>
                )}
              </span>
              <Instant at={due} />
              {rule !== null && (
                <small dir="auto">
                  {sentenceText(i18n, { code: rule_code, params: rule_params, text: rule })}
                  {until !== null && (
                    <>
                      {' · '}
                      <Instant at={until} />
                    </>
                  )}
                </small>
              )}
            </li>
          ))}
      </ol>
      {tasks.length > mostShown && (
        <p className={classes.hint}>{t('create.andMore', { count: tasks.length - mostShown })}</p>
      )}
    </>
  );
}
