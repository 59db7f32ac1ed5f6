import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { AppHouse } from './app-house.ts';
import { fastClock } from './fast-clock.ts';
import { randomRuns } from './random-runs.ts';

/** Few here; `npm run soak -- --what apps` makes many. */
const runs = 14;

test('whatever strikes at whatever step: no deed without its effect, none twice, every failure typed', {
  timeout: 240_000,
}, async () => {
  const seed = String(process.env.DROVER_SEED ?? systemClock.now());
  await using house = await AppHouse.open({ clock: fastClock(systemClock, 3) });
  const all = await randomRuns(house, { runs, seed });
  const broken = all.filter((run) => run.broken.length > 0);
  expect(broken, `seed ${seed}`).toEqual([]);
  expect(all.filter(({ ends }) => ends.at(-1) === 'completed').length, JSON.stringify(all)).toBeGreaterThan(runs / 2);
});
