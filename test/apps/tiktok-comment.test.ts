import { describe, expect, test } from 'vitest';
import { shortUrl } from '../../src/sim/tiktok/links.ts';
import { AppHouse } from './app-house.ts';
import { showLink } from './strikes.ts';

const own = 'lena.paints';
const postOf = (house: AppHouse, author = 'harbor.kiln', index = 0) => {
  const post = house.world.postsBy('tiktok', author)[index];
  if (!post) throw new Error(`no post of ${author}`);
  return post;
};
const pageName = (house: AppHouse, { author, caption }: ReturnType<typeof postOf>) =>
  `video of ${house.world.profile('tiktok', author)?.name}: ${[...caption].slice(0, 60).join('')}`;
const written = (house: AppHouse) => house.simPhone.actions().comments.map(({ text }) => text);
/** A JPEG as far as a gallery looks at it. */
const image = Uint8Array.from([
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
  0xff,
  0xd9,
]);

describe('on one phone', () => {
  test.each([
    ['46.4.3', 'en'],
    ['46.4.3', 'fr'],
    ['43.1.4', 'en'],
    ['43.1.4', 'fr'],
  ])('TikTok %s in %s: by link and short link, in turn, with emoji, with an image', async (appVersion, language) => {
    await using house = await AppHouse.open({ sim: { appVersion, language } });
    const [first, second] = [postOf(house), postOf(house, 'bakeoff.bruno')];
    const ends = async (config: Record<string, unknown>, position = 0) => {
      house.nextTask();
      return await house.endOf('comment', config, { position });
    };
    const lines = { comment_content: 'So calm\nأحسنت 🌿 “bravo”', comment_order: 'sequential' };
    expect(await ends({ ...lines, target_post_urls: [first.url] }), house.story).toBe('completed');
    expect(await ends({ ...lines, target_post_urls: [shortUrl(second.id)] }, 1), house.story).toBe('completed');
    expect(house.simPhone.actions().comments).toMatchObject([
      { account: own, url: first.url, text: 'So calm' },
      { account: own, url: second.url, text: 'أحسنت 🌿 “bravo”' },
    ]);
    // limits know the first by its address and by its page, the second, whose link tells no address, by its page
    expect(house.journal.rows.map(({ target, alias }) => [target, alias])).toEqual([
      [`tiktok.com/video/${first.id}`, pageName(house, first)],
      [pageName(house, second), undefined],
    ]);
    // the same words stand there already
    expect(await ends({ ...lines, target_post_urls: [first.url] }), house.story).toBe('completed');
    expect(await ends({ ...lines, target_post_urls: [first.url], insert_emoji: true }), house.story).toBe('completed');
    expect(written(house)).toHaveLength(2);
    expect(house.journal.rows).toHaveLength(2);
    const emoji = { comment_content: 'nice work', insert_emoji: true, target_post_url: second.url };
    expect(await ends(emoji), house.story).toBe('completed');
    expect(written(house)[2]).toMatch(/^nice work \P{ASCII}+$/u);
    house.files = [house.file('mug.jpg', image)];
    const withImage = { comment_content: 'like this one', comment_image_path: '/upload/mug.jpg' };
    expect(await ends({ ...withImage, target_post_url: first.url }), house.story).toBe('completed');
    expect(house.simPhone.actions().comments[3]).toMatchObject({
      text: 'like this one',
      image_sha256: house.files[0]?.sha256,
    });
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
  });
});

