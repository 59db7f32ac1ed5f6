import type { Random } from '../../base/random.ts';

const [minute, hour] = [60_000, 3_600_000];

/** How long after each failed try the next one follows: about three days in all, as Standard Webhooks proposes. */
const waits = [5_000, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour] as const;

export const maxTries = waits.length + 1;

/** No receiver can put a delivery off for longer than this. */
const longestAskedMs = 24 * hour;

/**
 * ms until the next try after `tries` failed ones; undefined: it is given up. Spread by a tenth, so that receivers that
 * were down for many are not hit by all at once. `retryAfterMs` is what the receiver asked for.
 */
export function waitAfter(tries: number, random: Random, retryAfterMs = 0): number | undefined {
  const wait = waits[tries - 1];
  if (wait === undefined) return undefined;
  return Math.max(Math.round(wait * (0.9 + random.next() * 0.2)), Math.min(retryAfterMs, longestAskedMs));
}

/** `Retry-After` in ms: seconds or a date; 0 for anything else. */
export function parseRetryAfter(value: string | undefined, now: number): number {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = /^[A-Z][a-z]{2},/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? 0 : Math.max(0, at - now);
}
