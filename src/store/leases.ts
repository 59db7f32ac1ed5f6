import type { Selectable } from 'kysely';
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

export async function findLease(db: Reader, serial: string): Promise<Lease | undefined> {
  const row = await db.selectFrom('lease').selectAll().where('serial', '=', serial).executeTakeFirst();
  return row && leaseFromRow(row);
}

/** All leases: as many as phones are taken. */
export async function listLeases(db: Reader): Promise<Lease[]> {
  return (await db.selectFrom('lease').selectAll().orderBy('serial').execute()).map(leaseFromRow);
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
