import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceFolder } from '../../src/contract/device-files.ts';
import type { DeviceLogLine } from '../../src/contract/device-hand.ts';
import type { DeviceSighting } from '../../src/contract/sighting.ts';
import { apkBytes } from '../support/apk.ts';
import { checkedFetch } from '../support/checked-fetch.ts';
import { installNotes, notesPackage } from '../support/notes-app.ts';
import { ServerHouse } from '../support/server-house.ts';

let house: ServerHouse;
let hold: number;
beforeAll(async () => {
  house = await ServerHouse.open({ phones: 1 });
  await house.api.until(async () => (await call<{ state: string }>('GET', '')).data?.state === 'ready');
});
afterAll(async () => {
  await house?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  hold = (await call<{ hold: { token: number } }>('POST', '/hold')).data?.hold.token ?? 0;
});

interface Said<Data> {
  status: number;
  code: number;
  message: string;
  data: Data | null;
}

const urlOf = (path: string): string => `${house.api.base}/api/v1/devices/${house.serial}${path}`;

async function call<Data = unknown>(method: string, path: string, init: RequestInit = {}): Promise<Said<Data>> {
  const response = await checkedFetch(urlOf(path), { method, ...init });
  return { status: response.status, ...((await response.json()) as Omit<Said<Data>, 'status'>) };
}

const json = (body: object): RequestInit => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const bytes = (type: string, body: Uint8Array): RequestInit => ({
  headers: { 'content-type': `application/${type}` },
  body: new Uint8Array(body),
});
const put = (query: Record<string, string | number | boolean>, content: Uint8Array) =>
  call<{ path: string }>(
    'POST',
    `/files?${new URLSearchParams(entriesOf({ hold, ...query }))}`,
    bytes('octet-stream', content),
  );
const entriesOf = (query: Record<string, string | number | boolean>): [string, string][] =>
  Object.entries(query).map(([key, value]) => [key, String(value)]);
const names = async (path: string) =>
  (await call<DeviceFolder>('GET', `/files?path=${encodeURIComponent(path)}`)).data?.entries.map(({ name }) => name);

