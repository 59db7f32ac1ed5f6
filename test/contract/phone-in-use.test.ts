import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DroverError } from '../../src/base/error.ts';
import { canReadClipboard, readClipboard, writeClipboard } from '../../src/phone/clipboard.ts';
import { key, tap } from '../../src/phone/gesture.ts';
import { middleOf } from '../../src/phone/hierarchy.ts';
import { followLog } from '../../src/phone/log.ts';
import { installApp, startApp } from '../../src/phone/packages.ts';
import type { Phone } from '../../src/phone/phone.ts';
import { turnScreen } from '../../src/phone/rotation.ts';
import { readHierarchy } from '../../src/phone/screen.ts';
import { listFolder, openFile, putFile, removeFile } from '../../src/phone/shared-files.ts';
import { addText } from '../../src/phone/text.ts';
import { adbKinds } from '../support/adb-servers.ts';
import { apkBytes } from '../support/apk.ts';
import { installNotes, type NotesApp, notesPackage } from '../support/notes-app.ts';
import { PhoneHouse, testCtx } from '../support/phone-house.ts';

/** Names that mean something to a shell, to a page or to the eye. */
const hostileNames = ["it's $(reboot) `id`; rm -rf *.txt", '<img src=x onerror=alert(1)>.html', '\u202Egpj.exe', '-rf'];

