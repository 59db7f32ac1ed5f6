import { type Clock, sleep } from './clock.ts';
import type { Log } from './log.ts';

export interface SweepOptions {
  clock: Clock;
  everyMs: number;
  log: Log;
  /** What is looked for, for the log. */
  what: string;
}

/**
 * Calls `look` again and again, `everyMs` after its last end: the safety net under hints that may get lost. A look that
 * fails is logged, and tried again. The returned function ends it and resolves when no look is under way.
 */
export function startSweep(
  { clock, everyMs, log, what }: SweepOptions,
  look: () => Promise<void>,
): () => Promise<void> {
  const over = new AbortController();
  const loop = (async () => {
    for (;;) {
      try {
        await sleep(clock, everyMs, over.signal);
      } catch {
        return; // only the end wakes it early
      }
      try {
        await look();
      } catch (error) {
        log.warn({ error }, `${what} could not be looked up`);
      }
    }
  })();
  return () => {
    over.abort();
    return loop;
  };
}
