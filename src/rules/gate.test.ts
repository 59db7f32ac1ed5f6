import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { type EffectKind, effectKinds } from '../contract/task-states.ts';
import { confirmAccount, confirmDevice, noteLoggedIn, pauseAccount } from '../store/accounts.ts';
import { closeLapsedAttempts } from '../store/attempts.ts';
import { type Claim, claimNext } from '../store/claim.ts';
import { upsertDevice } from '../store/devices.ts';
import { listEffects, openEffectOf, settleEffect } from '../store/effects.ts';
import { tailEvents } from '../store/events.ts';
import { releaseLease } from '../store/leases.ts';
import { decideReview, findOpenReviewOfTask, listReviews } from '../store/reviews.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import { deleteTask, moveTask } from '../store/tasks.ts';
import { dayMs } from './caps.ts';
import { Gate, type Intention } from './gate.ts';
import { LiveSettings } from './settings.ts';

const minute = 60_000;

const gateOver = (store: Store): Gate =>
  new Gate({ store, settings: new LiveSettings({ store, log: silentLog }), log: silentLog });

/** A claimed task on a phone. */
async function begin(
  temp: TempStore,
  { serial = 'A', leaseMs = 60_000, virtual = true }: { serial?: string; leaseMs?: number; virtual?: boolean } = {},
): Promise<Claim> {
  await temp.store.write((tx) => upsertDevice(tx, serial, { virtual, state: 'ready' }));
  await temp.submit([{ serial }]);
  const claim = await temp.store.write((tx) => claimNext(tx, { serial, hostId: 'h', bootId: 'b', leaseMs, seed: 's' }));
  if (!claim) throw new Error('nothing to claim');
  return claim;
}

const intention = ({ task, attempt, token }: Claim, change: Partial<Intention> = {}): Intention => ({
  taskId: task.id,
  attemptId: attempt.id,
  token,
  key: 'follow:@tom',
  actor: `serial:${attempt.serial}`,
  kind: 'follow',
  target: '@tom',
  minor: false,
  ...change,
});

const states = async (temp: TempStore, taskId: number) =>
  (await listEffects(temp.store.read, taskId)).map((effect) => effect.state);

test('an allowed action is on disk before the answer, with what was there before it', async () => {
  await using temp = new TempStore();
  const claim = await begin(temp);
  const gate = gateOver(temp.store);
  const wanted = intention(claim, { kind: 'post', key: 'post', target: '@lena', text: 'Hi', baseline: { videos: 3 } });
  const answer = await gate.intend(wanted);
  expect(answer).toMatchObject({ is: 'go', actWithinMs: 10_000 });
  const store = await temp.reopen();
  expect(await openEffectOf(store.read, claim.task.id)).toMatchObject({
    id: answer.is === 'go' ? answer.id : 0,
    state: 'intended',
    baseline: { videos: 3 },
    intendedAt: temp.clock.now(),
  });
  expect(await gateOver(store).open(claim.task.id)).toEqual({
    id: 1,
    key: 'post',
    kind: 'post',
    target: '@lena',
    minor: false,
    baseline: { videos: 3 },
    intendedAt: temp.clock.now(),
  });
  expect(await gateOver(store).earlier(claim.task.id, 'post')).toEqual({ is: 'open', id: 1 });
});

test('what was seen settles the effect once; done stands, not done gives key and slot back', async () => {
  await using temp = new TempStore(new ManualClock());
  const claim = await begin(temp, { leaseMs: dayMs });
  const gate = gateOver(temp.store);
  const again = async () => {
    await (temp.clock as ManualClock).advance(30_000);
    const answer = await gate.intend(intention(claim));
    return answer.is === 'go' ? answer.id : 0;
  };
  const first = await again();
  await expect(again()).rejects.toMatchObject({ code: 'server.bug' });
  await gate.settle(first, 'not-done', { seen: 'Follow' });
  expect(await gate.earlier(claim.task.id, 'follow:@tom')).toEqual({ is: 'none' });
  const second = await again();
  await gate.settle(second, 'done', { picture: 'p1.jpg', seen: 'Following' });
  await expect(gate.settle(second, 'not-done', {})).rejects.toMatchObject({ code: 'server.bug' });
  expect(await gate.earlier(claim.task.id, 'follow:@tom')).toEqual({ is: 'done' });
  expect(await gate.open(claim.task.id)).toBeUndefined();
  expect((await listEffects(temp.store.read, claim.task.id)).map(({ state, proof }) => [state, proof])).toEqual([
    ['not-done', { seen: 'Follow' }],
    ['done', { picture: 'p1.jpg', seen: 'Following' }],
  ]);
});

