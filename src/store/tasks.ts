/** Rows of `task`, and of `task_count` with them: nobody else writes either, so the counts cannot drift from the rows. */
import assert from 'node:assert/strict';
import type { Selectable } from 'kysely';
import { DroverError } from '../base/error.ts';
import type { Platform } from '../contract/script-names.ts';
import type { Facts, Sentence } from '../contract/sentence.ts';
import { statusTexts, type TaskStateName, wireStatus } from '../contract/task-states.ts';
import { parseObject } from './json.ts';
import type { TaskTable } from './schema.ts';
import { pin, type Reader, type Tx, type Value } from './store.ts';
import type { Source } from './submissions.ts';

export interface Task {
  id: number;
  submissionId: number;
  /** Zero-based place in its create call. */
  position: number;
  source: Source;
  scriptName: string;
  platform: Platform;
  /** Null while no device is known for its account; such a task waits. */
  serial: string | null;
  accountId: number | null;
  /** As the caller sees it; null when the task acts as whatever account is active on the device. */
  username: string | null;
  /** The one target of this task; null for scripts without. */
  target: string | null;
  /** The script's input, reduced to this task's one target; secrets sealed. */
  config: Record<string, unknown>;
  multiAccount: boolean;
  state: TaskStateName;
  dueAt: number;
  timeZone: string | null;
  attempts: number;
  retryCount: number;
  interruptCount: number;
  /** Why it failed, or what a person has to look at: an error code. */
  code: string | null;
  remark: string;
  /** Name of the step in which it failed. */
  step: string | null;
  /** Why a pending task was put off: the rule, as a sentence. */
  waitRule: string | null;
  /** Named parameters of what is said about it: of its failure, or of `waitRule` with that sentence's code as `rule`. */
  facts: Facts | null;
  stopAskedAt: number | null;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
}

export interface NewTask {
  submissionId: number;
  position: number;
  source: Source;
  scriptName: string;
  platform: Platform;
  serial: string | null;
  accountId?: number | null;
  username?: string | null;
  target: string | null;
  config: Readonly<Record<string, unknown>>;
  multiAccount?: boolean;
  /** Default `pending`. */
  state?: 'held' | 'pending';
  dueAt: number;
  timeZone?: string | null;
}

/** What may change together with a state; `undefined` leaves a column as it is. */
export interface TaskChange {
  dueAt?: number;
  timeZone?: string;
  retryCount?: number;
  interruptCount?: number;
  code?: string | null;
  remark?: string;
  step?: string | null;
  waitRule?: string | null;
  /** Left out: null, for what is said of a task is said anew with each move. */
  facts?: Facts | null;
  stopAskedAt?: number | null;
  startedAt?: number | null;
  endedAt?: number | null;
}

/** Puts a task off: the sentence in words, and so that it can be said in others. */
export const putOffBy = ({ code, params, text }: Sentence): { waitRule: string; facts: Facts } => ({
  waitRule: text,
  facts: { ...params, rule: code },
});

const changeColumns: Readonly<Record<Exclude<keyof TaskChange, 'facts'>, string>> = {
  dueAt: 'due_at',
  timeZone: 'time_zone',
  retryCount: 'retry_count',
  interruptCount: 'interrupt_count',
  code: 'code',
  remark: 'remark',
  step: 'step',
  waitRule: 'wait_rule',
  stopAskedAt: 'stop_asked_at',
  startedAt: 'started_at',
  endedAt: 'ended_at',
};

export type TaskRow = Selectable<TaskTable>;

export const taskFromRow = (row: TaskRow): Task => ({
  id: row.id,
  submissionId: row.submission_id,
  position: row.position,
  source: row.source,
  scriptName: row.script_name,
  platform: row.platform as Platform,
  serial: row.serial,
  accountId: row.account_id,
  username: row.username,
  target: row.target,
  config: parseObject(row.config),
  multiAccount: row.multi_account === 1,
  state: row.state,
  dueAt: row.due_at,
  timeZone: row.time_zone,
  attempts: row.attempts,
  retryCount: row.retry_count,
  interruptCount: row.interrupt_count,
  code: row.code,
  remark: row.remark,
  step: row.step,
  waitRule: row.wait_rule,
  facts: row.facts === null ? null : (parseObject(row.facts) as Facts),
  stopAskedAt: row.stop_asked_at,
  createdAt: row.created_at,
  startedAt: row.started_at,
  endedAt: row.ended_at,
});

