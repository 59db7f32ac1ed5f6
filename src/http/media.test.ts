import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkedFetch } from '../../test/support/checked-fetch.ts';
import { filmBytes } from '../../test/support/film.ts';
import { TestServer } from '../../test/support/http.ts';
import type { AddedMediaList, Media, MediaList } from '../contract/media.ts';
import { listMediaHashes } from '../store/media.ts';
import { parseRange } from './file-answer.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  mkdirSync(join(server.folder, 'files'));
});
afterAll(() => server.stop());

const film = (seed: string = randomUUID()) => filmBytes(seed);
const picture = async (shade = Math.floor(Math.random() * 1e6)): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await sharp({
      create: {
        width: 40,
        height: 30,
        channels: 3,
        background: { r: shade % 251, g: (shade >> 4) % 241, b: (shade >> 8) % 239 },
      },
    })
      .png()
      .toBuffer(),
  );
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

interface Reply<Data> {
  status: number;
  code: number;
  message: string;
  data: Data;
  headers: Headers;
}

async function call<Data>(method: string, path: string, body?: unknown): Promise<Reply<Data>> {
  const isForm = body instanceof FormData;
  const response = await checkedFetch(`http://127.0.0.1:${server.port}/api/v1${path}`, {
    method,
    ...(body !== undefined && !isForm && { headers: { 'Content-Type': 'application/json' } }),
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
  });
  const { code, message, data } = (await response.json()) as Reply<Data>;
  return { status: response.status, code, message, data, headers: response.headers };
}

function form(files: Record<string, Uint8Array<ArrayBuffer>>, fields: Record<string, string> = {}): FormData {
  const data = new FormData();
  for (const [name, bytes] of Object.entries(files)) data.append('file', new Blob([bytes]), name);
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

const upload = (files: Record<string, Uint8Array<ArrayBuffer>>, fields?: Record<string, string>) =>
  call<AddedMediaList>('POST', '/media', form(files, fields));

async function uploadOne(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  fields?: Record<string, string>,
): Promise<Media> {
  const { data, message } = await upload({ [name]: bytes }, fields);
  const [item] = data?.media ?? [];
  if (!item) throw new Error(message);
  return item;
}

/** Files of the library that no item owns, and uploads that were never finished. */
async function leftovers(): Promise<string[]> {
  const folder = join(server.folder, 'media');
  const hashes = await listMediaHashes(server.store.read);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !hashes.has(entry.name.slice(0, 64)))
    .map(({ name }) => name);
}

