import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { accessibilityFaults, openPage } from '../support/console-page.ts';
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

  test('is driven by keys alone: palette, sheet of keys, moving between phones', async () => {
    const { page } = await open();
    await page.getByRole('article').nth(2).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Go to Phones').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.type('Deutsch');
    await page
      .getByRole('dialog')
      .getByRole('option', { name: /Deutsch/ })
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Telefone' }).waitFor();
    const links = page.locator('[data-tile-link]');
    await links.first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.getByText('1 ausgewählt').waitFor();
    expect(await page.evaluate('document.activeElement.dataset.tileLink')).toBe(
      await links.nth(1).getAttribute('data-tile-link'),
    );
  });

  test.each(['light', 'dark'] as const)('has nothing that axe objects to, in %s', async (colorScheme) => {
    const { page } = await open({ colorScheme }, '/?by=standing');
    await tile(page, 0).locator('img[src^="blob:"]').waitFor();
    await tile(page, 0).getByRole('checkbox').check();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Go to Phones').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('fits a window of 390 px', async () => {
    const { page } = await open({ viewport: { width: 390, height: 844 } });
    await page.getByRole('article').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Phones' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('says when the server is gone and catches up when it is back', async () => {
    const { page } = await open();
    await tile(page, 0).getByText('Ready', { exact: true }).waitFor();
    const port = house.drover?.port ?? 0;
    await house.stop();
    await page.getByText(/The server does not answer\. Trying again/).waitFor();
    await house.start({ port });
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText(/The server does not answer/).waitFor({ state: 'detached' });
  });
});
