import type { CancelTimer, Clock } from '../base/clock.ts';
import { toDroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import {
  findSchedule,
  listDueSchedules,
  listEnabledSchedules,
  nextScheduleAt,
  type Schedule,
  updateSchedule,
} from '../store/schedules.ts';
import type { Store, Tx } from '../store/store.ts';
import { findSubmissionByKey } from '../store/submissions.ts';
import { type CreateRules, createTasksIn } from './create.ts';
import { latestInstants, nextInstants, parseCron, type Recurrence } from './cron.ts';
import { readStoredBody } from './schedule-body.ts';

export interface SchedulesParts {
  store: Store;
  clock: Clock;
  log: Log;
  rules: CreateRules;
}

/** Another process may add a schedule, and a clock that is set moves no timer: both are seen after this long. */
const sweepMs = 30_000;
/** After a run that failed for a reason outside the schedule (database, disk). */
const errorPauseMs = 5_000;
/** An instant found this late was not missed: a busy machine or a quick restart. */
const graceMs = 60_000;
/** `run-all` after a long absence makes up for no more than this many instants, the latest ones. */
const mostRuns = 100;
/** A wall clock that fell behind the steady one by more than this was set back. */
const setBackMs = 1_000;

/** Names the one submission that an instant of a schedule may make. */
export const runKey = (scheduleId: number, at: number): string => `schedule:${scheduleId}:${at}`;

/**
 * Makes tasks when schedules are due. Asleep (a timer to the next instant, at most 30 s) or looking; a hint wakes it. What
 * always holds: an instant makes one submission at most, because its key is unique, whoever looks and however the clock is
 * set. A clock set back brings the next instants forward again; those that were carried out already are passed over.
 */
export class Schedules {
  readonly #parts: SchedulesParts;
  #isOpen = false;
  #looking: Promise<void> | undefined;
  #isAsked = false;
  #timer: CancelTimer | undefined;
  #endHints: (() => void) | undefined;
  /** Wall and steady clock at the last look. */
  #seen: { now: number; monotonic: number } | undefined;

  constructor(parts: SchedulesParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#isOpen = true;
    this.#endHints = this.#parts.store.onHint((hint) => {
      if (hint.kind === 'schedule') this.#wake();
    });
    this.#wake();
  }

  /** Resolves when nothing is being written any more. */
  async stop(): Promise<void> {
    this.#isOpen = false;
    this.#endHints?.();
    this.#timer?.();
    await this.#looking;
  }

  #wake(): void {
    this.#isAsked = true;
    if (this.#looking || !this.#isOpen) return;
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
      if (this.#isAsked) this.#wake();
    });
  }

  async #look(): Promise<void> {
    const { store, clock, log } = this.#parts;
    this.#timer?.();
    let pauseMs = sweepMs;
    try {
      while (this.#isAsked && this.#isOpen) {
        this.#isAsked = false;
        if (this.#isClockDoubtful()) await this.#bringForward();
        for (const schedule of await listDueSchedules(store.read, clock.now())) {
          if (this.#isOpen) await this.#carryOut(schedule);
        }
      }
      const nextAt = await nextScheduleAt(store.read);
      if (nextAt !== undefined) pauseMs = Math.min(pauseMs, Math.max(0, nextAt - clock.now()));
    } catch (thrown) {
      const error = toDroverError(thrown);
      log.error({ code: error.code, error }, 'schedules pause for a moment');
      pauseMs = errorPauseMs;
    }
    if (this.#isOpen) this.#timer = clock.after(pauseMs, () => this.#wake());
  }

  /** At the first look nobody knows what the clock did meanwhile. */
  #isClockDoubtful(): boolean {
    const { clock } = this.#parts;
    const seen = this.#seen;
    const now = clock.now();
    const monotonic = clock.monotonic();
    this.#seen = { now, monotonic };
    return !seen || now - seen.now < monotonic - seen.monotonic - setBackMs;
  }

  /** An instant written down while the clock was ahead, or before a zone changed its rules, would come too late. */
  async #bringForward(): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    for (const schedule of await listEnabledSchedules(store.read)) {
      const { id, nextAt } = schedule;
      if (nextAt !== null && nextAt <= now) continue; // due: its missed rule decides
      const recurrence = this.#recurrenceOf(schedule);
      const wanted = recurrence && nextInstants(recurrence, schedule.timeZone, now, 1)[0];
      if (wanted === undefined || wanted === nextAt) continue;
      await store.write(async (tx) => {
        const current = await findSchedule(tx.db, id);
        if (current && isSame(current, schedule)) await updateSchedule(tx, id, { nextAt: wanted });
      });
    }
  }

  /** A stored expression that this version cannot read is left alone. */
  #recurrenceOf({ id, cron }: Schedule): Recurrence | undefined {
    try {
      return parseCron(cron);
    } catch (error) {
      this.#parts.log.error({ schedule: id, cron, error }, 'a schedule cannot be read');
      return undefined;
    }
  }

  /** All its instants up to now, by its rule for missed ones. */
  async #carryOut(schedule: Schedule): Promise<void> {
    const { store, clock, log } = this.#parts;
    const { id, timeZone, missedRule, nextAt } = schedule;
    if (nextAt === null) return;
    const now = clock.now();
    const recurrence = this.#recurrenceOf(schedule);
    if (!recurrence) {
      await store.write((tx) =>
        updateSchedule(
          tx,
          id,
          { nextAt: null, lastError: `cron: "${schedule.cron}" cannot be read` },
          { event: 'failed' },
        ),
      );
      return;
    }
    const most = missedRule === 'run-all' ? mostRuns : 1;
    const wanted = latestInstants(recurrence, timeZone, { after: nextAt - 1, until: now, most });
    const runs = missedRule === 'skip' ? wanted.filter((at) => now - at <= graceMs) : wanted;
    const after = nextInstants(recurrence, timeZone, now, 1)[0] ?? null;
    if (now - nextAt > graceMs) log.warn({ schedule: id, runs: runs.length, rule: missedRule }, 'instants were missed');
    for (const at of runs) {
      const isLast = at === runs.at(-1);
      // Until the last one is written the schedule stays due: a crash in between goes on here.
      await this.#run(schedule, at, isLast ? after : nextAt);
    }
    if (runs.length === 0) {
      const lastAt = wanted.at(-1) ?? nextAt;
      await store.write(async (tx) => {
        const current = await findSchedule(tx.db, id);
        if (!current || !isSame(current, schedule)) return;
        await updateSchedule(tx, id, { nextAt: after, lastAt }, { event: 'missed', facts: { at: lastAt } });
      });
    }
  }

  async #run(schedule: Schedule, at: number, nextAt: number | null): Promise<void> {
    const { store, log } = this.#parts;
    const { id } = schedule;
    try {
      const made = await store.write((tx) => this.#runIn(tx, schedule, at, nextAt));
      if (made !== undefined) log.info({ schedule: id, at, tasks: made.length }, 'schedule carried out');
    } catch (thrown) {
      const error = toDroverError(thrown);
      if (error.code === 'server.disk-full' || error.code === 'server.stopping') throw error;
      log.warn({ schedule: id, at, code: error.code, error }, 'a schedule made no tasks');
      await store.write(async (tx) => {
        const current = await findSchedule(tx.db, id);
        if (!current || !isSame(current, schedule)) return;
        const facts = { at, code: error.code, message: error.message };
        await updateSchedule(tx, id, { nextAt, lastAt: at, lastError: error.message }, { event: 'failed', facts });
      });
    }
  }

  /** The ids it made; undefined when somebody else did, or the schedule was changed meanwhile. */
  async #runIn(tx: Tx, schedule: Schedule, at: number, nextAt: number | null): Promise<readonly number[] | undefined> {
    const { id } = schedule;
    const current = await findSchedule(tx.db, id);
    if (!current || !isSame(current, schedule)) return undefined;
    const key = runKey(id, at);
    if (await findSubmissionByKey(tx.db, key)) {
      await updateSchedule(tx, id, { nextAt, lastAt: at });
      return undefined;
    }
    const request = readStoredBody(current);
    const reply = await createTasksIn(tx, this.#parts.rules, request, {
      source: 'ui',
      idempotency: { key, bodyHash: '' },
    });
    const submission = await findSubmissionByKey(tx.db, key);
    await updateSchedule(
      tx,
      id,
      { nextAt, lastAt: at, lastSubmissionId: submission?.id ?? null, lastError: null },
      { event: 'ran', facts: { at, task_ids: reply.task_ids } },
    );
    return reply.task_ids;
  }
}

/** Nobody has changed when it runs, nor carried it out, since it was read. */
const isSame = (a: Schedule, b: Schedule): boolean =>
  a.enabled && a.nextAt === b.nextAt && a.cron === b.cron && a.timeZone === b.timeZone;
