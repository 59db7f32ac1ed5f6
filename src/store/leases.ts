import type { Selectable } from 'kysely';
import { DroverError } from '../base/error.ts';
import { recordDevice } from './devices.ts';
import type { LeaseTable } from './schema.ts';
import { pin, type Reader, type Tx } from './store.ts';

/** The right to one phone: there is at most one row a serial, so nobody can hold a phone that another one holds. */
export interface Lease {
  serial: string;
  token: number;
  holder: 'task' | 'person';
  taskId: number | null;
  attemptId: number | null;
  person: string | null;
  hostId: string;
  bootId: string;
  expiresAt: number;
}

export type LeaseRow = Selectable<LeaseTable>;

export const leaseFromRow = (row: LeaseRow): Lease => ({
  serial: row.serial,
  token: row.token,
  holder: row.holder,
  taskId: row.task_id,
  attemptId: row.attempt_id,
  person: row.person,
  hostId: row.host_id,
  bootId: row.boot_id,
  expiresAt: row.expires_at,
});

/** False when the lease is no longer this one: whoever held it must stop touching the phone. */
export async function renewLease(
  tx: Tx,
  { serial, token, expiresAt }: { serial: string; token: number; expiresAt: number },
): Promise<boolean> {
  const rows = await tx.hot<{ token: number }>(
    `update lease set expires_at = ? where serial = ${pin} and token = ? returning token`,
    [expiresAt, serial, token],
  );
  return rows.length > 0;
}

/** Gives the phone back; a lease that is another one by now is left alone. */
export async function releaseLease(tx: Tx, { serial, token }: { serial: string; token: number }): Promise<boolean> {
  const rows = await tx.hot<{ token: number }>(
    `delete from lease where serial = ${pin} and token = ? returning token`,
    [serial, token],
  );
  if (rows.length > 0) tx.hint({ kind: 'task', serials: [serial] });
  return rows.length > 0;
}

export interface HoldWant {
  serial: string;
  person: string;
  hostId: string;
  bootId: string;
  holdMs: number;
}

/**
 * Gives the phone to a person, or keeps it for the one who has it already (same token, later end). Throws `device.held`
 * while a task or somebody else has it: a person never gets a phone in the middle of a task.
 */
export async function takeHold(tx: Tx, { serial, person, hostId, bootId, holdMs }: HoldWant): Promise<Lease> {
  const now = await findLease(tx.db, serial);
  const expiresAt = tx.now + holdMs;
  if (now?.holder === 'task') throw heldByTask(serial, now);
  if (now && now.expiresAt > tx.now) {
    if (now.person !== person) throw heldByOther(serial, now);
    await renewLease(tx, { serial, token: now.token, expiresAt });
    return { ...now, expiresAt };
  }
  if (now) await tx.hot(`delete from lease where serial = ${pin}`, [serial]);
  const [device] = await tx.hot<{ token: number }>(
    `update device set next_token = next_token + 1 where serial = ${pin} returning next_token - 1 as token`,
    [serial],
  );
  if (!device) throw new DroverError('input.not-found', { message: `there is no device ${serial}` });
  const [lease] = await tx.hot<LeaseRow>(
    `insert into lease (serial, token, holder, person, host_id, boot_id, expires_at)
     values (?, ?, 'person', ?, ?, ?, ?) returning *`,
    [serial, device.token, person, hostId, bootId, expiresAt],
  );
  if (!lease) throw new Error('insert into lease returned no row');
  await recordDevice(tx, serial, { held_by: person }, person);
  return leaseFromRow(lease);
}

/** Ends a person's hold and wakes the queue. False when nobody held it; throws `device.held` when a task has it. */
export async function endHold(tx: Tx, serial: string, person?: string): Promise<boolean> {
  const now = await findLease(tx.db, serial);
  if (!now) return false;
  if (now.holder === 'task') throw heldByTask(serial, now);
  await releaseLease(tx, now);
  await recordDevice(tx, serial, { held_by: null }, person);
  return true;
}

export const heldByTask = (serial: string, { taskId }: Lease): DroverError =>
  new DroverError('device.held', {
    message: `phone ${serial} is at work on task ${taskId}: wait until it ends, or stop it`,
    details: { serial, task: taskId },
  });

export const heldByOther = (serial: string, { person, expiresAt }: Lease): DroverError =>
  new DroverError('device.held', {
    message: `phone ${serial} is held by ${person} until ${new Date(expiresAt).toISOString()}`,
    details: { serial, person },
  });

export async function findLease(db: Reader, serial: string): Promise<Lease | undefined> {
  const row = await db.selectFrom('lease').selectAll().where('serial', '=', serial).executeTakeFirst();
  return row && leaseFromRow(row);
}

/** All leases: as many as phones are taken. */
export async function listLeases(db: Reader): Promise<Lease[]> {
  return (await db.selectFrom('lease').selectAll().orderBy('serial').execute()).map(leaseFromRow);
}

/** What persons hold, lapsed holds among them. */
export async function listHolds(db: Reader): Promise<Lease[]> {
  const rows = await db.selectFrom('lease').selectAll().where('holder', '=', 'person').orderBy('serial').execute();
  return rows.map(leaseFromRow);
}

/** Tasks that hold a phone now, on any host. */
export async function countRunning(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('lease')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('holder', '=', 'task')
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}
