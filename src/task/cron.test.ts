import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Change, distinct, listChanges, walk } from '../../test/support/zones.ts';
import { instantsAfter, latestInstants, parseCron } from './cron.ts';

const hour = 3_600_000;
const changes = listChanges(Date.UTC(2017, 0, 1), Date.UTC(2027, 0, 1));
const iso = (instants: readonly number[]) => instants.map((at) => new Date(at).toISOString());
const titleOf = ({ zone, at }: Change): string => `${zone} ${new Date(at).toISOString()}`;

/** A cron expression of fields that are lists, and the same said as a function. */
interface Pattern {
  cron: string;
  isDue(wall: number): boolean;
}

const pattern = (minutes: readonly number[], hours?: readonly number[], days?: readonly number[]): Pattern => ({
  cron: `${minutes.join(',')} ${hours?.join(',') ?? '*'} * * ${days?.join(',') ?? '*'}`,
  isDue: (wall) =>
    minutes.includes((wall / 60_000) % 60) &&
    (hours?.includes(Math.floor(wall / hour) % 24) ?? true) &&
    (days?.includes(new Date(wall).getUTCDay()) ?? true),
});

function expectAllOnce(change: Change, { cron, isDue }: Pattern, spanMs: number): void {
  const [from, to] = [change.at - spanMs, change.at + spanMs];
  const got = between(cron, change.zone, from, to);
  const due = walk(change, { from, to, isDue });
  // Said at length only when it is worth saying: there are tens of thousands of these.
  if (!isDeepStrictEqual(got, due)) expect(iso(got), `${cron} in ${titleOf(change)}`).toEqual(iso(due));
}

function between(cron: string, zone: string, from: number, to: number): number[] {
  const found: number[] = [];
  for (const at of instantsAfter(parseCron(cron), zone, from)) {
    if (at > to) break;
    found.push(at);
  }
  return found;
}

/** The wall time that is shown just before the clocks change, and what they show then. */
const around = ({ at, before, after }: Change): Date[] => [
  new Date(at + before - 60_000),
  new Date(at + before),
  new Date(at + after),
  new Date(at + (before + after) / 2),
];

test('there is something to test: changes of hours, of half hours, at midnight, in both directions', () => {
  expect(changes.length).toBeGreaterThan(2_000);
  expect(new Set(changes.map(({ zone }) => zone)).size).toBeGreaterThan(150);
  const sizes = new Set(changes.map(({ before, after }) => (after - before) / hour));
  for (const size of [1, -1, 0.5, -0.5]) expect(sizes).toContain(size);
  expect(changes.some(({ at, before }) => (at + before) % (24 * hour) === 0)).toBe(true);
});

describe('no wall time is skipped and none counts twice, whatever the clocks of a zone do', () => {
  test('at the times around each change of ten years, in every zone, daily', () => {
    for (const change of changes) {
      for (const wall of around(change)) {
        expectAllOnce(change, pattern([wall.getUTCMinutes()], [wall.getUTCHours()]), 3 * hour);
      }
    }
  });

  test('through each change, every quarter of an hour and every minute', () => {
    for (const change of distinct(changes)) {
      expectAllOnce(change, pattern([0, 15, 30, 45]), 2.5 * hour);
    }
    const minutes = Array.from({ length: 60 }, (_, n) => n);
    for (const change of distinct(changes).filter((_, n) => n % 40 === 0)) {
      expectAllOnce(change, pattern(minutes), 2 * hour);
    }
  });

  test('by any pattern of minutes, hours and days', () => {
    const list = (max: number) => fc.uniqueArray(fc.nat(max), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        list(59),
        fc.option(list(23), { nil: undefined }),
        fc.option(list(6), { nil: undefined }),
        (change, minutes, hours, days) => expectAllOnce(change, pattern(minutes, hours, days), 30 * hour),
      ),
      { numRuns: 300 },
    );
  });
});

test('the latest instants are the last of all of them', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...changes),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 72 }),
      fc.constantFrom('*/20 * * * *', '30 2 * * *', '0 0 1 * *', '5 1-3 * * 0'),
      (change, most, hours, cron) => {
        const recurrence = parseCron(cron);
        const [after, until] = [change.at - hours * hour, change.at + 5 * hour];
        const all = between(cron, change.zone, after, until);
        expect(latestInstants(recurrence, change.zone, { after, until, most })).toEqual(all.slice(-most));
      },
    ),
    { numRuns: 100 },
  );
});

test.each([
  ['', /five fields/],
  ['* * * *', /five fields/],
  ['* * * * * *', /five fields/],
  ['61 * * * *', /not a cron expression/],
  ['x * * * *', /not a cron expression/],
  ['0 0 30 2 *', /never occurs/],
  ['@reboot', /five fields/],
  [`${'1,'.repeat(120)}1 * * * *`, /longer than 200/],
])('"%s" is refused with what would be right', (cron, message) => {
  expect(() => parseCron(cron)).toThrow(message);
  expect(() => parseCron(cron)).toThrow(/"0 9 \* \* 1-5"/);
});
