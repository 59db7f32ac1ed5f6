import type { Clock } from '../../src/base/clock.ts';

/**
 * A clock on which everything waits `times` shorter: for whole attempts, where phone and script live by the same one and
 * neither is any quicker at thinking.
 */
export function fastClock(clock: Clock, times: number): Clock {
  const began = { now: clock.now(), monotonic: clock.monotonic() };
  return {
    now: () => began.now + Math.round((clock.now() - began.now) * times),
    monotonic: () => began.monotonic + (clock.monotonic() - began.monotonic) * times,
    after: (ms, fn, options) => clock.after(ms / times, fn, options),
  };
}
