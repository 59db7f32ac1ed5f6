import { realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MediaHouse } from '../../test/support/media-house.ts';
import { seededRandom } from '../base/random.ts';
import { noteLoggedIn } from '../store/accounts.ts';
import { settleEffect } from '../store/effects.ts';
import { findMedia } from '../store/media.ts';
import { forgetUses, summariseUses } from '../store/media-uses.ts';

let house: MediaHouse;
beforeEach(async () => {
  house = await MediaHouse.open();
});
afterEach(() => house.close());

const messageOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'it was possible',
    (thrown: { code: string; message: string }) => `${thrown.code}: ${thrown.message}`,
  );

const addFilms = async (...names: string[]) => {
  for (const name of names) await house.add(house.film(name));
};

describe('the image of a comment', () => {
  const image = (path: string) => ({ kind: 'image', list: [path], mayBeRelative: true }) as const;
  const taken = async (path: string) => (await house.take(await house.attempt('account:1'), image(path)))[0]?.path;

  test('lies where its path says, below an allowed folder, or below the upload folder', async () => {
    const whole = await house.picture('elsewhere/a.png');
    const uploaded = await house.picture('data/upload/set/b.png');
    const allowed = await house.picture('allowed/set/b.png');
    expect(await taken(whole)).toBe(realpathSync(whole));
    expect(await taken('set/b.png')).toBe(realpathSync(uploaded));
    house.folders = [house.at('films'), house.at('allowed')];
    expect(await taken('set/b.png')).toBe(realpathSync(allowed));
    expect(await taken('./set/../set/b.png')).toBe(realpathSync(allowed));
    // an empty folder is not the end of the search
    house.folders = [house.at('films')];
    expect(await taken('set/b.png')).toBe(realpathSync(uploaded));
  });

  test('that lies nowhere is missing, and the folders are named', async () => {
    house.folders = [house.at('allowed')];
    expect(await messageOf(taken('gone.png'))).toBe(
      `media.missing: gone.png: is not in ${house.at('allowed')} or ${house.at('data', 'upload')}; put it there, or give the whole path`,
    );
  });

  test.each(['../seal.png', 'set/../../seal.png', '../data/seal.png', '..', 'set/../../upload-not/x.png'])(
    'is not read outside its folder: %s',
    async (path) => {
      await house.picture('data/seal.png');
      await house.picture('data/upload/set/b.png');
      await house.picture('data/upload-not/x.png');
      expect(await messageOf(taken(path))).toMatch(/^media.outside-roots: .*leads out of the folder/);
      house.folders = [house.at('allowed')];
      expect(await messageOf(taken(path))).toMatch(/^media.outside-roots: .*leads out of the folder/);
    },
  );

  test('is not reached by a link that leads out, nor by its hidden name', async () => {
    const secret = await house.picture('data/seal.png');
    await house.picture('data/upload/.hidden/c.png');
    symlinkSync(secret, house.at('data', 'upload', 'link.png'));
    expect(await messageOf(taken('link.png'))).toMatch(/^media.outside-roots: .*data folder/);
    expect(await messageOf(taken('.hidden/c.png'))).toMatch(/^media.outside-roots: .*hidden/);
    expect(await messageOf(taken('a\0b.png'))).toMatch(/^media.missing/);
    expect(await messageOf(taken('C:/images/a.png'))).toMatch(/^media.missing: .*Windows path/);
  });

  test('of a post is given by its whole path, as before', async () => {
    await house.picture('data/upload/b.png');
    const post = house.take(await house.attempt('account:1'), { kind: 'image', list: ['b.png'] });
    expect(await messageOf(post)).toMatch(/^media.missing: .*not an absolute path/);
  });
});

