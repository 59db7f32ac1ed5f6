import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { host, TaskHouse } from '../../test/support/task-house.ts';
import { DroverError } from '../base/error.ts';
import { silentLog } from '../base/log.ts';
import { say } from '../contract/sentence.ts';
import { listAttempts } from '../store/attempts.ts';
import { findLease, releaseLease } from '../store/leases.ts';
import { TaskChanges } from './change.ts';
import { reconcile } from './reconcile.ts';
import { type Outcome, Runner, type RunnerParts } from './runner.ts';

let house: TaskHouse;
beforeEach(async () => {
  house = await TaskHouse.open();
});
afterEach(() => house.close());

const follow = { serials: ['d1'], script_name: 'follow', script_config: { target_user: '@mia' } };

/** None of these tests leaves an intent open. */
const doubts = {
  park: async () => {
    throw new Error('nothing to park');
  },
};

const runnerOf = (perform: RunnerParts['perform'], rules = { autoRetry: false, maxRetryCount: 3 }): Runner =>
  new Runner({ store: house.store, clock: house.clock, log: silentLog, retryRules: () => rules, doubts, perform });

const changesOf = (runner: Pick<Runner, 'stop' | 'isRunning'>): TaskChanges =>
  new TaskChanges({
    store: house.store,
    clock: house.clock,
    doubts,
    runner,
    settings: () => ({ maxRetryCount: 3, timeZone: 'UTC' }),
  });

/** Creates one task, claims it and runs it to its end with `outcome` or the thrown error. */
async function runOnce(outcome: Outcome | DroverError, rules?: { autoRetry: boolean; maxRetryCount: number }) {
  const [id = 0] = await house.create(follow);
  const runner = runnerOf(async () => {
    if (outcome instanceof DroverError) throw outcome;
    return outcome;
  }, rules);
  await runner.run(await house.claim());
  return house.task(id);
}

describe('how an attempt ends', () => {
  test.each([
    ['completed', { is: 'completed' } as const, { state: 'completed', code: null }, 'completed'],
    [
      'put off by a rule',
      { is: 'deferred', until: 9e12, rule: say('conduct.quiet-hours', { from: '22:00', to: '08:00' }) } as const,
      {
        state: 'pending',
        dueAt: 9e12,
        waitRule: 'conduct: quiet hours from 22:00 to 08:00',
        facts: { rule: 'conduct.quiet-hours', from: '22:00', to: '08:00' },
        retryCount: 0,
      },
      'deferred',
    ],
    [
      'failed',
      new DroverError('app.logged-out', {
        message: 'log in first',
        details: { step: 'open', picture: 'p.png', screen: 'login', nodes: [1] },
      }),
      { state: 'failed', code: 'app.logged-out', remark: 'log in first', step: 'open', facts: { screen: 'login' } },
      'failed',
    ],
    [
      'phone lost',
      new DroverError('device.lost'),
      { state: 'pending', interruptCount: 1, retryCount: 0 },
      'interrupted',
    ],
    ['server stopping', new DroverError('server.stopping'), { state: 'pending', interruptCount: 0 }, 'interrupted'],
  ])('%s', async (_, outcome, expected, attempt) => {
    const task = await runOnce(outcome);
    expect(task).toMatchObject(expected);
    expect(await listAttempts(house.store.read, task.id)).toMatchObject([
      { outcome: attempt, endedAt: house.clock.now() },
    ]);
    expect(await findLease(house.store.read, 'd1')).toBeUndefined();
  });

  test('a plain Error is a fault of ours: the task fails as server.bug and the runner lives', async () => {
    const [id = 0] = await house.create(follow);
    const runner = runnerOf(async () => {
      throw new TypeError('x is not a function');
    });
    await runner.run(await house.claim());
    expect(await house.task(id)).toMatchObject({ state: 'failed', code: 'server.bug' });
  });

  test('automatic retry waits 5 to 60 s, counts, and stops at the limit', async () => {
    const rules = { autoRetry: true, maxRetryCount: 1 };
    const task = await runOnce(new DroverError('phone.timeout'), rules);
    expect(task).toMatchObject({ state: 'pending', retryCount: 1 });
    const delay = task.dueAt - house.clock.now();
    expect(delay).toBeGreaterThanOrEqual(5_000);
    expect(delay).toBeLessThanOrEqual(60_000);
    await house.clock.advance(60_000);
    const again = runnerOf(async () => {
      throw new DroverError('phone.timeout');
    }, rules);
    await again.run(await house.claim());
    expect(await house.task(task.id)).toMatchObject({ state: 'failed', code: 'phone.timeout', retryCount: 1 });
  });

  test('what is not worth a retry is not retried', async () => {
    expect(await runOnce(new DroverError('app.missing'), { autoRetry: true, maxRetryCount: 3 })).toMatchObject({
      state: 'failed',
      retryCount: 0,
    });
  });

  test('three interruptions are forgiven, the fourth ends it with the last cause', async () => {
    const [id = 0] = await house.create(follow);
    const runner = runnerOf(async () => {
      throw new DroverError('device.lost');
    });
    for (const count of [1, 2, 3]) {
      await runner.run(await house.claim());
      expect(await house.task(id)).toMatchObject({ state: 'pending', interruptCount: count });
    }
    await runner.run(await house.claim());
    expect(await house.task(id)).toMatchObject({ state: 'failed', code: 'device.lost' });
  });
});