describe('no comment is possible', () => {
  test('a video that is gone, one of a closed account, comments turned off: the code says which', async () => {
    await using house = await AppHouse.open();
    const off = postOf(house, 'noor_repairs');
    off.commentsOff = true;
    house.world.addProfile({ app: 'tiktok', username: 'harbor.kiln', isSuspended: true });
    const ends = (url: string) => house.endOf('comment', { target_post_url: url, comment_content: 'hello' });
    expect(await ends('https://www.tiktok.com/@noor_repairs/video/1'), house.story).toBe('app.target-missing');
    expect(await ends('https://vm.tiktok.com/ZZZZZ/'), house.story).toBe('app.target-missing');
    expect(await ends(postOf(house).url), house.story).toBe('app.target-missing');
    expect(await ends(off.url), house.story).toBe('app.comments-off');
    expect(await house.endOf('follow', { target_user: 'harbor.kiln' })).toBe('app.target-missing');
    expect(written(house)).toEqual([]);
    expect(house.journal.rows).toEqual([]);
  });

  test('another video that comes up once the right one is open gets no comment', async () => {
    await using house = await AppHouse.open();
    const config = { target_post_url: postOf(house).url, comment_content: 'So calm' };
    house.onStep = ({ kind, name }) => {
      if (kind === 'step' && name === 'open the video') showLink(house, 'tiktok', postOf(house, 'bakeoff.bruno').url);
    };
    expect(await house.endOf('comment', config), house.story).toBe('app.unexpected-screen');
    house.onStep = () => {};
    expect(written(house)).toEqual([]);
    expect(await house.endOf('comment', config), house.story).toBe('completed');
    expect(written(house)).toEqual(['So calm']);
  });
});

describe.concurrent('what goes wrong around the tap', () => {
  const config = (house: AppHouse) => ({ target_post_url: postOf(house).url, comment_content: 'So calm' });
  const states = (house: AppHouse) => house.journal.rows.map(({ state }) => state);

  test('a tap that the app never saw is no comment, and the next attempt writes it once', async () => {
    await using house = await AppHouse.open({ sim: { appVersion: '35.9.3' } });
    house.simPhone.faults.add({ kind: 'lost-tap', at: 'Post comment' });
    expect(await house.endOf('comment', config(house)), house.story).toBe('task.effect-not-done');
    expect(written(house)).toEqual([]);
    expect(await house.endOf('comment', config(house)), house.story).toBe('completed');
    expect(written(house)).toEqual(['So calm']);
  });

  test('the platform refuses: the code says so, and nothing was written', async () => {
    await using house = await AppHouse.open();
    house.simPhone.faults.add({ kind: 'rate-limited' });
    expect(await house.endOf('comment', config(house)), house.story).toBe('app.limited');
    expect(written(house)).toEqual([]);
    expect(states(house)).toEqual(['not-done']);
  });

  test('an attempt that dies before the tap leaves the words in the field, which shows it', async () => {
    await using house = await AppHouse.open();
    house.journal.onIntent = () => house.interrupt();
    expect(await house.endOf('comment', config(house))).toBe('server.stopping');
    house.journal.onIntent = () => {};
    expect(await house.endOf('comment', config(house)), house.story).toBe('completed');
    expect(written(house)).toEqual(['So calm']);
    expect(states(house)).toEqual(['not-done', 'done']);
  });

  test('one that dies right after it is found to have done it', async () => {
    await using house = await AppHouse.open();
    house.interruptAfterTap('tiktok.comments-typing.commentSend');
    expect(await house.endOf('comment', config(house))).toBe('server.stopping');
    house.simPhone.ui.forceStop('com.zhiliaoapp.musically');
    expect(await house.endOf('comment', config(house)), house.story).toBe('completed');
    expect(written(house)).toEqual(['So calm']);
    expect(states(house)).toEqual(['done']);
  });

  test('one that dies before the tap together with the app proves nothing: a person decides', {
    timeout: 60_000,
  }, async () => {
    await using house = await AppHouse.open();
    house.journal.onIntent = () => house.interrupt();
    expect(await house.endOf('comment', config(house))).toBe('server.stopping');
    house.journal.onIntent = () => {};
    house.simPhone.ui.forceStop('com.zhiliaoapp.musically');
    expect(await house.endOf('comment', config(house)), house.story).toBe('doubt');
    expect(written(house)).toEqual([]);
    expect(states(house)).toEqual(['unconfirmed']);
  });
});
