/** Lists and counts over tasks. Totals come from `task_count`: no scan, however many rows there are. */
import { type TaskStateName, taskStates, wireStatus } from '../contract/task-states.ts';
import type { Reader } from './store.ts';
import type { Source } from './submissions.ts';
import { type Task, taskFromRow } from './tasks.ts';

export interface TaskFilter {
  /** Documented status: 0 waiting, 1 running, 2 completed, 3 failed (or waiting for a person's verdict). */
  status?: 0 | 1 | 2 | 3;
  serial?: string;
  scriptName?: string;
  source?: Source;
}

export interface TaskStats {
  total: number;
  pending: number;
  running: number;
  completed: number;
  failed: number;
}

/** Newest first; `page` counts from 1, and from `beforeId` on where one is given. */
export async function listTasks(
  db: Reader,
  {
    status,
    serial,
    scriptName,
    source,
    beforeId,
    page,
    pageSize,
  }: TaskFilter & { beforeId?: number; page: number; pageSize: number },
): Promise<Task[]> {
  let query = db.selectFrom('task').selectAll().orderBy('id', 'desc');
  if (status !== undefined) query = query.where('status', '=', status);
  if (serial !== undefined) query = query.where('serial', '=', serial);
  if (scriptName !== undefined) query = query.where('script_name', '=', scriptName);
  if (source !== undefined) query = query.where('source', '=', source);
  if (beforeId !== undefined) query = query.where('id', '<', beforeId);
  const rows = await query
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return rows.map(taskFromRow);
}

export async function countTasks(db: Reader, { status, serial, scriptName, source }: TaskFilter = {}): Promise<number> {
  let query = db.selectFrom('task_count').select((e) => e.fn.sum<number | null>('n').as('n'));
  if (status !== undefined) query = query.where('state', 'in', statesOf(status));
  if (serial !== undefined) query = query.where('serial', '=', serial);
  if (scriptName !== undefined) query = query.where('script_name', '=', scriptName);
  if (source !== undefined) query = query.where('source', '=', source);
  return Number((await query.executeTakeFirst())?.n ?? 0);
}

export async function taskStats(db: Reader): Promise<TaskStats> {
  const rows = await db
    .selectFrom('task_count')
    .select((e) => ['state' as const, e.fn.sum<number>('n').as('n')])
    .groupBy('state')
    .execute();
  const stats: TaskStats = { total: 0, pending: 0, running: 0, completed: 0, failed: 0 };
  const names = ['pending', 'running', 'completed', 'failed'] as const;
  for (const row of rows) {
    const n = Number(row.n);
    stats.total += n;
    stats[names[wireStatus[row.state]]] += n;
  }
  return stats;
}

/** How many tasks are in each state; states without any are absent. */
export async function countTaskStates(db: Reader): Promise<Map<TaskStateName, number>> {
  const rows = await db
    .selectFrom('task_count')
    .select((e) => ['state' as const, e.fn.sum<number>('n').as('n')])
    .groupBy('state')
    .execute();
  return new Map(rows.map(({ state, n }) => [state, Number(n)]));
}

/** Pending tasks per serial, due or not; serials without any are absent. */
export async function countQueues(db: Reader): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('task_count')
    .select((e) => ['serial' as const, e.fn.sum<number>('n').as('n')])
    .where('state', '=', 'pending')
    .groupBy('serial')
    .execute();
  return new Map(rows.filter((row) => Number(row.n) > 0).map((row) => [row.serial, Number(row.n)]));
}

export async function countQueue(db: Reader, serial: string): Promise<number> {
  const row = await db
    .selectFrom('task_count')
    .select((e) => e.fn.sum<number | null>('n').as('n'))
    .where('serial', '=', serial)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** Failed tasks that may be retried, oldest first; unconfirmed ones wait for a person and are not among them. */
export async function listRetryable(
  db: Reader,
  { after, below, limit }: { after: number; below: number; limit: number },
): Promise<Task[]> {
  const rows = await db
    .selectFrom('task')
    .selectAll()
    .where('status', '=', 3)
    .where('state', '=', 'failed')
    .where('retry_count', '<', below)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(taskFromRow);
}

/** Running tasks that somebody asked to stop: the owner's sweep, should a hint have been lost. */
export async function listStopAsked(db: Reader): Promise<number[]> {
  const rows = await db
    .selectFrom('task')
    .select('id')
    .where('status', '=', 1)
    .where('stop_asked_at', 'is not', null)
    .execute();
  return rows.map((row) => row.id);
}

function statesOf(status: number): TaskStateName[] {
  return taskStates.filter((state) => wireStatus[state] === status);
}
