import { type Clock, sleep } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import type { Store, Tx } from '../store/store.ts';
import { listRetryable } from '../store/task-lists.ts';
import { askStop, deleteTask, findTask, moveTask, type Task } from '../store/tasks.ts';
import { giveUpWaiting } from './give-up.ts';
import type { Doubts } from './park.ts';
import type { Runner } from './runner.ts';
import { isTimeZone, resolveStartTime } from './start-time.ts';
import { next } from './state.ts';

export interface ChangeParts {
  store: Store;
  clock: Clock;
  doubts: Doubts;
  runner: Pick<Runner, 'stop' | 'isRunning'>;
  settings(): { maxRetryCount: number; timeZone: string };
}

/** When a pending task is to run instead. `startTime` as a create call spells it, `dueAt` an ISO 8601 date-time; one of the two. */
export interface Reschedule {
  startTime?: string | undefined;
  dueAt?: string | undefined;
  /** IANA name that HH:MM is meant in. */
  timeZone?: string | undefined;
}

/** The answer to a stop waits this long for the end of a running attempt. */
const stopWaitMs = 5_000;
/** A delete waits longer: it has nothing to answer before the row is gone. An open intent takes 3 s to be looked at. */
const deleteWaitMs = 15_000;
/** More rows in one transaction would hold everybody's commit. */
const chunk = 200;

/**
 * What people do to tasks after they were created. Every method resolves after its commit; who asked goes into the events.
 * What a state allows is `next` in state.ts; the sentences here say it before.
 */
export class TaskChanges {
  readonly #parts: ChangeParts;

  constructor(parts: ChangeParts) {
    this.#parts = parts;
  }

