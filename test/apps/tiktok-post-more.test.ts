import { describe, expect, test } from 'vitest';
import { PostHouse } from './post-house.ts';

const openHouse = (sim: Record<string, unknown> = {}) => PostHouse.open({ sim });
const posts = (house: PostHouse) => house.simPhone.actions().posts;

describe.concurrent('more about a post', () => {
  test.each([
    ['46.4.3', 'en'],
    ['43.1.4', 'fr'],
  ])('on TikTok %s in %s: the label for AI and a product', async (appVersion, language) => {
    await using house = await openHouse({ appVersion, language });
    const config = { captions: 'labelled', ai_label: true, add_product_link: 1 };
    expect(await house.codeOf(config), house.story).toBe('completed');
    expect(posts(house)).toMatchObject([
      { caption: 'labelled', ai_label: true, product_link: expect.stringMatching(/product\/\d+$/) },
    ]);
  });

  test('whatever the ids are called', async () => {
    await using house = await openHouse();
    house.simPhone.faults.add({ kind: 'renamed-ids' });
    expect(await house.codeOf({ ai_label: true, add_product_link: 1 }), house.story).toBe('completed');
    expect(posts(house)).toMatchObject([{ ai_label: true, product_link: expect.any(String) }]);
  });

  test.each([
    ['46.4.3', 'offers no link'],
    ['43.1.4', 'has no product in its showcase'],
  ])('on TikTok %s, an account that %s posts nothing', async (appVersion, why) => {
    await using house = await openHouse({ appVersion });
    for (const { username } of house.world.accountsOn(house.simPhone.serial, 'tiktok')) {
      house.world.setShowcase('tiktok', username, []);
    }
    const failed = house.post({ add_product_link: 1 });
    await expect(failed, house.story).rejects.toMatchObject({ code: 'app.target-missing' });
    await expect(failed).rejects.toThrow(`${why}; put a product into its showcase`);
    expect(posts(house)).toEqual([]);
    expect(house.journal.rows).toEqual([]);
  });
});
