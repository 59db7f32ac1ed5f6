import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { ManualClock } from '../base/clock.ts';
import { confirmAccount, noteLoggedIn, pauseAccount } from './accounts.ts';
import { closeAttemptsOfFormerBoot, closeLapsedAttempts, endAttempt, listAttempts } from './attempts.ts';
import { type Claim, claimNext, listDueSerials, nextDueAt } from './claim.ts';
import { upsertDevice } from './devices.ts';
import { insertIntent } from './effects.ts';
import { registerHost } from './hosts.ts';
import { countRunning, findLease, listLeases, releaseLease, renewLease } from './leases.ts';
import { findTask, moveTask } from './tasks.ts';

const minute = 60_000;
const want = (serial: string, hostId = 'h', bootId = 'b') => ({
  serial,
  hostId,
  bootId,
  leaseMs: 30_000,
  seed: 'seed',
});

const claim = (temp: TempStore, serial = 'A') => temp.store.write((tx) => claimNext(tx, want(serial)));

const finish = (temp: TempStore, { task, attempt, token }: Claim) =>
  temp.store.write(async (tx) => {
    await releaseLease(tx, { serial: attempt.serial, token });
    await endAttempt(tx, { attemptId: attempt.id, outcome: 'completed' });
    await moveTask(tx, task.id, { from: 'running', to: 'completed', set: { endedAt: tx.now } });
  });

test('a claim takes task, lease and attempt together', async () => {
  await using temp = new TempStore();
  const [id = 0] = await temp.submit([{}]);
  const taken = await claim(temp);
  expect(taken?.task).toMatchObject({ id, state: 'running', attempts: 1, startedAt: temp.clock.now() });
  expect(taken?.attempt).toMatchObject({ taskId: id, n: 1, serial: 'A', hostId: 'h', seed: 'seed', endedAt: null });
  expect(await findLease(temp.store.read, 'A')).toEqual({
    serial: 'A',
    token: taken?.token,
    holder: 'task',
    taskId: id,
    attemptId: taken?.attempt.id,
    person: null,
    hostId: 'h',
    bootId: 'b',
    expiresAt: temp.clock.now() + 30_000,
  });
  expect(await countRunning(temp.store.read)).toBe(1);
});

test('tasks of a phone run by due time, then in the order they were created; none before its time', async () => {
  const clock = new ManualClock(100_000);
  await using temp = new TempStore(clock);
  const ids = await temp.submit([
    { dueAt: 90_000 },
    { dueAt: 80_000 },
    { dueAt: 80_000 },
    { dueAt: 100_001 },
    { dueAt: 10_000, state: 'held' },
    { dueAt: 10_000, serial: 'B' },
  ]);
  const order: (number | undefined)[] = [];
  for (let i = 0; i < 4; i += 1) {
    const taken = await claim(temp);
    order.push(taken?.task.id);
    if (taken) await finish(temp, taken);
  }
  expect(order).toEqual([ids[1], ids[2], ids[0], undefined]);
  expect(await nextDueAt(temp.store.read, 'A')).toBe(100_001);
  await clock.advance(1);
  expect((await claim(temp))?.task.id).toBe(ids[3]);
  expect(await nextDueAt(temp.store.read, 'A')).toBeUndefined();
  expect(await listDueSerials(temp.store.read, clock.now())).toEqual(['B']);
});

test('a phone that is taken, disabled, unknown or shown by another host is left alone', async () => {
  await using temp = new TempStore();
  await temp.submit([{}, {}, { serial: 'B' }, { serial: 'C' }]);
  await temp.store.write(async (tx) => {
    await registerHost(tx, { id: 'other', bootId: 'x', url: null, aliveUntil: tx.now + 1, version: '0' });
    await upsertDevice(tx, 'B', { disabled: true });
    await upsertDevice(tx, 'C', { hostId: 'other' });
  });
  expect(await claim(temp)).toBeDefined();
  expect(await claim(temp)).toBeUndefined();
  expect(await claim(temp, 'B')).toBeUndefined();
  expect(await claim(temp, 'C')).toBeUndefined();
  expect(await claim(temp, 'nobody')).toBeUndefined();
  expect(await temp.store.write((tx) => claimNext(tx, want('C', 'other')))).toBeDefined();
});

test("a person's hold keeps tasks away until it lapses; a task's lapsed lease is not simply overrun", async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  await temp.submit([{}, {}]);
  await temp.store.write((tx) =>
    tx.hot(
      `insert into lease (serial, token, holder, person, host_id, boot_id, expires_at) values ('A', 0, 'person', 'anna', 'h', 'b', ?)`,
      [tx.now + 60_000],
    ),
  );
  expect(await claim(temp)).toBeUndefined();
  await clock.advance(60_000);
  expect(await claim(temp)).toBeDefined();
  await clock.advance(60_000);
  expect(await claim(temp)).toBeUndefined();
});

