import type { Selectable } from 'kysely';
import type { AttemptTable } from './schema.ts';
import { pin, type Reader, type Tx } from './store.ts';
import { type Task, taskFromRow } from './tasks.ts';

export type AttemptOutcome = 'completed' | 'failed' | 'deferred' | 'interrupted' | 'unconfirmed' | 'stopped';

/** One try of a task. */
export interface Attempt {
  id: number;
  taskId: number;
  /** 1 for the first. */
  n: number;
  serial: string;
  hostId: string;
  token: number;
  /** Same seed, same choices. */
  seed: string;
  appVersion: string | null;
  startedAt: number;
  endedAt: number | null;
  outcome: AttemptOutcome | null;
  code: string | null;
  trace: string | null;
}

export const attemptFromRow = (row: Selectable<AttemptTable>): Attempt => ({
  id: row.id,
  taskId: row.task_id,
  n: row.n,
  serial: row.serial,
  hostId: row.host_id,
  token: row.token,
  seed: row.seed,
  appVersion: row.app_version,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  outcome: row.outcome as AttemptOutcome | null,
  code: row.code,
  trace: row.trace,
});

export interface AttemptEnd {
  attemptId: number;
  outcome: AttemptOutcome;
  code?: string | null;
  appVersion?: string | null;
  trace?: string | null;
}

/** Closes an attempt; one that is closed already stays as it is. */
export async function endAttempt(tx: Tx, { attemptId, outcome, code, appVersion, trace }: AttemptEnd): Promise<void> {
  await tx.hot(
    `update attempt set ended_at = ?, outcome = ?, code = ?, app_version = coalesce(?, app_version), trace = coalesce(?, trace)
     where id = ${pin} and ended_at is null`,
    [tx.now, outcome, code ?? null, appVersion ?? null, trace ?? null, attemptId],
  );
}

export async function listAttempts(db: Reader, taskId: number): Promise<Attempt[]> {
  const rows = await db.selectFrom('attempt').selectAll().where('task_id', '=', taskId).orderBy('n').execute();
  return rows.map(attemptFromRow);
}

/** A running task whose attempt nobody carries on any more. The caller moves it by input `interrupt`, in the same unit. */
export interface LostAttempt {
  task: Task;
  attemptId: number;
  /** An intent was written down and never settled: the next attempt looks first. */
  hasOpenEffect: boolean;
}

/**
 * At the start of a host, before it listens: whatever its former process was doing is over. Leases go, attempts end as
 * `interrupted`; the tasks are still `running` and are returned.
 */
export function closeAttemptsOfFormerBoot(tx: Tx, hostId: string, bootId: string): Promise<LostAttempt[]> {
  return closeAttempts(
    tx,
    `select serial, task_id, attempt_id from lease where holder = 'task' and host_id = ? and boot_id <> ?`,
    [hostId, bootId],
  );
}

/** Leases of tasks that ran out without being renewed: their host is gone, whichever it was. As above. */
export function closeLapsedAttempts(tx: Tx): Promise<LostAttempt[]> {
  return closeAttempts(tx, `select serial, task_id, attempt_id from lease where holder = 'task' and expires_at <= ?`, [
    tx.now,
  ]);
}

async function closeAttempts(tx: Tx, select: string, params: readonly (string | number)[]): Promise<LostAttempt[]> {
  const lost: LostAttempt[] = [];
  for (const lease of await tx.hot<{ serial: string; task_id: number; attempt_id: number }>(select, params)) {
    await tx.hot(`delete from lease where serial = ${pin}`, [lease.serial]);
    await endAttempt(tx, { attemptId: lease.attempt_id, outcome: 'interrupted', code: 'server.host-lost' });
    const row = await tx.db.selectFrom('task').selectAll().where('id', '=', lease.task_id).executeTakeFirstOrThrow();
    const open = await tx.hot(
      `select id from effect where task_id = ${pin} and state = 'intended' and minor = 0 limit 1`,
      [lease.task_id],
    );
    lost.push({ task: taskFromRow(row), attemptId: lease.attempt_id, hasOpenEffect: open.length > 0 });
  }
  return lost;
}
