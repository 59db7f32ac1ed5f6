import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, resolveStartTime, wallTimeAt } from './start-time.ts';

const at = (text: string): number => Date.parse(text);

describe('start_time', () => {
  test.each([
    ['absent means now', undefined, '2026-01-02T09:00:30Z', 'Europe/Berlin', '2026-01-02T09:00:30Z'],
    ['empty means now', '', '2026-01-02T09:00:30Z', 'Europe/Berlin', '2026-01-02T09:00:30Z'],
    ['later today', '14:30', '2026-01-02T09:00:30Z', 'Europe/Berlin', '2026-01-02T13:30:00Z'],
    ['the current minute means now', '10:00', '2026-01-02T09:00:30Z', 'Europe/Berlin', '2026-01-02T09:00:30Z'],
    ['an earlier time means tomorrow', '09:59', '2026-01-02T09:00:30Z', 'Europe/Berlin', '2026-01-03T08:59:00Z'],
    ['one digit for the hour', '9:59', '2026-01-02T09:00:30Z', 'UTC', '2026-01-02T09:59:00Z'],
    ['over the end of the year', '00:10', '2026-12-31T23:30:00Z', 'UTC', '2027-01-01T00:10:00Z'],
    [
      'skipped by summer time: first instant after the gap',
      '02:30',
      '2026-03-29T00:10:00Z',
      'Europe/Berlin',
      '2026-03-29T01:00:00Z',
    ],
    ['shown twice: the first', '02:30', '2026-10-25T00:00:00Z', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    [
      'shown twice and the first is past: the day after',
      '02:30',
      '2026-10-25T00:31:00Z',
      'Europe/Berlin',
      '2026-10-26T01:30:00Z',
    ],
    ['a half-hour zone', '00:15', '2026-01-02T18:00:00Z', 'Asia/Kolkata', '2026-01-02T18:45:00Z'],
    ['midnight skipped', '00:00', '2026-09-05T23:00:00-04:00', 'America/Santiago', '2026-09-06T01:00:00-03:00'],
    ['an instant with offset', '2026-01-02T14:30:00+01:00', '2026-01-02T09:00:00Z', 'UTC', '2026-01-02T13:30:00Z'],
  ])('%s', (_, startTime, now, zone, expected) => {
    expect(new Date(resolveStartTime(startTime, { now: at(now), zone })).toISOString()).toBe(
      new Date(at(expected)).toISOString(),
    );
  });

  test.each([
    '24:00',
    '12:60',
    '1230',
    'noon',
    '2026-01-02 14:30',
    '2026-02-30T10:00:00Z',
    '2026-01-02T14:30:00',
    '-1:00',
    ' 14:30',
  ])('%s is refused with what would be right', (startTime) => {
    expect(() => resolveStartTime(startTime, { now: 0, zone: 'UTC' })).toThrow(/start_time.*HH:MM/);
  });

  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'America/Santiago',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Africa/Casablanca',
    'Pacific/Apia',
  ];

  test('HH:MM is always within the next 25 hours, never past, and shows that wall time or the end of a gap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2015-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') }),
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (now, zone, hour, minute) => {
          const due = resolveStartTime(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`, {
            now,
            zone,
          });
          expect(due).toBeGreaterThanOrEqual(now);
          expect(due - now).toBeLessThanOrEqual(26 * 3_600_000);
          const wall = wallTimeAt(due, zone);
          const shown = wall.hour * 60 + wall.minute;
          const wanted = hour * 60 + minute;
          if (shown !== wanted) {
            // Only a skipped time may differ, and then by what the gap leaves, an hour at most.
            expect((shown - wanted + 1440) % 1440).toBeLessThanOrEqual(60);
            expect(due % 60_000).toBe(0);
          }
        },
      ),
    );
  });

  test('an instant and its wall time are each other, the first of two where it is shown twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2015-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') }),
        fc.constantFrom(...zones),
        (now, zone) => {
          const minuteStart = Math.floor(now / 60_000) * 60_000;
          const back = instantOf(wallTimeAt(minuteStart, zone), zone);
          expect(back).toBeLessThanOrEqual(minuteStart);
          expect(wallTimeAt(back, zone)).toEqual(wallTimeAt(minuteStart, zone));
        },
      ),
    );
  });
});
