import { describe, expect, test } from 'vitest';
import { AppHouse } from './app-house.ts';
import { PostHouse } from './post-house.ts';

const openHouse = (sim: Record<string, unknown> = {}) => AppHouse.open({ platform: 'instagram', sim });
/** A warm-up as short as it can be: watching takes no time. */
const brief = (seconds: number, more: Record<string, unknown>) => ({
  task_duration: seconds,
  min_duration: 0,
  max_duration: 0,
  ...more,
});
const all = { like_probable: 100, floow_probable: 100, collect_probable: 100, comment_probable: 100 };

describe('on one phone', () => {
  test.each([
    ['410.0.0', 'en'],
    ['410.0.0', 'fr'],
    ['390.0.0', 'en'],
    ['390.0.0', 'fr'],
  ])('Instagram %s in %s: everything at once on the reels, ads passed over', async (appVersion, language) => {
    await using house = await openHouse({ appVersion, language });
    const config = brief(8, { ...all, comment: 'so calm\nwell made', comment_order: 'sequential' });
    expect(await house.endOf('account_warmup', config), house.story).toBe('completed');
    const { likes, favorites, follows, comments } = house.simPhone.actions();
    expect(likes.length, house.story).toBeGreaterThan(0);
    const urls = likes.map(({ url }) => url);
    expect(new Set(urls).size).toBe(urls.length);
    expect(
      favorites.map(({ url }) => url),
      house.story,
    ).toEqual(urls);
    expect(comments.length, house.story).toBeGreaterThan(0);
    expect(new Set(follows.map(({ target }) => target)).size).toBe(follows.length);
    expect(follows.length, house.story).toBeGreaterThan(0);
    const rows = house.journal.rows;
    expect(rows.map(({ state }) => state)).toEqual(rows.map(() => 'done'));
    expect(rows).toHaveLength(likes.length + favorites.length + follows.length + comments.length);
    expect(house.recorder.told.at(-1)).toMatch(/^watched \d+.*liked \d+.* 100%$/);
  });
});

describe('what it watches', () => {
  test('the reels of a topic', async () => {
    await using house = await openHouse();
    const config = brief(4, { topic: '#diy', like_probable: 100 });
    expect(await house.endOf('account_warmup', config), house.story).toBe('completed');
    const captionOf = (url: string) => house.world.posts('instagram').find((post) => post.url === url)?.caption;
    expect(captionOf(house.simPhone.actions().likes[0]?.url ?? ''), house.story).toContain('#diy');
  });

  test('a notice that lies over the words of a reel is none of them', async () => {
    await using house = await PostHouse.open({ platform: 'instagram' });
    expect(await house.codeOf(), house.story).toBe('completed');
    house.nextTask();
    expect(await house.endOf('account_warmup', brief(6, { like_probable: 100 })), house.story).toBe('completed');
    const targets = house.journal.rows.map(({ target }) => target);
    expect(targets.length, house.story).toBeGreaterThan(5);
    expect(targets.join()).not.toContain('Done');
  });

  test('a topic without any reel is named', async () => {
    await using house = await openHouse();
    const config = brief(4, { topic: 'zzz-nothing', like_probable: 100 });
    expect(await house.endOf('account_warmup', config), house.story).toBe('app.target-missing');
    expect(house.simPhone.actions().likes).toEqual([]);
  });

  test('nothing public where every chance is 0', async () => {
    await using house = await openHouse();
    expect(await house.endOf('account_warmup', brief(3, {})), house.story).toBe('completed');
    const none = { posts: [], follows: [], unfollows: [], comments: [], likes: [], favorites: [] };
    expect(house.simPhone.actions()).toEqual(none);
    expect(house.recorder.told.at(-1)).toMatch(/watched/);
  });

  test('drafts of a model are not built: it says so before anything is touched', async () => {
    await using house = await openHouse();
    const config = brief(3, {
      ...{ generate_by_chatgpt: true, chatgpt_settings: { api_key: 'k' }, comment_probable: 100 },
    });
    expect(await house.endOf('account_warmup', config)).toBe('app.missing-script');
  });
});

describe('what the rules and the platform refuse', () => {
  test('a cap that is reached is recorded and left out, and the rest goes on', async () => {
    await using house = await openHouse();
    house.journal.refuses = ({ kind }) => (kind === 'like' || kind === 'favourite' ? undefined : `${kind}: 30 a day`);
    expect(await house.endOf('account_warmup', brief(8, { ...all, comment: 'hi' })), house.story).toBe('completed');
    const { likes, follows, comments } = house.simPhone.actions();
    expect([follows, comments]).toEqual([[], []]);
    expect(likes.length).toBeGreaterThan(0);
    expect(house.recorder.told.at(-1)).toMatch(/refused \d/);
  });

  test('a gap that reaches beyond the end is not waited for: it is left out, and the task is over in time', async () => {
    await using house = await openHouse();
    house.journal.gapMs = 30_000;
    expect(await house.endOf('account_warmup', brief(6, all)), house.story).toBe('completed');
    expect(house.recorder.told.at(-1)).toMatch(/refused \d/);
    expect(house.journal.rows).toEqual([]);
  });

  test('a platform that slows the account down ends it', async () => {
    await using house = await openHouse();
    house.simPhone.faults.add({ kind: 'rate-limited' });
    expect(await house.endOf('account_warmup', brief(30, all)), house.story).toBe('app.limited');
    expect(house.simPhone.actions().likes).toEqual([]);
  });
});
