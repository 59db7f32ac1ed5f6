import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams as usePathParams } from 'wouter';
import type { CreateTaskBody } from '../../src/contract/create-task.ts';
import {
  changeSchedule,
  createSchedule,
  getSchedule,
  previewSchedule,
} from '../../src/contract/operations/schedules.ts';
import { missedRules, type Schedule } from '../../src/contract/schedule.ts';
import { call } from '../shell/api.ts';
import { Failed } from '../shell/errors.tsx';
import { Page } from '../shell/page.tsx';
import { errorText } from '../shell/said.ts';
import { useAct } from '../shell/use-act.ts';
import form from '../tasks/create/create-page.module.css';
import { bodyOf, draftOf, emptyDraft, problemOf, type TaskDraft } from '../tasks/create/draft.ts';
import preview from '../tasks/create/preview.module.css';
import { PlanPreview } from '../tasks/create/preview.tsx';
import { TaskFields } from '../tasks/create/task-fields.tsx';
import { Pauses } from '../tasks/create/when.tsx';
import { cronOf, usual } from './cron-preset.ts';
import { RecurrenceField } from './recurrence-field.tsx';
import classes from './schedule-page.module.css';

/** A new schedule, or one that is changed. */
export function SchedulePage() {
  const { t } = useTranslation();
  const { id } = usePathParams<{ id?: string }>();
  const schedule = useQuery({
    queryKey: ['schedules', Number(id)],
    queryFn: ({ signal }) => call(getSchedule, { params: { id: Number(id) }, signal }),
    enabled: id !== undefined,
  });
  return (
    <Page title={id === undefined ? t('schedules.add') : t('schedules.change')}>
      {schedule.isError && <Failed error={schedule.error} onAgain={() => void schedule.refetch()} />}
      {(id === undefined || schedule.isSuccess) && <Form key={id} schedule={schedule.data} />}
    </Page>
  );
}

/** When, in which zone, and which tasks. The next instants and what one run makes are shown while one fills it in. */
function Form({ schedule }: { schedule: Schedule | undefined }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { act, isBusy } = useAct();
  const [name, setName] = useState(schedule?.name ?? '');
  const [cron, setCron] = useState(schedule?.cron ?? cronOf(usual));
  const [zone, setZone] = useState(schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [rule, setRule] = useState<string>(schedule?.missed_rule ?? 'skip');
  const [draft, setDraft] = useState<TaskDraft>(() => (schedule ? draftOf(schedule.body) : emptyDraft('post')));
  const [isTried, setTried] = useState(false);
  const change = (more: Partial<TaskDraft>) => setDraft((before) => ({ ...before, ...more }));
  const body = useMemo(() => bodyOf(draft), [draft]);
  const problem = useMemo(() => problemOf(body), [body]);
  const instants = useInstants(cron, zone);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem || instants.isError) return;
    const missed = missedRules.find((one) => one === rule) ?? 'skip';
    const wanted = { name, cron, time_zone: zone, missed_rule: missed, body };
    const told = {
      done: t('schedules.saved', { name }),
      failed: t('schedules.failed', { name }),
      stale: [['schedules']],
    };
    const saved = await act(told, () =>
      schedule
        ? call(changeSchedule, { params: { id: schedule.id }, body: wanted })
        : call(createSchedule, { body: wanted }),
    );
    if (saved) go('/schedules');
  };
  const shownProblem = isTried ? problem : undefined;

  return (
    <form className={form.columns} onSubmit={(event) => void save(event)}>
      <div className={form.form}>
        <TextInput
          required
          label={t('schedules.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <RecurrenceField cron={cron} onChange={setCron} error={instants.problem} />
        <div className={form.pair}>
          <Select
            label={t('schedules.zone')}
            description={t('schedules.zoneWhy')}
            searchable
            allowDeselect={false}
            limit={100}
            value={zone}
            data={[...new Set([zone, ...Intl.supportedValuesOf('timeZone')])]}
            onChange={(value) => setZone(value ?? zone)}
          />
          <Select
            label={t('schedules.missed')}
            description={t('schedules.missedWhy')}
            allowDeselect={false}
            value={rule}
            data={missedRules.map((value) => ({ value, label: t(`schedules.missedRules.${value}`) }))}
            onChange={(value) => setRule(value ?? 'skip')}
          />
        </div>
        <h2 className={classes.heading}>{t('schedules.body')}</h2>
        <TaskFields draft={draft} onChange={change} problem={shownProblem} />
        <Pauses draft={draft} onChange={change} problem={shownProblem} />
      </div>
      <div className={form.side}>
        <NextTen instants={instants.next} zone={zone} />
        <PlanPreview title={t('schedules.oneRun')} body={planOf(body)} problem={problem} />
        <Button type="submit" fullWidth loading={isBusy}>
          {t('accounts.save')}
        </Button>
        {shownProblem && (
          <p role="alert" className={form.problem}>
            {shownProblem.message}
          </p>
        )}
      </div>
    </form>
  );
}

/** What one run makes, as if it were due now. */
const planOf = ({ start_time: _, time_zone: __, ...body }: CreateTaskBody): CreateTaskBody => body;

function useInstants(cron: string, zone: string) {
  const { i18n } = useTranslation();
  const found = useQuery({
    queryKey: ['schedule-preview', cron, zone],
    queryFn: ({ signal }) => call(previewSchedule, { body: { cron, time_zone: zone }, signal }),
    enabled: cron.trim() !== '',
    retry: false,
  });
  return {
    isError: found.isError,
    problem: found.isError ? errorText(i18n, found.error).said : undefined,
    next: found.data?.next ?? [],
  };
}

function NextTen({ instants, zone }: { instants: readonly string[]; zone: string }) {
  const { t, i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  });
  return (
    <section className={preview.box} aria-label={t('schedules.nextTen')} aria-live="polite">
      <h2>{t('schedules.nextTen')}</h2>
      <ol className={classes.times}>
        {instants.map((at) => (
          <li key={at}>
            <time dateTime={at}>{format.format(Date.parse(at))}</time>
          </li>
        ))}
      </ol>
      <small className={classes.zone}>{zone}</small>
    </section>
  );
}
