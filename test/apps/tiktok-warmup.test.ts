import { describe, expect, test } from 'vitest';
import { modelFor } from '../../src/sim/models.ts';
import { codeOf } from '../../src/sim/tiktok/links.ts';
import { AppHouse } from './app-house.ts';

/** A warm-up as short as it can be: watching takes no time. */
const brief = (seconds: number, more: Record<string, unknown>) => ({
  task_duration: seconds,
  min_duration: 0,
  max_duration: 0,
  ...more,
});

describe('on one phone', () => {
  test.each([
    ['46.4.3', 'en'],
    ['46.4.3', 'fr'],
    ['43.1.4', 'en'],
    ['43.1.4', 'fr'],
  ])(
    'TikTok %s in %s: everything at once on the feed, ads and people on air passed over',
    async (appVersion, language) => {
      await using house = await AppHouse.open({ sim: { appVersion, language } });
      const config = brief(8, {
        ...{ like_probable: 100, floow_probable: 100, collect_probable: 100, comment_probable: 100 },
        ...{ comment: 'so calm\nwell made', comment_order: 'sequential' },
      });
      expect(await house.endOf('account_warmup', config), house.story).toBe('completed');
      const { likes, favorites, follows, comments } = house.simPhone.actions();
      expect(likes.length, house.story).toBeGreaterThan(0);
      const urls = likes.map(({ url }) => url);
      expect(new Set(urls).size).toBe(urls.length);
      expect(favorites.map(({ url }) => url)).toEqual(urls);
      expect(comments.map(({ url }) => url).slice(0, urls.length)).toEqual(urls.slice(0, comments.length));
      expect(comments.map(({ text }) => text).slice(0, 2)).toEqual(['so calm', 'well made'].slice(0, comments.length));
      expect(new Set(follows.map(({ target }) => target)).size).toBe(follows.length);
      const posts = house.world.posts('tiktok');
      expect(urls.filter((url) => posts.find((post) => post.url === url)?.isAd)).toEqual([]);
      const rows = house.journal.rows;
      expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'done'));
      expect(rows).toHaveLength(likes.length + favorites.length + follows.length + comments.length);
      expect(house.recorder.told.at(-1)).toMatch(/^watched \d+.*liked \d+.* 100%$/);
    },
  );
});

describe('what it watches', () => {
  test('the videos of a topic; a topic without any is named', async () => {
    await using house = await AppHouse.open();
    const config = brief(5, { topic: '#diy', like_probable: 100 });
    expect(await house.endOf('account_warmup', config), house.story).toBe('completed');
    const { likes } = house.simPhone.actions();
    const first = house.world.searchPosts('tiktok', '#diy')[0];
    expect(likes[0]?.url, house.story).toBe(first?.url);
    house.nextTask();
    expect(await house.endOf('account_warmup', brief(5, { topic: 'zzz-nothing' })), house.story).toBe(
      'app.target-missing',
    );
  });

  test('nothing public where every chance is 0, and what was liked before is left alone', async () => {
    await using house = await AppHouse.open();
    const serial = house.simPhone.serial;
    const actor = { serial, app: 'tiktok' as const, account: 'lena.paints' };
    expect(await house.endOf('account_warmup', brief(3, {})), house.story).toBe('completed');
    const none = { posts: [], follows: [], unfollows: [], comments: [], likes: [], favorites: [] };
    expect(house.simPhone.actions()).toEqual(none);
    expect(house.recorder.told.at(-1)).toMatch(/watched/);
    for (const post of house.world.posts('tiktok')) house.world.like(actor, post.id);
    const before = house.simPhone.actions();
    house.nextTask();
    const all = { like_probable: 100, collect_probable: 100, floow_probable: 100 };
    expect(await house.endOf('account_warmup', brief(4, all)), house.story).toBe('completed');
    expect(house.simPhone.actions()).toEqual(before);
  });
});

