import { performance } from 'node:perf_hooks';
import type { CancelTimer, Clock } from '../../src/base/clock.ts';

interface Timer {
  at: number;
  id: number;
  fn: () => void;
  idle: boolean;
}

/** Rounds of the event loop without any input or output, before time leaps. */
const quietRounds = 3;
/** What a leap of this length ends is a limit rather than a pause: it must not win against an answer that is on its way. */
const longLeapMs = 1_000;
const quietRoundsOfLong = 12;

/**
 * Time that passes only where nothing else goes on: once this process has neither read nor written for some rounds of its
 * event loop, and waits for no file, the clock leaps to its next timer. Thinking takes no time, waiting costs none, so that a
 * busy machine changes nothing. For worlds that live in one process as a whole, sockets between their parts included.
 */
export class LeapClock implements Clock {
  readonly #startAt: number;
  #elapsed = 0;
  #nextId = 1;
  readonly #timers = new Set<Timer>();
  #next: NodeJS.Immediate | undefined;
  #events = 0;
  #quiet = 0;

  constructor(startAt = Date.UTC(2026, 0, 2, 9, 0, 0)) {
    this.#startAt = startAt;
  }

  now(): number {
    return this.#startAt + Math.round(this.#elapsed);
  }

  monotonic(): number {
    return this.#elapsed;
  }

  after(ms: number, fn: () => void, { idle = false } = {}): CancelTimer {
    const timer: Timer = { at: this.#elapsed + Math.max(0, ms), id: this.#nextId++, fn, idle };
    this.#timers.add(timer);
    this.#watch();
    return () => {
      this.#timers.delete(timer);
    };
  }

  #watch(): void {
    this.#next ??= setImmediate(() => {
      this.#next = undefined;
      this.#look();
      if (this.#timers.size > 0) this.#watch();
    });
  }

  #look(): void {
    const { events } = performance.nodeTiming.uvMetricsInfo;
    this.#quiet = events === this.#events ? this.#quiet + 1 : 0;
    this.#events = events;
    if (this.#quiet < quietRounds) return;
    const timer = this.#first();
    if (!timer) return;
    const leap = timer.at - this.#elapsed;
    if (leap >= longLeapMs && this.#quiet < quietRoundsOfLong) return;
    if (leap > 0 && isReadingFiles()) return;
    this.#quiet = 0;
    this.#elapsed = Math.max(this.#elapsed, timer.at);
    this.#timers.delete(timer);
    timer.fn();
  }

  #first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (!first || timer.at < first.at || (timer.at === first.at && timer.id < first.id)) first = timer;
    }
    return first;
  }
}

/** File work runs in threads, of which the event loop hears at their end. */
function isReadingFiles(): boolean {
  return process.getActiveResourcesInfo().some((name) => name.startsWith('FS'));
}
