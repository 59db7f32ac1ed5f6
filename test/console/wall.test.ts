import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { openPage } from '../support/console-page.ts';
import { ServerHouse } from '../support/server-house.ts';

const dist = join(import.meta.dirname, '..', '..', 'dist', 'console');

test('the first view loads at most 300 KB of script', () => {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<
    string,
    { file: string; imports?: string[] }
  >;
  const files = new Set<string>();
  const add = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const other of chunk.imports ?? []) add(other);
  };
  for (const name of ['index.html', 'devices/wall-page.tsx', 'shell/words/de.ts']) {
    expect(manifest[name], name).toBeDefined();
    add(name);
  }
  const bytes = [...files].map((file) => gzipSync(readFileSync(join(dist, file))).length).reduce((a, b) => a + b, 0);
  expect(bytes).toBeLessThan(300 * 1024);
});

describe.skipIf(noBrowser !== undefined)('the wall in a browser', () => {
  let house: ServerHouse;
  let browser: Browser;
  beforeAll(async () => {
    house = await ServerHouse.open({ phones: 3 });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await house?.[Symbol.asyncDispose]();
  });
  const open = async (options: Parameters<typeof openPage>[1] = {}, path = '/') => {
    const opened = await openPage(browser, options);
    await opened.page.goto(house.api.base + path);
    return opened;
  };
  const tile = (page: Page, index: number) =>
    page.getByRole('article').filter({ hasText: house.phoneAt(index).host.serial });

  test('shows each phone with its proven state and its screen', async () => {
    const { page, complaints } = await open();
    await page.getByRole('article').nth(2).waitFor();
    expect(await page.getByRole('article').count()).toBe(3);
    await tile(page, 0).getByText('Ready', { exact: true }).waitFor();
    expect(await tile(page, 0).innerText()).toMatch(/answered \d+ sec\. ago|answered in 0 sec\.|answered 0 sec\. ago/);
    await tile(page, 0).locator('img[src^="blob:"]').waitFor();
    expect(complaints).toEqual([]);
  });

  test('filters by what is typed and keeps it in the address', async () => {
    const { page } = await open();
    const { serial } = house.phoneAt(1).host;
    await page.getByRole('article').nth(2).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(serial);
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    await page.reload();
    await tile(page, 1).waitFor();
    expect(await page.getByRole('article').count()).toBe(1);
  });

  test('maintains many phones at once, with what each of them answered', async () => {
    const { page } = await open();
    await tile(page, 0).getByRole('checkbox').check();
    await tile(page, 1).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Take out of service' }).click();
    await page.getByText('Take out of service: done for 2 phones').waitFor();
    await tile(page, 0).getByText('Out of service').waitFor();
    const { data } = await house.api.call<{ devices: { state: string }[] }>('GET', '/devices?state=disabled');
    expect(data.devices).toHaveLength(2);
    await page.getByRole('button', { name: 'Put into service' }).click();
    await tile(page, 0).getByText('Ready', { exact: true }).waitFor();
  });
});
