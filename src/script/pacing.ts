import { sleep } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';

/**
 * Pauses that an app needs to load and redraw, and no others. They shorten no limit and hide nothing: what keeps actions
 * apart is the gate.
 */
export interface Pacing {
  /** Between a touch and the next capture: the screen touched is still there for a moment and would be taken for the answer. */
  readonly afterTouchMs: number;
  /** The same after the app was started or a link opened. */
  readonly afterOpenMs: number;
  /** Between two captures of the same wait: the first pause, and what it grows to. */
  readonly lookMs: number;
  readonly lookMaxMs: number;
}

export const defaultPacing: Pacing = { afterTouchMs: 250, afterOpenMs: 500, lookMs: 150, lookMaxMs: 1_000 };

/** Simulated phones draw without animations: what a touch changes is there at the next capture. */
export const virtualPacing: Pacing = { afterTouchMs: 80, afterOpenMs: 120, lookMs: 60, lookMaxMs: 500 };

/** Remembers how long the screen is still moving after a touch; the pause is taken before the next capture, not after the touch. */
export class Settling {
  #until = Number.NEGATIVE_INFINITY;

  after(ctx: Ctx, ms: number): void {
    this.#until = Math.max(this.#until, ctx.clock.monotonic() + ms);
  }

  async wait(ctx: Ctx): Promise<void> {
    const left = this.#until - ctx.clock.monotonic();
    if (left > 0) await sleep(ctx.clock, left, ctx.signal);
  }
}

/** Growing pauses between looks, never beyond `until` (monotonic). */
export class LookPauses {
  readonly #pacing: Pacing;
  #nextMs: number;

  constructor(pacing: Pacing) {
    this.#pacing = pacing;
    this.#nextMs = pacing.lookMs;
  }

  async take(ctx: Ctx, until: number): Promise<void> {
    const left = until - ctx.clock.monotonic();
    const ms = Math.max(1, Math.min(this.#nextMs, left));
    this.#nextMs = Math.min(this.#pacing.lookMaxMs, this.#nextMs * 1.5);
    await sleep(ctx.clock, ms, ctx.signal);
  }
}
