import { sleep } from './clock.ts';
import type { Ctx } from './context.ts';
import { DroverError } from './error.ts';

export interface WaitOptions {
  timeoutMs: number;
  /** First pause between two looks; grows by half each time up to `maxDelayMs`. */
  delayMs?: number;
  maxDelayMs?: number;
}

/**
 * Looks at once, then again and again with growing pauses, until `check` gives something other than undefined.
 * Throws `phone.timeout` naming `what`; the limit is checked between looks, so `check` needs a limit of its own.
 */
export async function waitFor<T>(
  ctx: Ctx,
  what: string,
  check: () => Promise<T | undefined>,
  options: WaitOptions,
): Promise<T> {
  const { timeoutMs, maxDelayMs = 1_000 } = options;
  let delayMs = options.delayMs ?? 50;
  const until = ctx.clock.monotonic() + timeoutMs;
  for (;;) {
    ctx.signal.throwIfAborted();
    const found = await check();
    if (found !== undefined) return found;
    const left = until - ctx.clock.monotonic();
    if (left <= 0) {
      throw new DroverError('phone.timeout', {
        message: `waited ${timeoutMs} ms for: ${what}`,
        details: { what, timeoutMs },
      });
    }
    await sleep(ctx.clock, Math.min(delayMs, left), ctx.signal);
    delayMs = Math.min(maxDelayMs, delayMs * 1.5);
  }
}
