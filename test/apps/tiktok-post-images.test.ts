import { describe, expect, test } from 'vitest';
import { AppHouse } from './app-house.ts';

/** JPEGs as far as a gallery looks at them, each other bytes. */
const imagesOf = (house: AppHouse, count: number) =>
  Array.from({ length: count }, (_, index) =>
    house.file(
      `photo-${index}.jpg`,
      Uint8Array.from([
        0xff,
        0xd8,
        0xff,
        0xe0,
        0,
        16,
        ...Buffer.from('JFIF\0'),
        1,
        1,
        0,
        0,
        1,
        0,
        1,
        0,
        0,
        index,
        0xff,
        0xd9,
      ]),
    ),
  );

describe('images are posted', () => {
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
});
