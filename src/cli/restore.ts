import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemClock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import { createLog } from '../base/log.ts';
import { loadConfig } from '../config.ts';
import { type DataLock, takeDataLock } from '../store/data-lock.ts';
import { insertPause } from '../store/pauses.ts';
import { restoringFolder } from '../store/restoring.ts';
import { listSealed, type SealedPlace, sealedText } from '../store/sealed.ts';
import { assertSoundDatabase } from '../store/snapshot.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { databaseName } from './backup/archive.ts';
import { sizeText } from './backup/size-text.ts';
import { type Unpacked, unpackBackup } from './backup/unpack.ts';

export interface RestoreFlags {
  data?: string;
  config?: string;
  force?: boolean;
  resume?: boolean;
}

/** What is replaced. The key of sealed secrets is none of it: one that is there stays. */
const parts = [`${databaseName}-wal`, `${databaseName}-shm`, databaseName, 'media', 'traces', 'host-id'];

/**
 * `drover restore FILE`: puts a backup into the data folder. Everything is unpacked and checked before anything is
 * replaced, and what was there is moved aside, not deleted. Work is paused in what was restored: tasks that were pending
 * then may have been done since.
 */
export async function restore(file: string, { force = false, resume = false, ...flags }: RestoreFlags): Promise<void> {
  const { data, sealKey } = loadConfig({ ...flags }).config;
  const archive = resolve(file);
  if (!existsSync(archive)) throw new DroverError('input.invalid', { message: `${archive} does not exist` });
  await mkdir(data, { recursive: true, mode: 0o700 });
  const lock = lockFolder(data);
  const staging = restoringFolder(data);
  try {
    const isOccupied = existsSync(join(data, databaseName));
    if (isOccupied && !force) {
      throw new DroverError('input.invalid', {
        message: `${data} holds a database already: name another folder with --data, or give --force to move what is there aside`,
      });
    }
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging, { mode: 0o700 });
    const unpacked = await unpackBackup(archive, staging).catch(async (thrown: unknown) => {
      await rm(staging, { recursive: true, force: true });
      throw thrown;
    });
    const content = await prepare(join(staging, databaseName), { resume });
    const aside = await replace(data, staging);
    await rm(staging, { recursive: true, force: true });
    tell({ data, unpacked, content, aside, resume, hasKey: sealKey !== '' || existsSync(join(data, 'seal.key')) });
  } finally {
    lock.release();
  }
}

function lockFolder(data: string): DataLock {
  try {
    return takeDataLock(join(data, databaseName));
  } catch (cause) {
    if (!(cause instanceof DroverError)) throw cause;
    throw new DroverError(cause.code, {
      message: `a server runs on ${data}: stop it first, or restore into another folder with --data`,
      cause,
    });
  }
}

interface Content {
  waiting: number;
  sealed: SealedPlace[];
}

/** Brings the copy up to date with this version, which refuses what a newer one wrote. */
async function prepare(file: string, { resume }: { resume: boolean }): Promise<Content> {
  assertSoundDatabase(file);
  const store = openSqliteStore({ file, clock: systemClock, log: createLog('warn'), owner: false });
  try {
    if (!resume) await store.write((tx) => insertPause(tx, { scope: 'all' }, 'restore'));
    const row = await store.read
      .selectFrom('task')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('status', 'in', [0, 1])
      .executeTakeFirstOrThrow();
    return { waiting: Number(row.n), sealed: await listSealed(store.read) };
  } finally {
    await store.close();
  }
}

/** The database comes last: until then a start finds either the old one, or none and the folder of the restore. */
async function replace(data: string, staging: string): Promise<string | undefined> {
  const old = parts.filter((name) => existsSync(join(data, name)));
  const stamp = new Date(systemClock.now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  const aside = join(data, `before-restore-${stamp}`);
  if (old.length > 0) await mkdir(aside, { mode: 0o700 });
  for (const name of old) await rename(join(data, name), join(aside, name));
  const fresh = (await readdir(staging)).filter(
    (name) => name !== databaseName && !name.startsWith(`${databaseName}-`),
  );
  for (const name of [...fresh, databaseName]) await rename(join(staging, name), join(data, name));
  return old.length > 0 ? aside : undefined;
}

interface Report {
  data: string;
  unpacked: Unpacked;
  content: Content;
  aside: string | undefined;
  resume: boolean;
  hasKey: boolean;
}

function tell({ data, unpacked, content, aside, resume, hasKey }: Report): void {
  const { manifest, files, bytes } = unpacked;
  say(`${data}: restored as it was at ${manifest.created_at} (${files} files, ${sizeText(bytes)})`);
  if (aside !== undefined) say(`What was there is in ${aside}; delete it when you no longer need it.`);
  if (!manifest.has_media) say('The backup was made without media: items of the library have no file.');
  if (!resume) {
    say(
      content.waiting === 0
        ? 'Work is paused: look through, then resume it (POST /api/v1/resume).'
        : `Work is paused: ${content.waiting} tasks were waiting then, and may have been done since. Delete what is done, then resume (POST /api/v1/resume).`,
    );
  }
  if (content.sealed.length > 0 && !hasKey) {
    say(
      `There is no seal.key in the folder: put the old one there before you start the server, or enter again what it sealed: ${sealedText(content.sealed)}.`,
    );
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
