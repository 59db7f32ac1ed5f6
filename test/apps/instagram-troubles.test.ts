/** Prompts that come when they like, and other screens at any step. */
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { type ErrorCode, errorCodeRow, errorCodes } from '../../src/contract/error-codes.ts';
import type { ScriptName } from '../../src/contract/script-names.ts';
import { fastClock } from './fast-clock.ts';
import { PostHouse } from './post-house.ts';

const instagram = 'com.instagram.android';
const prompts = ['contacts-prompt', 'notifications-prompt', 'survey', 'permission-dialog', 'idle-timeout'] as const;

const open = (sim: Record<string, unknown> = {}) => PostHouse.open({ platform: 'instagram', sim });
const photoOf = (house: PostHouse) => {
  const post = house.world.postsBy('instagram', 'sable.dance').find(({ mediaType }) => mediaType === 'image');
  if (!post) throw new Error('no photo');
  return post;
};
const deeds = (house: PostHouse): string[] => {
  const { follows, comments, posts, unfollows, likes, favorites } = house.simPhone.actions();
  return [
    ...follows.map(({ target }) => `follow ${target}`),
    ...unfollows.map(({ target }) => `unfollow ${target}`),
    ...comments.map(({ text }) => `comment ${text}`),
    ...posts.map(({ caption }) => `post ${caption}`),
    ...[...likes, ...favorites].map(({ url }) => `like ${url}`),
  ];
};

interface Wish {
  deed: string;
  run(house: PostHouse): Promise<string>;
}

const simple = (script: ScriptName, config: (house: PostHouse) => Record<string, unknown>, deed: string): Wish => ({
  deed,
  run: (house) => house.endOf(script, config(house)),
});
const wishes: readonly Wish[] = [
  simple('follow', () => ({ target_user: 'harbor.kiln' }), 'follow harbor.kiln'),
  simple('comment', (house) => ({ target_post_url: photoOf(house).url, comment_content: 'calm' }), 'comment calm'),
  { deed: 'post a film', run: (house) => house.codeOf() },
  simple('unfollow', () => ({ target_user: 'tinytrainyard' }), 'unfollow tinytrainyard'),
];

/** Each waits for what does not come, so there are few; DROVER_RUNS makes more. */
const runs = Number(process.env.DROVER_RUNS ?? 3);

const isTyped = (end: string): end is ErrorCode => end in errorCodes;

describe.each([
  ['410.0.0', 'en'],
  ['410.0.0', 'fr'],
  ['390.0.0', 'en'],
  ['390.0.0', 'fr'],
])('Instagram %s in %s', (appVersion, language) => {
  test('prompts that come when they like: every script ends as it was asked to, once', {
    timeout: 120_000,
  }, async () => {
    const random = seededRandom(`${appVersion} ${language}`);
    await using house = await open({ appVersion, language, prompts: 'seeded' });
    house.world.addFollow('instagram', 'lena.paints', 'tinytrainyard');
    for (const { deed, run } of wishes) {
      const before = deeds(house);
      for (const kind of prompts) {
        if (random.chance(50)) house.simPhone.faults.add({ kind, afterMs: random.int(0, 4_000) });
      }
      house.nextTask();
      for (let attempt = 0; ; attempt++) {
        const end = await run(house);
        if (end === 'completed') break;
        // a prompt that comes up under the finger takes the tap: the server tries again by itself
        const isLater = isTyped(end) && errorCodeRow(end).retry === 'later';
        expect(isLater && attempt < 2, `${deed} ended as ${end}\n${house.story}`).toBe(true);
      }
      house.simPhone.faults.clear();
      expect(deeds(house).filter((one) => !before.includes(one))).toEqual([deed]);
    }
  });
});

describe('what the platform or the app asks on the way', () => {
  const openFast = () => PostHouse.open({ platform: 'instagram', clock: fastClock(systemClock, 5) });

  test.each([
    ['account-disabled', 'app.suspended'],
    ['checkpoint', 'app.checkpoint'],
  ] as const)('%s ends every script as %s, and nothing is touched', async (kind, code) => {
    await using house = await openFast();
    house.simPhone.faults.add({ kind });
    expect(await house.endOf('follow', { target_user: 'harbor.kiln' }), house.story).toBe(code);
    house.nextTask();
    expect(await house.codeOf(), house.story).toBe(code);
    expect([deeds(house), house.journal.rows]).toEqual([[], []]);
    expect(house.recorder.steps.filter((step) => step.kind === 'tap')).toEqual([]);
  });

  test('a checkpoint that comes up in the middle ends it there', async () => {
    await using house = await openFast();
    house.simPhone.faults.add({ kind: 'checkpoint', at: 'Next' });
    expect(await house.codeOf(), house.story).toBe('app.checkpoint');
    expect([deeds(house), house.journal.rows]).toEqual([[], []]);
  });

  test('an earlier draft is left alone: what is posted is ours, once', async () => {
    await using house = await openFast();
    house.simPhone.faults.add({ kind: 'draft-prompt' });
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.story).toContain('dialog instagram.dialog-resume-draft');
    expect(deeds(house)).toEqual(['post a film']);
  });

  test('a warning that few will see the reel: it is shared all the same, once', async () => {
    await using house = await openFast();
    house.simPhone.faults.add({ kind: 'limited-reach' });
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.story).toContain('instagram.dialog-limited-reach');
    expect(deeds(house)).toEqual(['post a film']);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['done']);
  });
});

/** A page that has nothing to do with the wish, a dialog nobody knows, or no app at all. */
function strike(house: PostHouse, random: Random): void {
  const { ui, faults } = house.simPhone;
  const what = random.pick(['dialog', 'home', 'link', 'link', 'link']);
  if (what === 'home') ui.key(3);
  else if (what === 'dialog') faults.add({ kind: 'unknown-dialog' });
  else {
    const path = random.pick(['noor_repairs/', 'no.such.user/', 'lena.paints/', '', 'p/AAAAAAAAAAA/']);
    ui.start({
      ...{ action: 'android.intent.action.VIEW', data: `https://www.instagram.com/${path}`, package: instagram },
      ...{ categories: [], extras: {}, flags: 0 },
    });
  }
}

test('another screen at any step: nothing is done but what was asked for, and every end has a name', {
  timeout: 240_000,
}, async () => {
  const seed = String(process.env.DROVER_SEED ?? 'instagram');
  const random = seededRandom(seed);
  await using house = await open();
  house.world.addFollow('instagram', 'lena.paints', 'tinytrainyard');
  for (let n = 0; n < runs; n++) {
    const { deed, run } = random.pick(wishes);
    const before = deeds(house);
    const at = random.int(1, 40);
    let lines = 0;
    house.nextTask();
    house.onStep = () => {
      if (++lines === at) strike(house, random);
    };
    const end = await run(house);
    house.onStep = () => {};
    house.simPhone.faults.clear();
    house.simPhone.ui.forceStop(instagram);
    const what = `seed ${seed}, run ${n} (${deed}, line ${at}) ended as ${end}\n${house.story}`;
    const done = deeds(house).filter((one) => !before.includes(one));
    expect(
      done.every((one) => one === deed),
      `${what}\n${done.join()}`,
    ).toBe(true);
    expect(deeds(house).length - before.length, what).toBeLessThanOrEqual(1);
    expect(end === 'completed' || end === 'doubt' || isTyped(end), what).toBe(true);
    expect(end, what).not.toBe('server.bug');
    const rows = house.journal.rows.filter(({ taskId, state }) => taskId === house.taskId && state !== 'not-done');
    expect(done.length, what).toBeLessThanOrEqual(rows.length);
  }
});
