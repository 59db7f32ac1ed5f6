import { type Selectable, sql } from 'kysely';
import type { Platform } from '../contract/script-names.ts';
import { parseStrings } from './json.ts';
import type { AccountTable } from './schema.ts';
import { pin, type Reader, type Tx, type Value } from './store.ts';

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
  createdAt: number;
  /** Who bound it to its phone; null: it was seen logged in there, and follows what is seen. */
  boundBy: string | null;
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
  createdAt: row.created_at,
  boundBy: row.bound_by,
});

/** `@Lena`, `lena` and ` Lena ` are one account. */
export const accountName = (username: string): string => username.trim().replace(/^@/, '').toLowerCase();

/** What people say about an account; what is left out stays as it is. */
export interface AccountChange {
  username?: string;
  email?: string | null;
  packageName?: string | null;
  serial?: string | null;
  tags?: readonly string[];
  isEnabled?: boolean;
  /** Whether it is logged in on its phone, as far as was seen. */
  isLoggedIn?: boolean;
  boundBy?: string | null;
}

const columnsOf = (change: AccountChange): Record<string, Value> => ({
  ...(change.username === undefined ? {} : { username: change.username }),
  ...(change.email === undefined ? {} : { email: change.email }),
  ...(change.packageName === undefined ? {} : { package: change.packageName }),
  ...(change.serial === undefined ? {} : { serial: change.serial }),
  ...(change.tags === undefined ? {} : { tags: JSON.stringify(change.tags) }),
  ...(change.isEnabled === undefined ? {} : { status: change.isEnabled ? 0 : 1 }),
  ...(change.isLoggedIn === undefined ? {} : { logined: change.isLoggedIn ? 1 : 0 }),
  ...(change.boundBy === undefined ? {} : { bound_by: change.boundBy }),
});

/** What events about an account say. */
const eventBody = (row: Selectable<AccountTable>): Record<string, unknown> => ({
  id: row.id,
  platform: row.platform,
  username: row.username,
  device: row.serial,
  packagename: row.package,
  logined: row.logined,
  status: row.status,
  owned: row.owned_at !== null,
});

/**
 * Adds an account. One of that name that was deleted comes back under its old id, so that its conduct limits and a pause
 * go on where they were. Undefined when there is one already.
 */
export async function insertAccount(
  tx: Tx,
  { platform, username, ...change }: AccountChange & { platform: Platform; username: string },
  person: string,
): Promise<Account | undefined> {
  const columns = columnsOf(change);
  const names = Object.keys(columns);
  const [row] = await tx.hot<Selectable<AccountTable>>(
    `insert into account (platform, username, created_at${names.map((name) => `, ${name}`).join('')})
     values (?, ?, ?${', ?'.repeat(names.length)})
     on conflict (platform, username) do update set deleted_at = null, created_at = excluded.created_at${names
       .map((name) => `, ${name} = excluded.${name}`)
       .join('')}
     where account.deleted_at is not null
     returning *`,
    [platform, accountName(username), tx.now, ...Object.values(columns)],
  );
  if (!row) return undefined;
  await tx.event('accountChanged', `account:${row.id}`, { ...eventBody(row), created: true }, person);
  return accountFromRow(row);
}

/** Undefined when there is no such account. The name, when it changes, must be free: the database refuses otherwise. */
export async function changeAccount(
  tx: Tx,
  id: number,
  change: AccountChange,
  person: string,
): Promise<Account | undefined> {
  const columns = columnsOf(change);
  const names = Object.keys(columns);
  if (names.length === 0) return findAccount(tx.db, id);
  const [row] = await tx.hot<Selectable<AccountTable>>(
    `update account set ${names.map((name) => `${name} = ?`).join(', ')} where id = ${pin} and deleted_at is null returning *`,
    [...Object.values(columns), id],
  );
  if (!row) return undefined;
  await tx.event('accountChanged', `account:${id}`, eventBody(row), person);
  return accountFromRow(row);
}

/**
 * Takes an account off the list. Its row stays, emptied: its id is the actor of the conduct ledger and of finished tasks.
 * A pause stays with it. False when there is none.
 */
export async function deleteAccount(tx: Tx, id: number, person: string): Promise<boolean> {
  const [row] = await tx.hot<Selectable<AccountTable>>(
    `update account set deleted_at = ?, email = null, package = null, serial = null, logined = 0, status = 0, owned_by = null,
       owned_at = null, bound_by = null, tags = '[]'
     where id = ${pin} and deleted_at is null returning *`,
    [tx.now, id],
  );
  if (!row) return false;
  const { platform, username } = row;
  await tx.event('accountChanged', `account:${id}`, { id, platform, username, deleted: true }, person);
  return true;
}

/**
 * Notes an account that is logged in on a phone, creating its row when it is new. Where a person bound the account, that
 * stands: a phone that shows it can prove that it is logged in there, not where it should act.
 */
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
  if (before && before.boundBy !== null && before.serial !== null) {
    if (before.serial !== serial || before.isLoggedIn) return before;
  } else if (before?.serial === serial && before.isLoggedIn && (packageName ?? null) === before.packageName) {
    return before;
  }
  const [row] = await tx.hot<Selectable<AccountTable>>(
    `insert into account (platform, username, package, serial, logined, created_at) values (?, ?, ?, ?, 1, ?)
     on conflict (platform, username) do update set logined = 1, deleted_at = null,
       serial = case when account.bound_by is null or account.serial is null then excluded.serial else account.serial end,
       package = case when account.bound_by is null then excluded.package else account.package end
     returning *`,
    [platform, name, packageName ?? null, serial, tx.now],
  );
  if (!row) throw new Error('insert into account returned no row');
  await tx.event('accountChanged', `account:${row.id}`, eventBody(row));
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

