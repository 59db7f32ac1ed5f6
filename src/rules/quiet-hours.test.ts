import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuietHours, quietUntil } from './quiet-hours.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (time: number | undefined) => (time === undefined ? undefined : new Date(time).toISOString());

const until = (from: string, to: string, timeZone: string, now: string) => {
  const hours = parseQuietHours(from, to, timeZone);
  return hours && iso(quietUntil(hours, at(now)));
};

test.each([
  ['22:00', '07:00', 'UTC', '2026-01-02T23:30:20Z', '2026-01-03T07:00:00.000Z'],
  ['22:00', '07:00', 'UTC', '2026-01-02T06:59:59Z', '2026-01-02T07:00:00.000Z'],
  ['22:00', '07:00', 'UTC', '2026-01-02T07:00:00Z', undefined],
  ['22:00', '07:00', 'UTC', '2026-01-02T21:59:59Z', undefined],
  ['12:00', '13:00', 'Asia/Kolkata', '2026-01-02T06:45:00Z', '2026-01-02T07:30:00.000Z'],
  // Berlin skips 02:00–03:00 on 29 March 2026 and has that hour twice on 25 October.
  ['22:00', '07:00', 'Europe/Berlin', '2026-03-28T22:00:00Z', '2026-03-29T05:00:00.000Z'],
  ['22:00', '07:00', 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T06:00:00.000Z'],
  ['01:00', '02:30', 'Europe/Berlin', '2026-03-29T00:30:00Z', '2026-03-29T01:00:00.000Z'],
])('%s to %s in %s, at %s, is quiet until %s', (from, to, zone, now, expected) => {
  expect(until(from, to, zone, now)).toBe(expected);
});

test.each([
  ['', ''],
  ['22:00', ''],
  ['', '07:00'],
  ['09:00', '09:00'],
])('%j to %j means no quiet hours', (from, to) => {
  expect(parseQuietHours(from, to, 'UTC')).toBeUndefined();
});

test('quiet hours always end, at a moment that is not quiet, within a day and an hour', () => {
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu');
  const minute = fc.integer({ min: 0, max: 1439 });
  const now = fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') });
  fc.assert(
    fc.property(minute, minute, zone, now, (fromMinute, toMinute, timeZone, time) => {
      fc.pre(fromMinute !== toMinute);
      const hours = { fromMinute, toMinute, timeZone };
      const end = quietUntil(hours, time);
      if (end === undefined) return;
      expect(end).toBeGreaterThan(time);
      expect(end - time).toBeLessThanOrEqual(25 * 3_600_000);
      expect(quietUntil(hours, end)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});
