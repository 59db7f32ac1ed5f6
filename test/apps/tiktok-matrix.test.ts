/** Each script in each language and release of the twin, quiet and with prompts that come when they like. */
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { type ErrorCode, errorCodeRow, errorCodes } from '../../src/contract/error-codes.ts';
import { AppHouse } from './app-house.ts';
import { deedsOf, kindOf, makeWish, type Wish } from './deeds.ts';
import { fastClock } from './fast-clock.ts';

const scripts = ['follow', 'comment', 'post', 'unfollow', 'account_warmup'] as const;
const interruptions = [
  'contacts-prompt',
  'notifications-prompt',
  'survey',
  'permission-dialog',
  'idle-timeout',
] as const;

/** A prompt that comes up under the finger takes the tap; then a later attempt is what the server makes by itself. */
async function finish(house: AppHouse, wish: Wish, { mayRetry }: { mayRetry: boolean }): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const end = await house.endOf(wish.script, wish.config);
    if (end === 'completed') return;
    const isLater = end in errorCodes && errorCodeRow(end as ErrorCode).retry === 'later';
    expect(mayRetry && isLater && attempt < 2, `${wish.script} ended as ${end}\n${house.story}`).toBe(true);
  }
}

describe.each([
  ['46.4.3', 'en'],
  ['46.4.3', 'fr'],
  ['43.1.4', 'en'],
  ['43.1.4', 'fr'],
])('TikTok %s in %s', (appVersion, language) => {
  test.each(['quiet', 'interruptions'])(
    '%s: every script ends as it was asked to',
    { timeout: 240_000 },
    async (mood) => {
      const random = seededRandom(`${appVersion} ${language} ${mood}`);
      const isQuiet = mood === 'quiet';
      const prompts = isQuiet ? 'on-demand' : 'seeded';
      await using house = await AppHouse.open({
        clock: fastClock(systemClock, 3),
        sim: { appVersion, language, prompts },
      });
      for (const [n, script] of scripts.entries()) {
        const wish = makeWish(house, random, n, script);
        const before = deedsOf(house.simPhone.actions());
        if (!isQuiet) {
          for (const kind of interruptions) {
            if (random.chance(60)) house.simPhone.faults.add({ kind, afterMs: random.int(0, 6_000) });
          }
        }
        house.nextTask();
        await finish(house, wish, { mayRetry: !isQuiet });
        house.simPhone.faults.clear();
        const deeds = deedsOf(house.simPhone.actions()).filter((deed) => !before.includes(deed));
        const rows = house.journal.rows.filter(
          ({ taskId, state }) => taskId === house.taskId && (isQuiet || state !== 'not-done'),
        );
        expect(rows.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual(
          deeds.map((deed) => `${kindOf(deed)} done`).sort(),
        );
        if (wish.deed !== undefined) expect(deeds).toEqual([wish.deed]);
      }
    },
  );
});