test('no more phones work at once than the plan allows', async () => {
  await using temp = new TempStore();
  await temp.submit([{}, { serial: 'B' }, { serial: 'C' }]);
  const limited = (serial: string) => temp.store.write((tx) => claimNext(tx, { ...want(serial), maxRunning: 2 }));
  const first = await limited('A');
  expect(await limited('B')).toBeDefined();
  expect(await limited('C')).toBeUndefined();
  if (first) await finish(temp, first);
  expect(await limited('C')).toBeDefined();
});

test('a paused account waits, the other tasks of its phone go on', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const account = await temp.store.write((tx) =>
    noteLoggedIn(tx, { platform: 'tiktok', username: '@Lena', serial: 'A' }),
  );
  expect(account.username).toBe('lena');
  const [paused, other] = await temp.submit([{ accountId: account.id }, {}]);
  await temp.store.write((tx) => pauseAccount(tx, account.id, tx.now + minute));
  const taken = await claim(temp);
  expect(taken?.task.id).toBe(other);
  if (taken) await finish(temp, taken);
  expect(await claim(temp)).toBeUndefined();
  expect(await listDueSerials(temp.store.read, clock.now())).toEqual([]);
  expect(await nextDueAt(temp.store.read, 'A')).toBe(clock.now() + minute);
  await clock.advance(minute);
  expect((await claim(temp))?.task.id).toBe(paused);
});

test('a task that waits for an ownership statement is due again as soon as it is given', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const account = await temp.store.write((tx) =>
    noteLoggedIn(tx, { platform: 'tiktok', username: 'lena', serial: 'A' }),
  );
  const [id = 0] = await temp.submit([{ accountId: account.id }]);
  await temp.store.write((tx) =>
    moveTask(tx, id, { from: 'pending', to: 'pending', set: { dueAt: tx.now + 60 * minute, waitRule: 'conduct: …' } }),
  );
  expect(await claim(temp)).toBeUndefined();
  await temp.store.write((tx) => confirmAccount(tx, account.id, 'anna'));
  expect((await claim(temp))?.task).toMatchObject({ id, waitRule: null });
});

test('tasks of one call keep their pause on one phone; other phones and other calls do not wait', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const gaps = { minGapMs: 2 * minute, maxGapMs: 5 * minute };
  const ids = await temp.submit([{}, {}, {}, { serial: 'B' }], gaps);
  const first = await claim(temp);
  expect(first?.task.id).toBe(ids[0]);
  expect((await claim(temp, 'B'))?.task.id).toBe(ids[3]);
  if (first) await finish(temp, first);
  const ended = clock.now();
  expect(await claim(temp)).toBeUndefined();
  const due = (await nextDueAt(temp.store.read, 'A')) ?? 0;
  expect(due - ended).toBeGreaterThanOrEqual(2 * minute);
  expect(due - ended).toBeLessThanOrEqual(5 * minute);
  expect((await findTask(temp.store.read, ids[1] ?? 0))?.waitRule).toContain('pause between');
  expect((await findTask(temp.store.read, ids[2] ?? 0))?.dueAt).toBe(due);

  const [elsewhere] = await temp.submit([{}]);
  const between = await claim(temp);
  expect(between?.task.id).toBe(elsewhere);
  if (between) await finish(temp, between);
  await clock.advance(due - ended - 1);
  expect(await claim(temp)).toBeUndefined();
  await clock.advance(1);
  expect((await claim(temp))?.task.id).toBe(ids[1]);
});

test('a retry of the same task waits for no pause', async () => {
  await using temp = new TempStore();
  const [id = 0] = await temp.submit([{}], { minGapMs: minute, maxGapMs: minute });
  const first = await claim(temp);
  if (first) await finish(temp, first);
  await temp.store.write((tx) => moveTask(tx, id, { from: 'completed', to: 'pending' }));
  expect((await claim(temp))?.attempt.n).toBe(2);
  expect((await listAttempts(temp.store.read, id)).map((attempt) => attempt.n)).toEqual([1, 2]);
});

test('a lease is renewed and released only under its own token', async () => {
  await using temp = new TempStore();
  await temp.submit([{}]);
  const token = (await claim(temp))?.token ?? 0;
  const renew = (mine: number) =>
    temp.store.write((tx) => renewLease(tx, { serial: 'A', token: mine, expiresAt: 99_000_000_000_000 }));
  expect(await renew(token + 1)).toBe(false);
  expect(await renew(token)).toBe(true);
  expect((await findLease(temp.store.read, 'A'))?.expiresAt).toBe(99_000_000_000_000);
  expect(await temp.store.write((tx) => releaseLease(tx, { serial: 'A', token: token + 1 }))).toBe(false);
  expect(await temp.store.write((tx) => releaseLease(tx, { serial: 'A', token }))).toBe(true);
  expect(await renew(token)).toBe(false);
});