describe('an upload', () => {
  test('of several files: each with what it is, in the order sent, tagged and captioned', async () => {
    const [one, two] = [film(), await picture()];
    const { code, data } = await upload(
      { 'harbour.mp4': one, 'boat 2.png': two },
      { tags: 'Boats, #SEA,,boats', caption: ' hi ' },
    );
    expect(code).toBe(0);
    expect(data.created_count).toBe(2);
    const [first, second] = data.media;
    expect(first).toMatchObject({
      ...{ kind: 'video', name: 'harbour.mp4', mime: 'video/mp4', bytes: one.length, sha256: sha(one) },
      ...{ width: 144, height: 256, codec: 'avc', duration_ms: 1000, tags: ['boats', 'sea'], caption: ' hi ' },
      ...{ number: null, allow_reuse: false, used: false, use_count: 0, used_by: [], last_used_at: null },
      ...{ origin: 'upload', duplicate: false, thumbnail: `/api/v1/media/${first?.id}/thumbnail` },
    });
    expect(second).toMatchObject({ kind: 'image', mime: 'image/png', width: 40, height: 30, duration_ms: null });
    expect(await leftovers()).toEqual([]);
  });

  test('of a content that is there already: the item as it was', async () => {
    const bytes = film();
    const item = await uploadOne('first.mp4', bytes, { tags: 'one' });
    const { data } = await upload({ 'second.mp4': bytes, 'third.mp4': bytes }, { tags: 'two' });
    expect(data.created_count).toBe(0);
    expect(data.media).toEqual([
      { ...item, duplicate: true },
      { ...item, duplicate: true },
    ]);
  });

  test.each([
    ['../../etc/passwd.mp4', 'passwd.mp4'],
    ['C:\\Users\\me\\clip.mp4', 'clip.mp4'],
    ['.ssh', 'ssh'],
    ['a\u202egpj.mp4', 'agpj.mp4'],
    [`${'x'.repeat(300)}.mp4`, `${'x'.repeat(116)}.mp4`],
    ['<b>clip</b>.mp4', 'b_.mp4'],
  ])('named %j is called %j, and its name is no path', async (sent, name) => {
    expect((await uploadOne(sent, film())).name).toBe(name);
    expect(await leftovers()).toEqual([]);
  });

  test('an unknown field is named in a warning', async () => {
    const { headers } = await upload({ 'a.mp4': film() }, { captoin: 'x' });
    expect(headers.get('warning')).toContain('captoin');
  });

  test.each([
    [
      'text',
      new TextEncoder().encode('not a film'),
      40001,
      /clip\.mp4: is neither a video nor an image but text, by its content; export it/,
    ],
    ['nothing', new Uint8Array(), 40001, /clip\.mp4: is empty \(0 bytes\); copy or export it again/],
    ['half a film', film('half').slice(0, 20_000), 40001, /clip\.mp4: is cut short/],
    ['no film but its sound', soundOnly(), 40001, /clip\.mp4: (is sound|holds no picture track)/],
    ['a page', new TextEncoder().encode('<html><script>alert(1)</script>'), 40001, /clip\.mp4: .*text/],
  ])('of %s is refused, and nothing of the request is kept', async (_, bytes, wanted, sentence) => {
    const before = (await call<MediaList>('GET', '/media?page_size=1')).data.total;
    const { code, message, status } = await upload({ 'good.mp4': film(), 'clip.mp4': bytes, 'later.mp4': film() });
    expect([code, status]).toEqual([wanted, Math.floor(wanted / 100)]);
    expect(message).toMatch(sentence);
    expect((await call<MediaList>('GET', '/media?page_size=1')).data.total).toBe(before);
    expect(await leftovers()).toEqual([]);
  });

  test('beyond media.max_file_mb is refused while it is still being sent, and the answer arrives', async () => {
    server.maxMediaBytes = 100_000;
    const { code, message } = await upload({ 'big.mp4': new Uint8Array(30_000_000) });
    server.maxMediaBytes = 4 * 1024 ** 3;
    expect(code).toBe(41301);
    expect(message).toMatch(/big\.mp4: is larger than the 0\.1 MB that are allowed; .*media\.max_file_mb/);
    expect(await leftovers()).toEqual([]);
  });

  test('that breaks off leaves nothing behind', async () => {
    const boundary = 'xyz';
    await new Promise<void>((resolve) => {
      const sent = request({
        ...{ host: '127.0.0.1', port: server.port, method: 'POST', path: '/api/v1/media' },
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': 50_000_000 },
      });
      sent.on('error', () => resolve());
      sent.write(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n`);
      sent.write(Buffer.alloc(1_000_000), () => {
        // the server has begun to write it
        const waiting = setInterval(() => {
          if (readdirSync(join(server.folder, 'media', 'incoming')).length === 0) return;
          clearInterval(waiting);
          sent.destroy(new Error('pulled out'));
        }, 5);
      });
    });
    await expect.poll(leftovers).toEqual([]);
    expect((await call('GET', '/media')).code).toBe(0);
  });

  test.each([
    ['no file', form({}, { tags: 'a' }), 40001, /no file was sent/],
    ['JSON', {}, 41501, /multipart\/form-data.*media\/import/],
    [
      'too many files',
      form(Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`${n}.mp4`, film('same')]))),
      40001,
      /at most 100/,
    ],
  ])('with %s is refused', async (_, body, wanted, sentence) => {
    const { code, message } = await call('POST', '/media', body);
    expect(code).toBe(wanted);
    expect(message).toMatch(sentence);
    expect(await leftovers()).toEqual([]);
  });

  test('with a form that is none, or of another type, is refused', async () => {
    const send = async (type: string, body: string) =>
      (await server.call('POST', '/api/v1/media', { headers: { 'content-type': type }, body })).body;
    expect(await send('multipart/form-data', 'x')).toMatchObject({ code: 40001 });
    expect(await send('multipart/form-data; boundary=q', 'not a form')).toMatchObject({ code: 40001 });
    expect(
      await send(
        'multipart/form-data; boundary=q',
        '--q\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\nabc',
      ),
    ).toMatchObject({ code: 40001 });
    expect((await send('application/octet-stream', 'x')).message).toMatch(/multipart\/form-data/);
    // elsewhere a form is what it always was
    expect(
      (
        await server.call('POST', '/api/v1/task', {
          headers: { 'content-type': 'multipart/form-data; boundary=q' },
          body: 'x',
        })
      ).status,
    ).toBe(415);
    expect(await leftovers()).toEqual([]);
  });
});

test('a form that a page of another site sends comes to nothing, and so does its picture of ours', async () => {
  const body = '--q\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\nx\r\n--q--\r\n';
  const type = { 'content-type': 'multipart/form-data; boundary=q' };
  for (const headers of [{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
    const { status } = await server.call('POST', '/api/v1/media', { headers: { ...type, ...headers }, body });
    expect(status).toBe(403);
  }
  const { id } = await uploadOne('ours.mp4', film());
  expect((await server.get(`/api/v1/media/${id}/thumbnail`, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await server.get(`/api/v1/media/${id}/content`, { host: `evil.example:${server.port}` })).status).toBe(403);
  expect(await leftovers()).toEqual([]);
});

describe('files of the server itself', () => {
  const at = (name: string) => join(server.folder, 'files', name);
  const take = (...paths: string[]) => call<AddedMediaList>('POST', '/media/import', { paths, tags: ['here'] });

  test('are copied: what becomes of the original does not matter', async () => {
    const bytes = film();
    writeFileSync(at('own.mp4'), bytes);
    const { data } = await take(at('own.mp4'));
    expect(data.media).toMatchObject([{ name: 'own.mp4', origin: at('own.mp4'), tags: ['here'], sha256: sha(bytes) }]);
    writeFileSync(at('own.mp4'), 'changed');
    const content = await fetch(`http://127.0.0.1:${server.port}${data.media[0]?.content}`);
    expect(sha(new Uint8Array(await content.arrayBuffer()))).toBe(sha(bytes));
  });

  test('one of them may be named alone, and none is an error', async () => {
    writeFileSync(at('alone.mp4'), film());
    const one = await call<AddedMediaList>('POST', '/media/import', { path: at('alone.mp4'), caption: 'c' });
    expect(one.data.media).toMatchObject([{ name: 'alone.mp4', caption: 'c' }]);
    for (const body of [{}, { paths: [] }, { path: '' }, { paths: 'x' }, { paths: [1] }]) {
      const { code, message } = await call('POST', '/media/import', body);
      expect(code).toBe(40001);
      expect(message).toMatch(/path/);
    }
  });

  test('one that is wrong refuses them all', async () => {
    writeFileSync(at('good.mp4'), film());
    writeFileSync(at('id_rsa'), film());
    symlinkSync(at('id_rsa'), at('link.mp4'));
    const cases: [string, number, RegExp][] = [
      [at('none.mp4'), 40001, /does not exist on this machine/],
      [at(''), 40001, /is a folder/],
      [at('id_rsa'), 40001, /looks like a key file/],
      [at('link.mp4'), 40001, /looks like a key file/],
      [join(server.folder, 'media', 'x'), 40001, /does not exist/],
      ['relative.mp4', 40001, /not an absolute path/],
    ];
    for (const [path, wanted, sentence] of cases) {
      const { code, message } = await take(at('good.mp4'), path);
      expect(code).toBe(wanted);
      expect(message).toMatch(sentence);
    }
    expect(
      (await call<MediaList>('GET', '/media?text=good.mp4')).data.media.filter(({ tags }) => tags.includes('here')),
    ).toEqual([]);
    expect(await leftovers()).toEqual([]);
  });
});

describe('an item', () => {
  let item: Media;
  const bytes = film('the item');
  beforeEach(async () => {
    const { data } = await upload({ 'item.mp4': bytes }, { tags: 'quay' });
    item = data.media[0] as Media;
  });
  const use = (state: 'taken' | 'used') =>
    server.store.write((tx) =>
      tx.hot(
        `insert into media_use (sha256, actor, task_id, attempt_id, source, state, taken_at) values (?, 'serial:R58', 1, 99, 'library', ?, ?)`,
        [item.sha256, state, tx.now],
      ),
    );

  test('is found by kind, tag, use and words, page by page, newest first', async () => {
    await uploadOne('quay picture.png', await picture(), { tags: 'quay' });
    await use('used');
    const list = async (query: string) =>
      (await call<MediaList>('GET', `/media?${query}`)).data.media.map(({ name }) => name);
    expect(await list('tag=%23Quay')).toEqual(['quay picture.png', 'item.mp4']);
    expect(await list('tag=quay&kind=video')).toEqual(['item.mp4']);
    expect(await list('tag=quay&used=true')).toEqual(['item.mp4']);
    expect(await list('tag=quay&used=false')).toEqual(['quay picture.png']);
    expect(await list('text=QUAY%20pic')).toEqual(['quay picture.png']);
    expect(await list('tag=quay&page=2&page_size=1')).toEqual(['item.mp4']);
    expect((await call<MediaList>('GET', '/media?tag=quay&page_size=500')).data).toMatchObject({
      total: 2,
      page: 1,
      page_size: 100,
    });
    expect((await call<Media>('GET', `/media/${item.id}`)).data).toMatchObject({
      used: true,
      use_count: 1,
      used_by: ['R58'],
    });
  });

  test('is changed field by field, and forgets its uses on demand', async () => {
    const change = (body: unknown) => call<Media>('PATCH', `/media/${item.id}`, body);
    expect(
      (await change({ name: '../x/new.mp4', tags: ['B', '#a'], caption: 'words', number: 3, allow_reuse: true })).data,
    ).toMatchObject({ name: 'new.mp4', tags: ['a', 'b'], caption: 'words', number: 3, allow_reuse: true });
    expect((await change({ caption: null, number: null, used: false })).data).toMatchObject({
      name: 'new.mp4',
      caption: null,
      number: null,
      used: false,
    });
    for (const [body, at] of [
      [{ used: true }, 'used'],
      [{ tags: 'a' }, 'tags'],
      [{ number: -1 }, 'number'],
      [{ name: '' }, 'name'],
    ] as const) {
      const { code, message } = await change(body);
      expect(code).toBe(40001);
      expect(message).toContain(at);
    }
    expect((await call('PATCH', '/media/999999', {})).code).toBe(40401);
    await change({ name: 'item.mp4', tags: ['quay'], allow_reuse: false });
  });

  test('has a small picture', async () => {
    const get = (id: number) => checkedFetch(`http://127.0.0.1:${server.port}/api/v1/media/${id}/thumbnail`);
    const image = await uploadOne('wide.png', await picture());
    for (const { id } of [item, image]) {
      const response = await get(id);
      expect(response.headers.get('content-security-policy')).toContain('sandbox');
      const { format, width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
      expect(format).toBe('jpeg');
      expect(Math.max(width, height)).toBeLessThanOrEqual(320);
    }
    expect((await get(999_999)).status).toBe(404);
  });

  test('gives its bytes, whole or in part', async () => {
    const get = (headers: Record<string, string> = {}, method = 'GET') =>
      checkedFetch(`http://127.0.0.1:${server.port}/api/v1/media/${item.id}/content`, { method, headers });
    const whole = await get();
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-disposition': "inline; filename*=UTF-8''item.mp4",
    });
    expect(sha(new Uint8Array(await whole.arrayBuffer()))).toBe(sha(bytes));
    const part = await get({ range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${bytes.length}`]);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(10, 20));
    const other = await get({ range: 'bytes=10-19', 'if-range': '"other"' });
    expect(other.status).toBe(200);
    await other.arrayBuffer();
    const beyond = await get({ range: `bytes=${bytes.length}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
    const head = await get({}, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
  });

  test('whose bytes are gone, or damaged, says so, and is whole again when the file comes back', async () => {
    const file = server.library.files.pathOf({ sha256: item.sha256, mime: item.mime });
    for (const spoil of [() => rmSync(file), () => truncateSync(file, 10)]) {
      spoil();
      const { code, message } = await call('GET', `/media/${item.id}/content`);
      expect(code).toBe(40001);
      expect(message).toMatch(/item\.mp4: is not in the data folder any more; upload the file again/);
      const { data } = await upload({ 'item.mp4': bytes });
      expect(data.media).toMatchObject([{ id: item.id, duplicate: true }]);
      const content = await fetch(`http://127.0.0.1:${server.port}${item.content}`);
      expect(sha(new Uint8Array(await content.arrayBuffer()))).toBe(item.sha256);
    }
  });

  test('is deleted with its file; who posted it stays known', async () => {
    const alone = await uploadOne('gone.mp4', bytes);
    expect(alone.id).toBe(item.id);
    await use('used');
    const file = server.library.files.pathOf({ sha256: item.sha256, mime: item.mime });
    expect(existsSync(file)).toBe(true);
    expect((await call('DELETE', `/media/${item.id}`)).data).toEqual({ id: item.id });
    expect(existsSync(file)).toBe(false);
    expect((await call('GET', `/media/${item.id}`)).code).toBe(40401);
    expect((await call('DELETE', `/media/${item.id}`)).code).toBe(40401);
    const again = await uploadOne('back.mp4', bytes);
    expect(again.id).not.toBe(item.id);
    expect(again.used).toBe(true);
  });
});

test('who did what stands in the audit trail', async () => {
  const { id } = await uploadOne('audit.mp4', film());
  await call('DELETE', `/media/${id}`);
  const events = await server.store.read
    .selectFrom('event')
    .select(['type', 'person'])
    .where('subject', '=', `media:${id}`)
    .execute();
  expect(events).toEqual([
    { type: 'mediaChanged', person: 'operator' },
    { type: 'mediaChanged', person: 'operator' },
  ]);
});

test('a range is inside the file, or refused, or ignored', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.option(fc.nat(60)), fc.option(fc.nat(60)), (size, first, last) => {
      const bytes = size + 1;
      const range = parseRange(`bytes=${first ?? ''}-${last ?? ''}`, bytes);
      if (range === undefined) {
        return (first === null && last === null) || (first !== null && last !== null && last < first);
      }
      if (range === 'beyond') return first === null ? last === 0 : first >= bytes;
      const { from, to } = range;
      if (from > to || from < 0 || to >= bytes) return false;
      return first === null ? to - from + 1 === Math.min(last ?? 0, bytes) : from === first;
    }),
  );
  for (const text of ['', 'bytes', 'bytes=1-2,4-5', 'lines=1-2', 'bytes=a-b'])
    expect(parseRange(text, 9)).toBeUndefined();
});

/** An MP4 whose one track is called a sound track. */
function soundOnly(): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(film('sound')).toString('latin1');
  return new Uint8Array(Buffer.from(text.replace('vide', 'soun'), 'latin1'));
}