/** The columns that a count and an event are about. */
type CountedRow = Pick<TaskRow, 'id' | 'serial' | 'script_name' | 'source'>;

const counted = 'id, serial, script_name, source';

async function count(tx: Tx, row: CountedRow, state: TaskStateName, by: number): Promise<void> {
  await tx.hot(
    `insert into task_count (serial, script_name, source, state, n) values (?, ?, ?, ?, ?)
     on conflict (serial, script_name, source, state) do update set n = task_count.n + excluded.n`,
    [row.serial ?? '', row.script_name, row.source, state, by],
  );
}

/** Not the upsert above with -1: `n >= 0` would refuse its first value. */
async function uncount(tx: Tx, row: CountedRow, state: TaskStateName): Promise<void> {
  const counts = await tx.hot<{ n: number }>(
    `update task_count set n = n - 1
     where serial = ${pin} and script_name = ${pin} and source = ${pin} and state = ${pin} returning n`,
    [row.serial ?? '', row.script_name, row.source, state],
  );
  assert(counts.length === 1, `task ${row.id} was never counted as ${state}`);
}

const eventBody = (row: CountedRow, state: TaskStateName): Record<string, unknown> => ({
  id: row.id,
  serial: row.serial,
  script_name: row.script_name,
  source: row.source,
  state,
  status: wireStatus[state],
  status_text: statusTexts[wireStatus[state]],
});

/** Ids ascend in the order given. Counts, one `taskCreated` event a task and a hint with the serials come with it. */
export async function insertTasks(tx: Tx, tasks: readonly NewTask[]): Promise<number[]> {
  const ids: number[] = [];
  const counts = new Map<string, { row: CountedRow; state: TaskStateName; n: number }>();
  const serials = new Set<string>();
  for (const task of tasks) {
    const state = task.state ?? 'pending';
    const [inserted] = await tx.hot<{ id: number }>(
      `insert into task (submission_id, position, source, script_name, platform, serial, account_id, username, target,
         config, multi_account, state, due_at, time_zone, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`,
      [
        task.submissionId,
        task.position,
        task.source,
        task.scriptName,
        task.platform,
        task.serial,
        task.accountId ?? null,
        task.username ?? null,
        task.target,
        JSON.stringify(task.config),
        task.multiAccount ? 1 : 0,
        state,
        task.dueAt,
        task.timeZone ?? null,
        tx.now,
      ],
    );
    if (!inserted) throw new Error('insert into task returned no id');
    ids.push(inserted.id);
    const row = { id: inserted.id, serial: task.serial, script_name: task.scriptName, source: task.source };
    const key = JSON.stringify([row.serial, row.script_name, row.source, state]);
    const sum = counts.get(key);
    if (sum) sum.n += 1;
    else counts.set(key, { row, state, n: 1 });
    if (task.serial !== null) serials.add(task.serial);
    await tx.event('taskCreated', `task:${row.id}`, eventBody(row, state));
  }
  for (const { row, state, n } of counts.values()) await count(tx, row, state, n);
  tx.hint({ kind: 'task', serials: [...serials] });
  return ids;
}

/**
 * Moves a task from one state to another; row, counts and a `taskChanged` event together. `from` and `to` may be equal, to
 * change columns only. Throws `task.wrong-state` when the task is not in `from`, `input.not-found` when there is none.
 */
export async function moveTask(
  tx: Tx,
  id: number,
  { from, to, set = {}, person }: { from: TaskStateName; to: TaskStateName; set?: TaskChange; person?: string },
): Promise<void> {
  const columns: string[] = [', facts = ?'];
  const values: Value[] = [set.facts ? JSON.stringify(set.facts) : null];
  for (const [name, column] of Object.entries(changeColumns)) {
    const value = set[name as keyof typeof changeColumns];
    if (value === undefined) continue;
    columns.push(`, ${column} = ?`);
    values.push(value);
  }
  const [row] = await tx.hot<CountedRow>(
    `update task set state = ?${columns.join('')} where id = ${pin} and state = ? returning ${counted}`,
    [to, ...values, id, from],
  );
  if (!row) throw await missing(tx, id, from);
  await recordMove(tx, row, { from, to, ...(person === undefined ? {} : { person }) });
}

