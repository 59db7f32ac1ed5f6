import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { openPage } from '../support/console-page.ts';
import { ServerHouse } from '../support/server-house.ts';

describe.skipIf(noBrowser !== undefined)('making tasks in a browser', () => {
  let house: ServerHouse;
  let browser: Browser;
  beforeAll(async () => {
    house = await ServerHouse.open({ phones: 2 });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await house?.[Symbol.asyncDispose]();
  });
  const open = async (query: string, options: Parameters<typeof openPage>[1] = {}) => {
    const opened = await openPage(browser, options);
    await opened.page.goto(`${house.api.base}/tasks/new?${query}`);
    return opened;
  };
  const preview = (page: Page) => page.getByRole('region', { name: 'What this makes' });
  const both = () => `serials=${[0, 1].map((index) => house.phoneAt(index).host.serial).join(',')}`;

  test('the preview fans out over phones and users and creates nothing', async () => {
    const { page } = await open(`script=follow&${both()}`);
    await page.getByRole('textbox', { name: 'Users' }).fill('@one.user\n@two.user\n@three.user');
    await preview(page).getByText('6 tasks on 2 phones.').waitFor();
    await preview(page).getByText('@three.user').first().waitFor();
    expect(await page.getByRole('region', { name: 'Copy as curl' }).innerText()).toContain(
      '"target_users":["@one.user"',
    );
    expect((await house.api.call<{ tasks: unknown[] }>('GET', '/task?script_name=follow')).data.tasks).toEqual([]);
  });

  test('what is missing is said at its field, in words', async () => {
    const { page } = await open(`script=comment&serials=${house.serial}`);
    await page.getByRole('button', { name: 'Create the tasks' }).click();
    await page.getByRole('alert').getByText('target_post_urls').waitFor();
    expect(await page.getByRole('textbox', { name: 'Posts' }).getAttribute('aria-invalid')).toBe('true');
  });
});
