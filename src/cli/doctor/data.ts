import { constants } from 'node:fs';
import { access, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ctx } from '../../base/context.ts';
import { type Check, fail, ok, oneLine, spokenBytes, warn } from './check.ts';
import { tryDatabase } from './run-trial.ts';
import type { RunningDrover } from './running.ts';
import type { DatabaseTrial } from './trial.ts';

/** Below this the server soon stops taking tasks; traces alone are a few MB an attempt. */
const leastFreeBytes = 200e6;
const fewFreeBytes = 2e9;

/** The folder, made by the first start, and the room on its disk. Nothing is made here but a file that goes again. */
export async function checkDataFolder(folder: string): Promise<Check[]> {
  const place = await nearest(folder);
  const isThere = place === folder;
  const mend = `Make it writable for this user (chown, chmod), or choose another folder with --data.`;
  const checks: Check[] = [];
  try {
    if (!(await stat(place)).isDirectory()) return [fail('data folder', `${place} is no folder`, mend)];
    await tryWriting(place, isThere);
    checks.push(ok('data folder', isThere ? `${folder}, writable` : `${folder}, made by the first start`));
  } catch (thrown) {
    checks.push(fail('data folder', `${place} cannot be written: ${oneLine(errorText(thrown))}`, mend));
  }
  checks.push(await checkSpace(place));
  return checks;
}

async function tryWriting(place: string, isThere: boolean): Promise<void> {
  await access(place, constants.W_OK | constants.X_OK);
  if (!isThere) return;
  const file = join(place, `.doctor-${process.pid}`);
  await writeFile(file, 'drover doctor');
  await rm(file);
}

async function checkSpace(place: string): Promise<Check> {
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const found = `${spokenBytes(free)} free for ${place}`;
  const mend = 'Make room on that disk, or move the data folder with --data.';
  if (free < leastFreeBytes) return fail('disk', found, mend);
  return free < fewFreeBytes ? warn('disk', found, mend) : ok('disk', found);
}

/** The database and what it says, for other checks. */
export async function checkDatabase(
  ctx: Ctx,
  folder: string,
  running: RunningDrover | undefined,
): Promise<{ check: Check; trial?: DatabaseTrial }> {
  const file = join(folder, 'drover.db');
  if (!(await isThere(file))) return { check: ok('database', 'none yet, made by the first start') };
  const trial = await tryDatabase(ctx, file);
  const restore = `Stop the server, keep a copy of ${file}, and put a backup in its place or choose another --data folder.`;
  if ('error' in trial) return { check: fail('database', `${file}: ${oneLine(trial.error)}`, restore) };
  const size = spokenBytes(trial.bytes);
  if (trial.newer.length > 0) {
    const found = `a newer version of drover wrote it (${trial.newer.join(', ')})`;
    return { trial, check: fail('database', found, 'Use that version, or another data folder with --data.') };
  }
  if (trial.integrity !== null && trial.integrity !== 'ok') {
    return { trial, check: fail('database', `${file} is damaged: ${oneLine(trial.integrity)}`, restore) };
  }
  const health = trial.integrity === null ? `${size}, too large to be read through here` : `${size}, healthy`;
  if (!trial.isInUse) return { trial, check: ok('database', `${health}, not in use`) };
  const holder = await holderOf(file);
  if (running) return { trial, check: ok('database', `${health}, in use by ${holder}`) };
  const found = `${health}, but ${holder} uses it, and no server answers on the port of this configuration`;
  const fix = `Look at that process: if it is a drover server on another port, name it with --port; else stop it.`;
  return { trial, check: warn('database', found, fix) };
}

async function holderOf(file: string): Promise<string> {
  const pid = await readFile(`${file}.pid`, 'utf8').catch(() => '');
  return /^\d+\s*$/.test(pid) ? `process ${pid.trim()}` : 'another process';
}

/** The folder, or the nearest one above it that exists. */
async function nearest(folder: string): Promise<string> {
  for (let place = folder; ; place = dirname(place)) {
    if ((await isThere(place)) || dirname(place) === place) return place;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (thrown) {
    return !(thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR'));
  }
}

const errorText = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
