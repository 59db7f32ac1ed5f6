import type { Clock } from './clock.ts';
import type { DroverError } from './error.ts';
import type { Log } from './log.ts';
import type { Random } from './random.ts';

/** What everything that waits takes first and passes on. An abort carries a DroverError as its reason. */
export interface Ctx {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** A child context that ends when the parent does, or after `ms` with `error()`. Dispose of it to free timer and listener. */
export interface BoundCtx extends Ctx, Disposable {}

export function withDeadline(ctx: Ctx, ms: number, error: () => DroverError): BoundCtx {
  const controller = new AbortController();
  const cancel = ctx.clock.after(ms, () => controller.abort(error()));
  return bind(ctx, controller, cancel);
}

/** A child context that also ends when `other` does, with the reason of whichever ended first. */
export function withSignal(ctx: Ctx, other: AbortSignal): BoundCtx {
  const controller = new AbortController();
  const onOther = () => controller.abort(other.reason);
  if (other.aborted) onOther();
  else other.addEventListener('abort', onOther, { once: true });
  return bind(ctx, controller, () => other.removeEventListener('abort', onOther));
}

function bind(ctx: Ctx, controller: AbortController, free: () => void): BoundCtx {
  const onParent = () => controller.abort(ctx.signal.reason);
  if (ctx.signal.aborted) onParent();
  else ctx.signal.addEventListener('abort', onParent, { once: true });
  return {
    signal: controller.signal,
    clock: ctx.clock,
    random: ctx.random,
    log: ctx.log,
    [Symbol.dispose]() {
      free();
      ctx.signal.removeEventListener('abort', onParent);
    },
  };
}

/**
 * `work` raced against the signal: rejects with the signal's reason as soon as it aborts. The work itself goes on unless
 * it listens too; its late rejection is swallowed because the caller has its answer already.
 */
export async function raceSignal<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  if (signal.aborted) {
    work.catch(() => {});
    throw signal.reason;
  }
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
