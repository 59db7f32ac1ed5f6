import { describe, expect, test } from 'vitest';
import { recommendedSounds } from '../../src/sim/sounds.ts';
import { soundUrl } from '../../src/sim/tiktok/links.ts';
import { imagesOf, PostHouse } from './post-house.ts';

const [kettle, boats] = recommendedSounds;
if (!kettle || !boats) throw new Error('there are no sounds');

const openHouse = (sim: Record<string, unknown> = {}) => PostHouse.open({ sim });
const posts = (house: PostHouse) => house.simPhone.actions().posts;

describe.concurrent('a video gets a sound', () => {
  test.each([
    ['46.4.3', 'en'],
    ['43.1.4', 'fr'],
  ])('on TikTok %s in %s, from its page and by its name', async (appVersion, language) => {
    await using house = await openHouse({ appVersion, language });
    const link = { post_way: 'useSound', sound_name: soundUrl(boats), origin_sound_volume: 25, add_sound_volume: 100 };
    expect(await house.codeOf({ captions: 'by link', ...link }), house.story).toBe('completed');
    house.nextTask();
    const named = { add_sound: 'custom', custom_sound_keyword: 'night tram', add_sound_volume: 0 };
    expect(await house.codeOf({ captions: 'by name', ...named }), house.story).toBe('completed');
    expect(posts(house)).toMatchObject([
      { caption: 'by link', sound: boats.title, sound_id: boats.id, origin_sound_volume: 25, add_sound_volume: 100 },
      { caption: 'by name', sound: 'Night Tram', origin_sound_volume: 50, add_sound_volume: 0 },
    ]);
  });

  test('that the app recommends, whatever its ids are called', async () => {
    await using house = await openHouse();
    house.simPhone.faults.add({ kind: 'renamed-ids' });
    expect(await house.codeOf({ add_sound: 1 }), house.story).toBe('completed');
    expect(posts(house)).toMatchObject([{ sound: kettle.title, origin_sound_volume: 50, add_sound_volume: 50 }]);
  });

  test('and images too, which have no sound of their own to balance', async () => {
    await using house = await openHouse();
    house.files = imagesOf(house, 2);
    const material_list = house.files.map(({ path }) => path);
    const config = { content_type: 1, image_count: 2, material_list, add_sound: 'custom' };
    const named = { ...config, custom_sound_keyword: soundUrl(kettle), add_sound_volume: 75 };
    expect(await house.endOf('post', named), house.story).toBe('completed');
    expect(posts(house)).toMatchObject([
      { sound: kettle.title, sound_id: kettle.id, origin_sound_volume: null, add_sound_volume: 75 },
    ]);
  });

  test("the folder's own, before the one that the request names", async () => {
    await using house = await openHouse();
    house.more = { soundLink: soundUrl(boats), soundName: 'night tram' };
    const config = { post_way: 'useSound', sound_name: 'no such tune' };
    expect(await house.codeOf(config), house.story).toBe('completed');
    expect(posts(house)).toMatchObject([{ sound: boats.title, sound_id: boats.id }]);
    house.more = { soundLink: 'https://www.tiktok.com/@mira' };
    house.nextTask();
    expect(await house.codeOf(config), house.story).toBe('input.invalid');
    expect(posts(house)).toHaveLength(1);
  });

  test('in a second attempt, when the first has died among the volumes', async () => {
    await using house = await openHouse();
    house.interruptAfterTap('tiktok.create-sounds.volume');
    expect(await house.codeOf({ add_sound: 1 })).toBe('server.stopping');
    expect(await house.codeOf({ add_sound: 1 }), house.story).toBe('completed');
    expect(posts(house)).toMatchObject([{ sound: kettle.title }]);
  });

  test('by its name before anything is picked, with useSound', async () => {
    await using house = await openHouse();
    const config = { post_way: 'useSound', sound_name: 'lundi' };
    expect(await house.codeOf(config), house.story).toBe('completed');
    expect(posts(house)).toMatchObject([{ sound: 'Lundi matin' }]);
    expect(house.story.indexOf('step add the sound')).toBeLessThan(house.story.indexOf('step choose our video'));
  });
});

describe.concurrent('nothing is posted', () => {
  test.each([
    ['by name', { add_sound: 'custom', custom_sound_keyword: 'no such tune' }],
    ['by link', { post_way: 'useSound', sound_name: 'https://www.tiktok.com/music/gone-7123456789' }],
  ])('without a sound that is not there, %s', async (_, config) => {
    await using house = await openHouse();
    const failed = house.post(config);
    await expect(failed).rejects.toMatchObject({ code: 'app.target-missing' });
    await expect(failed).rejects.toThrow(/check its name in the app, or give the link/);
    expect(posts(house)).toEqual([]);
    expect(house.journal.rows).toEqual([]);
  });

  test('when the sound takes longer to load than it may', async () => {
    await using house = await openHouse({ soundMs: 60_000 });
    const config = { post_way: 'useSound', sound_name: soundUrl(kettle), sound_wait_time: 1 };
    expect(await house.codeOf(config), house.story).toBe('phone.timeout');
    expect(house.journal.rows).toEqual([]);
  });

  test('with a link that is none of a sound, before the phone is touched', async () => {
    await using house = await openHouse();
    const config = { post_way: 'useSound', sound_name: 'https://www.tiktok.com/@harbor.kiln' };
    expect(await house.codeOf(config)).toBe('input.invalid');
    expect(house.recorder.steps.filter(({ kind }) => kind === 'tap' || kind === 'open')).toEqual([]);
  });
});
