import { describe, expect, test } from 'vitest';
import { imagesOf, PostHouse } from './post-house.ts';

const openHouse = (sim: Record<string, unknown> = {}) => PostHouse.open({ platform: 'instagram', sim });
const posts = (house: PostHouse) =>
  house.simPhone.actions().posts.map(({ caption, placement }) => `${placement}: ${caption}`);

describe('something is posted', () => {
  test.each([
    ['410.0.0', 'en'],
    ['410.0.0', 'fr'],
    ['390.0.0', 'en'],
    ['390.0.0', 'fr'],
  ])('on Instagram %s in %s, as a reel and as a story', async (appVersion, language) => {
    await using house = await openHouse({ appVersion, language });
    expect(await house.codeOf({ captions: 'first #one' }), house.story).toBe('completed');
    house.nextTask();
    expect(await house.codeOf({ placement: 'story', captions: 'written on it' }), house.story).toBe('completed');
    expect(posts(house)).toEqual(['reel: first #one', 'story: written on it']);
    expect(house.journal.rows).toMatchObject([
      { key: 'post', text: 'first #one', state: 'done' },
      { key: 'post', text: 'written on it', state: 'done' },
    ]);
  });

  test.each(['410.0.0', '390.0.0'])(
    'images on Instagram %s, one and more than are in view, in their order',
    async (appVersion) => {
      await using house = await openHouse({ appVersion });
      const images = imagesOf(house, 14);
      const postImages = async (count: number) => {
        house.nextTask();
        house.files = images;
        const material_list = images.map(({ path }) => path);
        const config = { content_type: 1, image_count: count, captions: `${count} of them`, material_list };
        return await house.endOf('post', config);
      };
      expect(await postImages(1), house.story).toBe('completed');
      expect(await postImages(14), house.story).toBe('completed');
      expect(house.simPhone.actions().posts).toMatchObject([
        { caption: '1 of them', media_type: 'image', media_sha256: [images[0]?.sha256] },
        { caption: '14 of them', media_type: 'image', media_sha256: images.map(({ sha256 }) => sha256) },
      ]);
    },
  );

  test('whatever its caption is', async () => {
    await using house = await openHouse();
    const captions = ['', 'Morning run 🏃‍♀️🌊\n\n#run #fyp', 'صباح الخير من المرفأ 🌅 #صباح'];
    for (const caption of captions) {
      house.nextTask();
      expect(await house.codeOf({ captions: caption }), house.story).toBe('completed');
    }
    expect(house.captions).toEqual(captions);
  });

  test.each(['notifications-prompt', 'survey', 'renamed-ids', 'idle-timeout'] as const)('through %s', async (kind) => {
    await using house = await openHouse();
    house.simPhone.faults.add({ kind });
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.captions).toEqual(['a film']);
  });
});

describe.concurrent('what goes wrong around the tap', () => {
  test('an upload that fails is told', async () => {
    await using house = await openHouse();
    house.simPhone.faults.add({ kind: 'upload-failure' });
    expect(await house.codeOf({ upload_wait_time: 5 }), house.story).toBe('task.effect-not-done');
    expect(house.captions).toEqual([]);
  });

  test('what an earlier upload left above the feed says nothing about this one', async () => {
    await using house = await openHouse();
    house.simPhone.faults.add({ kind: 'upload-failure' });
    expect(await house.codeOf({ captions: 'one' }), house.story).toBe('task.effect-not-done');
    house.nextTask();
    expect(await house.codeOf({ captions: 'two' }), house.story).toBe('completed');
    house.nextTask();
    expect(await house.codeOf({ placement: 'story' }), house.story).toBe('completed');
    expect(posts(house)).toEqual(['reel: two', 'story: a film']);
  });

  test('an attempt that dies right after Share is found to have posted', async () => {
    await using house = await openHouse();
    house.interruptAfterTap('instagram.create-post.post');
    expect(await house.codeOf()).toBe('server.stopping');
    expect(await house.codeOf(), house.story).toBe('completed');
    expect(house.captions).toEqual(['a film']);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['done']);
  });

  test('a tap that the app never saw is no post', async () => {
    await using house = await openHouse();
    house.simPhone.faults.add({ kind: 'lost-tap', at: 'Share' });
    expect(await house.codeOf({ upload_wait_time: 1 }), house.story).toBe('task.effect-not-done');
    expect(house.captions).toEqual([]);
  });
});

describe.concurrent('a reel gets', () => {
  test.each([
    ['410.0.0', 'en'],
    ['390.0.0', 'fr'],
  ])('on Instagram %s in %s a sound by its name, and the label for AI', async (appVersion, language) => {
    await using house = await openHouse({ appVersion, language });
    const config = { add_sound: 'custom', custom_sound_keyword: 'paper boats', ai_label: true };
    expect(await house.codeOf(config), house.story).toBe('completed');
    expect(house.simPhone.actions().posts).toMatchObject([
      { sound: 'Paper Boats (Instrumental)', sound_id: expect.stringMatching(/^\d+$/), ai_label: true },
    ]);
  });

  test('the sound that the app proposes, whatever its ids are called', async () => {
    await using house = await openHouse();
    house.simPhone.faults.add({ kind: 'renamed-ids' });
    expect(await house.codeOf({ add_sound: 1 }), house.story).toBe('completed');
    expect(house.simPhone.actions().posts).toMatchObject([{ sound: 'Slow Kettle', ai_label: false }]);
  });

  test('its sound in a second attempt, when the first has died while it was chosen', async () => {
    await using house = await openHouse();
    house.interruptAfterTap('instagram.create-audio.use');
    expect(await house.codeOf({ add_sound: 1 })).toBe('server.stopping');
    expect(await house.codeOf({ add_sound: 1 }), house.story).toBe('completed');
    expect(house.simPhone.actions().posts).toMatchObject([{ sound: 'Slow Kettle' }]);
  });

  test('nothing, and is not posted, where no sound has that name', async () => {
    await using house = await openHouse();
    const failed = house.post({ post_way: 'useSound', sound_name: 'no such tune' });
    await expect(failed).rejects.toMatchObject({ code: 'app.target-missing' });
    await expect(failed).rejects.toThrow(/called "no such tune"; check its name/);
    expect(house.journal.rows).toEqual([]);
  });
});

describe('what is not built', () => {
  test.each([
    ['app.missing-script', { placement: 'story', add_sound: 1 }],
    ['app.missing-script', { placement: 'story', ai_label: true }],
    ['app.missing-script', { add_sound: 1, add_sound_volume: 75 }],
    ['input.invalid', { add_sound: 'custom', custom_sound_keyword: 'https://www.tiktok.com/music/x-1' }],
  ])('%s is said before anything is touched: %j', async (code, config) => {
    await using house = await openHouse();
    expect(await house.codeOf(config)).toBe(code);
    expect(house.recorder.steps.filter(({ kind }) => kind === 'tap' || kind === 'open')).toEqual([]);
  });
});
