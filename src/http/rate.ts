import type { Clock } from '../base/clock.ts';

interface Bucket {
  left: number;
  at: number;
}

/** More callers than this at once are forgotten, oldest first: a flood of addresses costs memory for this many. */
const most = 20_000;

/** How often each caller may ask: a full minute's worth at once, then evenly. Kept in memory, for this process. */
export class RateLimits {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes one. 0: granted; else the whole seconds after which one more will be. */
  take(key: string, perMinute: number): number {
    const now = this.#clock.monotonic();
    const perMs = perMinute / 60_000;
    const before = this.#buckets.get(key);
    const left = before ? Math.min(perMinute, before.left + (now - before.at) * perMs) : perMinute;
    const isGranted = left >= 1;
    this.#buckets.delete(key); // back in at the end: the order is that of the last use
    this.#buckets.set(key, { left: isGranted ? left - 1 : left, at: now });
    if (this.#buckets.size > most) for (const [oldest] of this.#buckets.entries().take(1)) this.#buckets.delete(oldest);
    return isGranted ? 0 : Math.max(1, Math.ceil((1 - left) / perMs / 1000));
  }

  get size(): number {
    return this.#buckets.size;
  }
}