/** Counts, event and hint of a move whose row was written already (by claim). */
export async function recordMove(
  tx: Tx,
  row: CountedRow,
  { from, to, person }: { from: TaskStateName; to: TaskStateName; person?: string },
): Promise<void> {
  if (from !== to) {
    await uncount(tx, row, from);
    await count(tx, row, to, 1);
  }
  await tx.event('taskChanged', `task:${row.id}`, eventBody(row, to), person);
  if (row.serial !== null && to !== 'running') tx.hint({ kind: 'task', serials: [row.serial] });
}

async function missing(tx: Tx, id: number, wanted: TaskStateName): Promise<DroverError> {
  const task = await findTask(tx.db, id);
  if (!task) return new DroverError('input.not-found', { message: `there is no task ${id}`, details: { task: id } });
  return new DroverError('task.wrong-state', {
    message: `task ${id} is ${task.state}, not ${wanted}`,
    details: { task: id, state: task.state, wanted },
  });
}

/**
 * Tasks that wait for an account follow it to the phone and the name it has now; counts and events with them. Running ones
 * and those that have ended stay as they are.
 */
export async function moveAccountTasks(
  tx: Tx,
  accountId: number,
  { serial, username, person }: { serial: string | null; username: string; person?: string },
): Promise<void> {
  const waiting = await tx.hot<CountedRow & { state: TaskStateName }>(
    `select ${counted}, state from task where account_id = ${pin} and state in ('held', 'pending') order by id`,
    [accountId],
  );
  for (const before of waiting) {
    const after = { ...before, serial };
    await tx.hot(`update task set serial = ?, username = ? where id = ${pin}`, [serial, username, before.id]);
    await uncount(tx, before, before.state);
    await count(tx, after, before.state, 1);
    await tx.event('taskChanged', `task:${before.id}`, eventBody(after, before.state), person);
  }
  if (waiting.length > 0 && serial !== null) tx.hint({ kind: 'task', serials: [serial] });
}

/**
 * Asks the owner of a running task to stop it; the state stays. False when it is not running. The hint `stop` reaches this
 * process only; the owner's sweep finds `stop_asked_at`.
 */
export async function askStop(tx: Tx, id: number, person?: string): Promise<boolean> {
  const [row] = await tx.hot<CountedRow>(
    `update task set stop_asked_at = ? where id = ${pin} and state = 'running' returning ${counted}`,
    [tx.now, id],
  );
  if (!row) return false;
  await tx.event('taskChanged', `task:${id}`, { ...eventBody(row, 'running'), stop_asked: true }, person);
  tx.hint({ kind: 'stop', taskId: id });
  return true;
}

/**
 * Removes the task and its attempts; its effects stay, they are the conduct ledger. False when there is none.
 * Throws `task.wrong-state` for a running one: it has to be stopped first.
 */
export async function deleteTask(tx: Tx, id: number, person?: string): Promise<boolean> {
  const [row] = await tx.hot<CountedRow & { state: TaskStateName }>(
    `delete from task where id = ${pin} and state <> 'running' returning ${counted}, state`,
    [id],
  );
  if (!row) {
    if (await findTask(tx.db, id)) {
      throw new DroverError('task.wrong-state', {
        message: `task ${id} is running: stop it first`,
        details: { task: id },
      });
    }
    return false;
  }
  await uncount(tx, row, row.state);
  await tx.event('taskDeleted', `task:${id}`, { id, serial: row.serial }, person);
  return true;
}

export async function findTask(db: Reader, id: number): Promise<Task | undefined> {
  const row = await db.selectFrom('task').selectAll().where('id', '=', id).executeTakeFirst();
  return row && taskFromRow(row);
}
