import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { accessibilityFaults, openPage } from '../support/console-page.ts';
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

  test('the screen moves, and a click on it touches the phone', async () => {
    const { page, complaints } = await open();
    await expect.poll(() => frames(page), { timeout: 20_000 }).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Use this phone' }).click();
    await page.getByRole('button', { name: 'Give back' }).waitFor();
    await page.getByText('In use by operator').waitFor();
    const icon = await appIcon();
    const { data } = await house.api.call<{ model: string }>('GET', `/devices/${house.serial}`);
    expect(data.model).not.toBe('');
    const [, width = '1080', height = '2400'] = /width="(\d+)" height="(\d+)"/.exec(await hierarchy()) ?? [];
    const box = await page.locator('canvas').boundingBox();
    if (!box) throw new Error('no canvas');
    await page.mouse.click(
      box.x + (icon.x / Number(width)) * box.width,
      box.y + (icon.y / Number(height)) * box.height,
    );
    await expect.poll(hierarchy).toContain('com.zhiliaoapp.musically');
    await page.getByRole('button', { name: 'Home', exact: true }).click();
    await expect.poll(hierarchy).not.toContain('com.zhiliaoapp.musically');
    await page.getByRole('button', { name: 'Give back' }).click();
    await page.getByText('Ready', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

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

  test.each(['light', 'dark'] as const)(
    'axe objects to nothing, in %s',
    async (colorScheme) => {
      const { page } = await open({ colorScheme });
      await page.getByRole('button', { name: 'Read the screen' }).click();
      await page.getByRole('list', { name: 'What was on the screen' }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
    },
    60_000,
  );

  test('fits a window of 390 px', async () => {
    const { page } = await open({ viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: 'Use this phone' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