test('whoever lost the phone writes no intent: wrong token, given back, lapsed, taken over', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const gate = gateOver(temp.store);
  const claim = await begin(temp);
  const lost = { code: 'task.lease-lost' };
  await expect(gate.intend(intention({ ...claim, token: claim.token + 1 }))).rejects.toMatchObject(lost);
  await clock.advance(60_000);
  await expect(gate.intend(intention(claim))).rejects.toMatchObject(lost);
  await temp.store.write(async (tx) => {
    await closeLapsedAttempts(tx);
    await moveTask(tx, claim.task.id, { from: 'running', to: 'pending' });
  });
  await expect(gate.intend(intention(claim))).rejects.toMatchObject(lost);
  const next = await temp.store.write((tx) =>
    claimNext(tx, { serial: 'A', hostId: 'h', bootId: 'b', leaseMs: 60_000, seed: 's' }),
  );
  await expect(gate.intend(intention(claim))).rejects.toMatchObject(lost);
  expect(next && (await gate.intend(intention(next)))).toMatchObject({ is: 'go' });
  expect(await states(temp, claim.task.id)).toEqual(['intended']);
});

test('cannot tell: the review item with the evidence is there in the same moment, and a person settles it', async () => {
  await using temp = new TempStore();
  const claim = await begin(temp);
  const gate = gateOver(temp.store);
  await gate.intend(intention(claim, { baseline: 'Follow' }));
  await gate.settle(1, 'unconfirmed', { picture: 'after.jpg', before: { picture: 'before.jpg' }, seen: 'blank' });
  const item = await findOpenReviewOfTask(temp.store.read, claim.task.id);
  expect(item).toMatchObject({
    kind: 'doubt',
    effectId: 1,
    body: {
      text: expect.stringContaining('Did the follow on @tom happen?'),
      baseline: 'Follow',
      evidence: { picture: 'after.jpg', before: { picture: 'before.jpg' } },
    },
  });
  await temp.store.write(async (tx) => {
    await decideReview(tx, item?.id ?? 0, { decision: 'not-done', person: 'anna' });
    await settleEffect(tx, 1, { is: 'decided', verdict: 'not-done' }, { person: 'anna' });
  });
  expect((await listEffects(temp.store.read, claim.task.id))[0]).toMatchObject({
    state: 'not-done',
    person: 'anna',
    proof: { picture: 'after.jpg' },
  });
  const twice = temp.store.write((tx) => decideReview(tx, item?.id ?? 0, { decision: 'done', person: 'tom' }));
  await expect(twice).rejects.toMatchObject({ code: 'task.wrong-state' });
  const told = (await tailEvents(temp.store.read, 0, 100)).filter((event) => event.type.startsWith('review'));
  expect(told.map((event) => [event.type, event.person])).toEqual([
    ['reviewOpened', null],
    ['reviewDecided', 'anna'],
  ]);
});

test('minor effects open no review; those cut off are closed, counted and not done again', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const claim = await begin(temp, { leaseMs: dayMs });
  const gate = gateOver(temp.store);
  const like = (n: number) => intention(claim, { kind: 'like', key: `like:${n}`, target: `video ${n}`, minor: true });
  await gate.intend(like(1));
  await gate.settle(1, 'unconfirmed', { seen: 'blank' });
  await clock.advance(30_000);
  await gate.intend(like(2));
  expect(await gate.open(claim.task.id)).toBeUndefined();
  expect(await states(temp, claim.task.id)).toEqual(['unconfirmed', 'unconfirmed']);
  expect(await gate.earlier(claim.task.id, 'like:2')).toEqual({ is: 'done' });
  expect(await listReviews(temp.store.read, { isOpen: true, page: 1, pageSize: 10 })).toEqual([]);
});

test('a gap is waited with the phone in hand when the lease outlasts it, else the phone is given back', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const gate = gateOver(temp.store);
  const claim = await begin(temp, { leaseMs: 60_000 });
  const other = intention(claim, { key: 'follow:@eva', target: '@eva' });
  await gate.intend(intention(claim));
  await gate.settle(1, 'done', {});
  await clock.advance(10_000);
  expect(await gate.intend(other)).toMatchObject({ is: 'wait', ms: 20_000 });
  await temp.store.write((tx) => tx.hot(`update lease set expires_at = ?`, [tx.now + 20_000]));
  expect(await gate.intend(other)).toMatchObject({ is: 'refused', until: clock.now() + 20_000 });
  await clock.advance(19_999);
  expect(await gate.intend(other)).toMatchObject({ is: 'refused', until: clock.now() + 1 });
  await temp.store.write((tx) => tx.hot(`update lease set expires_at = ?`, [tx.now + 20_000]));
  await clock.advance(1);
  expect(await gate.intend(other)).toMatchObject({ is: 'go' });
});

