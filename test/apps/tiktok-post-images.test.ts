import { describe, expect, test } from 'vitest';
import { validateConfig } from '../../src/contract/script-inputs.ts';
import { AppHouse } from './app-house.ts';
import { imagesOf } from './post-house.ts';

describe.concurrent('images are posted', () => {
  test.each([
    ['46.4.3', 'en'],
    ['43.1.4', 'fr'],
  ])(
    'on TikTok %s in %s: several in their order, one by share, with and without the sound of the app',
    async (appVersion, language) => {
      await using house = await AppHouse.open({ sim: { appVersion, language } });
      house.files = imagesOf(house, 4);
      const list = house.files.map(({ path }) => path);
      const ends = async (config: Record<string, unknown>) => {
        house.nextTask();
        return await house.endOf('post', { content_type: 1, material_list: list, ...config });
      };
      expect(await ends({ image_count: 4, captions: 'four of them', post_way: 'addButton' }), house.story).toBe(
        'completed',
      );
      expect(await ends({ image_count: 3, captions: 'quiet', add_sound: 0 }), house.story).toBe('completed');
      expect(await ends({ image_count: 1, captions: 'just one' }), house.story).toBe('completed');
      const hashes = house.files.map(({ sha256 }) => sha256);
      const { posts } = house.simPhone.actions();
      expect(posts).toMatchObject([
        { caption: 'four of them', media_type: 'image', media_sha256: hashes, sound: expect.any(String) },
        { caption: 'quiet', media_type: 'image', media_sha256: hashes.slice(0, 3), sound: null },
        { caption: 'just one', media_type: 'image', media_sha256: hashes.slice(0, 1), sound: expect.any(String) },
      ]);
    },
  );

  test('more than the gallery shows at once, in their order; more than TikTok takes is no request', async () => {
    await using house = await AppHouse.open();
    house.files = imagesOf(house, 13);
    const material_list = house.files.map(({ path }) => path);
    const config = { content_type: 1, image_count: 13, captions: 'all of them', material_list };
    expect(await house.endOf('post', config), house.story).toBe('completed');
    expect(house.simPhone.actions().posts[0]?.media_sha256).toEqual(house.files.map(({ sha256 }) => sha256));
    expect(validateConfig('post', { ...config, image_count: 36 })).toHaveProperty('error');
  });
});
