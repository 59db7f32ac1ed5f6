import { expect, test } from 'vitest';
import { chooseTopic, planVideo, WarmupTally } from '../../src/apps/warmup-plan.ts';
import { seededRandom } from '../../src/base/random.ts';

test('a plan keeps to the times and chances of the request', () => {
  const random = seededRandom('plan');
  const times = { min_duration: 2, max_duration: 4 };
  const config = { ...times, like_probable: 100, floow_probable: 0, collect_probable: 30, comment_probable: 0 };
  const plans = Array.from({ length: 400 }, () => planVideo(config, random));
  for (const { watchMs, like, follow, comment } of plans) {
    expect(watchMs).toBeGreaterThanOrEqual(2_000);
    expect(watchMs).toBeLessThanOrEqual(4_000);
    expect({ like, follow, comment }).toEqual({ like: true, follow: false, comment: false });
  }
  const favourites = plans.filter(({ favourite }) => favourite).length;
  expect(favourites).toBeGreaterThan(80);
  expect(favourites).toBeLessThan(160);
});

test('a topic is one of the lines, none is the feed', () => {
  const seen = new Set(Array.from({ length: 40 }, (_, n) => chooseTopic('#run\n\n sea \r\n', seededRandom(`${n}`))));
  expect([...seen].sort()).toEqual(['#run', 'sea']);
  expect(chooseTopic(' \n', seededRandom('x'))).toBeUndefined();
});

test('the tally reads as a sentence', () => {
  const tally = new WarmupTally();
  expect(String(tally)).toBe('nothing yet');
  for (const what of ['watched', 'liked', 'watched'] as const) tally.add(what);
  expect(String(tally)).toBe('watched 2, liked 1');
});
