import { expect, test } from 'vitest';
import type { Platform } from '../../src/contract/script-names.ts';
import { AppHouse } from './app-house.ts';
import { type RunsOptions, randomRuns, screenTroubles } from './random-runs.ts';

/** They take seconds, a busy machine aside. */
const timeout = 300_000;

/** Few here; `npm run soak -- --what apps` makes many. */
export function testRandomRuns(platform: Platform, label: string): void {
  test(
    `${label}, whatever strikes at whatever moment: no deed without its effect, none twice, every failure typed`,
    { timeout },
    () => expectSound(platform, { runs: 50 }),
  );

  test(`${label}, another screen at any step: nothing is done but what was asked for`, { timeout }, () =>
    expectSound(platform, { runs: 25, troubles: screenTroubles }),
  );
}

/** The same runs each time; `DROVER_SEED` tries others, and so does `npm run soak`. */
async function expectSound(platform: Platform, options: Omit<RunsOptions, 'seed'>): Promise<void> {
  const seed = process.env.DROVER_SEED ?? 'ci';
  await using house = await AppHouse.open({ platform });
  const all = await randomRuns(house, { ...options, seed });
  expect(
    all.filter(({ broken }) => broken.length > 0),
    `seed ${seed}`,
  ).toEqual([]);
  const completed = all.filter(({ ends }) => ends.at(-1) === 'completed');
  expect(completed.length, JSON.stringify(all)).toBeGreaterThan(options.runs / 2);
}
