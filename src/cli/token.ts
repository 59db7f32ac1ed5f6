import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import { createLog } from '../base/log.ts';
import { loadConfig } from '../config.ts';
import { findProblem } from '../contract/problem.ts';
import { NewToken } from '../contract/token.ts';
import { localCaller } from '../http/caller.ts';
import { makeToken } from '../http/tokens.ts';
import { openSqliteStore, type SqliteStore } from '../store/sqlite.ts';
import { deleteToken, findTokenByName, listTokens } from '../store/tokens.ts';

/** Where the database is. */
export interface DataFlags {
  data?: string;
  config?: string;
}

export interface CreateFlags extends DataFlags {
  name: string;
  scope: string;
}

/** `drover token create`: the token alone on standard output, so that a script can take it; what to know beside it on standard error. */
export async function createToken({ name, scope, ...flags }: CreateFlags): Promise<void> {
  const wish: unknown = { name, scope };
  const problem = findProblem(NewToken, wish);
  if (problem) throw new DroverError('input.invalid', { message: `--${problem.path}: ${problem.message}` });
  const { text } = await withStore(flags, (store) => makeToken(store, wish as NewToken, localCaller.name));
  process.stdout.write(`${text}\n`);
  process.stderr.write(
    `This token is shown once and stored nowhere. Send it as "Authorization: Bearer …"; take it back with "drover token revoke ${quoted(name)}".\n`,
  );
}

/** `drover token list` */
export async function showTokens(flags: DataFlags): Promise<void> {
  const tokens = await withStore(flags, (store) => listTokens(store.read));
  if (tokens.length === 0) {
    process.stdout.write('There is no token: only this machine is answered.\n');
    return;
  }
  const day = (ms: number | null): string =>
    ms === null ? 'never' : new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
  const rows = [
    ['ID', 'NAME', 'SCOPE', 'MADE (UTC)', 'LAST USED (UTC)'],
    ...tokens.map((token) => [String(token.id), token.name, token.scope, day(token.createdAt), day(token.usedAt)]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
}

/** `drover token revoke NAME|ID`: refused from the next request on, also by a server that runs. */
export async function revokeToken(which: string, flags: DataFlags): Promise<void> {
  const name = await withStore(flags, async (store) => {
    const byName = await findTokenByName(store.read, which);
    const token = byName ?? (await listTokens(store.read)).find(({ id }) => String(id) === which);
    if (!token)
      throw new DroverError('input.not-found', {
        message: `there is no token ${quoted(which)}; "drover token list" shows all`,
      });
    await store.write((tx) => deleteToken(tx, token.id, localCaller.name));
    return token.name;
  });
  process.stdout.write(`Revoked: ${name}\n`);
}

const quoted = (text: string): string => JSON.stringify(text);

/** Beside a server that may be running on the same data folder. */
export async function withStore<T>(
  flags: DataFlags,
  work: (store: SqliteStore, dataFolder: string) => Promise<T>,
): Promise<T> {
  const { config } = loadConfig({ ...flags });
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const store = openSqliteStore({
    file: join(config.data, 'drover.db'),
    clock: systemClock,
    log: createLog('warn'),
    owner: false,
  });
  try {
    return await work(store, config.data);
  } finally {
    await store.close();
  }
}