describe('the lease', () => {
  test('is renewed for as long as the task takes', async () => {
    await house.create(follow);
    let finish = () => {};
    const runner = runnerOf(() => new Promise((resolve) => (finish = () => resolve({ is: 'completed' }))));
    const running = runner.run(await house.claim());
    for (let minute = 0; minute < 5; minute += 1) {
      await house.clock.advance(60_000);
      await house.store.write(async () => {});
      const lease = await findLease(house.store.read, 'd1');
      expect((lease?.expiresAt ?? 0) - house.clock.now()).toBeGreaterThan(30_000);
    }
    finish();
    await running;
  });

  test('lost to somebody else, the attempt is aborted as task.lease-lost', async () => {
    const [id = 0] = await house.create(follow);
    const claim = await house.claim();
    const runner = runnerOf(
      (ctx) => new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason))),
    );
    const running = runner.run(claim);
    await house.store.write((tx) => releaseLease(tx, { serial: 'd1', token: claim.token }));
    await house.clock.advance(20_000);
    await running;
    expect(await listAttempts(house.store.read, id)).toMatchObject([{ code: 'task.lease-lost' }]);
  });
});

describe('stop', () => {
  const untilAborted: RunnerParts['perform'] = (ctx) =>
    new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason)));

  test('a pending task never runs', async () => {
    const [id = 0] = await house.create(follow);
    const runner = runnerOf(untilAborted);
    expect(await changesOf(runner).stop(id)).toMatchObject({
      state: 'failed',
      code: 'task.stopped',
      remark: 'stopped',
    });
    await expect(house.claim()).rejects.toThrow('nothing to claim');
  });

  test('a running task is aborted, and the answer has its end', async () => {
    const [id = 0] = await house.create(follow);
    const runner = runnerOf(untilAborted);
    const running = runner.run(await house.claim());
    expect(await changesOf(runner).stop(id)).toMatchObject({
      state: 'failed',
      code: 'task.stopped',
      remark: 'stopped',
    });
    await running;
  });

  test('a phone that goes away at the moment of the stop does not bring the task back', async () => {
    const [id = 0] = await house.create(follow);
    const runner = runnerOf(
      (ctx) =>
        new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(new DroverError('device.lost')))),
    );
    const running = runner.run(await house.claim());
    expect(await changesOf(runner).stop(id)).toMatchObject({
      state: 'failed',
      code: 'task.stopped',
      remark: 'stopped',
    });
    await running;
  });

  test('a task that has ended cannot be stopped; one that is not there is not found', async () => {
    const task = await runOnce({ is: 'completed' });
    const changes = changesOf(runnerOf(untilAborted));
    await expect(changes.stop(task.id)).rejects.toMatchObject({ code: 'task.wrong-state' });
    await expect(changes.stop(999)).rejects.toMatchObject({ code: 'input.not-found' });
  });
});

test('after a crash what was running is queued again and can be claimed by the next boot', async () => {
  const [id = 0] = await house.create(follow);
  await house.claim();
  expect(await reconcile(house.store, { id: host.id, bootId: 'boot-2' }, doubts)).toBe(1);
  expect(await house.task(id)).toMatchObject({ state: 'pending', interruptCount: 1 });
  expect((await house.claim('boot-2')).attempt.n).toBe(2);
  expect(await listAttempts(house.store.read, id)).toMatchObject([
    { outcome: 'interrupted', code: 'server.host-lost' },
    { outcome: null },
  ]);
});

test('a stop that was asked for before the crash is carried out by the next boot', async () => {
  const [id = 0] = await house.create(follow);
  await house.claim();
  const runner = { stop: async () => {}, isRunning: () => false };
  const stopped = changesOf(runner).stop(id);
  await house.clock.advance(6_000);
  expect(await stopped).toMatchObject({ state: 'running' });
  await reconcile(house.store, { id: host.id, bootId: 'boot-2' }, doubts);
  expect(await house.task(id)).toMatchObject({ state: 'failed', code: 'task.stopped' });
});
