import { type Ctx, raceSignal, withDeadline } from '../../base/context.ts';
import { DroverError } from '../../base/error.ts';
import { errorCodeRow } from '../../contract/error-codes.ts';

export type Status = 'ok' | 'warn' | 'fail';

/** One thing that was looked at. `fix` says in one sentence what to do, for anything but ok. */
export interface Check {
  readonly name: string;
  readonly status: Status;
  readonly found: string;
  readonly fix: string | null;
}

export const ok = (name: string, found: string): Check => ({ name, status: 'ok', found, fix: null });
export const warn = (name: string, found: string, fix: string): Check => ({ name, status: 'warn', found, fix });
export const fail = (name: string, found: string, fix: string): Check => ({ name, status: 'fail', found, fix });

export const isSound = (checks: readonly Check[]): boolean => checks.every((check) => check.status !== 'fail');

/** What a look throws when it knows itself how to mend what it found. */
export const trouble = (found: string, fix: string): DroverError =>
  new DroverError('device.not-ready', { message: found, details: { fix } });

/** A look under a time limit that never rejects: what it throws becomes a failed check under `name`. */
export async function limited(
  ctx: Ctx,
  name: string,
  limitMs: number,
  look: (ctx: Ctx) => Promise<readonly Check[] | Check>,
): Promise<readonly Check[]> {
  const tooLong = () =>
    trouble(
      `did not end within ${limitMs / 1000} s`,
      'Run the command once more; when it stays so, restart the machine or the phone it is about.',
    );
  using bound = withDeadline(ctx, limitMs, tooLong);
  try {
    const checks = await raceSignal(bound.signal, look(bound));
    return 'status' in checks ? [checks] : checks;
  } catch (thrown) {
    return [failed(name, thrown)];
  }
}

export function failed(name: string, thrown: unknown): Check {
  const found = oneLine(thrown instanceof Error ? thrown.message : String(thrown));
  if (!(thrown instanceof DroverError)) return fail(name, `unexpected: ${found}`, errorCodeRow('server.bug').next);
  const { fix } = thrown.details;
  return fail(name, found, typeof fix === 'string' ? fix : errorCodeRow(thrown.code).next);
}

/** Texts of other programs may have many lines. */
export const oneLine = (text: string): string => text.trim().replace(/\s*[\r\n]+\s*/g, '; ');

export const spokenBytes = (bytes: number): string =>
  bytes >= 1e9
    ? `${(bytes / 1e9).toFixed(1)} GB`
    : bytes >= 1e6
      ? `${Math.round(bytes / 1e6)} MB`
      : `${Math.round(bytes / 1e3)} kB`;

/** `12 ms`, `1.4 s`. */
export const spokenMs = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);
