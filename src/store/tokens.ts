import type { Selectable } from 'kysely';
import type { Scope } from '../contract/operation.ts';
import type { TokenTable } from './schema.ts';
import type { Reader, Tx } from './store.ts';

/** A bearer token without its text, which only its owner has. */
export interface Token {
  id: number;
  name: string;
  /** SHA-256 of the text, hex. */
  hash: string;
  scope: Scope;
  createdAt: number;
  createdBy: string | null;
  /** The last use that was noted; up to a minute late. */
  usedAt: number | null;
}

const tokenFromRow = (row: Selectable<TokenTable>): Token => ({
  id: row.id,
  name: row.name,
  hash: row.hash,
  scope: row.scope,
  createdAt: row.created_at,
  createdBy: row.created_by,
  usedAt: row.used_at,
});

export async function listTokens(db: Reader): Promise<Token[]> {
  return (await db.selectFrom('token').selectAll().orderBy('id').execute()).map(tokenFromRow);
}

export async function countTokens(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('token')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export async function findTokenByHash(db: Reader, hash: string): Promise<Token | undefined> {
  const row = await db.selectFrom('token').selectAll().where('hash', '=', hash).executeTakeFirst();
  return row && tokenFromRow(row);
}

export async function isTokenKnown(db: Reader, id: number): Promise<boolean> {
  return (await db.selectFrom('token').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

export async function findTokenByName(db: Reader, name: string): Promise<Token | undefined> {
  const row = await db.selectFrom('token').selectAll().where('name', '=', name).executeTakeFirst();
  return row && tokenFromRow(row);
}

export interface NewToken {
  name: string;
  hash: string;
  scope: Scope;
}

/** The name must be free. */
export async function insertToken(tx: Tx, token: NewToken, person?: string): Promise<Token> {
  const row = await tx.db
    .insertInto('token')
    .values({ ...token, created_at: tx.now, created_by: person ?? null })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tokenEvent(tx, row, { change: 'created', person });
  return tokenFromRow(row);
}

/** Whether there was one. Its id and hash are never given out again. */
export async function deleteToken(tx: Tx, id: number, person?: string): Promise<boolean> {
  const row = await tx.db.deleteFrom('token').where('id', '=', id).returningAll().executeTakeFirst();
  if (!row) return false;
  await tokenEvent(tx, row, { change: 'revoked', person });
  return true;
}

/** Nobody watches this: no event. */
export async function noteTokenUse(tx: Tx, id: number): Promise<void> {
  await tx.hot('update token set used_at = ? where id = ?', [tx.now, id]);
}

async function tokenEvent(
  tx: Tx,
  row: Selectable<TokenTable>,
  { change, person }: { change: 'created' | 'revoked'; person: string | undefined },
): Promise<void> {
  await tx.event(
    'settingChanged',
    `token:${row.id}`,
    { key: 'token', name: row.name, scope: row.scope, change },
    person,
  );
}