/**
 * The operator states that the account is theirs; what waited for that is looked at again: its own tasks, and those of its
 * phone that act as whoever is logged in there.
 */
export async function confirmAccount(tx: Tx, id: number, person: string): Promise<void> {
  const [row] = await tx.hot<Selectable<AccountTable>>(
    `update account set owned_by = ?, owned_at = ? where id = ${pin} and deleted_at is null returning *`,
    [person, tx.now, id],
  );
  if (!row) return;
  await tx.event('accountChanged', `account:${id}`, eventBody(row), person);
  await wakeAccount(tx, id, row.serial);
}

/** Takes the statement back: public actions of the account wait from now on, unless its phone is confirmed. */
export async function disownAccount(tx: Tx, id: number, person: string): Promise<void> {
  const [row] = await tx.hot<Selectable<AccountTable>>(
    `update account set owned_by = null, owned_at = null where id = ${pin} and deleted_at is null returning *`,
    [id],
  );
  if (row) await tx.event('accountChanged', `account:${id}`, eventBody(row), person);
}

/** Tasks that wait for a conduct rule of this account are looked at again. */
export async function wakeAccount(tx: Tx, id: number, serial: string | null): Promise<void> {
  await wakeTasks(tx, 'account_id', id);
  if (serial !== null) await wakeTasks(tx, 'serial', serial, 'and account_id is null');
}

/** The same for every account that lives on a phone. */
export async function confirmDevice(tx: Tx, serial: string, person: string): Promise<void> {
  await tx.hot(`update device set owned_by = ?, owned_at = ? where serial = ${pin}`, [person, tx.now, serial]);
  await tx.event('deviceChanged', `device:${serial}`, { serial, owned: true }, person);
  await wakeTasks(tx, 'serial', serial);
}

async function wakeTasks(
  tx: Tx,
  column: 'account_id' | 'serial',
  key: string | number,
  further: '' | 'and account_id is null' = '',
): Promise<void> {
  const rows = await tx.hot<{ serial: string | null }>(
    `update task set due_at = ? where ${column} = ${pin} and state = 'pending' and wait_rule is not null and due_at > ? ${further}
     returning serial`,
    [tx.now, key, tx.now],
  );
  const serials = rows.flatMap((row) => (row.serial === null ? [] : [row.serial]));
  if (serials.length > 0) tx.hint({ kind: 'task', serials: [...new Set(serials)] });
}

export async function findAccount(db: Reader, id: number): Promise<Account | undefined> {
  const row = await db
    .selectFrom('account')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row && accountFromRow(row);
}

/** With `isDeleted`, one that was taken off the list. */
export async function findAccountByName(
  db: Reader,
  platform: Platform,
  username: string,
  { isDeleted = false }: { isDeleted?: boolean } = {},
): Promise<Account | undefined> {
  const row = await db
    .selectFrom('account')
    .selectAll()
    .where('platform', '=', platform)
    .where('username', '=', accountName(username))
    .where('deleted_at', isDeleted ? 'is not' : 'is', null)
    .executeTakeFirst();
  return row && accountFromRow(row);
}

export async function listAccounts(db: Reader): Promise<Account[]> {
  const rows = await db.selectFrom('account').selectAll().where('deleted_at', 'is', null).orderBy('id').execute();
  return rows.map(accountFromRow);
}

export interface AccountFilter {
  platform?: Platform;
  serial?: string;
  username?: string;
  isLoggedIn?: boolean;
  isEnabled?: boolean;
  /** Exactly this tag. */
  tag?: string;
}

/** By id; `page` counts from 1. */
export async function listAccountPage(
  db: Reader,
  { page, pageSize, ...filter }: AccountFilter & { page: number; pageSize: number },
): Promise<Account[]> {
  const rows = await filtered(db, filter)
    .selectAll()
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return rows.map(accountFromRow);
}

export async function countAccounts(db: Reader, filter: AccountFilter = {}): Promise<number> {
  const row = await filtered(db, filter)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

function filtered(db: Reader, { platform, serial, username, isLoggedIn, isEnabled, tag }: AccountFilter) {
  let query = db.selectFrom('account').where('deleted_at', 'is', null);
  if (platform !== undefined) query = query.where('platform', '=', platform);
  if (serial !== undefined) query = query.where('serial', '=', serial);
  if (username !== undefined) query = query.where('username', '=', accountName(username));
  if (isLoggedIn !== undefined) query = query.where('logined', '=', isLoggedIn ? 1 : 0);
  if (isEnabled !== undefined) query = query.where('status', '=', isEnabled ? 0 : 1);
  return tag === undefined ? query : query.where(hasTag(tag));
}

/**
 * The list is text (both databases know that); a tag is one of its entries when it stands there in quotes behind a bracket
 * or comma. Inside a tag a quote is always behind a backslash, so no part of one can look like that. Not LIKE: that would
 * ignore case in one database and not in the other.
 */
function hasTag(tag: string) {
  const quoted = JSON.stringify(tag);
  return sql<boolean>`(replace(tags, ${`[${quoted}`}, '') <> tags or replace(tags, ${`,${quoted}`}, '') <> tags)`;
}
