import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { accessibilityFaults, openPage } from '../support/console-page.ts';
import { postBody, ServerHouse } from '../support/server-house.ts';

const hostile = `<img src=x onerror="document.title='owned'"> \u202Etxt.exe =cmd|' /C calc'!A0 ${'x'.repeat(300)}`;

describe.skipIf(noBrowser !== undefined)('tasks and traces in a browser', () => {
  let house: ServerHouse;
  let browser: Browser;
  let completed = 0;
  let failed = 0;
  beforeAll(async () => {
    house = await ServerHouse.open({ phones: 2 });
    browser = await openBrowser();
    [completed = 0] = await house.api.create(postBody(house.serial, house.film().path, { captions: hostile }));
    [failed = 0] = await house.api.create({
      serials: [house.phoneAt(1).host.serial],
      script_name: 'follow',
      script_config: { target_users: ['@nobody.here'] },
    });
    await house.api.ended(completed);
    await house.api.ended(failed);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.[Symbol.asyncDispose]();
  });
  const open = async (path: string, options: Parameters<typeof openPage>[1] = {}) => {
    const opened = await openPage(browser, options);
    await opened.page.goto(house.api.base + path);
    return opened;
  };
  const row = (page: Page, id: number) =>
    page.getByRole('row').filter({ has: page.getByRole('link', { name: `${id}`, exact: true }) });

  test('the table filters on the server, keeps the filter in the address and is driven by keys', async () => {
    const { page } = await open('/tasks');
    await row(page, completed).getByText('Completed').waitFor();
    await page.getByRole('button', { name: /^Failed/ }).click();
    await row(page, completed).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('status')).toBe('failed');
    await page.reload();
    await row(page, failed).getByText('TikTok shows no user').waitFor();
    await row(page, failed).getByRole('link').focus();
    await page.keyboard.press('Space');
    await page.getByText('1 chosen').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'What went wrong' }).waitFor();
  });

  test('a task that ends is shown as ended without a reload', async () => {
    const { page } = await open('/tasks');
    await row(page, completed).waitFor();
    const [id = 0] = await house.api.create(postBody(house.serial, '/nowhere/none.mp4'));
    await row(page, id).getByText('Failed', { exact: true }).waitFor();
    await row(page, id)
      .getByRole('button', { name: `Delete ${id}` })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await row(page, id).waitFor({ state: 'detached' });
    expect((await house.api.call('GET', `/task/${id}`)).status).toBe(404);
  });

  test('the trace shows what was seen, decided and said, and hostile text as text', async () => {
    const { page, complaints } = await open(`/tasks/${completed}`);
    await page.getByRole('button', { name: /^Action post/ }).click();
    const details = page.getByRole('region', { name: 'Details of the step' });
    await details.getByText('Intent, written down before the act').waitFor();
    await details.getByText('Allowed').waitFor();
    await details.getByText('<img src=x onerror=', { exact: false }).first().waitFor();
    await details.getByRole('tab', { name: 'Hierarchy' }).click();
    await details
      .getByRole('button', { name: /TextView/ })
      .first()
      .click();
    await details.getByText('resource-id').or(details.getByText('bounds')).first().waitFor();
    await details.getByRole('tab', { name: 'Phone log' }).click();
    await details.getByText('GET /source').first().waitFor();
    expect(await page.title()).not.toBe('owned');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('an exported trace opens from disk without a network', async () => {
    for (const id of [completed, failed]) {
      const response = await fetch(`${house.api.base}/api/v1/task/${id}/trace.html`);
      expect(response.headers.get('content-disposition')).toContain(`drover-task-${id}.html`);
      expect(response.headers.get('content-security-policy')).toContain('sandbox');
      const text = await response.text();
      expect(text.length).toBeLessThan(2 * 1024 * 1024);
      expect(text.includes('<img src=x')).toBe(false);
      const path = join(house.folder, `${id}.html`);
      writeFileSync(path, text);
      const { page, complaints } = await openPage(browser, { offline: true });
      await page.goto(`file://${path}`);
      await page.locator('svg image').first().waitFor();
      await page.getByRole('region', { name: 'Steps' }).getByRole('button').first().click();
      expect(complaints).toEqual([]);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
  });

  test('a trace without a viewer or a task is refused in words', async () => {
    expect((await house.api.call('GET', '/task/99999/trace.html')).message).toContain('99999');
  });
});
