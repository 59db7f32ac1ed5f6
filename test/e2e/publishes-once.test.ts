import { describe, expect, test } from 'vitest';
import { adbKinds } from '../support/adb-servers.ts';
import { postBody, ServerHouse } from '../support/server-house.ts';

describe.each(adbKinds)('through $name', (adb) => {
  test.skipIf(!adb.isHere)(
    'the documented request becomes one published video, with a trace that proves it',
    async () => {
      await using house = await ServerHouse.open({ adb });
      const film = house.film();
      const reply = await house.api.call('POST', '/task', postBody(house.serial, film.path));
      expect(reply).toMatchObject({
        status: 200,
        code: 0,
        message: 'success',
        data: { task_ids: [1], created_count: 1 },
      });

      const seen = new Set<number>();
      await house.api.until(async () => {
        const { status } = await house.api.task(1);
        seen.add(status);
        return status >= 2;
      });
      expect([...seen].at(-1)).toBe(2);
      expect(seen.has(1)).toBe(true);

      const { posts } = house.phone.actions();
      expect(posts).toMatchObject([
        { app: 'tiktok', caption: 'a quiet morning', media_sha256: [film.sha256], media_type: 'video' },
      ]);
      expect(house.phone.host.unknown).toEqual([]);
      expect(house.phone.files.media('video').filter((row) => row.path.includes('Drover'))).toEqual([]);

      const [attempt] = (await house.api.trace(1)).attempts;
      expect(attempt).toMatchObject({ n: 1, serial: house.serial, outcome: 'completed', code: null });
      const effect = attempt?.steps.find((step) => step.kind === 'effect');
      expect(effect?.intent).not.toBeNull();
      expect(effect?.proof).toMatchObject({ before: { picture: expect.any(String) } });
      const picture = attempt?.steps.find((step) => step.picture !== null)?.picture;
      const image = await fetch(`${house.api.base}/api/v1/task/1/trace/${picture}`);
      expect(image.headers.get('content-type')).toMatch(/^image\/(png|jpeg)$/);
      expect(attempt?.wire.length).toBeGreaterThan(0);
    },
  );
});

test.each([
  [
    'share, emoji and right-to-left words',
    { post_way: 'share', captions: 'صباح الخير ⛵ שלום 👩‍👩‍👧‍👦 {a|a}' },
    'صباح الخير ⛵ שלום 👩‍👩‍👧‍👦 a',
  ],
  ['the add button', { post_way: 'addButton', captions: 'two\nlines' }, 'two\nlines'],
  ['the old spelling of the add button', { post_way: 'add_button' }, 'a quiet morning'],
  [
    '2,000 characters',
    { captions: 'long words, '.repeat(167).slice(0, 2_000) },
    'long words, '.repeat(167).slice(0, 2_000),
  ],
  ['no caption', { captions: '' }, ''],
])('%s', async (_, config, caption) => {
  await using house = await ServerHouse.open();
  const [id = 0] = await house.api.create(postBody(house.serial, house.film().path, config));
  expect(await house.api.ended(id)).toMatchObject({ status: 2 });
  expect(house.phone.actions().posts.map((post) => post.caption.trim())).toEqual([caption.trim()]);
});

test.each([
  ['en', '43.1.4'],
  ['fr', '43.1.4'],
  ['fr', '46.4.3'],
  ['en', '35.1.4'],
  ['en', '99.0.0'],
])('in %s on version %s', async (language, appVersion) => {
  await using house = await ServerHouse.open({ language, appVersion });
  const [id = 0] = await house.api.create(postBody(house.serial, house.film().path));
  expect(await house.api.ended(id)).toMatchObject({ status: 2 });
  expect(house.phone.actions().posts).toHaveLength(1);
});

test('ten videos on two phones: each phone one at a time, each published once', async () => {
  await using house = await ServerHouse.open({ phones: 2 });
  const serials = house.fleet.phones.map((phone) => phone.host.serial);
  const films = Array.from({ length: 5 }, () => house.film());
  const ids: number[] = [];
  for (const [n, film] of films.entries()) {
    ids.push(...(await house.api.create(postBody(serials, film.path, { captions: `number ${n}` }))));
  }
  // Public actions of one account lie 30 s apart: the first of each phone goes, the others say why they wait.
  await house.api.until(async () => (await house.api.stats()).completed >= 2);
  for (const phone of house.fleet.phones) expect(phone.actions().posts).toHaveLength(1);
  expect((await house.api.stats()).failed).toBe(0);
  expect(ids).toHaveLength(10);
});