  /**
   * Stops a pending task at once, or asks a running one to end and waits up to 5 s for it. Returns the task as it is then.
   * Throws `input.not-found`, `task.wrong-state` for one that has ended.
   */
  async stop(id: number, person?: string): Promise<Task> {
    const isRunning = await this.#parts.store.write(async (tx) => {
      const task = await getRow(tx, id);
      if (task.state === 'running') return askStop(tx, id, person);
      if (task.state !== 'pending' && task.state !== 'held') {
        throw new DroverError('task.wrong-state', {
          message: `task ${id} has ended already (${task.state}); only a pending or running task can be stopped`,
          details: { task: id, state: task.state },
        });
      }
      await giveUpWaiting(tx, task, { doubts: this.#parts.doubts, person });
      return false;
    });
    if (isRunning) await this.#waitForEnd(id, stopWaitMs);
    return getTask(this.#parts.store, id);
  }

  /**
   * A running task is stopped first, and no touch follows. Its effects stay, and so does the review item of one that is in
   * doubt. Throws `input.not-found`, `task.wrong-state` when it could not be stopped in time.
   */
  async delete(id: number, person?: string): Promise<void> {
    await getTask(this.#parts.store, id);
    const deleted = await this.deleteAll([id], person);
    if (deleted.length > 0) return;
    await getTask(this.#parts.store, id); // somebody else may have deleted it meanwhile
    throw new DroverError('task.wrong-state', {
      message: `task ${id} was asked to stop and is still ending; delete it again in a moment`,
      details: { task: id },
    });
  }

  /** Ids that are gone now, in the order given; unknown ones and such as could not be stopped in time are not among them. */
  async deleteAll(ids: readonly number[], person?: string): Promise<number[]> {
    const wanted = [...new Set(ids)];
    const deleted = new Set<number>();
    const { clock } = this.#parts;
    const until = clock.monotonic() + deleteWaitMs;
    for (let left = wanted; left.length > 0; ) {
      const running: number[] = [];
      for (let at = 0; at < left.length; at += chunk) {
        const done = await this.#deleteEnded(left.slice(at, at + chunk), person);
        for (const id of done.deleted) deleted.add(id);
        running.push(...done.running);
      }
      const patienceMs = until - clock.monotonic();
      if (patienceMs <= 0) break;
      await Promise.all(running.map((id) => this.#waitForEnd(id, patienceMs)));
      left = running;
    }
    return wanted.filter((id) => deleted.has(id));
  }

  /**
   * The same task runs again, at once. Throws `input.not-found`, `task.needs-review` for one that may have happened,
   * `task.wrong-state` for one that has not failed, `task.retry-limit`.
   */
  async retry(id: number, person?: string): Promise<Task> {
    const { store, settings } = this.#parts;
    const limit = settings().maxRetryCount;
    await store.write(async (tx) => {
      const task = await getRow(tx, id);
      assertRetryable(task, limit);
      await requeue(tx, task, person);
    });
    return getTask(store, id);
  }

  /** Ids of the failed tasks that run again, ascending: all but those at the limit and those that a person has to decide. */
  async retryAll(person?: string): Promise<number[]> {
    const { store, settings } = this.#parts;
    const below = settings().maxRetryCount;
    const ids: number[] = [];
    for (;;) {
      const requeued = await store.write(async (tx) => {
        const tasks = await listRetryable(tx.db, { after: ids.at(-1) ?? 0, below, limit: chunk });
        for (const task of tasks) await requeue(tx, task, person);
        return tasks.map((task) => task.id);
      });
      ids.push(...requeued);
      if (requeued.length < chunk) return ids;
    }
  }

  /** Throws `input.not-found`, `input.invalid`, `task.wrong-state` for one that is not pending. */
  async reschedule(id: number, change: Reschedule, person?: string): Promise<Task> {
    const { store, clock, settings } = this.#parts;
    const zone = change.timeZone ?? settings().timeZone;
    const dueAt = resolveDueAt(change, clock.now(), zone);
    await store.write(async (tx) => {
      const task = await getRow(tx, id);
      if (task.state !== 'pending' && task.state !== 'held') {
        throw new DroverError('task.wrong-state', {
          message: `task ${id} is ${task.state}; only a pending task can be rescheduled`,
          details: { task: id, state: task.state },
        });
      }
      const before =
        task.state === 'held' ? ({ is: 'held' } as const) : ({ is: 'pending', dueAt: task.dueAt } as const);
      const after = next(before, { is: 'reschedule', dueAt });
      await moveTask(tx, id, {
        from: task.state,
        to: after.is,
        set: { dueAt, waitRule: null, ...(change.timeZone !== undefined && { timeZone: zone }) },
        ...(person !== undefined && { person }),
      });
    });
    return getTask(store, id);
  }

  /** Those that are not running go; those that are, are asked to stop. */
  async #deleteEnded(
    ids: readonly number[],
    person: string | undefined,
  ): Promise<{ deleted: number[]; running: number[] }> {
    const { store, doubts } = this.#parts;
    return store.write(async (tx) => {
      const deleted: number[] = [];
      const running: number[] = [];
      for (const id of ids) {
        const task = await findTask(tx.db, id);
        if (!task) continue;
        if (task.state === 'running') {
          if (task.stopAskedAt === null) await askStop(tx, id, person);
          running.push(id);
          continue;
        }
        // An intent that is still open would count for ever, and nobody would be asked about it.
        if (task.state === 'pending' || task.state === 'held') await giveUpWaiting(tx, task, { doubts, person });
        if (await deleteTask(tx, id, person)) deleted.push(id);
      }
      return { deleted, running };
    });
  }

  /** Until the task no longer runs, here or elsewhere; false when `withinMs` were not enough. */
  async #waitForEnd(id: number, withinMs: number): Promise<boolean> {
    const { store, clock, runner } = this.#parts;
    const until = clock.monotonic() + withinMs;
    for (let pauseMs = 20; ; pauseMs = Math.min(250, pauseMs * 2)) {
      const patience = new AbortController();
      const leftMs = until - clock.monotonic();
      await Promise.race([
        runner.stop(id).finally(() => patience.abort()),
        sleep(clock, Math.max(0, leftMs), patience.signal).catch(() => {}), // ended early: that is the aim
      ]);
      if ((await findTask(store.read, id))?.state !== 'running') return true;
      if (clock.monotonic() >= until) return false;
      // It runs on another host, or was claimed a moment ago and is not carried by anybody yet.
      await sleep(clock, pauseMs);
    }
  }
}

/** Throws `input.not-found`. */
export async function getTask(store: Store, id: number): Promise<Task> {
  const task = await findTask(store.read, id);
  if (!task) throw notFound(id);
  return task;
}

async function getRow(tx: Tx, id: number): Promise<Task> {
  const task = await findTask(tx.db, id);
  if (!task) throw notFound(id);
  return task;
}

const notFound = (id: number): DroverError =>
  new DroverError('input.not-found', { message: `there is no task ${id}`, details: { task: id } });

function assertRetryable({ id, state, retryCount }: Task, limit: number): void {
  if (state === 'unconfirmed') {
    throw new DroverError('task.needs-review', {
      message: `nobody knows yet whether the action of task ${id} happened: decide its review item first`,
      details: { task: id },
    });
  }
  if (state !== 'failed') {
    throw new DroverError('task.wrong-state', {
      message: `task ${id} is ${state}; only a failed task can be retried`,
      details: { task: id, state },
    });
  }
  if (retryCount >= limit) {
    throw new DroverError('task.retry-limit', {
      message: `task ${id} was retried ${retryCount} times; the limit is ${limit} (max_retry_count)`,
      details: { task: id, limit },
    });
  }
}

/** As new, but for what is counted: the interruptions that are forgiven start again, too. */
async function requeue(tx: Tx, task: Task, person: string | undefined): Promise<void> {
  const after = next({ is: 'failed', code: 'task.stopped' }, { is: 'retry', dueAt: tx.now });
  await moveTask(tx, task.id, {
    from: 'failed',
    to: after.is,
    set: {
      dueAt: tx.now,
      retryCount: task.retryCount + 1,
      interruptCount: 0,
      code: null,
      remark: '',
      step: null,
      waitRule: null,
      stopAskedAt: null,
      startedAt: null,
      endedAt: null,
    },
    ...(person !== undefined && { person }),
  });
}

function resolveDueAt({ startTime, dueAt, timeZone }: Reschedule, now: number, zone: string): number {
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new DroverError('input.invalid', {
      message: `time_zone: "${timeZone}" is not a time zone; send an IANA name such as "Europe/Berlin"`,
      details: { path: 'time_zone' },
    });
  }
  if ((startTime === undefined) === (dueAt === undefined)) {
    throw new DroverError('input.invalid', {
      message: 'give start_time ("HH:MM") or due_at (an ISO 8601 date-time with offset), one of the two',
      details: { path: startTime === undefined ? 'start_time' : 'due_at' },
    });
  }
  if (startTime !== undefined) return resolveStartTime(startTime.trim(), { now, zone });
  const at = (dueAt ?? '').trim();
  if (!/^\d{4}-/.test(at)) {
    throw new DroverError('input.invalid', {
      message: `due_at: "${at.slice(0, 60)}" is not an ISO 8601 date-time with offset, such as "2026-01-02T14:30:00+01:00"`,
      details: { path: 'due_at' },
    });
  }
  return resolveStartTime(at, { now, zone });
}
