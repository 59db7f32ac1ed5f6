import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apkBytes } from '../support/apk.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { openPage } from '../support/console-page.ts';
import { installNotes, notesPackage } from '../support/notes-app.ts';
import { ServerHouse } from '../support/server-house.ts';

let house: ServerHouse;
beforeAll(async () => {
  house = await ServerHouse.open({ phones: 1 });
  await house.api.until(
    async () => (await house.api.call<{ state: string }>('GET', `/devices/${house.serial}`)).data.state === 'ready',
  );
});
afterAll(async () => {
  await house?.[Symbol.asyncDispose]();
});

const hierarchy = async (): Promise<string> =>
  (await fetch(`${house.api.base}/api/v1/devices/${house.serial}/hierarchy`)).text();
const input = (body: object) => house.api.call<unknown>('POST', `/devices/${house.serial}/input`, body);
const hold = async (): Promise<number> =>
  (await house.api.call<{ hold: { token: number } }>('POST', `/devices/${house.serial}/hold`)).data.hold.token;
const release = () => house.api.call('POST', `/devices/${house.serial}/release`);

/** Middle of the icon of the app on the start screen. */
async function appIcon(): Promise<{ x: number; y: number }> {
  const [, bounds = ''] = /(?:text|content-desc)="TikTok"[^>]*? bounds="([^"]+)"/.exec(await hierarchy()) ?? [];
  const [left = 0, top = 0, right = 0, bottom = 0] = [...bounds.matchAll(/\d+/g)].map(Number);
  expect(right).toBeGreaterThan(left);
  return { x: Math.round((left + right) / 2), y: Math.round((top + bottom) / 2) };
}

describe('touching a phone over the API', () => {
  test('needs a hold of one’s own, and says so', async () => {
    const before = await hierarchy();
    const refused = await input({ hold: 1, tap: await appIcon() });
    expect([refused.code, refused.message]).toEqual([40902, expect.stringContaining('is not held by you')]);
    const token = await hold();
    expect((await input({ hold: token + 1, key: 'home' })).code).toBe(40902);
    expect(await hierarchy()).toBe(before);
    await release();
    expect((await input({ hold: token, key: 'home' })).code).toBe(40902);
  });

  test('does exactly one thing a call', async () => {
    const token = await hold();
    for (const body of [{}, { key: 'home', text: 'x' }]) {
      const refused = await input({ hold: token, ...body });
      expect([refused.code, refused.message]).toEqual([40001, expect.stringContaining('exactly one of')]);
    }
    expect((await input({ hold: token, key: 'power' })).message).toContain('key must be one of');
    expect((await input({ hold: token, tap: { x: -1, y: 0 } })).message).toContain('tap.x');
    await release();
  });

  test('a tap opens the app, home leaves it', async () => {
    const token = await hold();
    expect((await input({ hold: token, tap: await appIcon() })).code).toBe(0);
    await expect.poll(hierarchy).toContain('com.zhiliaoapp.musically');
    expect((await input({ hold: token, key: 'home' })).code).toBe(0);
    await expect.poll(hierarchy).not.toContain('com.zhiliaoapp.musically');
    await release();
  });
});