describe.each(adbKinds)('a phone in use by a person, through $name', (kind) => {
  let house: PhoneHouse;
  let phone: Phone;
  let notes: NotesApp;
  const ctx = testCtx();

  beforeAll(async () => {
    if (!kind.isHere) return;
    house = await PhoneHouse.open(kind);
    notes = installNotes(house.simPhone);
    phone = await house.ready();
  });
  afterAll(async () => {
    await house?.[Symbol.asyncDispose]();
  });
  beforeEach(({ skip }) => {
    if (!kind.isHere) skip('adb is not installed here');
  });

  async function* pieces(...parts: (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
    for (const part of parts) {
      if (part instanceof Error) throw part;
      yield part;
    }
  }
  const put = (name: string, content: AsyncIterable<Uint8Array>, replaces = false) =>
    putFile(ctx, phone.device, { folder: '/sdcard/Download', name, content, replaces });
  const inDownloads = async () => (await listFolder(ctx, phone.device, '/sdcard/Download')).entries;

  describe('text', () => {
    beforeEach(async () => {
      notes.text = 'before';
      await startApp(ctx, phone, notesPackage);
      await tap(ctx, phone, middleOf(notes.places.field));
    });

    test.each([
      ['what keys have', ' and "after" \\n <b>'],
      ['emoji and other scripts', ' und später 🌊 שלום'],
      ['line breaks', '\nsecond line'],
      ['more than a person types', ' long'.repeat(100)],
    ])('%s is added to what stands there', async (_, text) => {
      await addText(ctx, phone, text);
      expect(notes.text).toBe(`before${text}`);
    });

    test('an empty field with a hint takes it too', async () => {
      notes.text = '';
      await addText(ctx, phone, 'größer');
      expect(notes.text).toBe('größer');
    });

    test('without a field in focus nothing is typed', async () => {
      await key(ctx, phone, 'home');
      await expect(addText(ctx, phone, 'lost')).rejects.toMatchObject({ code: 'phone.control-missing' });
    });
  });

  describe('files', () => {
    test.each(hostileNames)('%s goes there and back, is listed and deleted', async (name) => {
      const content = randomBytes(300_000);
      const { path, bytes } = await put(name, pieces(content.subarray(0, 100_000), content.subarray(100_000)));
      expect([path, bytes]).toEqual([`/sdcard/Download/${name}`, 300_000]);
      expect(await inDownloads()).toMatchObject([{ name, path, kind: 'file', bytes: 300_000 }]);
      const file = await openFile(ctx, phone.device, path);
      expect(file.name).toBe(name);
      expect((await buffer(file.content)).equals(content)).toBe(true);
      await removeFile(ctx, phone.device, path);
      expect(await inDownloads()).toEqual([]);
    });

    test('a picture shows in the gallery, and goes from there', async () => {
      const png = Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      );
      const { path } = await put('dot.png', pieces(png));
      expect(house.simPhone.files.media('image').map(({ name }) => name)).toEqual(['dot.png']);
      await removeFile(ctx, phone.device, path);
      expect(house.simPhone.files.media('image')).toEqual([]);
    });

    test('what breaks off leaves nothing behind', async () => {
      const broken = put('half.bin', pieces(randomBytes(200_000), new DroverError('input.invalid')));
      await expect(broken).rejects.toMatchObject({ code: 'input.invalid' });
      expect(await inDownloads()).toEqual([]);
    });

    test('a name that is taken is left alone, unless it is to be replaced', async () => {
      await put('list.txt', pieces(Buffer.from('one')));
      await expect(put('list.txt', pieces(Buffer.from('two')))).rejects.toMatchObject({ code: 'conflict.name' });
      await put('list.txt', pieces(Buffer.from('three')), true);
      const { content } = await openFile(ctx, phone.device, '/sdcard/Download/list.txt');
      expect(String(await buffer(content))).toBe('three');
      await removeFile(ctx, phone.device, '/sdcard/Download/list.txt');
    });

    test('a full phone says so', async () => {
      house.simPhone.faults.add({ kind: 'disk-full' });
      await expect(put('full.bin', pieces(randomBytes(200_000)))).rejects.toMatchObject({
        code: 'phone.file-refused',
        message: expect.stringContaining('No space left on device'),
      });
      house.simPhone.faults.clear();
    });

    test('what is not there, or no file, is told', async () => {
      const look = (path: string) => openFile(ctx, phone.device, path);
      await expect(look('/sdcard/Download/absent')).rejects.toMatchObject({ code: 'input.not-found' });
      await expect(look('/sdcard/Download')).rejects.toMatchObject({ code: 'input.invalid' });
      await expect(listFolder(ctx, phone.device, '/sdcard/absent')).rejects.toMatchObject({ code: 'input.not-found' });
      await expect(removeFile(ctx, phone.device, '/sdcard/Android')).rejects.toMatchObject({
        code: 'phone.file-refused',
        message: expect.stringContaining('not empty'),
      });
      expect((await listFolder(ctx, phone.device, '/sdcard')).entries.map(({ name }) => name)).toContain('Android');
    });
  });

  describe('apps', () => {
    const install = (apk: Buffer) => installApp(ctx, phone.device, { bytes: apk.length, content: pieces(apk) });
    const name = 'com.example.boats';

    test('one is installed, and a newer one in its place', async () => {
      await install(apkBytes({ name, versionCode: 2, padding: 200_000 }));
      await install(apkBytes({ name, versionCode: 3 }));
      expect(house.simPhone.packages.find(name)?.versionCode).toBe(3);
    });

    test.each([
      ['an older one', apkBytes({ name, versionCode: 1 }), /^INSTALL_FAILED_VERSION_DOWNGRADE: /],
      ['one for a later Android', apkBytes({ name: 'com.example.later', minSdk: 99 }), /^INSTALL_FAILED_OLDER_SDK: /],
      ['no app', Buffer.from('no app at all'), /^INSTALL_PARSE_FAILED_NOT_APK: /],
    ])('%s is refused in Android’s words', async (_, apk, message) => {
      await expect(install(apk)).rejects.toMatchObject({
        code: 'phone.app-refused',
        message: expect.stringMatching(message),
      });
    });

    test('what breaks off is not installed', async () => {
      const apk = apkBytes({ name: 'com.example.half', padding: 100_000 });
      const content = pieces(apk.subarray(0, 50_000), new DroverError('input.invalid'));
      const half = installApp(ctx, phone.device, { bytes: apk.length, content });
      await expect(half).rejects.toMatchObject({ code: 'input.invalid' });
      expect(house.simPhone.packages.find('com.example.half')).toBeUndefined();
    });
  });

  test('the log is followed from its level on, and ends with whoever reads it', async () => {
    const stop = new AbortController();
    const log = (level: string, text: string) => phone.device.shell(ctx, ['log', '-p', level, '-t', 'Boats', text]);
    await log('e', 'an old line');
    const lines = followLog(testCtx(stop.signal), phone.device, { level: 'W', tail: 1 });
    expect((await lines.next()).value).toMatchObject([{ level: 'E', tag: 'Boats', text: 'an old line' }]);
    await log('i', 'too low');
    await log('w', '<script>alert("1")</script>');
    expect((await lines.next()).value).toMatchObject([{ level: 'W', text: '<script>alert("1")</script>' }]);
    stop.abort(new DroverError('server.stopping'));
    await expect(lines.next()).rejects.toMatchObject({ code: 'server.stopping' });
    const running = async () => (await phone.device.shell(ctx, ['ps', '-A', '-o', 'NAME'])).stdout;
    await expect.poll(running).not.toContain('logcat');
  });

  test('the screen turns and turns back; an app that stays upright is told', async () => {
    const { width, height } = house.simPhone.ui.size;
    await startApp(ctx, phone, notesPackage);
    expect(await turnScreen(ctx, phone, 'landscape')).toBe('landscape');
    expect(await readHierarchy(ctx, phone)).toMatchObject({ rotation: 1, width: height, height: width });
    await key(ctx, phone, 'home');
    expect(await turnScreen(ctx, phone, 'landscape')).toBe('portrait');
    await startApp(ctx, phone, notesPackage);
    expect(await turnScreen(ctx, phone, 'auto')).toBe('portrait');
    expect(await readHierarchy(ctx, phone)).toMatchObject({ rotation: 0, width, height });
  });

  test('the clipboard is written; from Android 10 on nobody but the app in front reads it', async () => {
    await writeClipboard(ctx, phone, 'Grüße 📋');
    expect(house.simPhone.ui.clipboard).toBe('Grüße 📋');
    expect(canReadClipboard(phone)).toBe(false);
    expect(await readClipboard(ctx, phone)).toBe('');
  });

  test('nothing that was sent is unknown to a phone', () => {
    expect(house.simPhone.host.unknown).toEqual([]);
  });
});