describe('files', () => {
  test('one is sent, listed, fetched and deleted', async () => {
    const content = randomBytes(3_000_000);
    const name = '<b>"boat" & \u202Egpj.bin';
    expect(await put({ name }, content)).toMatchObject({
      code: 0,
      data: { path: `/sdcard/Download/${name}`, bytes: 3_000_000 },
    });
    const { data } = await call<DeviceFolder>('GET', '/files?path=/storage/emulated/0/Download');
    expect(data).toMatchObject({ path: '/sdcard/Download', parent: '/sdcard', whole: true });
    expect(data?.entries).toMatchObject([{ name, kind: 'file', bytes: 3_000_000 }]);
    const path = encodeURIComponent(`/sdcard/Download/${name}`);
    const got = await checkedFetch(urlOf(`/files/content?path=${path}`));
    const sum = (part: Uint8Array) => createHash('sha256').update(part).digest('hex');
    expect(sum(new Uint8Array(await got.arrayBuffer()))).toBe(sum(content));
    expect(got.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    expect(got.headers.get('content-security-policy')).toContain('sandbox');
    expect(await call('DELETE', `/files?hold=${hold}&path=${path}`)).toMatchObject({ code: 0 });
    expect(await names('/sdcard/Download')).toEqual([]);
  });

  test.each([
    ['../evil', 'name'],
    ['a/b', 'name'],
    ['..', 'name'],
    ['a\0b', 'name'],
  ])('%j is no name', async (name, field) => {
    const refused = await put({ name }, Buffer.from('x'));
    expect([refused.code, refused.message]).toEqual([40001, expect.stringContaining(field)]);
  });

  test.each(['/data/local/tmp', '/sdcard/../data', '/', 'sdcard'])('nothing is read or written in %s', async (path) => {
    expect((await call('GET', `/files?path=${encodeURIComponent(path)}`)).code).toBe(40001);
    expect((await checkedFetch(urlOf(`/files/content?path=${encodeURIComponent(`${path}/x`)}`))).status).toBe(400);
    expect((await put({ name: 'x', folder: path }, Buffer.from('x'))).code).toBe(40001);
    expect((await call('DELETE', `/files?hold=${hold}&path=${encodeURIComponent(`${path}/x`)}`)).code).toBe(40001);
  });

  test('a name that is taken is kept, unless it is to be replaced', async () => {
    await put({ name: 'list.txt' }, Buffer.from('one'));
    expect((await put({ name: 'list.txt' }, Buffer.from('two'))).code).toBe(40901);
    expect((await put({ name: 'list.txt', replace: true }, Buffer.from('two'))).code).toBe(0);
    expect(await (await checkedFetch(urlOf('/files/content?path=/sdcard/Download/list.txt'))).text()).toBe('two');
    await call('DELETE', `/files?hold=${hold}&path=/sdcard/Download/list.txt`);
  });

  test('a full phone is told in its own words, while the file is still coming', async () => {
    house.phone.faults.add({ kind: 'disk-full' });
    const refused = await put({ name: 'full.bin' }, randomBytes(30_000_000));
    house.phone.faults.clear();
    expect([refused.code, refused.message]).toEqual([42203, expect.stringContaining('No space left on device')]);
  });

  test('what breaks off leaves nothing behind', async () => {
    await new Promise<void>((resolve) => {
      const headers = { 'content-type': 'application/octet-stream', 'content-length': 1_000_000 };
      const sending = request(urlOf(`/files?hold=${hold}&name=half.bin`), { method: 'POST', headers });
      sending.on('error', () => resolve());
      sending.write(randomBytes(200_000), () => sending.destroy());
    });
    expect(await names('/sdcard/Download')).toEqual([]);
  });

  test('only under a hold of one’s own; looking needs none', async () => {
    await call('POST', '/release');
    for (const refused of [
      await put({ name: 'x' }, Buffer.from('x')),
      await call('DELETE', `/files?hold=${hold}&path=/sdcard/Download/x`),
      await call(
        'POST',
        `/apps?hold=${hold}`,
        bytes('vnd.android.package-archive', apkBytes({ name: 'com.example.a' })),
      ),
      await call('PUT', '/rotation', json({ hold, rotation: 'landscape' })),
      await call('PUT', '/clipboard', json({ hold, text: 'x' })),
    ]) {
      expect([refused.code, refused.message]).toEqual([40902, expect.stringContaining('is not held by you')]);
    }
    expect(await names('/sdcard')).toContain('Download');
  });
});

describe('apps', () => {
  const install = (apk: Uint8Array) => call('POST', `/apps?hold=${hold}`, bytes('vnd.android.package-archive', apk));

  test('one is installed', async () => {
    const apk = apkBytes({ name: 'com.example.boats', versionCode: 2, padding: 500_000 });
    expect(await install(apk)).toMatchObject({ code: 0, data: { bytes: apk.length } });
    expect(house.phone.packages.find('com.example.boats')?.versionCode).toBe(2);
  });

  test.each([
    [apkBytes({ name: 'com.example.boats', versionCode: 1 }), /^INSTALL_FAILED_VERSION_DOWNGRADE: /],
    [Buffer.from('<html>'), /^INSTALL_PARSE_FAILED_NOT_APK: /],
  ])('a refusal begins with Android’s reason', async (apk, reason) => {
    const refused = await install(apk);
    expect([refused.status, refused.code, refused.message]).toEqual([422, 42202, expect.stringMatching(reason)]);
  });
});

test('who changed what on a phone stands in the audit trail', async () => {
  const path = '/sdcard/Download/<b>.txt';
  await put({ name: '<b>.txt' }, Buffer.from('x'));
  await call('DELETE', `/files?hold=${hold}&path=${encodeURIComponent(path)}`);
  const apk = bytes('vnd.android.package-archive', apkBytes({ name: 'com.example.audited' }));
  await call('POST', `/apps?hold=${hold}&name=audited.apk`, apk);
  const { data } = await house.api.call<{ events: { person: string; body: object }[] }>('GET', '/audit?page_size=3');
  expect(data.events.slice(0, 3).map(({ person, body }) => [person, body])).toEqual([
    ['operator', expect.objectContaining({ installed_app: 'audited.apk' })],
    ['operator', expect.objectContaining({ deleted_file: path })],
    ['operator', expect.objectContaining({ sent_file: path })],
  ]);
});

test('the screen turns, and what stays upright is told', async () => {
  installNotes(house.phone);
  house.phone.ui.start({ package: notesPackage, categories: [], extras: {}, flags: 0 });
  const turn = async (rotation: string) => (await call('PUT', '/rotation', json({ hold, rotation }))).data;
  expect(await turn('landscape')).toEqual({ serial: house.serial, rotation: 'landscape', screen: 'landscape' });
  const { width, height } = house.phone.ui.size;
  expect(width).toBeGreaterThan(height);
  expect(await turn('auto')).toMatchObject({ screen: 'portrait' });
  house.phone.ui.key(3);
  expect(await turn('landscape')).toMatchObject({ rotation: 'landscape', screen: 'portrait' });
  await turn('portrait');
});

test('a text is put into the clipboard; what the phone keeps to itself is told', async () => {
  expect((await call('PUT', '/clipboard', json({ hold, text: 'Grüße 📋' }))).code).toBe(0);
  expect(house.phone.ui.clipboard).toBe('Grüße 📋');
  expect((await call('GET', '/clipboard')).data).toEqual({ serial: house.serial, text: '', certain: false });
});

test('text goes beside what a field holds, or takes its place', async () => {
  const notes = installNotes(house.phone);
  house.phone.ui.start({ package: notesPackage, categories: [], extras: {}, flags: 0 });
  house.phone.ui.tap(100, 300);
  const type = (body: object) => call('POST', '/input', json({ hold, ...body }));
  expect((await type({ text: 'one' })).code).toBe(0);
  expect((await type({ text: ' two' })).code).toBe(0);
  expect(notes.text).toBe('one two');
  expect((await type({ text: 'three', replace: true })).code).toBe(0);
  expect(notes.text).toBe('three');
});

test('what the recogniser sees is told with its reasons', async () => {
  const see = async () => (await call<DeviceSighting>('GET', '/sighting')).data;
  const launch = { package: 'com.zhiliaoapp.musically', categories: [], extras: {}, flags: 0 };
  house.phone.ui.start(launch);
  await expect.poll(async () => (await see())?.screen, { timeout: 10_000 }).toBe('feed');
  const seen = await see();
  expect(seen).toMatchObject({ app: 'tiktok', package: 'com.zhiliaoapp.musically', language: 'en', blocking: false });
  const [best] = seen?.candidates ?? [];
  expect(best).toMatchObject({ screen: 'tiktok.feed', fits: true, score: seen?.confidence });
  expect(best?.signals.some(({ hit }) => hit)).toBe(true);
  const profile = seen?.elements.find(({ name }) => name === 'nav_profile');
  expect(profile?.tap).toEqual([expect.any(Number), expect.any(Number)]);
  expect(profile?.signals.some(({ hit }) => hit)).toBe(true);
  expect(seen?.hierarchy).toContain('<hierarchy');
  house.phone.ui.key(3);
  await expect.poll(async () => (await see())?.app).toBe('system');
});

describe('the log', () => {
  const logged = async () => (await runOnPhone('ps -A -o NAME')).includes('logcat');

  async function runOnPhone(line: string): Promise<string> {
    const stream = house.phone.openService(`exec:${line}`);
    const parts: Buffer[] = [];
    for await (const part of stream ?? []) parts.push(part as Buffer);
    return Buffer.concat(parts).toString();
  }

  /** Lines until one holds `text`. */
  async function linesUntil(response: Response, text: string): Promise<DeviceLogLine[]> {
    const decoder = new TextDecoder();
    let all = '';
    for await (const chunk of response.body ?? []) {
      all += decoder.decode(chunk, { stream: true });
      if (all.includes(text)) break;
    }
    return all
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as DeviceLogLine);
  }

  test('comes line by line through its filters, and ends with its reader', async () => {
    await runOnPhone('log -p e -t Boats an old one');
    const over = new AbortController();
    const response = await checkedFetch(urlOf('/log?level=W&tag=boats&text=ONE&tail=50'), { signal: over.signal });
    await runOnPhone('log -p e -t Harbour one elsewhere; log -p i -t Boats a low one; log -p w -t Boats nothing');
    await runOnPhone("log -p w -t Boats '<script>a new one</script>'");
    const lines = await linesUntil(response, 'new one');
    expect(lines.map(({ level, tag, text }) => [level, tag, text])).toEqual([
      ['E', 'Boats', 'an old one'],
      ['W', 'Boats', '<script>a new one</script>'],
    ]);
    expect(lines[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/);
    over.abort();
    await expect.poll(logged).toBe(false);
  });

  test('begins at once where there is nothing to tell, and needs no hold', async () => {
    await call('POST', '/release');
    const over = new AbortController();
    const response = await checkedFetch(urlOf('/log?text=never-written'), { signal: over.signal });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    over.abort();
    await expect.poll(logged).toBe(false);
  });
});

test('a phone that is away is told by all of them', async () => {
  house.phone.faults.add({ kind: 'unplug' });
  await house.api.until(async () => (await call<{ state: string }>('GET', '')).data?.state !== 'ready');
  for (const path of ['/files', '/files/content?path=/sdcard/x', '/clipboard', '/log']) {
    expect((await checkedFetch(urlOf(path))).status, path).toBe(503);
  }
  house.phone.faults.clear();
});
