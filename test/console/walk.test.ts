/** The way of an operator through the whole console, from a server without a phone on. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSampleVideo } from '../../src/sim/sample-video.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { accessibilityFaults, openPage } from '../support/console-page.ts';
import { ServerHouse } from '../support/server-house.ts';

describe.skipIf(noBrowser !== undefined)('a walk through the console', () => {
  let house: ServerHouse;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    house = await ServerHouse.open({ phones: 2, config: { connect: [] } });
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser));
    page.setDefaultTimeout(20_000); // below the test's own, so that the step that hangs is named
  });
  afterAll(async () => {
    await browser?.close();
    await house?.[Symbol.asyncDispose]();
  });
  const step = (name: string) => page.getByRole('listitem').filter({ has: page.locator('summary', { hasText: name }) });

  test('the first run leads from no phone to a task that was seen to its end', async () => {
    await page.goto(house.api.base);
    await step('Connect a phone').getByText('adb answers').waitFor();
    await step('Connect a phone').getByText('npx --no-install drover serve --sim').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Put the guide away' }).click();
    await page.getByRole('heading', { name: 'No phone yet' }).waitFor();
    await page.getByRole('button', { name: 'Show the first steps' }).click();

    const port = house.drover?.port ?? 0;
    await house.stop();
    await house.start({ port, connect: house.fleet.phones.map(({ host }) => host.serial) });
    await page.getByRole('link', { name: 'Go on with the first steps' }).click();
    await step('Connect a phone').getByText('done').waitFor();

    await page.getByRole('button', { name: 'Add account' }).click();
    await page.getByLabel('Username').fill('lena.makes');
    await page.getByRole('checkbox', { name: 'This account is mine' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await step('Say which account is yours').getByText('done').waitFor();

    const video = Buffer.from(createSampleVideo({ seconds: 1, seed: 'harbour' }));
    await page.locator('input[type=file]').setInputFiles({ name: 'harbour.mp4', mimeType: 'video/mp4', buffer: video });
    await step('Upload something to post').getByText('done').waitFor();

    await page.getByRole('link', { name: 'Open the filled-in form' }).click();
    await page.getByText('1 task on 1 phone.').waitFor();
    await page.getByRole('button', { name: 'Create the tasks' }).click();
    await page.getByText('Completed').first().waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await step('Watch it run').getByText('done').waitFor();
    expect(complaints.filter((text) => !/ERR_/.test(text))).toEqual([]);
  }, 90_000);
});
