import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Ctx } from '../../base/context.ts';
import { oneLine } from './check.ts';
import type { DatabaseTrial, MediaTrial } from './trial.ts';

/** What came of a trial; `error` when it could not be carried out, or its process died. */
export type TrialResult<T> = T | { error: string };

export const tryMedia = (ctx: Ctx): Promise<TrialResult<MediaTrial>> => runTrial(ctx, ['media']);
export const tryDatabase = (ctx: Ctx, file: string): Promise<TrialResult<DatabaseTrial>> =>
  runTrial(ctx, ['database', file]);

/** The process is killed when `ctx` ends. */
function runTrial<T extends object>(ctx: Ctx, args: readonly string[]): Promise<TrialResult<T>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'trial.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    const onAbort = () => {
      child.kill('SIGKILL');
      reject(ctx.signal.reason);
    };
    if (ctx.signal.aborted) onAbort();
    ctx.signal.addEventListener('abort', onAbort, { once: true });
    const settle = (result: TrialResult<T>) => {
      ctx.signal.removeEventListener('abort', onAbort);
      resolve(result);
    };
    child.once('error', (error) => settle({ error: error.message }));
    child.once('close', (code, signal) => {
      const text = Buffer.concat(out).toString().trim();
      if (text !== '') settle(JSON.parse(text) as TrialResult<T>);
      else settle({ error: `the process ended with ${signal ?? code}: ${lastWords(Buffer.concat(err).toString())}` });
    });
  });
}

const lastWords = (text: string): string => oneLine(text).slice(-300) || 'no word why';
