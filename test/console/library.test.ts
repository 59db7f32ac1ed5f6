/** Review, accounts, media, schedules, settings and access, as an operator uses them. */
import type { Browser, Page } from 'playwright-core';
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

  test('a held task is approved by keyboard alone, and runs', async () => {
    await house.api.call('PATCH', '/settings', { 'review.hold_kinds': ['follow'] });
    const [id = 0] = await house.api.create({
      serials: [house.serial],
      script_name: 'follow',
      script_config: { target_users: ['@tinytrainyard'] },
    });
    const { page, complaints } = await open('/');
    await page.getByRole('heading', { name: 'Phones' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByText('waits for approval').waitFor();
    await page.keyboard.press('a');
    await page.getByText('Nothing waits for you').waitFor();
    expect(await house.api.ended(id)).toMatchObject({ status: 2 });
    await house.api.call('PATCH', '/settings', { 'review.hold_kinds': null });
    expect(complaints).toEqual([]);
  });

  test('a table of accounts shows what it would change before it changes anything', async () => {
    const { page, complaints } = await open('/accounts');
    await page.getByRole('button', { name: 'Import' }).click();
    const file = (text: string) => ({ name: 'accounts.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const choose = page.locator('input[type=file]');
    await choose.setInputFiles(file('username,tags,owned\nlena.makes,shop,yes\n=bad name,,\n'));
    await page.getByText('1 new, 0 changed, 0 as they are, 1 wrong').waitFor();
    expect(await page.getByRole('button', { name: /Apply/ }).isDisabled()).toBe(true);
    await choose.setInputFiles(file('username,tags,owned\nlena.makes,shop,yes\ntom.makes,,no\n'));
    await page.getByText('2 new, 0 changed').waitFor();
    expect(await data('/accounts?username=lena.makes')).toMatchObject({ total: 0 });
    await page.getByRole('button', { name: 'Apply 2 changes' }).click();
    await page.getByRole('button', { name: '@lena.makes', exact: true }).waitFor();
    const row = page.getByRole('row').filter({ hasText: '@tom.makes' });
    await row.getByRole('button', { name: 'It is mine' }).click();
    await row.getByText('yours, as stated').waitFor();
    expect(await data('/accounts?username=tom.makes')).toMatchObject({
      accounts: [{ owned: true, owned_by: 'operator' }],
    });
    expect(complaints).toEqual([]);
  });

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

  test.each(['light', 'dark'] as const)('nothing stands in the way of anybody, in %s', async (colorScheme) => {
    const paths = [
      '/review',
      '/accounts',
      '/media',
      '/schedules',
      '/schedules?view=calendar',
      '/settings',
      '/access',
      '/audit',
    ];
    const faults: string[] = [];
    for (const path of paths) {
      const { page } = await open(path, { colorScheme });
      await settled(page);
      faults.push(...(await accessibilityFaults(page)).map((fault) => `${path} ${fault}`));
      await page.context().close();
    }
    expect(faults).toEqual([]);
  });

  test('the pages fit a narrow screen, and speak German', async () => {
    for (const [path, title] of [
      ['/accounts', 'Konten'],
      ['/media', 'Medien'],
      ['/settings', 'Einstellungen'],
    ] as const) {
      const { page } = await open(path, { locale: 'de-DE', viewport: { width: 390, height: 800 } });
      await page.getByRole('heading', { name: title }).waitFor();
      await settled(page);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(390);
      await page.context().close();
    }
  });
});

/** Nothing is being fetched any more. The event stream never ends, so what is waited for is the page's own title. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction('document.querySelector("[aria-busy=true]") === null');
}
