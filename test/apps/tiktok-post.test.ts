import { describe, expect, test } from 'vitest';
import { PostHouse } from './post-house.ts';

/** A seed whose phone asks "Publish video publicly?" before its first post. */
const asksFirst = { seed: 1, prompts: 'seeded' } as const;

describe('a video is posted', () => {
  test.each([
    ['46.4.3', 'en'],
    ['46.4.3', 'fr'],
    ['43.1.4', 'en'],
    ['43.1.4', 'fr'],
  ])('on TikTok %s in %s, shared and by the add button', async (appVersion, language) => {
    await using house = await PostHouse.open({ sim: { appVersion, language } });
    expect(await house.codeOf({ post_way: 'share', captions: 'shared #one' }), house.story).toBe('completed');
    house.nextTask();
    expect(await house.codeOf({ post_way: 'addButton', captions: 'added' }), house.story).toBe('completed');
    expect(house.captions).toEqual(['shared #one', 'added']);
    expect(house.journal.rows).toMatchObject([
      { key: 'post', text: 'shared #one', state: 'done' },
      { key: 'post', text: 'added', state: 'done' },
    ]);
  });

  test('whatever its caption is', async () => {
    await using house = await PostHouse.open();
    const long = 'abcdefghi '.repeat(200).trim();
    const captions = [
      '',
      'Morning run 🏃‍♀️🌊\n\n#run #fyp',
      'صباح الخير من المرفأ 🌅 #صباح',
      long,
      `"$HOME" 'it\\'s' & <b> %s \`ls\``,
    ];
    for (const caption of captions) {
      house.nextTask();
      expect(await house.codeOf({ captions: caption }), house.story).toBe('completed');
    }
    house.nextTask();
    expect(await house.codeOf({ captions: '{one|one} {two|two}' })).toBe('completed');
    expect(house.captions).toEqual([...captions, 'one two']);
  });

  test('where the app asks once more before it publishes', async () => {
    await using house = await PostHouse.open({ sim: asksFirst });
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.story).toContain('tap tiktok.publish-confirm.confirm');
    expect(house.captions).toEqual(['a film']);
  });

  test.each([
    ['contacts-prompt', 'share'],
    ['notifications-prompt', 'share'],
    ['survey', 'addButton'],
    ['permission-dialog', 'addButton'],
    ['renamed-ids', 'addButton'],
    ['idle-timeout', 'share'],
  ] as const)('through %s (%s)', async (kind, post_way) => {
    await using house = await PostHouse.open();
    house.simPhone.faults.add({ kind });
    expect(await house.codeOf({ post_way }), house.story).toBe('completed');
    expect(house.captions).toEqual(['a film']);
  });
});

describe.concurrent('what goes wrong around the tap on Post', () => {
  test('a tap that the app never saw is no post, and the next attempt posts once', async () => {
    await using house = await PostHouse.open();
    house.simPhone.faults.add({ kind: 'lost-tap', at: 'Post' });
    expect(await house.codeOf({ upload_wait_time: 1 }), house.story).toBe('task.effect-not-done');
    expect(house.captions).toEqual([]);
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.captions).toEqual(['a film']);
  });

  test('a tap that the app carries out seconds later is one post', async () => {
    await using house = await PostHouse.open();
    house.simPhone.faults.add({ kind: 'late-tap', at: 'Post' });
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.captions).toEqual(['a film']);
  });

  test('an upload that fails is told from one that goes on, and the next attempt posts once', async () => {
    await using house = await PostHouse.open();
    house.simPhone.faults.add({ kind: 'upload-failure' });
    // seen to have failed, it is not waited for any longer
    expect(await house.codeOf({ upload_wait_time: 600 }), house.story).toBe('task.effect-not-done');
    expect(house.captions).toEqual([]);
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.captions).toEqual(['a film']);
  });
});

describe.concurrent('an attempt that dies', () => {
  test('before the tap: the composer still full shows that nothing was posted', async () => {
    await using house = await PostHouse.open();
    house.journal.onIntent = () => house.interrupt();
    expect(await house.codeOf()).toBe('server.stopping');
    house.journal.onIntent = () => {};
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.captions).toEqual(['a film']);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['not-done', 'done']);
  });

  test('right after the tap: the video on the profile shows that it was posted', async () => {
    await using house = await PostHouse.open();
    house.interruptAfterTap('tiktok.create-post.post');
    expect(await house.codeOf()).toBe('server.stopping');
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.captions).toEqual(['a film']);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['done']);
  });

  test('while the app asks once more: nothing was public yet', async () => {
    await using house = await PostHouse.open({ sim: asksFirst });
    house.interruptAfterTap('tiktok.create-post.post');
    expect(await house.codeOf()).toBe('server.stopping');
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.captions).toEqual(['a film']);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['not-done', 'done']);
  });

  test('and the app with it: the upload is lost, the app says so, and it is posted again', async () => {
    await using house = await PostHouse.open({ sim: { uploadMs: 5_000 } });
    house.interruptAfterTap('tiktok.create-post.post', () => house.simPhone.ui.forceStop('com.zhiliaoapp.musically'));
    expect(await house.codeOf()).toBe('server.stopping');
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.captions).toEqual(['a film']);
  });
});

describe.concurrent('what ends an attempt before anything is public', () => {
  test.each([
    ['logged-out', 'app.logged-out'],
    ['unknown-dialog', 'app.unexpected-screen'],
  ] as const)('%s: %s', async (kind, code) => {
    await using house = await PostHouse.open();
    house.simPhone.faults.add({ kind });
    expect(await house.codeOf(), house.story).toBe(code);
    expect(house.captions).toEqual([]);
    expect(house.journal.rows).toEqual([]);
  });
});
