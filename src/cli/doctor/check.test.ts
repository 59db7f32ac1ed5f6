import { expect, test } from 'vitest';
import { ManualClock } from '../../base/clock.ts';
import type { Ctx } from '../../base/context.ts';
import { DroverError } from '../../base/error.ts';
import { silentLog } from '../../base/log.ts';
import { seededRandom } from '../../base/random.ts';
import { limited, ok, trouble } from './check.ts';
import { Steps, sight } from './steps.ts';

const clock = new ManualClock();
const ctx: Ctx = { signal: new AbortController().signal, clock, random: seededRandom(1), log: silentLog };
const never = () => new Promise<never>(() => {});

test('a look that never ends becomes a failure when its time is up, and leaves no timer', async () => {
  const looking = limited(ctx, 'slow', 5_000, never);
  await clock.advance(4_999);
  await clock.advance(1);
  expect(await looking).toMatchObject([{ name: 'slow', status: 'fail', found: 'did not end within 5 s' }]);
  expect(clock.pending).toBe(0);
});

test.each<[string, unknown, string, RegExp]>([
  ['its own trouble', trouble('it is blue', 'Paint it.'), 'it is blue', /^Paint it\.$/],
  ['an error of ours', new DroverError('device.lost', { message: 'gone' }), 'gone', /./],
  ['anything else', new TypeError('x is not\n  a function'), 'unexpected: x is not; a function', /./],
])('what a look throws is a failure with a way out: %s', async (_, thrown, found, fix) => {
  const [check] = await limited(ctx, 'thing', 1_000, async () => {
    throw thrown;
  });
  expect(check).toMatchObject({ name: 'thing', status: 'fail', found });
  expect(check?.fix).toMatch(fix);
  expect(clock.pending).toBe(0);
});

test('what it finds is passed on', async () => {
  expect(await limited(ctx, 'a', 1_000, async () => ok('a', 'fine'))).toEqual([ok('a', 'fine')]);
});

test('a step says ok, warn or fail, gives its value only when it did not fail, and is told at once', async () => {
  const told: string[] = [];
  const steps = new Steps(ctx, (check) => told.push(`${check.name} ${check.status}`));
  expect(await steps.take('one', 1_000, async () => ({ found: 'seven', value: 7 }))).toMatchObject({ value: 7 });
  await steps.take('two', 1_000, async () => sight('it limps', 'Rest.'));
  const third = steps.take('three', 1_000, never);
  await clock.advance(1_000);
  expect(await third).toBeUndefined();
  expect(told).toEqual(['one ok', 'two warn', 'three fail']);
  expect(steps.checks[1]).toEqual({ name: 'two', status: 'warn', found: 'it limps', fix: 'Rest.' });
});
