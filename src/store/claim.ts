/** The atomic act of taking a task: lease, attempt and state change in one transaction. */

import { type Selectable, sql } from 'kysely';
import { seededRandom } from '../base/random.ts';
import { say } from '../contract/sentence.ts';
import { type Attempt, attemptFromRow } from './attempts.ts';
import { type Lease, type LeaseRow, leaseFromRow } from './leases.ts';
import type { AttemptTable } from './schema.ts';
import { pin, type Reader, type Tx } from './store.ts';
import { putOffBy, recordMove, type Task, type TaskRow, taskFromRow } from './tasks.ts';

export interface ClaimWant {
  serial: string;
  hostId: string;
  bootId: string;
  leaseMs: number;
  /** Seed of the attempt's chance. */
  seed: string;
  /** No claim when this many tasks hold a phone already (the plan's limit), on all hosts together. */
  maxRunning?: number;
}

export interface Claim {
  task: Task;
  attempt: Attempt;
  lease: Lease;
  token: number;
}

/**
 * Takes the first due task of a device (by due time, then id), or nothing: when the device is taken, disabled or another
 * host's, when all slots are taken, when the device or everything is paused, or when nothing is due. Tasks of a paused or
 * disabled account stay; tasks of a submission with gaps are put off until the gap since its last task on this device has passed.
 */
export async function claimNext(tx: Tx, want: ClaimWant): Promise<Claim | undefined> {
  if (await isTaken(tx, want.serial)) return undefined;
  if (want.maxRunning !== undefined) {
    const [running] = await tx.hot<{ n: number }>(`select count(*) as n from lease where holder = 'task'`, []);
    if (Number(running?.n ?? 0) >= want.maxRunning) return undefined;
  }
  if (await isPhonePaused(tx, want.serial)) return undefined;
  const due = await firstDue(tx, want.serial);
  if (!due) return undefined;
  const token = await nextToken(tx, want);
  return token === undefined ? undefined : take(tx, want, due, token);
}

/** A person's hold that lapsed is cleared away; a task's never is: its attempt has to be closed first. */
async function isTaken(tx: Tx, serial: string): Promise<boolean> {
  const [lease] = await tx.hot<LeaseRow>(`select * from lease where serial = ${pin}`, [serial]);
  if (!lease) return false;
  if (lease.holder === 'task' || lease.expires_at > tx.now) return true;
  await tx.hot(`delete from lease where serial = ${pin}`, [serial]);
  return false;
}

async function isPhonePaused(tx: Tx, serial: string): Promise<boolean> {
  const pauses = await tx.hot<{ id: number }>(`select id from pause where scope = 'all' or serial = ${pin} limit 1`, [
    serial,
  ]);
  return pauses.length > 0;
}

async function firstDue(tx: Tx, serial: string): Promise<TaskRow | undefined> {
  for (;;) {
    const [row] = await tx.hot<TaskRow & { min_gap_ms: number; max_gap_ms: number }>(
      `select task.*, submission.min_gap_ms, submission.max_gap_ms from task join submission on submission.id = task.submission_id
       where task.state = 'pending' and task.serial = ${pin} and task.due_at <= ?
         and not exists (select 1 from account where account.id = task.account_id
           and (account.paused_until > ? or account.status = 1))
         and not exists (select 1 from pause where pause.account_id = task.account_id)
       order by task.due_at, task.id limit 1`,
      [serial, tx.now, tx.now],
    );
    if (!row || row.max_gap_ms === 0) return row;
    const earliest = await gapEnd(tx, row);
    if (earliest <= tx.now) return row;
    const { waitRule, facts } = putOffBy(say('scheduled.gap', {}));
    // All of them move together, so their order holds and this loop ends.
    await tx.hot(
      `update task set due_at = ?, wait_rule = ?, facts = ?
       where submission_id = ? and serial = ? and state = 'pending' and due_at < ?`,
      [earliest, waitRule, JSON.stringify(facts), row.submission_id, serial, earliest],
    );
  }
}

/**
 * When the next task of this submission may start on this device: a random pause within its range after the last one
 * ended. Drawn from the task's id, so asking again gives the same pause. A task's own earlier attempts do not count.
 */
