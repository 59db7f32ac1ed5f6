import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { silentLog } from '../base/log.ts';
import { tailEvents } from './events.ts';
import { writeSetting } from './settings.ts';
import { openSqliteStore } from './sqlite.ts';
import type { Hint, Store, Tx } from './store.ts';

const put = (key: string, value: unknown) => (tx: Tx) => writeSetting(tx, key, value);

async function keys(store: Store): Promise<string[]> {
  return (await store.read.selectFrom('setting').select('key').orderBy('key').execute()).map((row) => row.key);
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('writes of one turn share a commit, and each is answered only when it can be read by others', async () => {
  await using temp = new TempStore();
  const file = new SqliteDatabase(temp.file, { readonly: true });
  const version = () => file.pragma('data_version', { simple: true });
  const before = Number(version());
  let commits = 0;
  let last = before;
  await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      await temp.store.write(put(`k${i}`, i));
      expect(file.prepare('select value from setting where key = ?').get(`k${i}`)).toEqual({ value: String(i) });
      const now = Number(version());
      if (now !== last) commits += 1;
      last = now;
    }),
  );
  file.close();
  expect(commits).toBe(1);
});

test('a unit that fails takes back what it wrote and nothing else', async () => {
  await using temp = new TempStore();
  const results = await Promise.allSettled([
    temp.store.write(put('a', 1)),
    temp.store.write(async (tx) => {
      await put('b', 1)(tx);
      throw new RangeError('no');
    }),
    temp.store.write(put('c', 1)),
    temp.store.write((tx) => tx.hot('insert into setting (key, value, changed_at) values (?, ?, ?)', ['a', '1', 1])),
    temp.store.write(put('d', 1)),
  ]);
  expect(results.map((result) => result.status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(results[1]).toMatchObject({ reason: { name: 'RangeError', message: 'no' } });
  expect(results[3]).toMatchObject({ reason: { code: 'server.bug' } });
  expect(await keys(temp.store)).toEqual(['a', 'c', 'd']);
  expect((await tailEvents(temp.store.read, 0, 10)).map((event) => event.subject)).toEqual([
    'setting:a',
    'setting:c',
    'setting:d',
  ]);
});

test('a unit that waits for anything but queries is refused; those that share its commit are not held up', async () => {
  await using temp = new TempStore();
  let lateWrite: Promise<unknown> = Promise.resolve();
  const slow = temp.store.write(async (tx) => {
    await put('slow', 1)(tx);
    lateWrite = turn()
      .then(turn)
      .then(() => put('later', 1)(tx));
    lateWrite.catch(() => {});
    await lateWrite;
  });
  let inner: Promise<unknown> = Promise.resolve();
  const nested = temp.store.write(() => {
    inner = temp.store.write(put('nested', 1));
    return inner;
  });
  const quick = temp.store.write(put('quick', 1));
  await expect(slow).rejects.toMatchObject({ code: 'server.bug' });
  await expect(nested).rejects.toMatchObject({ code: 'server.bug' });
  await Promise.all([quick, inner]); // the inner one is a unit of its own
  await expect(lateWrite).rejects.toMatchObject({ code: 'server.bug' });
  expect(await keys(temp.store)).toEqual(['nested', 'quick']);
});

test('hints are told after the commit, once for all units, and never for a unit that failed', async () => {
  await using temp = new TempStore();
  const heard: Hint[] = [];
  let readable = -1;
  temp.store.onHint((hint) => {
    heard.push(hint);
    const file = new SqliteDatabase(temp.file, { readonly: true });
    readable = Number(file.prepare<[], { n: number }>('select count(*) as n from event').get()?.n);
    file.close();
  });
  temp.store.onHint(() => {
    throw new Error('a listener that fails harms nobody');
  });
  await Promise.allSettled([
    temp.store.write(async (tx) => tx.hint({ kind: 'task', serials: ['A'] })),
    temp.store.write(async (tx) => tx.hint({ kind: 'task', serials: ['B', 'A'] })),
    temp.store.write(async (tx) => tx.event('settingChanged', 'x', {})),
    temp.store.write(async (tx) => tx.event('settingChanged', 'y', {})),
    temp.store.write(async (tx) => {
      tx.hint({ kind: 'task', serials: ['C'] });
      throw new Error('no');
    }),
  ]);
  expect(heard).toEqual([
    { kind: 'task', serials: ['A', 'B'] },
    { kind: 'event', lastId: 2 },
  ]);
  expect(readable).toBe(2);
});

test('a full disk is named, nothing of it stays, and writing goes on when there is room', async () => {
  await using temp = new TempStore();
  await temp.store.write(put('before', 1));
  const limit = (pages: number) => (tx: Tx) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(tx.db);
  await temp.store.write(limit(1)); // never below what the file has: no page can be added from here on
  const big = 'x'.repeat(200_000);
  const results = await Promise.allSettled([
    temp.store.write(put('with-it', 1)),
    temp.store.write(put('big', big)),
    temp.store.write(put('after-it', 1)),
    temp.store.write(async (tx) => {
      await put('swallows', big)(tx).catch(() => {});
      await put('swallowed', 1)(tx);
    }),
  ]);
  expect(results[1]).toMatchObject({ status: 'rejected', reason: { code: 'server.disk-full' } });
  const kept = await keys(temp.store);
  const answered = ['with-it', 'big', 'after-it', 'swallows'].filter((_, i) => results[i]?.status === 'fulfilled');
  expect(kept).toEqual(['before', ...answered].sort());
  expect(kept).not.toContain('swallowed');
  await temp.store.write(limit(1_000_000));
  await temp.store.write(put('room', big));
  expect(await keys(temp.store)).toContain('room');
  expect(temp.store.checkIntegrity()).toEqual([]);
});

test('a second server on the same file is refused and told which process has it', async () => {
  await using temp = new TempStore();
  expect(() => temp.open()).toThrow(new RegExp(`in use by process ${process.pid}`));
  const guest = openSqliteStore({ file: temp.file, clock: temp.clock, log: silentLog, owner: false });
  await guest.write(put('guest', 1));
  await guest.close();
  const store = await temp.reopen();
  expect(await keys(store)).toEqual(['guest']);
});

test('what was written is there after closing and opening again; a closed store refuses', async () => {
  await using temp = new TempStore();
  const former = temp.store;
  const pending = former.write(put('a', { deep: [1, 'ü'] }));
  const store = await temp.reopen();
  await pending;
  expect(await keys(store)).toEqual(['a']);
  await expect(former.write(put('b', 1))).rejects.toMatchObject({ code: 'server.stopping' });
});

test('a database of a newer version, a damaged one and something else are refused with the way out', async () => {
  await using temp = new TempStore();
  const open = (file: string) => () => openSqliteStore({ file, clock: temp.clock, log: silentLog });
  const junk = join(temp.folder, 'junk.db');
  writeFileSync(junk, 'not a database at all, but long enough to be taken for one '.repeat(50));
  expect(open(junk)).toThrow(/damaged.*restore a backup/);
  expect(open(junk)).toThrow(/damaged/); // the lock of the first try is gone

  const newer = join(temp.folder, 'newer.db');
  await openSqliteStore({ file: newer, clock: temp.clock, log: silentLog }).close();
  const connection = new SqliteDatabase(newer);
  connection.prepare('insert into migration (name, at) values (?, 0)').run('9999-tomorrow');
  connection.close();
  expect(open(newer)).toThrow(/newer version.*9999-tomorrow/);
});
