import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFilm } from '../../test/support/film.ts';
import { MediaHouse } from '../../test/support/media-house.ts';
import { seededRandom } from '../base/random.ts';
import type { MediaWish } from './choice.ts';

let house: MediaHouse;
let folder: string;
const at = (...names: string[]): string => join(folder, ...names);
let film: Uint8Array;

beforeAll(async () => {
  house = await MediaHouse.open();
  folder = realpathSync(house.at());
  for (const name of ['films', '.secret', 'allowed']) mkdirSync(at(name));
  for (const name of ['one.mp4', 'two.mp4', 'three.mp4']) writeFilm(at('films', name), name);
  film = writeFilm(at('films', 'a.mp4'), 'a');
  writeFileSync(at('films', 'name with spaces é.bin'), film);
  writeFileSync(at('films', 'empty.mp4'), '');
  writeFileSync(at('films', 'text.mp4'), 'this is no film at all');
  writeFileSync(at('films', 'cut.mp4'), film);
  truncateSync(at('films', 'cut.mp4'), film.length - 40_000);
  writeFileSync(at('films', 'playlist.mp4'), '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nhttp://127.0.0.1:9/x.ts\n');
  writeFileSync(at('data', 'a.mp4'), film);
  writeFileSync(at('.secret', 'a.mp4'), film);
  writeFileSync(at('films', 'server.key'), film);
  writeFileSync(at('allowed', 'a.mp4'), film);
  symlinkSync(at('data', 'a.mp4'), at('films', 'link-out.mp4'));
  symlinkSync(at('films', 'a.mp4'), at('allowed', 'link-out.mp4'));
  symlinkSync(at('films', 'loop.mp4'), at('films', 'loop.mp4'));
  const picture = sharp({ create: { width: 60, height: 40, channels: 3, background: '#884422' } });
  await picture.clone().jpeg().toFile(at('films', 'p1.jpg'));
  await picture.clone().png().toFile(at('films', 'p2.png'));
  await picture.clone().gif().toFile(at('films', 'p3.gif'));
  const noise = await sharp({
    create: {
      width: 400,
      height: 400,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .png()
    .toBuffer();
  writeFileSync(at('films', 'cut.png'), noise.subarray(0, noise.length / 2));
});

afterAll(() => house.close());

const somebody = { taskId: 1, attemptId: 1, actor: 'account:1' };
const pick = (list: string[], more: Partial<MediaWish> = {}) =>
  house.shelf.pick(house.wish({ list, ...more }), seededRandom(1), somebody);

async function failureOf(list: string[], more: Partial<MediaWish> = {}) {
  try {
    await pick(list, more);
  } catch (thrown) {
    return thrown as { code: string; message: string };
  }
  throw new Error('nothing was thrown');
}

test('a film is read: kind, size, length and content', async () => {
  expect(await pick([at('films', 'name with spaces é.bin')])).toEqual([
    {
      path: at('films', 'name with spaces é.bin'),
      name: 'name with spaces é.bin',
      kind: 'video',
      mime: 'video/mp4',
      bytes: film.length,
      sha256: createHash('sha256').update(film).digest('hex'),
      width: 144,
      height: 256,
      codec: 'avc',
      durationMs: 2000,
    },
  ]);
});

test('task i takes entry i mod n of a list of films', async () => {
  const list = ['one.mp4', 'two.mp4', 'three.mp4'].map((name) => at('films', name));
  const taken = [];
  for (let position = 0; position < 5; position++) {
    const [media] = await pick(list, { position });
    taken.push(media?.name);
  }
  expect(taken).toEqual(['one.mp4', 'two.mp4', 'three.mp4', 'one.mp4', 'two.mp4']);
});

test('a post of images takes the first image_count entries, whichever task it is', async () => {
  const list = [at('films', 'p1.jpg'), at('films', 'p2.png'), at('films', 'p1.jpg')];
  const media = await pick(list, { kind: 'image', count: 2, position: 4 });
  expect(media.map(({ name, mime, width, height }) => [name, mime, width, height])).toEqual([
    ['p1.jpg', 'image/jpeg', 60, 40],
    ['p2.png', 'image/png', 60, 40],
  ]);
});

describe('what is no whole, readable video is refused, with a code and a sentence that say why', () => {
  test.each([
    ['films/nothing.mp4', 'media.missing', /does not exist on this machine/],
    ['films/a.mp4/inside.mp4', 'media.missing', /does not exist/],
    ['films', 'media.missing', /is a folder/],
    ['films/empty.mp4', 'media.missing', /is empty/],
    ['films/text.mp4', 'media.unusable', /is not a video/],
    ['films/playlist.mp4', 'media.unusable', /is not a video/],
    ['films/cut.mp4', 'media.unusable', /cut short/],
    ['films/p1.jpg', 'media.wrong-kind', /is an image .* not a video/],
    ['films/loop.mp4', 'media.missing', /circle of links/],
  ])('%s', async (name, wanted, sentence) => {
    const { code, message } = await failureOf([at(name)]);
    expect(code).toBe(wanted);
    expect(message).toMatch(sentence);
    expect(message).toContain(at(name));
  });

  test.each([
    ['films/a.mp4', 'media.wrong-kind', /not an image/],
    ['films/p3.gif', 'media.unusable', /format GIF.*JPEG, PNG or WebP/],
    ['films/cut.png', 'media.unusable', /damaged/],
  ])('%s as an image', async (name, wanted, sentence) => {
    const { code, message } = await failureOf([at(name)], { kind: 'image' });
    expect(code).toBe(wanted);
    expect(message).toMatch(sentence);
  });

  test.runIf(process.platform !== 'win32').each(['C:/Videos/video1.mp4', 'C:\\Videos\\video1.mp4', '\\\\nas\\v.mp4'])(
    '%s is named as a Windows path',
    async (path) => {
      const { code, message } = await failureOf([path]);
      expect(code).toBe('media.missing');
      expect(message).toContain('is a Windows path');
    },
  );

  test('a relative path', async () => {
    expect((await failureOf(['films/a.mp4'])).message).toContain('is not an absolute path');
  });
});

describe('what may not be read is media.outside-roots', () => {
  test.each([
    ['data/a.mp4', /own data folder/],
    ['films/link-out.mp4', /own data folder/],
    ['.secret/a.mp4', /hidden/],
    ['films/server.key', /key file/],
    ['films/../.secret/a.mp4', /hidden/],
  ])('%s', async (name, sentence) => {
    const { code, message } = await failureOf([`${folder}/${name}`]);
    expect(code).toBe('media.outside-roots');
    expect(message).toMatch(sentence);
  });

  test.runIf(process.platform === 'linux')('a file of the system', async () => {
    expect((await failureOf(['/proc/self/status'])).code).toBe('media.outside-roots');
    expect((await failureOf(['/dev/null'])).code).toBe('media.outside-roots');
  });

  test('with folders set, a file beside them and a link out of them', async () => {
    house.folders = [at('allowed')];
    expect(await pick([at('allowed', 'a.mp4')])).toHaveLength(1);
    expect((await failureOf([at('films', 'a.mp4')])).code).toBe('media.outside-roots');
    expect((await failureOf([at('allowed', 'link-out.mp4')])).code).toBe('media.outside-roots');
    house.folders = 'any';
  });
});

test('what is larger than media.max_file_mb is refused', async () => {
  house.maxBytes = 1024;
  const { code, message } = await failureOf([at('films', 'a.mp4')]);
  house.maxBytes = 64 * 1024 * 1024;
  expect(code).toBe('media.too-large');
  expect(message).toMatch(/a\.mp4: is larger than the 0 MB that are allowed.*media\.max_file_mb/);
});
