import { describe, expect, test } from 'vitest';
import { codeOf } from '../../src/sim/instagram/links.ts';
import { AppHouse } from './app-house.ts';
import { showLink } from './strikes.ts';

const own = 'lena.paints';
const openHouse = (sim: Record<string, unknown> = {}) => AppHouse.open({ platform: 'instagram', sim });
const postOf = (house: AppHouse, author: string, mediaType: 'video' | 'image') => {
  const post = house.world.postsBy('instagram', author).find((one) => one.mediaType === mediaType);
  if (!post) throw new Error(`${author} has no ${mediaType}`);
  return post;
};
const written = (house: AppHouse) => house.simPhone.actions().comments.map(({ text }) => text);

describe('on one phone', () => {
  test.each([
    ['410.0.0', 'en'],
    ['410.0.0', 'fr'],
    ['390.0.0', 'en'],
    ['390.0.0', 'fr'],
  ])('Instagram %s in %s: below a photo and below a reel, in turn, with emoji', async (appVersion, language) => {
    await using house = await openHouse({ appVersion, language });
    const [photo, reel] = [postOf(house, 'sable.dance', 'image'), postOf(house, 'sable.dance', 'video')];
    const ends = async (config: Record<string, unknown>, position = 0) => {
      house.nextTask();
      return await house.endOf('comment', config, { position });
    };
    const lines = { comment_content: 'So calm\nأحسنت 🌿 “bravo”', comment_order: 'sequential' };
    expect(await ends({ ...lines, target_post_urls: [photo.url] }), house.story).toBe('completed');
    expect(await ends({ ...lines, target_post_urls: [reel.url] }, 1), house.story).toBe('completed');
    expect(house.simPhone.actions().comments).toMatchObject([
      { account: own, url: photo.url, text: 'So calm' },
      { account: own, url: reel.url, text: 'أحسنت 🌿 “bravo”' },
    ]);
    expect(house.journal.rows.map(({ target, alias }) => [target, alias])).toEqual([
      [`instagram.com/p/${codeOf(photo.id)}`, 'post of @sable.dance'],
      [`instagram.com/p/${codeOf(reel.id)}`, expect.stringContaining('reel of @sable.dance: ')],
    ]);
    const emoji = { comment_content: 'nice work', insert_emoji: true, target_post_url: photo.url };
    expect(await ends(emoji), house.story).toBe('completed');
    expect(written(house)[2]).toMatch(/^nice work \P{ASCII}+$/u);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  test('the same words of ours that can be read there already are done', async () => {
    await using house = await openHouse({ appVersion: '390.0.0' });
    const post = postOf(house, 'sable.dance', 'image');
    const config = { target_post_url: post.url, comment_content: 'So calm' };
    expect(await house.endOf('comment', config), house.story).toBe('completed');
    house.nextTask();
    expect(await house.endOf('comment', config), house.story).toBe('completed');
    house.nextTask();
    expect(await house.endOf('comment', { ...config, insert_emoji: true }), house.story).toBe('completed');
    expect(written(house)).toEqual(['So calm']);
    expect(house.journal.rows).toHaveLength(1);
  });
});

describe('no comment is possible', () => {
  test('a post that is gone, and comments turned off: the code says which', async () => {
    await using house = await openHouse();
    const off = house.world.postsBy('instagram', 'mossandmortar')[0];
    const ends = (url: string) => house.endOf('comment', { target_post_url: url, comment_content: 'hello' });
    expect(await ends('https://www.instagram.com/reel/AAAAAAAAAAA/'), house.story).toBe('app.target-missing');
    expect(await ends('https://www.instagram.com/p/AAAAAAAAAAA/'), house.story).toBe('app.target-missing');
    expect(await ends(off?.url ?? ''), house.story).toBe('app.comments-off');
    expect(house.journal.rows).toEqual([]);
    expect(written(house)).toEqual([]);
  });

  test('another post that comes up once the right one is open gets no comment', async () => {
    await using house = await openHouse();
    const config = { target_post_url: postOf(house, 'sable.dance', 'video').url, comment_content: 'So calm' };
    house.onStep = ({ kind, name }) => {
      if (kind === 'step' && name === 'open the post')
        showLink(house, 'instagram', postOf(house, 'harbor.kiln', 'video').url);
    };
    expect(await house.endOf('comment', config), house.story).toBe('app.unexpected-screen');
    house.onStep = () => {};
    expect(written(house)).toEqual([]);
    expect(await house.endOf('comment', config), house.story).toBe('completed');
    expect(written(house)).toEqual(['So calm']);
  });
});

describe.concurrent('what goes wrong around the tap', () => {
  const sendTap = 'instagram.comments-typing.commentSend';
  const open = async () => {
    const house = await openHouse();
    const post = postOf(house, 'sable.dance', 'image');
    return { house, config: { target_post_url: post.url, comment_content: 'So calm' } };
  };

  test('a tap that the app never saw is no comment, and the next attempt writes it once', async () => {
    const { house, config } = await open();
    await using _ = house;
    house.simPhone.faults.add({ kind: 'lost-tap', at: 'Post' });
    expect(await house.endOf('comment', config), house.story).toBe('task.effect-not-done');
    expect(written(house)).toEqual([]);
    expect(await house.endOf('comment', config), house.story).toBe('completed');
    expect(written(house)).toEqual(['So calm']);
  });

  test('an attempt that dies right after the tap is found to have written it', async () => {
    const { house, config } = await open();
    await using _ = house;
    house.interruptAfterTap(sendTap);
    expect(await house.endOf('comment', config)).toBe('server.stopping');
    expect(await house.endOf('comment', config), house.story).toBe('completed');
    expect(written(house)).toEqual(['So calm']);
    expect(house.journal.rows.map(({ state }) => state)).toEqual(['done']);
  });
});