test('refused for good is recorded with its rule; refused for now leaves no row', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const gate = gateOver(temp.store);
  for (const serial of ['A', 'B', 'C']) {
    const answer = await gate.intend(intention(await begin(temp, { serial })));
    expect(answer.is).toBe('go');
  }
  const fourth = await begin(temp, { serial: 'D' });
  const rule = 'conduct: at most 3 of your accounts may act on @tom within 7 days';
  expect(await gate.intend(intention(fourth))).toEqual({
    is: 'refused',
    rule: { code: 'conduct.accounts-per-target', params: { limit: 3, target: '@tom' }, text: rule },
  });
  expect(await listEffects(temp.store.read, fourth.task.id)).toMatchObject([{ state: 'refused', rule }]);
  expect(await gate.earlier(fourth.task.id, 'follow:@tom')).toEqual({ is: 'none' });

  await temp.store.write((tx) => upsertDevice(tx, 'E', { virtual: false }));
  const real = await begin(temp, { serial: 'E', virtual: false });
  const answer = await gate.intend(intention(real, { target: '@eva' }));
  expect(answer).toEqual({
    is: 'refused',
    rule: expect.objectContaining({ text: 'conduct: confirm that the account on phone E is yours' }),
    until: clock.now() + 60 * minute,
  });
  expect(await states(temp, real.task.id)).toEqual([]);
  await temp.store.write((tx) => confirmDevice(tx, 'E', 'anna'));
  expect(await gate.intend(intention(real, { target: '@eva' }))).toMatchObject({ is: 'go' });
});

describe('a post that is known by its address here and by what the page says there is one target', () => {
  const address = { target: 'tiktok.com/video/73', alias: 'video of Lena: sea' };
  const byPage = { target: 'video of Lena: sea' };
  const comment = { kind: 'comment', key: 'comment' } as const;

  test.each([
    ['the address first', [address, address, byPage], byPage],
    ['the page first', [byPage, address, byPage], address],
  ] as const)('for the limit on accounts: %s', async (_, before, fourth) => {
    await using temp = new TempStore();
    const gate = gateOver(temp.store);
    for (const [n, names] of before.entries()) {
      const claim = await begin(temp, { serial: `P${n}` });
      expect(await gate.intend(intention(claim, { ...comment, ...names }))).toMatchObject({ is: 'go' });
    }
    const last = intention(await begin(temp, { serial: 'Z' }), { ...comment, ...fourth });
    expect(await gate.intend(last)).toMatchObject({ is: 'refused', rule: { code: 'conduct.accounts-per-target' } });
    const other = { target: 'tiktok.com/video/74', alias: 'video of Lena: sea' };
    const elsewhere = intention(await begin(temp, { serial: 'Y' }), { ...comment, ...other });
    expect(await gate.intend(elsewhere)).toMatchObject(
      // those who knew the page alone may have meant this one; those who knew the other address did not
      { is: 'go' },
    );
  });

  test.each([
    [address, byPage],
    [byPage, address],
    [address, { target: 'tiktok.com/video/73' }],
  ] as const)('for the same text: %o, then %o', async (first, second) => {
    await using temp = new TempStore();
    const gate = gateOver(temp.store);
    const text = 'so calm';
    await gate.intend(intention(await begin(temp, { serial: 'A' }), { ...comment, ...first, text }));
    const again = intention(await begin(temp, { serial: 'B' }), { ...comment, ...second, text });
    expect(await gate.intend(again)).toMatchObject({ is: 'refused', rule: { code: 'conduct.text-on-target' } });
  });

  test('two addresses are two targets, whatever the pages say', async () => {
    await using temp = new TempStore();
    const gate = gateOver(temp.store);
    const text = 'so calm';
    await gate.intend(intention(await begin(temp, { serial: 'A' }), { ...comment, ...address, text }));
    const other = { ...address, target: 'tiktok.com/video/74' };
    const elsewhere = intention(await begin(temp, { serial: 'B' }), { ...comment, ...other, text });
    expect(await gate.intend(elsewhere)).toMatchObject({ is: 'go' });
  });
});

test('a known account goes by its own statement and its own pause', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const gate = gateOver(temp.store);
  const claim = await begin(temp, { virtual: false });
  const account = await temp.store.write((tx) =>
    noteLoggedIn(tx, { platform: 'tiktok', username: '@Lena', serial: 'A' }),
  );
  const wanted = intention(claim, { actor: `account:${account.id}` });
  expect(await gate.intend(wanted)).toMatchObject({
    is: 'refused',
    rule: expect.objectContaining({ text: 'conduct: confirm that @lena is yours' }),
  });
  await temp.store.write((tx) => confirmAccount(tx, account.id, 'anna'));
  await temp.store.write((tx) => pauseAccount(tx, account.id, tx.now + 5_000));
  expect(await gate.intend(wanted)).toMatchObject({ is: 'refused', until: clock.now() + 5_000 });
  await clock.advance(5_000);
  expect(await gate.intend(wanted)).toMatchObject({ is: 'go' });
});

