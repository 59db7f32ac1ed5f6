import { expect, test } from 'vitest';
import { shortUrl } from '../../src/sim/tiktok/links.ts';
import { ServerHouse } from '../support/server-house.ts';

test('follow, comment, unfollow with a switch of the account, and a warm-up: each from one request to one deed', async () => {
  await using house = await ServerHouse.open({ phones: 4, prompts: 'on-demand' });
  const { world, phones } = house.fleet;
  const [first, second, third, fourth] = phones;
  const post = world.postsBy('tiktok', 'bakeoff.bruno')[0];
  if (!first || !second || !third || !fourth || !post) throw new Error('no phones');
  const switched = 'the.bakes.corner.ines';
  world.addFollow('tiktok', switched, 'noor_repairs');
  const account = { platform: 'tiktok', username: switched, device: third.serial, owned: true };
  expect((await house.api.call('POST', '/accounts', account)).code).toBe(0);

  const ids = (
    await Promise.all([
      house.api.create({
        serials: [first.serial],
        script_name: 'follow',
        script_config: { target_users: ['@harbor.kiln'], access_method: 'search' },
      }),
      house.api.create({
        serials: [second.serial],
        script_name: 'comment',
        script_config: { target_post_url: shortUrl(post.id), comment_content: 'So calm', insert_emoji: true },
      }),
      house.api.create({
        usernames: [`@${switched}`],
        script_name: 'unfollow',
        script_config: { target_user: 'noor_repairs' },
      }),
      house.api.create({
        serials: [fourth.serial],
        script_name: 'account_warmup',
        script_config: { task_duration: 4, min_duration: 4, max_duration: 4, like_probable: 100 },
      }),
    ])
  ).flat();
  const ended = await Promise.all(ids.map((id) => house.api.ended(id)));
  expect(ended.map(({ status, remark }) => ({ status, remark }))).toEqual(ids.map(() => ({ status: 2, remark: '' })));

  expect(first.actions().follows).toMatchObject([{ account: 'lena.paints', target: 'harbor.kiln' }]);
  expect(second.actions().comments).toMatchObject([
    { url: post.url, text: expect.stringMatching(/^So calm \P{ASCII}+$/u) },
  ]);
  expect(third.actions().unfollows).toMatchObject([{ account: switched, target: 'noor_repairs' }]);
  expect(fourth.actions().likes).toHaveLength(1);
  for (const phone of phones) expect(phone.host.unknown).toEqual([]);
});
