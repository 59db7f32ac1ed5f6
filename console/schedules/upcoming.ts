import type { Schedule } from '../../src/contract/schedule.ts';

export interface Run {
  /** Epoch ms. */
  at: number;
  schedule: Schedule;
}

/** The next instants of all schedules that are on, by the day they fall on in `zone`; both in order of time. */
export function upcomingByDay(schedules: readonly Schedule[], zone: string): { day: string; runs: Run[] }[] {
  const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  const runs = schedules
    .filter(({ enabled }) => enabled)
    .flatMap((schedule) => schedule.next.map((at): Run => ({ at: Date.parse(at), schedule })))
    .sort((a, b) => a.at - b.at || a.schedule.id - b.schedule.id);
  return [...Map.groupBy(runs, ({ at }) => dayFormat.format(at))].map(([day, list]) => ({ day, runs: list }));
}
