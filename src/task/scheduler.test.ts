import { expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { type ClaimDesk, Scheduler } from './scheduler.ts';

interface Job {
  id: number;
  serial: string;
  dueAt: number;
}

class Bench {
  readonly clock = new ManualClock(0);
  readonly jobs: Job[] = [];
  readonly ready = new Set<string>();
  readonly started: string[] = [];
  readonly running = new Map<string, () => void>();
  limit = 10;
  failNextClaim = false;
  #hint: (serials: readonly string[]) => void = () => {};
  #onReady: (serial: string) => void = () => {};

  readonly desk: ClaimDesk<Job> = {
    claim: async (serial) => {
      if (this.failNextClaim) {
        this.failNextClaim = false;
        throw new Error('database is away');
      }
      const due = this.jobs
        .filter((job) => job.serial === serial && job.dueAt <= this.clock.now())
        .sort((a, b) => a.dueAt - b.dueAt || a.id - b.id)[0];
      if (due) this.jobs.splice(this.jobs.indexOf(due), 1);
      return due;
    },
    nextDueAt: async (serial) =>
      this.jobs
        .filter((job) => job.serial === serial)
        .map((job) => job.dueAt)
        .sort((a, b) => a - b)[0],
    onHint: (listener) => {
      this.#hint = listener;
      return () => {};
    },
  };

  readonly scheduler = new Scheduler<Job>({
    desk: this.desk,
    phones: {
      isReady: (serial) => this.ready.has(serial),
      readySerials: () => [...this.ready],
      onReady: (listener) => {
        this.#onReady = listener;
        return () => {};
      },
    },
    run: (job) => {
      expect(this.running.has(job.serial)).toBe(false);
      this.started.push(`${job.serial}#${job.id}`);
      return new Promise((resolve) =>
        this.running.set(job.serial, () => {
          this.running.delete(job.serial);
          resolve();
        }),
      );
    },
    deviceLimit: () => this.limit,
    clock: this.clock,
    log: silentLog,
  });

  add(id: number, serial: string, dueAt = 0, { quietly = false } = {}): void {
    this.jobs.push({ id, serial, dueAt });
    if (!quietly) this.#hint([serial]);
  }

  becomeReady(serial: string): void {
    this.ready.add(serial);
    this.#onReady(serial);
  }

  async finish(serial: string): Promise<void> {
    this.running.get(serial)?.();
    await this.clock.advance(0);
  }
}

test('one task a phone at a time, in order of due time then id, phones side by side', async () => {
  const bench = new Bench();
  bench.ready.add('a').add('b');
  bench.scheduler.start();
  bench.add(1, 'a');
  bench.add(2, 'a');
  bench.add(3, 'b');
  await bench.clock.advance(0);
  expect(bench.started).toEqual(['a#1', 'b#3']);
  await bench.finish('a');
  expect(bench.started).toEqual(['a#1', 'b#3', 'a#2']);
});

test('a task starts when it is due, without a poll in between', async () => {
  const bench = new Bench();
  bench.ready.add('a');
  bench.scheduler.start();
  bench.add(1, 'a', 2_500);
  await bench.clock.advance(2_499);
  expect(bench.started).toEqual([]);
  await bench.clock.advance(1);
  expect(bench.started).toEqual(['a#1']);
});

test('a phone that becomes ready takes what waited for it', async () => {
  const bench = new Bench();
  bench.scheduler.start();
  bench.add(1, 'a');
  await bench.clock.advance(0);
  expect(bench.started).toEqual([]);
  bench.becomeReady('a');
  await bench.clock.advance(0);
  expect(bench.started).toEqual(['a#1']);
});

test('a lost hint costs a sweep, not the task', async () => {
  const bench = new Bench();
  bench.ready.add('a');
  bench.scheduler.start();
  await bench.clock.advance(0);
  bench.add(1, 'a', 0, { quietly: true });
  await bench.clock.advance(4_999);
  expect(bench.started).toEqual([]);
  await bench.clock.advance(1);
  expect(bench.started).toEqual(['a#1']);
});

test('a hint that comes during the claim that finds nothing is not lost', async () => {
  const bench = new Bench();
  bench.ready.add('a');
  bench.scheduler.start();
  await bench.clock.advance(0);
  const slow = bench.desk.claim;
  let isFirst = true;
  bench.desk.claim = async (serial) => {
    const found = await slow(serial);
    if (isFirst) {
      isFirst = false;
      bench.add(7, 'a');
    }
    return found;
  };
  bench.add(1, 'b');
  await bench.clock.advance(5_000);
  expect(bench.started).toEqual(['a#7']);
});

test('the plan limits how many phones work at once; a freed slot goes to the next', async () => {
  const bench = new Bench();
  bench.limit = 1;
  bench.ready.add('a').add('b');
  bench.scheduler.start();
  bench.add(1, 'a');
  bench.add(2, 'b');
  await bench.clock.advance(0);
  expect(bench.started).toEqual(['a#1']);
  await bench.finish('a');
  expect(bench.started).toEqual(['a#1', 'b#2']);
});

test('a claim that fails is tried again a second later', async () => {
  const bench = new Bench();
  bench.ready.add('a');
  bench.failNextClaim = true;
  bench.add(1, 'a');
  bench.scheduler.start();
  await bench.clock.advance(999);
  expect(bench.started).toEqual([]);
  await bench.clock.advance(1);
  expect(bench.started).toEqual(['a#1']);
});

test('stopping claims nothing more, waits for what runs and leaves no timer', async () => {
  const bench = new Bench();
  bench.ready.add('a');
  bench.scheduler.start();
  bench.add(1, 'a');
  bench.add(2, 'a');
  await bench.clock.advance(0);
  let isStopped = false;
  const stopping = bench.scheduler.stop().then(() => {
    isStopped = true;
  });
  await bench.clock.advance(0);
  expect(isStopped).toBe(false);
  await bench.finish('a');
  await stopping;
  expect(bench.started).toEqual(['a#1']);
  expect(bench.clock.pending).toBe(0);
});