describe.skipIf(noBrowser !== undefined)('the page of a phone in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  const open = async (options: Parameters<typeof openPage>[1] = {}) => {
    const opened = await openPage(browser, options);
    await opened.page.goto(`${house.api.base}/devices/${encodeURIComponent(house.serial)}`);
    return opened;
  };
  const frames = async (page: Page) => Number(await page.locator('canvas').getAttribute('data-frames'));

  test('leaving the page gives the phone back', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Use this phone' }).click();
    await page.getByRole('button', { name: 'Give back' }).waitFor();
    await page.getByRole('link', { name: 'Tasks' }).click();
    await expect
      .poll(async () => (await house.api.call<{ held_by: unknown }>('GET', `/devices/${house.serial}`)).data.held_by)
      .toBe(null);
  });

  test('a name and tags are kept', async () => {
    const { page } = await open();
    await page.getByRole('textbox', { name: 'Name' }).fill('Shelf <b>1</b>');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Shelf <b>1</b>' }).waitFor();
    const { data } = await house.api.call<{ name: string }>('GET', `/devices/${house.serial}`);
    expect(data.name).toBe('Shelf <b>1</b>');
  });

  /** What a person holds over the page, or lets go of. */
  const letGo = (page: Page, event: 'dragover' | 'drop', files: { name: string; base64: string }[]) =>
    page.evaluate(`{
      const dataTransfer = new DataTransfer();
      for (const { name, base64 } of ${JSON.stringify(files)})
        dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name));
      document.body.dispatchEvent(
        new DragEvent('${event}', { bubbles: true, cancelable: true, dataTransfer }),
      );
    }`);
  const base64 = (content: Buffer | string) => Buffer.from(content).toString('base64');
  const onPhone = async (line: string): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of house.phone.openService(`exec:${line}`) ?? []) parts.push(part as Buffer);
    return Buffer.concat(parts).toString();
  };

  test('a file that is dropped is on the phone; it can be fetched and deleted', async () => {
    const { page, complaints } = await open();
    const name = '<img src=x onerror=alert(1)>.txt';
    await page.getByRole('tab', { name: 'Files' }).click();
    await page.getByText('Nothing in here').waitFor();
    await letGo(page, 'dragover', [{ name, base64: base64('boats') }]);
    await page.getByText('Drop it to put it on the phone').waitFor();
    await letGo(page, 'drop', [{ name, base64: base64('boats') }]);
    await page.getByRole('listitem').filter({ hasText: 'is on the phone' }).waitFor();
    await page.getByRole('cell', { name, exact: true }).waitFor();
    expect(String(house.phone.files.read(`/sdcard/Download/${name}`))).toBe('boats');
    // Taken for the file alone.
    await page.getByRole('button', { name: 'Use this phone' }).waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Save ${name} here` }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toBe('boats');
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Nothing in here').waitFor();
    expect(house.phone.files.stat(`/sdcard/Download/${name}`)).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  test('folders are gone into and out of; what is chosen lands where one is', async () => {
    const { page } = await open();
    await page.getByRole('tab', { name: 'Files' }).click();
    await page.getByRole('button', { name: 'The folder around it' }).click();
    await page.getByRole('button', { name: 'Documents', exact: true }).click();
    await page.getByText('Nothing in here').waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('1') });
    await page.getByRole('cell', { name: 'list.txt', exact: true }).waitFor();
    expect(String(house.phone.files.read('/sdcard/Documents/list.txt'))).toBe('1');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.txt', mimeType: 'text/plain', buffer: Buffer.from('22') });
    await page.getByRole('button', { name: 'Replace it' }).click();
    await expect.poll(() => String(house.phone.files.read('/sdcard/Documents/list.txt'))).toBe('22');
  });

  test('an app that is dropped is installed, and a refusal says why', async () => {
    const { page } = await open();
    const apk = (versionCode: number) => base64(apkBytes({ name: 'com.example.boats', versionCode }));
    await page.getByRole('tab', { name: 'Log' }).waitFor();
    await letGo(page, 'drop', [
      { name: 'boats.apk', base64: apk(2) },
      { name: 'older.APK', base64: apk(1) },
    ]);
    await page.getByRole('listitem').filter({ hasText: 'boats.apk' }).filter({ hasText: 'is installed' }).waitFor();
    await page.getByText('INSTALL_FAILED_VERSION_DOWNGRADE').waitFor();
    expect(house.phone.packages.find('com.example.boats')?.versionCode).toBe(2);
  });

  test('the log is followed, filtered, paused and left', async () => {
    const { page, complaints } = await open();
    await page.getByRole('tab', { name: 'Log' }).click();
    const lines = page.getByRole('region', { name: 'Log of the phone' });
    await lines.getByText('SystemServer').waitFor();
    await onPhone("log -p w -t Boats '<script>alert(1)</script> ahoy'");
    await lines.getByText('<script>alert(1)</script> ahoy').waitFor();
    await page.getByRole('textbox', { name: 'Tag' }).fill('boat');
    await expect.poll(() => lines.getByText('SystemServer').count()).toBe(0);
    await lines.getByText('ahoy').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await onPhone('log -t Boats while paused');
    await page.getByText('paused · 1 line').waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await lines.getByText('while paused').waitFor();
    await page.getByRole('tab', { name: 'Overview' }).click();
    await expect.poll(() => onPhone('ps -A -o NAME')).not.toContain('logcat');
    expect(complaints).toEqual([]);
  });

  test('text is added where the cursor is, and the screen turns', async () => {
    const notes = installNotes(house.phone);
    house.phone.ui.start({ package: notesPackage, categories: [], extras: {}, flags: 0 });
    const { page } = await open();
    await expect.poll(() => frames(page), { timeout: 20_000 }).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Use this phone' }).click();
    const text = page.getByRole('textbox', { name: 'Text for the field with the focus' });
    const box = await page.locator('canvas').boundingBox();
    if (!box) throw new Error('no canvas');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.15);
    await text.fill('one ');
    await text.press('Enter');
    await expect.poll(() => notes.text).toBe('one ');
    await page.locator('canvas').focus();
    await page.keyboard.type('two');
    await expect.poll(() => notes.text).toBe('one two');

    await page.getByRole('button', { name: 'Turn the screen' }).click();
    await page.getByRole('menuitem', { name: 'Across' }).click();
    await page.locator('canvas[data-landscape]').waitFor();
    await page.getByRole('button', { name: 'Home', exact: true }).click();
    await page.locator('canvas:not([data-landscape])').waitFor();
    await page.getByRole('button', { name: 'Turn the screen' }).click();
    await page.getByRole('menuitem', { name: 'Across' }).click();
    await page.getByText('keeps its own way up').waitFor();
  });

  test('what the recogniser sees is shown with its reasons, and where on the screen', async () => {
    house.phone.ui.start({ package: 'com.zhiliaoapp.musically', categories: [], extras: {}, flags: 0 });
    await expect.poll(hierarchy).toContain('For You');
    const { page, complaints } = await open();
    await page.getByRole('button', { name: 'Read the screen' }).click();
    await page.getByText('feed · 100%').waitFor();
    await page.getByText('tiktok.feed', { exact: true }).waitFor();
    await page.getByRole('button', { name: /nav_profile/ }).click();
    await page.getByText('tab 5 of').waitFor();
    await page.locator('svg rect[class*=marked]').waitFor();
    house.phone.ui.key(3);
    expect(complaints).toEqual([]);
  });

  test('a text is put into the clipboard of the phone', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Use this phone' }).click();
    await page.getByText('Clipboard', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Text of the clipboard' }).fill('Grüße 📋');
    await page.getByRole('button', { name: 'Put on the phone' }).click();
    await page.getByText('The text is in the clipboard of the phone').waitFor();
    expect(house.phone.ui.clipboard).toBe('Grüße 📋');
    await page.getByRole('button', { name: 'Read from the phone' }).click();
    await page.getByText('an empty text says nothing').waitFor();
  });
});