test('deleting a task does not clear the ledger', async () => {
  await using temp = new TempStore();
  const gate = gateOver(temp.store);
  const claim = await begin(temp);
  await gate.intend(intention(claim));
  await gate.settle(1, 'done', {});
  await temp.store.write(async (tx) => {
    await releaseLease(tx, { serial: 'A', token: claim.token });
    await moveTask(tx, claim.task.id, { from: 'running', to: 'completed' });
    await deleteTask(tx, claim.task.id);
  });
  const next = await begin(temp);
  expect(await gate.intend(intention(next))).toMatchObject({ is: 'wait' });
});

/**
 * Random days of asking, settling, restarting, two processes' connections and a clock that is set back now and then. What
 * counts is true time: in no 24 hours of it may more stand than the limit says, nor two actions within 30 s.
 */
test('no history gets past the limits', async () => {
  const step = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        is: fc.constant('ask' as const),
        phone: fc.nat({ max: 1 }),
        kind: fc.constantFrom<EffectKind>(...effectKinds),
        target: fc.nat({ max: 3 }),
        text: fc.constantFrom(undefined, 'Nice!', 'nice 🔥!', 'Great'),
        sight: fc.constantFrom(
          'done' as const,
          'done' as const,
          'not-done' as const,
          'unconfirmed' as const,
          undefined,
        ),
        second: fc.boolean(),
      }),
    },
    { weight: 6, arbitrary: fc.record({ is: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 90_000 }) }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: dayMs }) }) },
    {
      weight: 1,
      arbitrary: fc.record({ is: fc.constant('back' as const), ms: fc.integer({ min: 0, max: 2 * dayMs }) }),
    },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('restart' as const) }) },
  );
  const limits = { post: 2, follow: 3, unfollow: 3, comment: 4, like: 3, favourite: 2 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), async (steps) => {
      const clock = new ManualClock();
      await using temp = new TempStore(clock);
      const claims = [
        await begin(temp, { serial: 'A', leaseMs: 1e12 }),
        await begin(temp, { serial: 'B', leaseMs: 1e12 }),
      ];
      await new LiveSettings({ store: temp.store, log: silentLog }).change(
        Object.fromEntries(Object.entries(limits).map(([kind, n]) => [`conduct.${kind}_per_day`, n])),
      );
      const openSecond = () => openSqliteStore({ file: temp.file, clock, log: silentLog, owner: false });
      let second = openSecond();
      const log: { phone: number; kind: EffectKind; target: number; text: string | undefined; at: number }[] = [];
      for (const [index, one] of steps.entries()) {
        if (one.is === 'pass') await clock.advance(one.ms);
        else if (one.is === 'back') clock.setWall(clock.now() - one.ms);
        else if (one.is === 'restart') {
          await second.close();
          await temp.reopen();
          second = openSecond();
        } else {
          const claim = claims[one.phone];
          if (!claim) continue;
          const gate = gateOver(one.second ? second : temp.store);
          const { kind, target, text } = one;
          const answer = await gate.intend(
            intention(claim, { kind, key: `${index}`, target: `t${target}`, ...(text === undefined ? {} : { text }) }),
          );
          if (answer.is === 'refused' && answer.until !== undefined) expect(answer.until).toBeGreaterThan(clock.now());
          if (answer.is !== 'go') continue;
          if (one.sight) await gate.settle(answer.id, one.sight, {});
          const entry = { phone: one.phone, kind, target, text: text?.replace(/[^a-z]/gi, '').toLowerCase() };
          if (one.sight !== 'not-done') log.push({ ...entry, at: clock.monotonic() });
        }
      }
      await second.close();
      for (const [i, mine] of log.entries()) {
        const before = log.slice(0, i).filter((other) => other.phone === mine.phone);
        const sameDay = before.filter((other) => mine.at - other.at < dayMs);
        expect(sameDay.filter((other) => other.kind === mine.kind).length).toBeLessThan(limits[mine.kind]);
        expect(before.every((other) => mine.at - other.at >= 30_000)).toBe(true);
        if (mine.text === undefined) continue;
        expect(sameDay.filter((other) => other.text === mine.text).length).toBeLessThan(3);
        if (mine.kind === 'post') continue;
        expect(log.slice(0, i).some((other) => other.text === mine.text && other.target === mine.target)).toBe(false);
      }
    }),
    { numRuns: 40 },
  );
});
