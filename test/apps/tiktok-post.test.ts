import { describe, expect, test } from 'vitest';
import { PostHouse } from './post-house.ts';

const run = async (house: PostHouse, config: Record<string, unknown> = {}) => {
  const code = await house.codeOf(config);
  if (process.env.STORY) console.log(house.story);
  return code;
};

describe('a video is posted', () => {
  test.each([
    ['46.4.3', 'en', 'share'],
    ['46.4.3', 'en', 'addButton'],
    ['46.4.3', 'fr', 'share'],
    ['46.4.3', 'fr', 'addButton'],
    ['43.1.4', 'en', 'share'],
    ['43.1.4', 'en', 'add_button'],
    ['43.1.4', 'fr', 'share'],
    ['43.1.4', 'fr', 'addButton'],
  ])('on TikTok %s in %s by %s', async (appVersion, language, post_way) => {
    await using house = await PostHouse.open({ sim: { appVersion, language } });
    expect(await run(house, { post_way, captions: 'a film #one' })).toBe('completed');
    expect(house.captions).toEqual(['a film #one']);
    expect(house.journal.rows).toMatchObject([{ kind: 'post', key: 'post', text: 'a film #one', state: 'done' }]);
  });
});

describe('captions', () => {
  const long = Array.from({ length: 2_000 }, (_, index) => 'abcdefghi '[index % 10])
    .join('')
    .trim();
  test.each([
    ['none', '', ''],
    ['emoji and line breaks', 'Morning run 🏃‍♀️🌊\n\n#run #fyp', 'Morning run 🏃‍♀️🌊\n\n#run #fyp'],
    ['right to left', 'صباح الخير من المرفأ 🌅 #صباح', 'صباح الخير من المرفأ 🌅 #صباح'],
    ['spintax', '{one|one} {two|two}', 'one two'],
    ['2,000 characters', long, long],
    ['quotes, dollars and backslashes', `"$HOME" 'it\\'s' & <b> %s \`ls\``, `"$HOME" 'it\\'s' & <b> %s \`ls\``],
  ])('%s', async (_, captions, expected) => {
    await using house = await PostHouse.open();
    expect(await run(house, { captions })).toBe('completed');
    expect(house.captions).toEqual([expected]);
  });
});

describe('interruptions', () => {
  test.each([
    ['contacts-prompt', 'share'],
    ['notifications-prompt', 'share'],
    ['survey', 'addButton'],
    ['permission-dialog', 'addButton'],
    ['renamed-ids', 'addButton'],
    ['renamed-ids', 'share'],
    ['idle-timeout', 'share'],
    ['late-tap', 'share'],
  ] as const)('%s (%s) does not keep a video from being posted once', async (kind, post_way) => {
    await using house = await PostHouse.open();
    house.simPhone.faults.add({ kind });
    expect(await run(house, { post_way })).toBe('completed');
    expect(house.captions).toEqual(['a film']);
  });
});

describe('what goes wrong around the tap on Post', () => {
  test('a tap that the app never saw is no post, and the next attempt posts once', async () => {
    await using house = await PostHouse.open();
    house.simPhone.faults.add({ kind: 'lost-tap', at: 'Post' });
    expect(await run(house, { upload_wait_time: 1 })).toBe('task.effect-not-done');
    expect(house.captions).toEqual([]);
    expect(await run(house)).toBe('completed');
    expect(house.captions).toEqual(['a film']);
  });

  test('a tap that the app carries out seconds later is one post', async () => {
    await using house = await PostHouse.open();
    house.simPhone.faults.add({ kind: 'late-tap', at: 'Post' });
    expect(await run(house)).toBe('completed');
    expect(house.captions).toEqual(['a film']);
  });

  test('an upload that fails is told from one that goes on, and the next attempt posts once', async () => {
    await using house = await PostHouse.open();
    house.simPhone.faults.add({ kind: 'upload-failure' });
    expect(await run(house, { upload_wait_time: 1 })).toBe('task.effect-not-done');
    expect(house.captions).toEqual([]);
    expect(await run(house)).toBe('completed');
    expect(house.captions).toEqual(['a film']);
  });

  test('a platform that asks to slow down ends the attempt so', async () => {
    await using house = await PostHouse.open();
    house.simPhone.faults.add({ kind: 'rate-limited' });
    expect(await run(house, { upload_wait_time: 1 })).toBe('app.limited');
    expect(house.captions).toEqual([]);
  });
});

describe('an attempt that dies', () => {
  test('before the tap: the composer still full shows that nothing was posted', async () => {
    await using house = await PostHouse.open();
    house.journal.onIntent = () => house.interrupt();
    expect(await run(house)).toBe('server.stopping');
    house.journal.onIntent = () => {};
    expect(await run(house)).toBe('completed');
    expect(house.captions).toEqual(['a film']);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['not-done', 'done']);
  });

  test('right after the tap: the video on the profile shows that it was posted', async () => {
    await using house = await PostHouse.open();
    house.onStep = ({ kind, name }) => {
      if (kind === 'tap' && name === 'tiktok.create-post.post') house.interrupt();
    };
    expect(await run(house)).toBe('server.stopping');
    expect(await run(house)).toBe('completed');
    expect(house.captions).toEqual(['a film']);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['done']);
  });

  test('with the app: the upload is lost, the app says so, and it is posted again', async () => {
    await using house = await PostHouse.open({ sim: { uploadMs: 5_000 } });
    house.onStep = ({ kind, name }) => {
      if (kind !== 'tap' || name !== 'tiktok.create-post.post') return;
      house.onStep = () => {};
      house.interrupt();
      house.simPhone.ui.forceStop('com.zhiliaoapp.musically');
    };
    expect(await run(house)).toBe('server.stopping');
    expect(await run(house)).toBe('completed');
    expect(house.captions).toEqual(['a film']);
  });
});

describe('what ends an attempt before anything is public', () => {
  test.each([
    ['logged-out', 'app.logged-out'],
    ['unknown-dialog', 'app.unexpected-screen'],
  ] as const)('%s: %s', async (kind, code) => {
    await using house = await PostHouse.open();
    house.simPhone.faults.add({ kind });
    expect(await house.codeOf()).toBe(code);
    expect(house.captions).toEqual([]);
    expect(house.journal.rows).toEqual([]);
  });

  test('a part of the request that is not built', async () => {
    await using house = await PostHouse.open();
    expect(await house.codeOf({ post_way: 'useSound', sound_name: 'x' })).toBe('app.missing-script');
    expect(house.recorder.steps.some(({ kind }) => kind === 'tap' || kind === 'open')).toBe(false);
  });
});