async function gapEnd(tx: Tx, row: TaskRow & { min_gap_ms: number; max_gap_ms: number }): Promise<number> {
  const [last] = await tx.hot<{ ended_at: number | null }>(
    `select max(attempt.ended_at) as ended_at from task join attempt on attempt.task_id = task.id
     where task.submission_id = ${pin} and task.serial = ? and task.id <> ?`,
    [row.submission_id, row.serial, row.id],
  );
  if (last?.ended_at == null) return 0;
  return last.ended_at + seededRandom(`gap:${row.submission_id}:${row.position}`).int(row.min_gap_ms, row.max_gap_ms);
}

/** Fencing token of the device: rises with every lease. Undefined when this host may not use the device. */
async function nextToken(tx: Tx, { serial, hostId }: ClaimWant): Promise<number | undefined> {
  const [device] = await tx.hot<{ token: number }>(
    `update device set next_token = next_token + 1
     where serial = ${pin} and disabled = 0 and (host_id is null or host_id = ?) returning next_token - 1 as token`,
    [serial, hostId],
  );
  return device?.token;
}

async function take(tx: Tx, want: ClaimWant, due: TaskRow, token: number): Promise<Claim> {
  const [task] = await tx.hot<TaskRow>(
    `update task set state = 'running', attempts = attempts + 1, started_at = ?, ended_at = null, code = null, remark = '',
       step = null, wait_rule = null, facts = null, stop_asked_at = null
     where id = ${pin} and state = 'pending' returning *`,
    [tx.now, due.id],
  );
  if (!task) throw new Error('a task that was just read is no longer pending');
  const [attempt] = await tx.hot<Selectable<AttemptTable>>(
    `insert into attempt (task_id, n, serial, host_id, token, seed, started_at) values (?, ?, ?, ?, ?, ?, ?) returning *`,
    [task.id, task.attempts, want.serial, want.hostId, token, want.seed, tx.now],
  );
  if (!attempt) throw new Error('insert into attempt returned no row');
  const [lease] = await tx.hot<LeaseRow>(
    `insert into lease (serial, token, holder, task_id, attempt_id, host_id, boot_id, expires_at)
     values (?, ?, 'task', ?, ?, ?, ?, ?) returning *`,
    [want.serial, token, task.id, attempt.id, want.hostId, want.bootId, tx.now + want.leaseMs],
  );
  if (!lease) throw new Error('insert into lease returned no row');
  await recordMove(tx, task, { from: 'pending', to: 'running' });
  return { task: taskFromRow(task), attempt: attemptFromRow(attempt), lease: leaseFromRow(lease), token };
}

// The state stands in these texts as a literal, and the due time is always compared: only so is the partial index on pending
// tasks used, not the one over all tasks a device ever had.

/** Serials with a task that is due and rests under no pause, whether or not the device is free. */
export async function listDueSerials(db: Reader, now: number): Promise<string[]> {
  const { rows } = await sql<{ serial: string }>`
    select distinct task.serial from task left join account on account.id = task.account_id
    where task.state = 'pending' and task.serial is not null and task.due_at <= ${now}
      and (account.paused_until is null or account.paused_until <= ${now}) and coalesce(account.status, 0) = 0
      and not exists (select 1 from pause
        where scope = 'all' or pause.serial = task.serial or pause.account_id = task.account_id)`.execute(db);
  return rows.map((row) => row.serial);
}

/**
 * When the first pending task of a device may be claimed, as far as its due time and the pause of its account say. May lie
 * in the past; undefined when none waits but those that a person has paused, or whose account is disabled.
 */
export async function nextDueAt(db: Reader, serial: string): Promise<number | undefined> {
  const { rows } = await sql<{ at: number | null }>`
    select min(case when account.paused_until > task.due_at then account.paused_until else task.due_at end) as at
    from task left join account on account.id = task.account_id
    where task.state = 'pending' and task.serial = ${serial} and task.due_at > 0 and coalesce(account.status, 0) = 0
      and not exists (select 1 from pause
        where scope = 'all' or pause.serial = task.serial or pause.account_id = task.account_id)`.execute(db);
  return rows[0]?.at ?? undefined;
}
