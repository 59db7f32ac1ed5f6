import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentedTime, isoTime, spokenTime } from './time.ts';

const zones = fc.constantFrom('UTC', ...Intl.supportedValuesOf('timeZone'));
const instants = fc.integer({ min: Date.UTC(1975), max: Date.UTC(2100) });

test('every instant is spelled as the clocks of its zone show it, and reads back as itself', () => {
  fc.assert(
    fc.property(instants, zones, (at, timeZone) => {
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
      expect(documentedTime(at, timeZone)).toBe(shown);
      expect(isoTime(at, timeZone).slice(0, 19)).toBe(shown.replace(' ', 'T'));
      expect(Date.parse(isoTime(at, timeZone))).toBe(Math.floor(at / 1_000) * 1_000);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['2026-03-29T00:59:59Z', '2026-03-29T01:59:59+01:00'],
  ['2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
])('the clocks of Berlin at %s', (at, shown) => {
  expect(isoTime(Date.parse(at), 'Europe/Berlin')).toBe(shown);
});

test('a sentence names the day only where it is another one', () => {
  const at = Date.parse('2026-01-02T13:02:00Z');
  expect(spokenTime(at, at + 3_600_000, 'UTC')).toBe('13:02');
  expect(spokenTime(at, at + 86_400_000, 'UTC')).toBe('2026-01-02 13:02');
});
