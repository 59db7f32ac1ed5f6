import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Trace, TraceAttempt, TraceStep, WireEntry } from '../contract/trace.ts';

/**
 * `<folder>/<task id>/<attempt n>/` holds `trace.jsonl` and the files that its lines name. A line is one of these; the
 * first is `attempt` (a later one adds to it), the last `end`, unless the server died.
 */
export type TraceLine =
  | { attempt: Partial<Pick<TraceAttempt, 'n' | 'serial' | 'started_at' | 'seed' | 'app_version'>> }
  | { step: TraceStep }
  | { wire: WireEntry }
  | { end: Pick<TraceAttempt, 'ended_at' | 'outcome' | 'code'> };

export const logFile = 'trace.jsonl';

export const attemptFolder = (folder: string, taskId: number, n: number): string =>
  join(folder, String(taskId), String(n));

const mimes: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  xml: 'application/xml; charset=utf-8',
};
const namePattern = /^[0-9a-f]{32}\.(jpg|png|webp|xml)$/;

/** Name of a picture by its content; the kind is read from its first bytes. */
export function pictureName(image: Uint8Array): string {
  const isPng = image[0] === 0x89 && image[1] === 0x50;
  const isWebp = image[0] === 0x52 && image[8] === 0x57;
  return `${contentName(image)}.${isPng ? 'png' : isWebp ? 'webp' : 'jpg'}`;
}

export const hierarchyName = (xml: string): string => `${contentName(xml)}.xml`;

const contentName = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 32);

/** All attempts of a task; what a crash cut off or garbled is left out. A task without a trace has no attempts. */
export async function readTraceFolder(folder: string, taskId: number): Promise<Trace> {
  const attempts = await Promise.all(
    (await attemptNumbers(folder, taskId)).map((n) => readAttempt(attemptFolder(folder, taskId, n), n)),
  );
  return { attempts };
}

export interface TraceFile {
  mime: string;
  content: Uint8Array;
}

const unzip = promisify(gunzip);

/** A picture or hierarchy that the trace of this task names; undefined when there is none, or for any other name. */
export async function readTraceFile(folder: string, taskId: number, name: string): Promise<TraceFile | undefined> {
  const ending = namePattern.exec(name)?.[1];
  const mime = ending && mimes[ending];
  if (!mime) return undefined;
  for (const n of await attemptNumbers(folder, taskId)) {
    const path = join(attemptFolder(folder, taskId, n), name);
    try {
      if (ending !== 'xml') return { mime, content: await readFile(path) };
      return { mime, content: await unzip(await readFile(`${path}.gz`)) };
    } catch {
      // Not in this attempt, or cut off when the server died: another attempt may have the same content.
    }
  }
  return undefined;
}

async function attemptNumbers(folder: string, taskId: number): Promise<number[]> {
  if (!Number.isSafeInteger(taskId) || taskId < 1) return [];
  const names = await readdir(join(folder, String(taskId))).catch(() => []);
  return names
    .filter((name) => /^[1-9]\d{0,8}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

async function readAttempt(folder: string, n: number): Promise<TraceAttempt> {
  const attempt: TraceAttempt = {
    n,
    serial: '',
    started_at: '',
    ended_at: null,
    outcome: null,
    code: null,
    seed: '',
    app_version: null,
    steps: [],
    wire: [],
  };
  const text = await readFile(join(folder, logFile), 'utf8').catch(() => '');
  for (const line of text.split('\n')) {
    const entry = parseLine(line);
    if (!entry) continue;
    if ('attempt' in entry) Object.assign(attempt, entry.attempt);
    else if ('step' in entry) attempt.steps.push(entry.step);
    else if ('wire' in entry) attempt.wire.push(entry.wire);
    else Object.assign(attempt, entry.end);
  }
  return attempt;
}

function parseLine(line: string): TraceLine | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isLine(value) ? value : undefined;
  } catch {
    return undefined; // cut in the middle by the end of the process
  }
}

const isLine = (value: unknown): value is TraceLine => {
  if (typeof value !== 'object' || value === null) return false;
  const [key, ...others] = Object.keys(value);
  const [body] = Object.values(value);
  const isKnown = key === 'attempt' || key === 'step' || key === 'wire' || key === 'end';
  return isKnown && others.length === 0 && typeof body === 'object' && body !== null;
};
