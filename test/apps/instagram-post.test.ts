import { describe, expect, test } from 'vitest';
import { PostHouse } from './post-house.ts';

const openHouse = (sim: Record<string, unknown> = {}) => PostHouse.open({ platform: 'instagram', sim });
const posts = (house: PostHouse) =>
  house.simPhone.actions().posts.map(({ caption, placement }) => `${placement}: ${caption}`);

/** A JPEG as far as a gallery looks at it. */
const jpeg = (index: number): Uint8Array =>
  Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, index, 0xff, 0xd9]);

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
    expect(await house.codeOf({ placement: 'story', captions: 'nobody reads this' }), house.story).toBe('completed');
    expect(posts(house)).toEqual(['reel: first #one', 'story: ']);
    expect(house.journal.rows).toMatchObject([
      { key: 'post', text: 'first #one', state: 'done' },
      { key: 'post', text: '', state: 'done' },
    ]);
  });

  test.each(['410.0.0', '390.0.0'])('images on Instagram %s, one and several, in their order', async (appVersion) => {
    await using house = await openHouse({ appVersion });
    const images = ['a', 'b', 'c'].map((name, index) => house.file(`${name}.jpg`, jpeg(index)));
    const postImages = async (count: number) => {
      house.nextTask();
      house.files = images;
      const material_list = images.map(({ path }) => path);
      const config = { content_type: 1, image_count: count, captions: `${count} of them`, material_list };
      return await house.endOf('post', config);
    };
    expect(await postImages(1), house.story).toBe('completed');
    expect(await postImages(3), house.story).toBe('completed');
    expect(house.simPhone.actions().posts).toMatchObject([
      { caption: '1 of them', media_type: 'image', media_sha256: [images[0]?.sha256] },
      { caption: '3 of them', media_type: 'image', media_sha256: images.map(({ sha256 }) => sha256) },
    ]);
  });

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

describe('what is not built', () => {
  test('is said before anything is touched', async () => {
    await using house = await openHouse();
    expect(await house.codeOf({ post_way: 'useSound', sound_name: 'x' })).toBe('app.missing-script');
    expect(await house.codeOf({ ai_label: true })).toBe('app.missing-script');
    expect(house.captions).toEqual([]);
  });
});
