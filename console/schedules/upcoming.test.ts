import { expect, test } from 'vitest';
import type { Schedule } from '../../src/contract/schedule.ts';
import { upcomingByDay } from './upcoming.ts';

const schedule = (id: number, next: string[], enabled = true) => ({ id, name: `s${id}`, next, enabled }) as Schedule;
const told = (zone: string, ...schedules: Schedule[]) =>
  upcomingByDay(schedules, zone).map(({ day, runs }) => [day, ...runs.map((run) => run.schedule.id)]);

test('runs stand on the day they fall on in the chosen zone, in order of time', () => {
  const late = schedule(1, ['2026-03-01T23:30:00+01:00', '2026-03-02T23:30:00+01:00']);
  const early = schedule(2, ['2026-03-01T08:00:00+01:00']);
  expect(told('Europe/Berlin', late, early)).toEqual([
    ['2026-03-01', 2, 1],
    ['2026-03-02', 1],
  ]);
  expect(told('Asia/Tokyo', late, early)).toEqual([
    ['2026-03-01', 2],
    ['2026-03-02', 1],
    ['2026-03-03', 1],
  ]);
});

test('what is switched off runs never', () => {
  expect(told('UTC', schedule(1, ['2026-03-01T08:00:00Z'], false))).toEqual([]);
});