describe('the library', () => {
  test('an account gets each item once, in an order that chance decides, and then hears that it has posted all', async () => {
    await addFilms('a.mp4', 'b.mp4', 'c.mp4');
    const posted = [];
    for (const seed of [1, 2, 3]) posted.push(...(await house.post('account:1', {}, seed)));
    expect(posted.toSorted()).toEqual(['a.mp4', 'b.mp4', 'c.mp4']);
    expect(await messageOf(house.post('account:1', { account: '@mira' }))).toMatch(
      /^media.none-left: @mira has posted all 3 videos of the media library; .*media\.allow_reuse/,
    );
    // what one account has posted another one may
    expect(await house.post('account:2')).toHaveLength(1);
  });

  test('the same chance makes the same choice, and looking marks nothing as used', async () => {
    await addFilms('a.mp4', 'b.mp4', 'c.mp4', 'd.mp4');
    const taker = await house.attempt('account:1');
    const looked = await house.shelf.pick(house.wish(), seededRandom(7), taker);
    expect(await house.take(taker, {}, 7)).toEqual(looked);
  });

  test('any of the tags will do, and what carries the own username comes first, with or without its @', async () => {
    await house.add(house.film('plain.mp4'), { tags: ['trending'] });
    await house.add(house.film('dance.mp4'), { tags: ['dance'] });
    await house.add(house.film('other.mp4'), { tags: ['cooking'] });
    await house.add(house.film('own.mp4'), { tags: ['@mira', 'dance'] });
    const tags = ['#Trending', ' dance'];
    for (const seed of [1, 2, 3, 4]) {
      const taker = await house.attempt(`account:${seed + 10}`);
      expect((await house.take(taker, { tags, account: '@Mira' }, seed))[0]?.name).toBe('own.mp4');
      await house.shelf.settle(taker);
      await house.end(taker);
    }
    const all = [];
    for (const seed of [1, 2, 3]) all.push(...(await house.post('account:1', { tags, account: 'mira' }, seed)));
    expect(all[0]).toBe('own.mp4');
    expect(all.toSorted()).toEqual(['dance.mp4', 'own.mp4', 'plain.mp4']);
    expect(await messageOf(house.post('account:1', { tags: ['gardens'] }))).toMatch(
      /none of the 4 videos of the media library is tagged gardens/,
    );
  });

  test('a repetition needs the setting, or the item to allow it; the longest ago comes first then', async () => {
    await addFilms('a.mp4', 'b.mp4');
    const [first = ''] = await house.post('account:1', {}, 1);
    await house.tasks.clock.advance(1_000);
    const [second = ''] = await house.post('account:1', {}, 2);
    house.allowReuse = true;
    await house.tasks.clock.advance(1_000);
    expect(await house.post('account:1', {}, 3)).toEqual([first]);
    await house.tasks.clock.advance(1_000);
    expect(await house.post('account:1', {}, 4)).toEqual([second]);

    house.allowReuse = false;
    const item = await findMedia(house.tasks.store.read, 1);
    await house.library.change(1, { allowReuse: true });
    expect(await house.post('account:1', {}, 5)).toEqual([item?.name]);
  });

  test('the operator can say that an item counts as unused again', async () => {
    const { sha256 } = await house.add(house.film('a.mp4'));
    await house.post('account:1');
    await house.tasks.store.write((tx) => forgetUses(tx, sha256));
    expect(await house.post('account:1')).toEqual(['a.mp4']);
  });

  test.each([
    ['never began', undefined, true],
    ['was refused', 'refused', true],
    ['was seen not to happen', 'not-done', true],
    ['happened', 'done', false],
    ['may have happened', 'unconfirmed', false],
    ['was cut off', 'intended', false],
  ])('a use is given back when the public action %s: %s', async (_, state, isFree) => {
    await house.add(house.film('a.mp4'));
    const taker = await house.attempt('account:1');
    await house.take(taker);
    if (state) await house.effect(taker, state);
    await house.shelf.settle(taker);
    await house.end(taker);
    const again = await messageOf(house.take(await house.attempt('account:1')));
    expect(again).toMatch(isFree ? /possible/ : /none-left/);
  });

  test('a person who decides that it did not happen gives it back at once', async () => {
    const { sha256 } = await house.add(house.film('a.mp4'));
    const taker = await house.attempt('account:1');
    await house.take(taker);
    await house.effect(taker, 'unconfirmed');
    await house.shelf.settle(taker);
    await house.end(taker);
    const uses = async () => (await summariseUses(house.tasks.store.read, [sha256])).get(sha256)?.count ?? 0;
    expect(await uses()).toBe(1);
    await house.tasks.store.write((tx) =>
      settleEffect(tx, 1, { is: 'decided', verdict: 'not-done' }, { person: 'anna' }),
    );
    expect(await uses()).toBe(0);
  });

  test('what an attempt had taken that died without a word is free again', async () => {
    await house.add(house.film('a.mp4'));
    const dead = await house.attempt('account:1');
    await house.take(dead);
    await house.end(dead);
    expect(await house.post('account:1')).toEqual(['a.mp4']);
  });

  test('tasks at the same moment take different items, of one account as of several', async () => {
    await addFilms('a.mp4', 'b.mp4', 'c.mp4', 'd.mp4', 'e.mp4', 'f.mp4');
    const actors = ['account:1', 'account:1', 'account:1', 'account:2', 'account:3', 'account:3'];
    const takers = [];
    for (const actor of actors) takers.push(await house.attempt(actor));
    // the same chance for all, so that all of them want the same item first
    const taken = await Promise.all(takers.map((taker) => house.take(taker, {}, 'same')));
    expect(
      taken
        .flat()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual([...['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4', 'e.mp4', 'f.mp4']]);
    expect(await messageOf(house.take(await house.attempt('account:1'), {}, 'same'))).toMatch('it was possible');
  });

  test('accounts that start together share an item only when there are fewer items than accounts', async () => {
    await addFilms('a.mp4', 'b.mp4', 'c.mp4');
    const takers = [];
    for (const n of [1, 2, 3, 4, 5]) takers.push(await house.attempt(`account:${n}`));
    const taken = await Promise.all(takers.map((taker) => house.take(taker, {}, 'same')));
    const counts = Map.groupBy(taken.flat(), ({ name }) => name);
    expect([...counts.keys()].toSorted()).toEqual(['a.mp4', 'b.mp4', 'c.mp4']);
    expect([...counts.values()].map((list) => list.length).toSorted()).toEqual([1, 2, 2]);
  });

  test('what is tagged with the name of another account is the last that is taken, also at the same moment', async () => {
    for (const username of ['lena', 'bo']) {
      await house.tasks.store.write((tx) => noteLoggedIn(tx, { platform: 'tiktok', username, serial: 'd1' }));
    }
    await house.add(house.film('lena.mp4'), { tags: ['lena'] });
    await house.add(house.film('anybody.mp4'), { tags: ['boats'] });
    const [lena, bo] = [await house.attempt('account:1'), await house.attempt('account:2')];
    const names = await Promise.all([
      house.take(bo, { account: 'bo' }, 'same'),
      house.take(lena, { account: 'lena' }, 'same'),
    ]);
    expect(names.flat().map(({ name }) => name)).toEqual(['anybody.mp4', 'lena.mp4']);
    const again = await house.take(await house.attempt('account:2'), { account: 'bo' });
    expect(again.map(({ name }) => name)).toEqual(['lena.mp4']);
  });

  test('two tasks of one account and one item: the second gets nothing', async () => {
    await addFilms('a.mp4');
    const [one, two] = [await house.attempt('account:1'), await house.attempt('account:1')];
    const both = await Promise.all([messageOf(house.take(one)), messageOf(house.take(two))]);
    expect(both.filter((text) => text === 'it was possible')).toHaveLength(1);
    expect(both.filter((text) => text.startsWith('media.none-left'))).toHaveLength(1);
  });

  test('an item cannot be deleted while a running task posts it', async () => {
    const { id } = await house.add(house.film('a.mp4'));
    const taker = await house.attempt('account:1');
    await house.take(taker);
    expect(await messageOf(house.library.remove(id))).toMatch(
      new RegExp(`^media.in-use: task ${taker.taskId} is posting a.mp4; wait until it has ended, or stop it first`),
    );
    await house.end(taker);
    await house.library.remove(id);
    expect(await findMedia(house.tasks.store.read, id)).toBeUndefined();
  });

  test('an item whose bytes are gone is passed over', async () => {
    const item = await house.add(house.film('a.mp4'));
    await house.add(house.film('b.mp4'));
    rmSync(house.library.files.pathOf(item));
    expect(await house.post('account:1')).toEqual(['b.mp4']);
  });

  test('images come in the order of their numbers, each with what it is; too few are refused', async () => {
    for (const [index, name] of ['10.png', '2.png', '1 cover.png'].entries()) {
      await house.add(await house.picture(name, index + 1));
    }
    await house.add(house.film('a.mp4'));
    expect(await house.post('account:1', { kind: 'image', count: 3 })).toEqual(['1 cover.png', '2.png', '10.png']);
    expect(await messageOf(house.post('account:2', { kind: 'image', count: 4 }))).toMatch(
      /image_count asks for 4 images, and the media library has 3 that this phone has not posted/,
    );
  });

  test('an empty library says what to do, and its own caption comes with an item', async () => {
    expect(await messageOf(house.take(await house.attempt('account:1')))).toMatch(
      /media.none-left: the media library holds no video; upload some/,
    );
    await house.add(house.film('a.mp4'), { caption: 'from the {harbour}' });
    const [media] = await house.take(await house.attempt('account:1'));
    expect(media).toMatchObject({ caption: 'from the {harbour}', name: 'a.mp4', kind: 'video', mime: 'video/mp4' });
    expect(media?.isSpintax).toBeUndefined();
  });

  test('whatever happens in whatever order, no account posts a content twice', async () => {
    await addFilms('a.mp4', 'b.mp4', 'c.mp4');
    const step = fc.record({
      account: fc.integer({ min: 1, max: 2 }),
      end: fc.constantFrom('done', 'not-done', 'unconfirmed', 'refused', 'nothing'),
      seed: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await house.tasks.store.write(async (tx) => {
          for (const table of ['media_use', 'effect']) await tx.hot(`delete from ${table}`, []);
        });
        const public_ = new Set<string>();
        for (const { account, end, seed } of steps) {
          const taker = await house.attempt(`account:${account}`);
          const media = await house.take(taker, {}, seed).catch(() => []);
          for (const { sha256 } of media) {
            const key = `${account} ${sha256}`;
            expect(public_.has(key)).toBe(false);
            if (end === 'done' || end === 'unconfirmed') public_.add(key);
          }
          if (end !== 'nothing') await house.effect(taker, end);
          await house.shelf.settle(taker);
          await house.end(taker);
          const mine = [...public_].filter((key) => key.startsWith(`${account} `));
          if (media.length === 0) expect(mine).toHaveLength(3);
        }
        const uses = await summariseUses(
          house.tasks.store.read,
          [...public_].map((key) => key.split(' ')[1] ?? ''),
        );
        expect([...uses.values()].reduce((sum, { count }) => sum + count, 0)).toBe(public_.size);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a local folder', () => {
  const from = (folder: string) => ({ source: 'localFolder' as const, folder: house.at(folder) });

  test("the account's own folder comes first, with its caption as spintax; others get the files of the root", async () => {
    house.film('pool/root.mp4');
    house.film('pool/@Mira/mine.MP4');
    writeFileSync(house.at('pool/@Mira/caption.txt'), '\ufeff{Hi|Hello}\r\nfrom the pool\n');
    const [own] = await house.take(await house.attempt('account:1'), { ...from('pool'), account: '@mira' });
    expect(own).toMatchObject({ name: 'mine.MP4', caption: '{Hi|Hello}\nfrom the pool', isSpintax: true });
    const [root] = await house.take(await house.attempt('account:2'), { ...from('pool'), account: 'noel' });
    expect(root?.name).toBe('root.mp4');
    expect(root?.caption).toBeUndefined();
  });

  test('its lists of sounds are used in turn, and begin anew', async () => {
    for (const name of ['a', 'b', 'c']) house.film(`pool/${name}.mp4`, name);
    writeFileSync(house.at('pool/sound_names.txt'), 'Night Tram\r\n\n  Lundi matin \n');
    writeFileSync(house.at('pool/sound_urls.txt'), 'https://www.tiktok.com/music/kettle-7\n');
    const sounds: (string | undefined)[] = [];
    for (let posts = 0; posts < 3; posts++) {
      const taker = await house.attempt('account:1');
      const [media] = await house.take(taker, from('pool'));
      expect(media?.soundLink).toBe('https://www.tiktok.com/music/kettle-7');
      sounds.push(media?.soundName);
      await house.effect(taker, 'done');
      await house.shelf.settle(taker);
      await house.end(taker);
    }
    expect(sounds).toEqual(['Night Tram', 'Lundi matin', 'Night Tram']);
  });

  test('a file is not posted twice by one account, nor is its copy under another name', async () => {
    house.film('pool/a.mp4', 'one');
    house.film('pool/copy of a.mp4', 'one');
    house.film('pool/b.mp4', 'two');
    house.film('pool/notes.txt', 'three');
    const posted = [...(await house.post('account:1', from('pool'))), ...(await house.post('account:1', from('pool')))];
    expect(posted.filter((name) => name === 'b.mp4')).toHaveLength(1);
    expect(posted.filter((name) => name.endsWith('a.mp4'))).toHaveLength(1);
    expect(await messageOf(house.post('account:1', { ...from('pool'), account: 'mira' }))).toMatch(
      /media.none-left: .*pool: @mira has posted all 3 videos in it; add files/,
    );
    house.allowReuse = true;
    expect(await house.post('account:1', from('pool'))).toHaveLength(1);
  });

  test('images: image_count of them, by number', async () => {
    for (const [index, name] of ['3.png', '20.png', '1.jpg', 'x.png'].entries()) {
      await house.picture(`set/${name}`, index);
    }
    expect(await house.post('account:1', { ...from('set'), kind: 'image', count: 2 })).toEqual(['1.jpg', '3.png']);
    expect(await house.post('account:1', { ...from('set'), kind: 'image', count: 2 })).toEqual(['20.png', 'x.png']);
    expect(await messageOf(house.post('account:2', { ...from('set'), kind: 'image', count: 9 }))).toMatch(
      /image_count asks for 9 images, and 4 of 4 are left/,
    );
  });

  test('a damaged file is passed over; alone it is the reason', async () => {
    writeFileSync(house.at('broken.txt'), '');
    house.film('pool/good.mp4');
    writeFileSync(house.at('pool/bad.mp4'), 'no film');
    expect(await house.post('account:1', from('pool'), 1)).toEqual(['good.mp4']);
    expect(await messageOf(house.post('account:1', from('pool')))).toMatch(/^media.unusable: .*bad\.mp4.*text/);
  });

  test('an empty folder, a file and nothing at all are told apart', async () => {
    const film = house.film('pool/deep/a.mp4');
    const take = async (folder: string) =>
      messageOf(house.take(await house.attempt('account:1'), { source: 'localFolder', folder }));
    expect(await take(house.at('pool'))).toMatch(/media.none-left: .*there is no video in it/);
    expect(await take(film)).toMatch(/media.missing: .*is a file, not a folder/);
    expect(await take(house.at('nowhere'))).toMatch(/media.missing: .*does not exist/);
    expect(await take('pool')).toMatch(/media.missing: .*not an absolute path/);
  });
});

test('list wins over folder, folder over library', async () => {
  await addFilms('library.mp4');
  house.film('pool/folder.mp4');
  const listed = house.film('listed.mp4');
  const folder = { source: 'localFolder' as const, folder: house.at('pool') };
  expect(await house.post('account:1', { ...folder, list: [listed] })).toEqual(['listed.mp4']);
  expect(await house.post('account:1', folder)).toEqual(['folder.mp4']);
  expect(await house.post('account:1')).toEqual(['library.mp4']);
  // naming a file is asking for it, so it may be posted again
  expect(await house.post('account:1', { list: [listed] })).toEqual(['listed.mp4']);
});