test('a host that starts again closes what its former process was doing, and nothing else', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const ids = await temp.submit([{}, { serial: 'B' }, { serial: 'C' }, { serial: 'D' }]);
  const claims = [
    await temp.store.write((tx) => claimNext(tx, want('A', 'h', 'old'))),
    await temp.store.write((tx) => claimNext(tx, want('B', 'h', 'old'))),
    await temp.store.write((tx) => claimNext(tx, want('C', 'h', 'new'))),
    await temp.store.write((tx) => claimNext(tx, want('D', 'other', 'old'))),
  ];
  await temp.store.write((tx) =>
    insertIntent(
      tx,
      {
        taskId: ids[1] ?? 0,
        attemptId: claims[1]?.attempt.id ?? 0,
        key: 'post',
        actor: 'serial:B',
        kind: 'post',
        target: '@b',
        alias: null,
        textHash: null,
        minor: false,
        baseline: null,
      },
      tx.now,
    ),
  );
  const lost = await temp.store.write((tx) => closeAttemptsOfFormerBoot(tx, 'h', 'new'));
  expect(lost.map(({ task, hasOpenEffect }) => [task.id, task.state, hasOpenEffect])).toEqual([
    [ids[0], 'running', false],
    [ids[1], 'running', true],
  ]);
  expect((await listLeases(temp.store.read)).map((lease) => lease.serial)).toEqual(['C', 'D']);
  expect((await listAttempts(temp.store.read, ids[0] ?? 0))[0]).toMatchObject({
    outcome: 'interrupted',
    code: 'server.host-lost',
    endedAt: clock.now(),
  });
  expect(await temp.store.write((tx) => closeLapsedAttempts(tx))).toEqual([]);
  await clock.advance(30_000);
  expect((await temp.store.write((tx) => closeLapsedAttempts(tx))).map(({ task }) => task.id)).toEqual([
    ids[2],
    ids[3],
  ]);
});

test('however claims, ends, renewals and the clock interleave: one task a phone, rising tokens, no task lost', async () => {
  const serials = ['A', 'B'];
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ is: fc.constant('claim' as const), serial: fc.constantFrom(...serials) }) },
    { weight: 3, arbitrary: fc.record({ is: fc.constant('finish' as const), serial: fc.constantFrom(...serials) }) },
    {
      weight: 1,
      arbitrary: fc.record({ is: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 40_000 }) }),
    },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('back' as const), ms: fc.integer({ min: 0, max: 40_000 }) }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('reap' as const) }) },
  );
  const tasks = fc.array(
    fc.record({ serial: fc.constantFrom(...serials), delay: fc.integer({ min: 0, max: 30_000 }) }),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  await fc.assert(
    fc.asyncProperty(tasks, fc.array(step, { maxLength: 30 }), async (planned, steps) => {
      const clock = new ManualClock();
      await using temp = new TempStore(clock);
      const start = clock.now();
      await temp.submit(planned.map(({ serial, delay }) => ({ serial, dueAt: start + delay })));
      const held = new Map<string, Claim>();
      const tokens = new Map<string, number>();
      for (const one of steps) {
        if (one.is === 'advance') await clock.advance(one.ms);
        else if (one.is === 'back') clock.setWall(clock.now() - one.ms);
        else if (one.is === 'reap') {
          for (const { task } of await temp.store.write((tx) => closeLapsedAttempts(tx))) {
            await temp.store.write((tx) => moveTask(tx, task.id, { from: 'running', to: 'pending' }));
            if (task.serial) held.delete(task.serial);
          }
        } else if (one.is === 'finish') {
          const mine = held.get(one.serial);
          if (mine) await finish(temp, mine);
          held.delete(one.serial);
        } else {
          const before = await temp.store.read
            .selectFrom('task')
            .select(['id', 'due_at'])
            .where('serial', '=', one.serial)
            .where('state', '=', 'pending')
            .where('due_at', '<=', clock.now())
            .orderBy('due_at')
            .orderBy('id')
            .executeTakeFirst();
          const taken = await claim(temp, one.serial);
          expect(taken?.task.id).toBe(held.has(one.serial) ? undefined : before?.id);
          if (!taken) continue;
          expect(taken.token).toBeGreaterThan(tokens.get(one.serial) ?? 0);
          tokens.set(one.serial, taken.token);
          held.set(one.serial, taken);
        }
      }
      const rows = await temp.store.read.selectFrom('task').select(['serial', 'state']).execute();
      expect(rows).toHaveLength(planned.length);
      expect(rows.filter((row) => row.state === 'running')).toHaveLength(held.size);
      expect(await countRunning(temp.store.read)).toBe(held.size);
    }),
    { numRuns: 30 },
  );
});
