import { expect, test } from 'vitest';
import { judge, killLoop, type Work } from '../support/kill-loop.ts';

const phones = 3;

/** Few while following; `npm run soak -- --what kills` makes many. */
test.each<[Work, number, number]>([
  ['post', 17, 6_000],
  ['follow on TikTok', 1, 2_500],
  ['follow on Instagram', 1, 2_500],
])(
  '%s, kill -9 at random moments of three phones, %i times: nothing is lost, nothing is done twice',
  { timeout: 15 * 60_000 },
  async (work, rounds, withinMs) => {
    const tasks = await killLoop({
      ...{ work, rounds, phones, withinMs },
      seed: `ci:${Date.now()}`,
      onTask: (task) => console.log(JSON.stringify(task)),
    });
    expect(judge(tasks)).toEqual([]);
    if (work === 'post') expect(tasks.filter(({ stateAtKill }) => stateAtKill === 'running').length).toBeGreaterThan(0);
  },
);