describe('words of a model', () => {
  const config = brief(4, {
    ...{ generate_by_chatgpt: true, chatgpt_settings: { api_key: 'k' }, comment: 'unused' },
    comment_probable: 100,
  });
  const linkOf = (id: string) => `https://vm.tiktok.com/${codeOf(id)}/`;

  test.each([
    ['16', 36],
    ['9', 28],
  ])('Android %s: they become drafts with the link of the video, and nothing is sent', async (release, sdk) => {
    await using house = await AppHouse.open({ sim: { model: { ...modelFor(0), release, sdk } } });
    house.simPhone.ui.clipboard = 'a secret of somebody';
    expect(await house.endOf('account_warmup', config), house.story).toBe('completed');
    expect(house.simPhone.actions().comments).toEqual([]);
    expect(house.drafts.length, house.story).toBeGreaterThan(0);
    for (const { kind, target, prompt } of house.drafts) {
      const post = house.world.posts('tiktok').find(({ id }) => target === linkOf(id));
      expect(kind).toBe('comment');
      expect(prompt).toContain(post?.caption);
    }
    const seen = house.recorder.hierarchies.join();
    expect(seen).not.toContain('secret');
    expect(house.story).not.toMatch(/^ *type /m);
    expect(house.story).not.toContain('no draft');
  });

  test('a video that takes no comments has no draft, and the warm-up goes on', async () => {
    await using house = await AppHouse.open();
    const off = house.world.posts('tiktok').filter((_, index) => index % 2 === 0);
    for (const post of off) post.commentsOff = true;
    expect(await house.endOf('account_warmup', brief(8, { ...config, task_duration: 8 })), house.story).toBe(
      'completed',
    );
    expect(house.story).toContain('no draft: it takes no comments');
    expect(house.drafts.length).toBeGreaterThan(0);
    const closed = off.map(({ id }) => linkOf(id));
    expect(house.drafts.filter(({ target }) => closed.includes(target))).toEqual([]);
  });

  test('where no link arrives there is no draft, and the warm-up goes on', async () => {
    await using house = await AppHouse.open();
    // an app that copies nothing: what was copied before is no link of this video
    let held = 'https://vm.tiktok.com/earlier/';
    const set = (text: string) => {
      if (text === '') held = text;
    };
    Object.defineProperty(house.simPhone.ui, 'clipboard', { get: () => held, set });
    expect(await house.endOf('account_warmup', config), house.story).toBe('completed');
    expect(house.story).toContain('no draft: its link was not copied');
    expect([house.drafts, house.simPhone.actions().comments]).toEqual([[], []]);
  });
});

describe('what the rules and the platform refuse', () => {
  const all = { like_probable: 100, floow_probable: 100, collect_probable: 100, comment_probable: 100, comment: 'hi' };

  test('a cap that is reached is recorded and left out, and the rest goes on', async () => {
    await using house = await AppHouse.open();
    house.journal.refuses = ({ kind }) => (kind === 'like' || kind === 'favourite' ? undefined : `${kind}: 30 a day`);
    expect(await house.endOf('account_warmup', brief(8, all)), house.story).toBe('completed');
    const { likes, favorites, follows, comments } = house.simPhone.actions();
    expect([follows, comments]).toEqual([[], []]);
    expect(likes.length).toBeGreaterThan(0);
    expect(favorites.length).toBeGreaterThan(0);
    expect(house.recorder.told.at(-1)).toMatch(/refused \d/);
    expect(house.recorder.steps.map(({ decision }) => decision)).toContain('follow: 30 a day');
  });

  test('a gap that reaches beyond the end is not waited for: it is left out, and the task is over in time', async () => {
    await using house = await AppHouse.open();
    house.journal.gapMs = 30_000;
    expect(await house.endOf('account_warmup', brief(6, all)), house.story).toBe('completed');
    expect(house.recorder.told.at(-1)).toMatch(/refused \d/);
    expect(house.journal.rows).toEqual([]);
  });

  test('a platform that slows the account down ends it', async () => {
    await using house = await AppHouse.open();
    house.simPhone.faults.add({ kind: 'rate-limited' });
    expect(await house.endOf('account_warmup', brief(30, all)), house.story).toBe('app.limited');
    expect(house.simPhone.actions().likes).toEqual([]);
  });

  test('an attempt that dies after a like goes on, and likes nothing twice', async () => {
    await using house = await AppHouse.open();
    house.interruptAfterTap('tiktok.feed.like');
    expect(await house.endOf('account_warmup', brief(20, all))).toBe('server.stopping');
    expect(await house.endOf('account_warmup', brief(4, { like_probable: 100 })), house.story).toBe('completed');
    const urls = house.simPhone.actions().likes.map(({ url }) => url);
    expect(new Set(urls).size).toBe(urls.length);
    expect(house.journal.rows[0]).toMatchObject({ kind: 'like', state: 'unconfirmed' });
  });
});
