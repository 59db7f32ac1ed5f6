import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DroverError } from '../../src/base/error.ts';
import { pushMedia, removeMedia, sweepMedia } from '../../src/phone/gallery.ts';
import { key, longPress, swipe, tap } from '../../src/phone/gesture.ts';
import { middleOf, type Node } from '../../src/phone/hierarchy.ts';
import {
  foregroundPackage,
  grant,
  openUrl,
  packageVersion,
  shareFile,
  startApp,
  stopApp,
} from '../../src/phone/packages.ts';
import type { Phone } from '../../src/phone/phone.ts';
import { takePicture } from '../../src/phone/picture.ts';
import { wakeUp } from '../../src/phone/power.ts';
import { readHierarchy } from '../../src/phone/screen.ts';
import { byClass, byId, byText } from '../../src/phone/selector.ts';
import { hideKeyboard, isKeyboardShown, readByPasting, readText, typeText } from '../../src/phone/text.ts';
import type { WireEntry } from '../../src/phone/wire.ts';
import { adbKinds } from '../support/adb-servers.ts';
import { writeFilm } from '../support/film.ts';
import { installNotes, type NotesApp, notesPackage } from '../support/notes-app.ts';
import { PhoneHouse, testCtx } from '../support/phone-house.ts';

describe.each(adbKinds)('a phone in hand, through $name', (kind) => {
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
  beforeEach(async ({ skip }) => {
    if (!kind.isHere) skip('adb is not installed here');
    phone.onWire = undefined;
    notes.text = '';
    notes.transform = (text) => text;
    await startApp(ctx, phone, notesPackage);
  });

  const field = async (): Promise<Node> => {
    const [node] = byId('note').find(await readHierarchy(ctx, phone));
    if (!node) throw new Error('no field on the screen');
    return node;
  };

  test('knows what it is', () => {
    expect(phone.model).toBe(house.simPhone.host.props['ro.product.model']);
    expect(phone.android).toBe(house.simPhone.host.props['ro.build.version.release']);
  });

  test('the screen is read as nodes', async () => {
    const hierarchy = await readHierarchy(ctx, phone);
    expect(hierarchy.packages).toContain(notesPackage);
    expect([hierarchy.width, hierarchy.height]).toEqual([house.simPhone.ui.size.width, house.simPhone.ui.size.height]);
    const [button] = byText(/^Tapped/).find(hierarchy);
    expect(button).toMatchObject({ className: 'android.widget.Button', clickable: true, bounds: notes.places.button });
  });

  test('a tap, a long press and a swipe arrive where they were meant', async () => {
    const taps = notes.taps;
    await tap(ctx, phone, middleOf(notes.places.button));
    expect(notes.taps).toBe(taps + 1);
    await longPress(ctx, phone, middleOf(notes.places.button));
    expect(notes.longPresses).toBeGreaterThan(0);
    const { list } = notes.places;
    await swipe(ctx, phone, { x: 500, y: list.bottom - 100 }, { x: 500, y: list.top + 100 }, 200);
    expect(notes.moves.at(-1)?.dy).toBe(-(list.bottom - list.top - 200));
  });

  test.each([
    ['plain words', 'A note'],
    ['emoji of several code points', 'Family 👨‍👩‍👧‍👦 waves 🏳️‍🌈 👍🏽'],
    ['right-to-left', 'שלום עולם مرحبا بالعالم'],
    ['line breaks and quotes', 'one\ntwo "three" \'four\' <five> & \\six'],
    ['what the server would take for Enter', 'ends with \\n'],
    ['2,000 characters', 'Ünïcödé 🌊 '.repeat(200).slice(0, 2_000).trim()],
  ])('%s are typed and read back as they are', async (_, text) => {
    expect(await typeText(ctx, phone, text, { field: await field() })).toBe(text);
    expect(notes.text).toBe(text);
    expect(await readText(ctx, phone, await field())).toBe(text);
  });

  test('typing replaces what stood there, and an empty text empties the field', async () => {
    await typeText(ctx, phone, 'first', { field: await field() });
    await typeText(ctx, phone, 'second');
    expect(notes.text).toBe('second');
    await typeText(ctx, phone, '');
    expect(notes.text).toBe('');
  });

  test('a text longer than one request holds is typed in pieces', async () => {
    const text = '🙂'.repeat(20_000);
    await typeText(ctx, phone, text, { field: await field() });
    expect(notes.text).toBe(text);
  });

  test('a field that keeps something else is told', async () => {
    notes.transform = (text) => text.slice(0, 5);
    const typed = typeText(ctx, phone, 'too long for it', { field: await field() });
    await expect(typed).rejects.toMatchObject({
      code: 'phone.text-mismatch',
      details: { typedChars: 15, readChars: 5, sameUntil: 5 },
    });
  });

  test('what was copied is read over an empty field, which is empty afterwards', async () => {
    house.simPhone.ui.clipboard = 'https://example.com/copied';
    expect(await readByPasting(ctx, phone, await field())).toBe('https://example.com/copied');
    expect(notes.text).toBe('');
    house.simPhone.ui.clipboard = '';
    expect(await readByPasting(ctx, phone, await field(), { timeoutMs: 50 })).toBeUndefined();
  });

  test('a field that keeps what was pasted is told', async () => {
    house.simPhone.ui.clipboard = 'copied';
    notes.transform = (text) => text || notes.text;
    const read = readByPasting(ctx, phone, await field(), { timeoutMs: 50 });
    await expect(read).rejects.toMatchObject({ code: 'phone.text-mismatch' });
    expect(notes.text).toBe('copied');
  });

  test('without a field in focus nothing is typed', async () => {
    await key(ctx, phone, 'home');
    await expect(typeText(ctx, phone, 'lost')).rejects.toMatchObject({ code: 'phone.control-missing' });
    expect(notes.text).toBe('');
  });

  test('the keyboard is closed without leaving the screen', async () => {
    await tap(ctx, phone, middleOf((await field()).bounds));
    expect(await isKeyboardShown(ctx, phone)).toBe(true);
    await hideKeyboard(ctx, phone);
    expect(await isKeyboardShown(ctx, phone)).toBe(false);
    expect(await foregroundPackage(ctx, phone)).toBe(notesPackage);
  });

  test('a dark screen is switched on, a lit one left as it is', async () => {
    house.simPhone.ui.isScreenOn = false;
    await wakeUp(ctx, phone);
    expect(house.simPhone.ui.isScreenOn).toBe(true);
    await wakeUp(ctx, phone);
    expect(house.simPhone.ui.isScreenOn).toBe(true);
  });

  test('a picture is a PNG or JPEG', async () => {
    const picture = Buffer.from(await takePicture(ctx, phone));
    expect(['89504e47', 'ffd8ffe0', 'ffd8ffdb', 'ffd8ffe1']).toContain(picture.subarray(0, 4).toString('hex'));
    expect(picture.length).toBeGreaterThan(1_000);
  });

  test('apps are started, stopped, opened at a link and asked for their version', async () => {
    await key(ctx, phone, 'home');
    expect(await foregroundPackage(ctx, phone)).not.toBe(notesPackage);
    await startApp(ctx, phone, notesPackage);
    expect(await foregroundPackage(ctx, phone)).toBe(notesPackage);
    await openUrl(ctx, phone, "https://example.com/a?b=c&d='e f'", notesPackage);
    expect(notes.opened.at(-1)).toBe("https://example.com/a?b=c&d='e f'");
    expect(await packageVersion(ctx, phone, notesPackage)).toBe('1.2.3');
    expect(await packageVersion(ctx, phone, 'com.example.absent')).toBeUndefined();
    await stopApp(ctx, phone, notesPackage);
    await expect(startApp(ctx, phone, 'com.example.absent')).rejects.toMatchObject({ code: 'app.missing' });
    await expect(openUrl(ctx, phone, 'https://example.com/', 'com.example.absent')).rejects.toMatchObject({
      code: 'app.missing',
    });
  });

  test('a permission is granted, and a refusal is told', async () => {
    await grant(ctx, phone, notesPackage, 'android.permission.CAMERA');
    expect(house.simPhone.packages.find(notesPackage)?.permissions.get('android.permission.CAMERA')).toBe(true);
    await expect(grant(ctx, phone, 'com.example.absent', 'android.permission.CAMERA')).rejects.toMatchObject({
      code: 'device.not-ready',
    });
  });

  test('what is asked and answered is told to whoever records', async () => {
    const wire: WireEntry[] = [];
    phone.onWire = (entry) => wire.push(entry);
    await readHierarchy(ctx, phone);
    await packageVersion(ctx, phone, notesPackage);
    expect(wire.map(({ direction, text }) => `${direction} ${text.slice(0, 20)}`)).toEqual([
      'out GET /source',
      expect.stringMatching(/^in 200 <\?xml/),
      'out shell dumpsys packag',
      expect.stringMatching(/^in 0 /),
    ]);
    for (const { text } of wire) expect(text.length).toBeLessThan(500);
  });

  describe('media', () => {
    const folder = mkdtempSync(join(tmpdir(), 'drover-media-'));
    const path = join(folder, "a film's.mp4");
    const film = writeFilm(path, 'contract');
    const sha256 = createHash('sha256').update(film).digest('hex');
    const source = { path, sha256, mime: 'video/mp4', kind: 'video' as const };
    const inGallery = () => house.simPhone.files.media('video').filter((row) => row.path.includes('/Drover/'));
    const inFolder = () => house.simPhone.files.list('/sdcard/DCIM/Drover') ?? [];

    afterAll(() => rmSync(folder, { recursive: true }));

    test('a film is pushed, proven in the gallery, shared, and taken away again', async () => {
      const pushed = await pushMedia(ctx, phone, source);
      expect(inGallery()).toMatchObject([{ id: pushed.id, sha256, bytes: film.length }]);
      expect(pushed.uri).toBe(`content://media/external/video/media/${pushed.id}`);
      await shareFile(ctx, phone, { uri: pushed.uri, mime: 'video/mp4', package: notesPackage });
      expect(notes.opened.at(-1)).toBe(pushed.uri);
      await removeMedia(ctx, phone, pushed);
      expect(inGallery()).toEqual([]);
      expect(inFolder()).toEqual([]);
      await removeMedia(ctx, phone, pushed);
    });

    test('what a dead attempt left is swept', async () => {
      await pushMedia(ctx, phone, source);
      await pushMedia(ctx, phone, source);
      expect(await sweepMedia(ctx, phone)).toBe(2);
      expect(inGallery()).toEqual([]);
      expect(inFolder()).toEqual([]);
      expect(await sweepMedia(ctx, phone)).toBe(0);
    });

    test('a full phone refuses, and nothing stays behind', async () => {
      house.simPhone.faults.add({ kind: 'disk-full' });
      await expect(pushMedia(ctx, phone, source)).rejects.toMatchObject({ code: 'media.push-failed' });
      house.simPhone.faults.clear();
      expect(inFolder()).toEqual([]);
    });

    test('a file that is not the one that was chosen is refused', async () => {
      const other = { ...source, sha256: '0'.repeat(64) };
      await expect(pushMedia(ctx, phone, other)).rejects.toMatchObject({ code: 'media.push-failed' });
      expect(inFolder()).toEqual([]);
    });
  });

  test('after an abort nothing is touched', async () => {
    const stop = new AbortController();
    const taps = notes.taps;
    stop.abort(new DroverError('task.stopped'));
    await expect(tap(testCtx(stop.signal), phone, middleOf(notes.places.button))).rejects.toMatchObject({
      code: 'task.stopped',
    });
    expect(notes.taps).toBe(taps);
  });

  test('a call that takes too long ends by itself', async () => {
    house.simPhone.faults.add({ kind: 'slow' });
    await expect(readHierarchy(ctx, phone, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'phone.timeout' });
    house.simPhone.faults.clear();
  });

  test('a class is found by its short name', async () => {
    expect(byClass('EditText').find(await readHierarchy(ctx, phone))).toHaveLength(1);
  });

  test('nothing that was sent is unknown to a phone', () => {
    expect(house.simPhone.host.unknown).toEqual([]);
  });
});
