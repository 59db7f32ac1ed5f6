import { expect, test } from 'vitest';
import { judge, killLoop } from '../support/kill-loop.ts';

const rounds = 17;
const phones = 3;

test(`kill -9 at ${rounds * phones} random moments: nothing is lost, nothing is published twice`, {
  timeout: 15 * 60_000,
}, async () => {
  const tasks = await killLoop({
    rounds,
    phones,
    seed: `ci:${Date.now()}`,
    withinMs: 6_000,
    onTask: (task) => console.log(JSON.stringify(task)),
  });
  expect(judge(tasks)).toEqual([]);
  expect(tasks.filter((task) => task.stateAtKill === 'running').length).toBeGreaterThan(0);
});
