import { DroverError } from '../../src/base/error.ts';
import type { ErrorCode } from '../../src/contract/error-codes.ts';

/** How something failed, as whoever asked for it is told. */
export interface Ended {
  code: string;
  message: string;
}

/** Codes, each with what brings it about. */
export type Provocations<Seam> = Partial<Record<ErrorCode, (seam: Seam) => Promise<Ended>>>;

/** The failure of what has to fail. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<Ended> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (thrown) {
    if (thrown instanceof DroverError) return { code: thrown.code, message: thrown.message };
    throw thrown;
  }
  return { code: 'none', message: 'nothing failed' };
}
