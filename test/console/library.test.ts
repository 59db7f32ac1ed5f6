/** Review, accounts, media, schedules, settings and access, as an operator uses them. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSampleVideo } from '../../src/sim/sample-video.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { accessibilityFaults, openPage } from '../support/console-page.ts';
import { ServerHouse } from '../support/server-house.ts';

const hostile = '<img src=x onerror="document.title=1">';

describe.skipIf(noBrowser !== undefined)('pages around the tasks', () => {
  let house: ServerHouse;
  let browser: Browser;
  beforeAll(async () => {
    house = await ServerHouse.open({ phones: 1 });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await house?.[Symbol.asyncDispose]();
  });
  const open = async (path: string, options: Parameters<typeof openPage>[1] = {}) => {
    const opened = await openPage(browser, options);
    opened.page.setDefaultTimeout(15_000); // below the test's own, so that the step that hangs is named
    await opened.page.goto(house.api.base + path);
    return opened;
  };
  const data = async <T>(path: string): Promise<T> => (await house.api.call<T>('GET', path)).data;

  test('files are added with what became of each; a hostile tag is shown as text', async () => {
    const { page, complaints } = await open('/media');
    await page.getByText('The library is empty').waitFor();
    await page.locator('input[type=file]').setInputFiles([
      { name: 'harbour.mp4', mimeType: 'video/mp4', buffer: Buffer.from(createSampleVideo({ seconds: 1, seed: 'a' })) },
      { name: 'letter.mp4', mimeType: 'video/mp4', buffer: Buffer.from('this is no film') },
    ]);
    await page.getByText(/refused: letter\.mp4/).waitFor();
    const card = page.getByRole('button', { name: /harbour\.mp4/ });
    await card.click();
    await page.getByRole('combobox', { name: 'Tags' }).fill(hostile);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Save' }).click();
    await card.getByText(hostile).waitFor();
    expect(await page.title()).toBe('Media · Drover');
    expect(complaints.filter((text) => !/400/.test(text))).toEqual([]);
  });

  test('a schedule is made from the form of a task, shows its next times, and stands in the calendar', async () => {
    const { page, complaints } = await open('/schedules');
    await page.getByRole('link', { name: 'Add schedule' }).click();
    await page.getByLabel('Name', { exact: false }).fill('Mornings');
    await page.getByRole('combobox', { name: 'Repeats' }).click();
    await page.getByRole('option', { name: 'Cron expression' }).click();
    await page.getByLabel(/^Cron/).fill('61 8 * * *');
    await page.getByText(/cron/i).filter({ hasText: '61' }).first().waitFor();
    await page.getByRole('combobox', { name: 'Repeats' }).click();
    await page.getByRole('option', { name: 'Every day' }).click();
    await page.getByLabel('Time of day').fill('06:45');
    const times = page.getByRole('region', { name: 'The next ten times' });
    await times.getByText('06:45').nth(9).waitFor();
    await page.getByText('Follow', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Phones' }).click();
    await page.getByRole('option').first().click();
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Users' }).fill('@sable.dance');
    await page.getByRole('region', { name: 'What one run makes' }).getByText('@sable.dance').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Mornings is saved').waitFor();
    await page.getByText('Calendar', { exact: true }).click();
    expect(await page.getByRole('listitem').filter({ hasText: 'Mornings' }).count()).toBeGreaterThan(9);
    await page
      .getByRole('button', { name: /Mornings/ })
      .first()
      .click();
    expect(await page.getByRole('textbox', { name: 'Users' }).inputValue()).toBe('@sable.dance');
    expect(await data('/schedules')).toMatchObject({
      schedules: [{ cron: '45 6 * * *', body: { serials: [house.serial], script_name: 'follow' } }],
    });
    expect(complaints.filter((text) => !/400/.test(text))).toEqual([]);
  });

  test('a setting changes with its ceiling in view; nobody passes it', async () => {
    const { page } = await open('/settings');
    const posts = page.getByLabel('conduct.post_per_day');
    await posts.fill('26');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/conduct\.post_per_day was not changed/).waitFor();
    await posts.fill('4');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/conduct\.post_per_day is saved/).waitFor();
    await page.getByRole('button', { name: 'Back to the default' }).first().click();
    await expect
      .poll(async () =>
        (await data<{ settings: { key: string; value: unknown }[] }>('/settings')).settings.find(
          ({ key }) => key === 'conduct.post_per_day',
        ),
      )
      .toMatchObject({ value: 10 });
  });

  test('a token is shown once, and revoked', async () => {
    const { page } = await open('/access');
    await page.getByLabel('Name of the token').fill('board');
    await page.getByRole('button', { name: 'Make token' }).click();
    await page.getByText('This token is shown once').waitFor();
    await page.getByRole('button', { name: 'Revoke board' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('board is revoked').waitFor();
    expect(await data('/tokens')).toMatchObject({ total: 0 });
  });
});
