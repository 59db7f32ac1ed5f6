import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { type Change, distinct, listChanges } from '../../test/support/zones.ts';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import type { MissedRule } from '../contract/schedule.ts';
import { findSchedule, nextScheduleAt, type Schedule } from '../store/schedules.ts';
import type { CreateRules } from './create.ts';
import { instantsAfter, parseCron } from './cron.ts';
import { ScheduleDesk } from './schedule-desk.ts';
import { runKey, Schedules } from './schedules.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

/** A store, a clock that the test moves, and an engine that can be stopped and started again. */
class House implements AsyncDisposable {
  readonly clock: ManualClock;
  readonly temp: TempStore;
  readonly desk: ScheduleDesk;
  readonly #rules: CreateRules = {
    settings: () => ({ timeZone: 'UTC', defaultPlatform: 'tiktok' }),
    listAccounts: async () => [],
  };
  #engine: Schedules | undefined;

  constructor(startAt: number) {
    this.clock = new ManualClock(startAt);
    this.temp = new TempStore(this.clock);
    const { store } = this.temp;
    const plain = (_: string, config: Record<string, unknown>) => config;
    this.desk = new ScheduleDesk({ store, rules: this.#rules, clock: this.clock, seal: plain, open: plain });
  }

  async schedule(cron: string, zone: string, rule: MissedRule): Promise<Schedule> {
    const body = { serials: ['A'], script_name: 'account_warmup', script_config: { task_duration: 600 } };
    const wish = { name: 'test', cron, time_zone: zone, missed_rule: rule, body };
    return (await this.desk.create(wish, 'anna')).schedule;
  }

  /** Resolves when all that is due has been seen to. */
  async start(): Promise<void> {
    const { store } = this.temp;
    this.#engine = new Schedules({ store, clock: this.clock, log: silentLog, rules: this.#rules });
    this.#engine.start();
    await this.quiet();
  }

  async stop(): Promise<void> {
    await this.#engine?.stop();
    this.#engine = undefined;
  }

  /** Lets time pass, from one due instant to the next. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    while (this.clock.now() < end) {
      const next = this.#engine && (await nextScheduleAt(this.temp.store.read));
      const until = Math.min(end, Math.max(next ?? end, this.clock.now() + 1));
      await this.clock.advance(until - this.clock.now());
      await this.quiet();
    }
  }

  /** As a machine that sleeps: nobody looks at anything before the end. */
  async sleepThrough(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await this.quiet();
  }

  /** By whoever sets clocks. No timer moves, so it is seen when the engine looks next, within half a minute. */
  async setClock(at: number): Promise<void> {
    this.clock.setWall(at);
    await this.clock.advance(30_000);
    await this.quiet();
  }

  /** Asleep: its timer, the only one of this clock, is set. While it looks it has none. */
  async quiet(timers = 1): Promise<void> {
    while (this.#engine && this.clock.pending < timers) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** The instants for which tasks were made, by their keys: one submission each, or the database had refused. */
  async instantsOf({ id }: Schedule): Promise<number[]> {
    const rows = await this.temp.store.read.selectFrom('submission').select('idempotency_key').execute();
    return rows
      .map(({ idempotency_key }) => idempotency_key ?? '')
      .filter((key) => key.startsWith(runKey(id, 0).slice(0, -1)))
      .map((key) => Number(key.split(':')[2]))
      .sort((a, b) => a - b);
  }

  async taskCount(): Promise<number> {
    return (await this.temp.store.read.selectFrom('task').select('id').execute()).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.temp[Symbol.asyncDispose]();
  }
}

const dueBetween = ({ cron, timeZone }: Schedule, from: number, to: number): number[] => {
  const found: number[] = [];
  for (const at of instantsAfter(parseCron(cron), timeZone, from)) {
    if (at > to) return found;
    found.push(at);
  }
  return found;
};

const iso = (instants: readonly number[]) => instants.map((at) => new Date(at).toISOString());

const changes = distinct(listChanges(Date.UTC(2017, 0, 1), Date.UTC(2027, 0, 1)));

/** What can happen to a server and its clock. */
type Step =
  | { is: 'pass'; minutes: number }
  | { is: 'sleep'; minutes: number }
  | { is: 'restart'; downMinutes: number }
  | { is: 'set'; minutes: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ is: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ is: fc.constant('sleep' as const), minutes: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ is: fc.constant('restart' as const), downMinutes: fc.integer({ min: 0, max: 200 }) }),
  fc.record({ is: fc.constant('set' as const), minutes: fc.integer({ min: -180, max: 60 }) }),
);

async function live(house: House, start: number, happens: Step): Promise<void> {
  const { clock } = house;
  switch (happens.is) {
    case 'pass':
      return house.pass(happens.minutes * minute);
    case 'sleep':
      return house.sleepThrough(happens.minutes * minute);
    case 'restart':
      await house.stop();
      await clock.advance(happens.downMinutes * minute);
      return house.start();
    case 'set':
      // Never to before the schedules were made.
      return house.setClock(Math.max(start, clock.now() + happens.minutes * minute));
  }
}

describe('through the change of the clocks, whatever happens to server and clock', () => {
  test('each instant makes tasks, and each once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Change>(...changes),
        fc.array(step, { minLength: 1, maxLength: 8 }),
        async (change, steps) => {
          const start = change.at - 6 * hour - 30_000;
          await using house = new House(start);
          const wall = new Date(change.at + change.before);
          const daily = `${wall.getUTCMinutes()} ${wall.getUTCHours()} * * *`;
          const made = [
            await house.schedule(daily, change.zone, 'run-all'),
            await house.schedule('*/30 * * * *', change.zone, 'run-all'),
            await house.schedule('15 0,1,2,3 * * *', change.zone, 'run-all'),
          ];
          await house.start();
          for (const happens of steps) await live(house, start, happens);
          // Whatever was set back comes again; in the end the change is behind all clocks.
          await house.pass(Math.max(hour, change.at + 3 * hour - house.clock.now()));
          const now = house.clock.now();
          for (const schedule of made) {
            // A clock that was ahead for a while has had instants that have not come yet for the one of now.
            const got = (await house.instantsOf(schedule)).filter((at) => at <= now);
            expect(iso(got)).toEqual(iso(dueBetween(schedule, start, now)));
          }
          const instants = await Promise.all(made.map((schedule) => house.instantsOf(schedule)));
          expect(await house.taskCount()).toBe(instants.flat().length);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('instants that were missed', () => {
  const start = Date.UTC(2026, 2, 28, 12);
  const missed = async (rule: MissedRule, act: (house: House) => Promise<void>): Promise<[Schedule, number[]]> => {
    await using house = new House(start);
    const schedule = await house.schedule('0 * * * *', 'Europe/Berlin', rule);
    await house.start();
    await act(house);
    const after = await findSchedule(house.temp.store.read, schedule.id);
    if (!after) throw new Error('the schedule is gone');
    return [after, await house.instantsOf(schedule)];
  };
  const down = async (house: House): Promise<void> => {
    await house.stop();
    await house.clock.advance(5 * hour + 10 * minute);
    await house.start();
  };
  const at = (hours: number): string => new Date(start + hours * hour).toISOString();

  test('are let go with the rule skip, and the next one runs', async () => {
    const [schedule, got] = await missed('skip', async (house) => {
      await down(house);
      await house.pass(hour);
    });
    expect(iso(got)).toEqual([at(6)]);
    expect(iso([schedule.nextAt ?? 0])).toEqual([at(7)]);
  });

  test('make tasks once, for the latest, with the rule run-once', async () => {
    const [, got] = await missed('run-once', down);
    expect(iso(got)).toEqual([at(5)]);
  });

  test('make tasks for each with the rule run-all', async () => {
    const [, got] = await missed('run-all', down);
    expect(iso(got)).toEqual([at(1), at(2), at(3), at(4), at(5)]);
  });

  test('make tasks for the latest hundred at most, however long nobody looked', async () => {
    const [, got] = await missed('run-all', async (house) => {
      await house.stop();
      await house.clock.advance(30 * day);
      await house.start();
    });
    expect(got).toHaveLength(100);
    expect(got.at(-1)).toBe(start + 30 * day);
  });

  test.each(['skip', 'run-once', 'run-all'] as const)(
    'by less than a minute are not missed, with the rule %s',
    async (rule) => {
      const [, got] = await missed(rule, async (house) => {
        await house.stop();
        await house.clock.advance(hour + 40_000);
        await house.start();
      });
      expect(iso(got)).toEqual([at(1)]);
    },
  );

  test.each(['skip', 'run-once', 'run-all'] as const)(
    'a clock set back runs nothing twice, with the rule %s',
    async (rule) => {
      const [, got] = await missed(rule, async (house) => {
        await house.pass(2 * hour);
        house.clock.setWall(start + minute);
        await house.pass(3 * hour);
      });
      expect(iso(got)).toEqual([at(1), at(2), at(3)]);
    },
  );

  test('a clock that was a year ahead holds nothing up once it is right again', async () => {
    const [, got] = await missed('skip', async (house) => {
      await house.setClock(start + 365 * day + minute);
      await house.pass(minute);
      await house.setClock(start + minute);
      await house.pass(2 * hour);
    });
    expect(iso(got.filter((instant) => instant < start + day))).toEqual([at(1), at(2)]);
  });

  test('what is switched off and on again is not made up for', async () => {
    const [, got] = await missed('run-all', async (house) => {
      await house.desk.change(1, { enabled: false }, 'anna');
      await house.pass(3 * hour + minute);
      await house.desk.change(1, { enabled: true }, 'anna');
      await house.pass(hour);
    });
    expect(iso(got)).toEqual([at(4)]);
  });

  test('two servers that look at the same time make tasks once', async () => {
    await using house = new House(start);
    const schedule = await house.schedule('0 * * * *', 'UTC', 'run-all');
    const { store } = house.temp;
    const rules: CreateRules = {
      settings: () => ({ timeZone: 'UTC', defaultPlatform: 'tiktok' }),
      listAccounts: async () => [],
    };
    const second = new Schedules({ store, clock: house.clock, log: silentLog, rules });
    await house.start();
    second.start();
    await house.quiet(2);
    for (let n = 0; n < 6; n++) {
      await house.clock.advance(hour);
      await house.quiet(2);
    }
    await second.stop();
    expect(iso(await house.instantsOf(schedule))).toEqual([1, 2, 3, 4, 5, 6].map(at));
    expect(await house.taskCount()).toBe(6);
  });
});
