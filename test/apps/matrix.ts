/**
 * Each script in each language and release of a twin, quiet and with prompts that come at any moment, judged by what the
 * phone truly did.
 */
import { describe, expect, test } from 'vitest';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { type ErrorCode, errorCodeRow, errorCodes } from '../../src/contract/error-codes.ts';
import type { Platform } from '../../src/contract/script-names.ts';
import type { FaultKind } from '../../src/sim/parts.ts';
import { AppHouse } from './app-house.ts';
import { deedsOf, groundlessDoubts, kindOf, makeWish, rowsOf, scripts, type Wish } from './deeds.ts';
import { atMoments } from './strikes.ts';

const everywhere = ['contacts-prompt', 'notifications-prompt', 'survey', 'permission-dialog', 'idle-timeout'] as const;
const prompts: Readonly<Record<Platform, readonly FaultKind[]>> = {
  tiktok: everywhere,
  instagram: [...everywhere, 'draft-prompt', 'limited-reach'],
};
/** A script makes about as many calls to its phone. */
const latestCall = 50;

export interface Cell {
  platform: Platform;
  appVersion: string;
  language: string;
}

/** Two tests for each: one quiet, one with interruptions. */
export function describeMatrix(platform: Platform, label: string, versions: readonly string[]): void {
  const cells = versions.flatMap((appVersion) =>
    ['en', 'fr'].map((language): Cell => ({ platform, appVersion, language })),
  );
  describe.each(cells)(`${label} $appVersion in $language`, (cell) => {
    test('quiet: every script ends as it was asked to, at once', async () => {
      await using house = await AppHouse.open({ platform, sim: { ...cell, prompts: 'on-demand' } });
      await runAll(house, seededRandom(Object.values(cell).join()), { mayRetry: false });
    });

    test('interruptions: every script ends as it was asked to', async () => {
      await using house = await AppHouse.open({ platform, sim: { ...cell, prompts: 'seeded' } });
      await runAll(house, seededRandom(Object.values(cell).join()), { mayRetry: true });
    });
  });
}

async function runAll(house: AppHouse, random: Random, { mayRetry }: { mayRetry: boolean }): Promise<void> {
  for (const [n, script] of scripts.entries()) {
    const wish = makeWish(house, random, n, script);
    const before = deedsOf(house);
    house.nextTask();
    const strikes = mayRetry ? planPrompts(house, random) : [];
    await finish(house, wish, { mayRetry });
    house.onCall = () => {};
    house.simPhone.faults.clear();
    const deeds = deedsOf(house).filter((deed) => !before.includes(deed));
    if (wish.deed !== undefined) expect(deeds, house.story).toEqual([wish.deed]);
    judgeJournal(house, deeds, strikes);
  }
}

/** Each deed has its row and each row that says so its deed; only what is minor may stay untold, where a prompt hid it. */
function judgeJournal(house: AppHouse, deeds: readonly string[], strikes: readonly number[]): void {
  const rows = rowsOf(house);
  for (const kind of new Set([...deeds.map(kindOf), ...rows.map((row) => row.kind)])) {
    const ofKind = rows.filter((row) => row.kind === kind);
    const count = deeds.filter((deed) => kindOf(deed) === kind).length;
    expect(count, `${kind}\n${house.story}`).toBeLessThanOrEqual(ofKind.length);
    expect(count, `${kind}\n${house.story}`).toBeGreaterThanOrEqual(
      ofKind.filter(({ state }) => state === 'done').length,
    );
  }
  expect(groundlessDoubts(house, strikes), house.story).toEqual([]);
  expect(
    rows.filter(({ state, minor }) => state !== 'done' && !minor),
    house.story,
  ).toEqual([]);
}

/** When each came, as it comes. */
function planPrompts(house: AppHouse, random: Random): number[] {
  const struck: number[] = [];
  const planned = prompts[house.platform]
    .filter(() => random.chance(60))
    .map((kind) => ({
      calls: random.int(1, latestCall),
      strike: () => {
        struck.push(house.clock.now());
        house.simPhone.faults.add({ kind });
      },
    }));
  atMoments(house, planned);
  return struck;
}

/** A prompt that comes up under the finger takes the tap; then a later attempt is what the server makes by itself. */
async function finish(house: AppHouse, wish: Wish, { mayRetry }: { mayRetry: boolean }): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const end = await house.endOf(wish.script, wish.config);
    if (end === 'completed') return;
    const isLater = end in errorCodes && errorCodeRow(end as ErrorCode).retry === 'later';
    expect(mayRetry && isLater && attempt < 2, `${wish.script} ended as ${end}\n${house.story}`).toBe(true);
  }
}
