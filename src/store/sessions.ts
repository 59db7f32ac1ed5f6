import type { Selectable } from 'kysely';
import type { Scope } from '../contract/operation.ts';
import type { SessionTable } from './schema.ts';
import type { Reader, Tx } from './store.ts';

/** A browser that is logged in; its cookie's text is nowhere, only the hash. */
export interface Session {
  id: number;
  hash: string;
  /** The person of what it changes. */
  name: string;
  scope: Scope;
  tokenId: number | null;
  createdAt: number;
  expiresAt: number;
}

const fromRow = (row: Selectable<SessionTable>): Session => ({
  id: row.id,
  hash: row.hash,
  name: row.name,
  scope: row.scope,
  tokenId: row.token_id,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

export interface LoginLink {
  hash: string;
  name: string;
  scope: Scope;
  expiresAt: number;
}

/** Those that nobody used in time are cleared away. */
export async function insertLoginLink(tx: Tx, { hash, name, scope, expiresAt }: LoginLink): Promise<void> {
  await tx.hot('delete from login_link where expires_at <= ?', [tx.now]);
  await tx.hot('insert into login_link (hash, name, scope, expires_at) values (?, ?, ?, ?)', [
    hash,
    name,
    scope,
    expiresAt,
  ]);
}

/** It is gone then: whoever is first has it. Undefined when there is none, or its time is over. */
export async function takeLoginLink(tx: Tx, hash: string): Promise<Pick<Session, 'name' | 'scope'> | undefined> {
  const row = await tx.db.deleteFrom('login_link').where('hash', '=', hash).returningAll().executeTakeFirst();
  return row && row.expires_at > tx.now ? { name: row.name, scope: row.scope } : undefined;
}

export type NewSession = Pick<Session, 'hash' | 'name' | 'scope' | 'tokenId' | 'expiresAt'>;

export async function insertSession(tx: Tx, session: NewSession): Promise<Session> {
  await tx.hot('delete from session where expires_at <= ?', [tx.now]);
  const row = await tx.db
    .insertInto('session')
    .values({
      hash: session.hash,
      name: session.name,
      scope: session.scope,
      token_id: session.tokenId,
      created_at: tx.now,
      expires_at: session.expiresAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const facts = { key: 'session', name: row.name, scope: row.scope, change: 'logged in' };
  await tx.event('settingChanged', `session:${row.id}`, facts, row.name);
  return fromRow(row);
}

/** Whether it has expired is judged by whoever asks. */
export async function findSessionByHash(db: Reader, hash: string): Promise<Session | undefined> {
  const row = await db.selectFrom('session').selectAll().where('hash', '=', hash).executeTakeFirst();
  return row && fromRow(row);
}

/** False when there is none. */
export async function deleteSession(tx: Tx, hash: string): Promise<boolean> {
  const row = await tx.db.deleteFrom('session').where('hash', '=', hash).returningAll().executeTakeFirst();
  if (!row) return false;
  const facts = { key: 'session', name: row.name, scope: row.scope, change: 'logged out' };
  await tx.event('settingChanged', `session:${row.id}`, facts, row.name);
  return true;
}

/** Every browser has to log in again. Returns how many were logged in. */
export async function deleteAllSessions(tx: Tx, person: string): Promise<number> {
  const rows = await tx.db.deleteFrom('session').returning('id').execute();
  await tx.db.deleteFrom('login_link').execute();
  if (rows.length > 0) {
    await tx.event(
      'settingChanged',
      'session:all',
      { key: 'session', change: 'logged out', count: rows.length },
      person,
    );
  }
  return rows.length;
}
