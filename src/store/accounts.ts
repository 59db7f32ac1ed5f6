import type { Selectable } from 'kysely';
import type { Platform } from '../contract/script-names.ts';
import { parseStrings } from './json.ts';
import type { AccountTable } from './schema.ts';
import { pin, type Reader, type Tx } from './store.ts';

export interface Account {
  id: number;
  platform: Platform;
  /** Lower case, without the leading @. */
  username: string;
  email: string | null;
  /** Clone package; null means the platform's own app. */
  packageName: string | null;
  serial: string | null;
  isLoggedIn: boolean;
  isEnabled: boolean;
  /** Who stated that this account is theirs, and when. */
  ownedBy: string | null;
  ownedAt: number | null;
  pausedUntil: number | null;
  tags: string[];
}

const accountFromRow = (row: Selectable<AccountTable>): Account => ({
  id: row.id,
  platform: row.platform as Platform,
  username: row.username,
  email: row.email,
  packageName: row.package,
  serial: row.serial,
  isLoggedIn: row.logined === 1,
  isEnabled: row.status === 0,
  ownedBy: row.owned_by,
  ownedAt: row.owned_at,
  pausedUntil: row.paused_until,
  tags: parseStrings(row.tags),
});

/** `@Lena`, `lena` and ` Lena ` are one account. */
export const accountName = (username: string): string => username.trim().replace(/^@/, '').toLowerCase();

/** Notes an account that is logged in on a phone, creating its row when it is new. It keeps everything else it has. */
export async function noteLoggedIn(
  tx: Tx,
  {
    platform,
    username,
    serial,
    packageName,
  }: { platform: Platform; username: string; serial: string; packageName?: string | null },
): Promise<Account> {
  const name = accountName(username);
  const before = await findAccountByName(tx.db, platform, name);
  if (before?.serial === serial && before.isLoggedIn && (packageName ?? null) === before.packageName) return before;
  const [row] = await tx.hot<Selectable<AccountTable>>(
    `insert into account (platform, username, package, serial, logined, created_at) values (?, ?, ?, ?, 1, ?)
     on conflict (platform, username) do update set serial = excluded.serial, logined = 1, package = excluded.package
     returning *`,
    [platform, name, packageName ?? null, serial, tx.now],
  );
  if (!row) throw new Error('insert into account returned no row');
  await tx.event('accountChanged', `account:${row.id}`, { id: row.id, username: name, serial, logined: 1 });
  return accountFromRow(row);
}

/** No task of the account is claimed and no public action of it allowed before `until`; null ends a pause. */
export async function pauseAccount(tx: Tx, id: number, until: number | null, person?: string): Promise<void> {
  const [row] = await tx.hot<{ serial: string | null }>(
    `update account set paused_until = ? where id = ${pin} returning serial`,
    [until, id],
  );
  if (!row) return;
  const pausedUntil = until === null ? null : new Date(until).toISOString();
  await tx.event('accountChanged', `account:${id}`, { id, paused_until: pausedUntil }, person);
  if (row.serial !== null) tx.hint({ kind: 'task', serials: [row.serial] });
}

/** The operator states that the account is theirs; tasks that waited for it, or for another rule, are looked at again. */
export async function confirmAccount(tx: Tx, id: number, person: string): Promise<void> {
  await tx.hot(`update account set owned_by = ?, owned_at = ? where id = ${pin}`, [person, tx.now, id]);
  await tx.event('accountChanged', `account:${id}`, { id, owned: true }, person);
  await wakeTasks(tx, 'account_id', id);
}

/** The same for every account that lives on a phone. */
export async function confirmDevice(tx: Tx, serial: string, person: string): Promise<void> {
  await tx.hot(`update device set owned_by = ?, owned_at = ? where serial = ${pin}`, [person, tx.now, serial]);
  await tx.event('deviceChanged', `device:${serial}`, { serial, owned: true }, person);
  await wakeTasks(tx, 'serial', serial);
}

async function wakeTasks(tx: Tx, column: 'account_id' | 'serial', key: string | number): Promise<void> {
  const rows = await tx.hot<{ serial: string | null }>(
    `update task set due_at = ? where ${column} = ${pin} and state = 'pending' and wait_rule is not null and due_at > ?
     returning serial`,
    [tx.now, key, tx.now],
  );
  const serials = rows.flatMap((row) => (row.serial === null ? [] : [row.serial]));
  if (serials.length > 0) tx.hint({ kind: 'task', serials: [...new Set(serials)] });
}

export async function findAccount(db: Reader, id: number): Promise<Account | undefined> {
  const row = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
  return row && accountFromRow(row);
}

export async function findAccountByName(
  db: Reader,
  platform: Platform,
  username: string,
): Promise<Account | undefined> {
  const row = await db
    .selectFrom('account')
    .selectAll()
    .where('platform', '=', platform)
    .where('username', '=', accountName(username))
    .executeTakeFirst();
  return row && accountFromRow(row);
}

export async function listAccounts(db: Reader): Promise<Account[]> {
  return (await db.selectFrom('account').selectAll().orderBy('id').execute()).map(accountFromRow);
}
