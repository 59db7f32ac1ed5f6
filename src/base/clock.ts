/** Cancels a timer; harmless when it has fired. */
export type CancelTimer = () => void;

/** Time, handed in, so that a simulated week runs in seconds. */
export interface Clock {
  /** Epoch ms. May be set back or forward by the operator or NTP: never measure durations with it. */
  now(): number;
  /** ms since an arbitrary start; never goes back. For durations and deadlines. */
  monotonic(): number;
  /** Calls `fn` once after `ms`. Ongoing timers keep the process alive unless `idle` says otherwise. */
  after(ms: number, fn: () => void, options?: { idle?: boolean }): CancelTimer;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, fn, { idle = false } = {}) {
    // Node turns delays beyond 2^31-1 ms into 1 ms; a longer one is cut and the caller's own loop looks again.
    const timer = setTimeout(fn, Math.min(Math.max(0, ms), 0x7fff_ffff));
    if (idle) timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms`, or rejects with the signal's reason; the timer and the listener are gone either way. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

interface ManualTimer {
  at: number;
  id: number;
  fn: () => void;
}

/** A clock that stands still until a test moves it. Timers fire in order of time, then of creation. */
export class ManualClock implements Clock {
  #now: number;
  #monotonic = 0;
  #nextId = 1;
  readonly #timers: ManualTimer[] = [];

  constructor(startAt = Date.UTC(2026, 0, 2, 9, 0, 0)) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(ms: number, fn: () => void): CancelTimer {
    const timer: ManualTimer = { at: this.#monotonic + Math.max(0, ms), id: this.#nextId++, fn };
    this.#timers.push(timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  /** How many timers wait. Zero at the end of a test means that nothing was left behind. */
  get pending(): number {
    return this.#timers.length;
  }

  /** Sets the wall clock without the passing of time, as an operator or NTP does. */
  setWall(epochMs: number): void {
    this.#now = epochMs;
  }

  /** Moves time on by `ms`, firing due timers in order; promise reactions run between two of them. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    for (;;) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at || a.id - b.id)[0];
      if (!next) break;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.#now += next.at - this.#monotonic;
      this.#monotonic = next.at;
      next.fn();
    }
    this.#now += end - this.#monotonic;
    this.#monotonic = end;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
