/** The way of an operator through the whole console in one go, from a server without a phone on. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withStore } from '../../src/cli/token.ts';
import { ownAccounts } from '../../src/sim/cast.ts';
import { createSampleVideo } from '../../src/sim/sample-video.ts';
import { insertReview } from '../../src/store/reviews.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { accessibilityFaults, openPage } from '../support/console-page.ts';
import { ServerHouse } from '../support/server-house.ts';

describe.skipIf(noBrowser !== undefined)('a walk through the console', () => {
  let house: ServerHouse;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  beforeAll(async () => {
    house = await ServerHouse.open({ phones: 4, config: { connect: [] } });
    browser = await openBrowser();
    ({ page, complaints } = await openPage(browser));
    page.setDefaultTimeout(30_000); // below the test's own, so that the step that hangs is named
  });
  afterAll(async () => {
    await browser?.close();
    await house?.[Symbol.asyncDispose]();
  });

  const phone = (index: number) => house.phoneAt(index).host.serial;
  const button = (name: string | RegExp) => page.getByRole('button', { name }).first();
  const keys = async (...pressed: string[]) => {
    for (const key of pressed) await page.keyboard.press(key);
  };
  const tile = (index: number) => page.getByRole('article').filter({ hasText: phone(index) });
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });

  /** Goes on with Tab until what has the focus is called that. */
  const tabTo = async (name: RegExp) => {
    for (let tries = 0; tries < 60; tries++) {
      await page.keyboard.press('Tab');
      const called = await page.evaluate<string>(
        `(() => { const one = document.activeElement; return [one.getAttribute('aria-label'), one.labels?.[0]?.textContent, one.textContent].find(Boolean) ?? ''; })()`,
      );
      if (name.test(called)) return;
    }
    throw new Error(`no Tab leads to ${name}`);
  };

  test('from no phone to a fleet at work', async () => {
    await firstRun();
    await createsEachScript();
    await seesThemEnd();
    await findsTheCause();
    await touchesAPhone();
    await importsAccounts();
    await reviewsByKeyboard();
    await speaksGermanInTheDark();
    await fitsANarrowWindow();
    // While the server was away the browser has noted what it could not reach.
    expect(complaints.filter((text) => !/ERR_/.test(text))).toEqual([]);
  }, 180_000);

  /** The guide leads from an empty fleet to a video that is published; on the way the server is lost and regained. */
  async function firstRun(): Promise<void> {
    const step = (name: string) =>
      page.getByRole('listitem').filter({ has: page.locator('summary', { hasText: name }) });
    await page.goto(house.api.base);
    await step('Connect a phone').getByText('adb answers').waitFor();
    await step('Connect a phone').getByText('npx --no-install drover serve --sim').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await button('Put the guide away').click();
    await page.getByRole('heading', { name: 'No phone yet' }).waitFor();
    await button('Show the first steps').click();

    const port = house.drover?.port ?? 0;
    await house.stop();
    await page.getByText(/The server does not answer\. Trying again/).waitFor();
    await house.start({ port, connect: house.fleet.phones.map(({ host }) => host.serial) });
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText(/The server does not answer/).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Go on with the first steps' }).click();
    await step('Connect a phone').getByText('done').waitFor();

    await button('Add account').click();
    await page.getByLabel('Username').fill('lena.makes');
    await page.getByRole('checkbox', { name: 'This account is mine' }).check();
    await button('Save').click();
    await step('Say which account is yours').getByText('done').waitFor();
    const video = Buffer.from(createSampleVideo({ seconds: 1, seed: 'harbour' }));
    await page.locator('input[type=file]').setInputFiles({ name: 'harbour.mp4', mimeType: 'video/mp4', buffer: video });
    await step('Upload something to post').getByText('done').waitFor();

    await page.goto(`${house.api.base}/tasks/new?script=post&serials=${encodeURIComponent(phone(0))}`);
    await page.getByRole('textbox', { name: 'Caption' }).fill('Hello from the console ⛵');
    await page.getByText('1 task on 1 phone.').waitFor();
    await button('Create the tasks').click();
    await page.getByText('Completed').first().waitFor();
    expect(house.phone.actions().posts.map(({ caption }) => caption)).toEqual(['Hello from the console ⛵']);
    await keys('g', 'h');
    await step('Watch it run').getByText('done').waitFor();
  }

  /** A task of every other script from the dialog; one of them cannot succeed, and one waits for approval. */
  async function createsEachScript(): Promise<void> {
    const { world } = house.fleet;
    world.addFollow('tiktok', ownAccounts(1)[0] ?? '', 'noor_repairs');
    const video = world.postsBy('tiktok', 'bakeoff.bruno')[0];
    if (!video) throw new Error('nothing to comment on');
    await house.api.call('PATCH', '/settings', { 'review.hold_kinds': ['comment'] });
    const fill = async (script: string, index: number, fields: Readonly<Record<string, string>>) => {
      await page.goto(`${house.api.base}/tasks/new?script=${script}&serials=${encodeURIComponent(phone(index))}`);
      if (script === 'account_warmup') await button('More settings').click();
      for (const [name, text] of Object.entries(fields)) await page.getByRole('textbox', { name }).fill(text);
      await page.getByText('1 task on 1 phone.').waitFor();
      await button('Create the tasks').click();
      await page.waitForURL(/\/tasks\/\d+$/);
    };
    await fill('follow', 2, { Users: '@nobody.here' });
    await fill('unfollow', 1, { Users: '@noor_repairs' });
    await fill('comment', 3, { Posts: video.url, Comments: 'So calm' });
    await fill('account_warmup', 0, { Duration: '2', 'Shortest watch time': '1', 'Longest watch time': '1' });

    // The last one by keyboard alone.
    await keys('g', 't');
    await page.getByRole('heading', { name: 'Tasks' }).waitFor();
    await keys('c');
    await page.getByRole('heading', { name: 'New task' }).waitFor();
    await tabTo(/^Post$/);
    await keys('ArrowRight');
    await tabTo(/^Phones/);
    await page.keyboard.type(phone(3));
    await keys('ArrowDown', 'Enter', 'Escape');
    await tabTo(/^Users/);
    await page.keyboard.type('@harbor.kiln');
    await page.getByText('1 task on 1 phone.').waitFor();
    await keys('Control+Enter');
    await page.waitForURL(/\/tasks\/\d+$/);
  }

  async function seesThemEnd(): Promise<void> {
    await keys('g', 't');
    await row('@noor_repairs').getByText('Completed').waitFor();
    await row('@harbor.kiln').getByText('Completed').waitFor();
    await row('Warm-up').getByText('Completed').waitFor();
    await row('Comment').getByText('Waits for approval').first().waitFor();
    await row('@nobody.here').getByText('Failed').waitFor();
    expect(house.phoneAt(1).actions().unfollows).toMatchObject([{ target: 'noor_repairs' }]);
    expect(house.phoneAt(3).actions().follows).toMatchObject([{ target: 'harbor.kiln' }]);
  }

  async function findsTheCause(): Promise<void> {
    await keys('g', 'w');
    await tile(2).getByText('TikTok shows no user @nobody.here').click();
    const verdict = page.getByRole('region', { name: 'What went wrong' });
    await verdict.getByText('app.target-missing').waitFor();
    await verdict.getByRole('heading', { name: 'TikTok shows no user @nobody.here' }).waitFor();
    await verdict.getByText(/does not exist/).waitFor();
    await verdict.locator('svg image').waitFor();
  }

  /** The screen of a phone is live: a click on it opens the app, the phone's own button leaves it. */
  async function touchesAPhone(): Promise<void> {
    const hierarchy = async (): Promise<string> =>
      (await fetch(`${house.api.base}/api/v1/devices/${phone(2)}/hierarchy`)).text();
    await keys('g', 'w');
    await tile(2).getByRole('link').filter({ hasText: /\w/ }).first().click();
    const canvas = page.locator('canvas');
    const frames = async () => Number(await canvas.getAttribute('data-frames'));
    await expect.poll(frames, { timeout: 30_000 }).toBeGreaterThan(0);
    await button('Use this phone').click();
    await page.getByText('In use by operator').waitFor();
    await button('Home').click();
    await expect.poll(hierarchy, { timeout: 30_000 }).toContain('content-desc="TikTok"');
    const before = await frames();
    const tree = await hierarchy();
    const [, bounds = ''] = /content-desc="TikTok"[^>]*? bounds="([^"]+)"/.exec(tree) ?? [];
    const [left = 0, top = 0, right = 0, bottom = 0] = [...bounds.matchAll(/\d+/g)].map(Number);
    const [, width = '1080', height = '2400'] = /width="(\d+)" height="(\d+)"/.exec(tree) ?? [];
    const box = await canvas.boundingBox();
    if (!box) throw new Error('no canvas');
    await page.mouse.click(
      box.x + ((left + right) / 2 / Number(width)) * box.width,
      box.y + ((top + bottom) / 2 / Number(height)) * box.height,
    );
    await expect.poll(hierarchy, { timeout: 30_000 }).toContain('com.zhiliaoapp.musically');
    await expect.poll(frames, { timeout: 30_000 }).toBeGreaterThan(before);
    await button('Give back').click();
    await page.getByText('Ready', { exact: true }).first().waitFor();
  }

  async function importsAccounts(): Promise<void> {
    await keys('g', 'a');
    await button('Import').click();
    const choose = page.locator('input[type=file]');
    const file = (text: string) => ({ name: 'accounts.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await choose.setInputFiles(file('username,tags,owned\nmira.draws,shop,yes\n=bad name,,\n'));
    await page.getByText('1 new, 0 changed, 0 as they are, 1 wrong').waitFor();
    expect(await button(/Apply/).isDisabled()).toBe(true);
    await choose.setInputFiles(file('username,tags,owned\nmira.draws,shop,yes\ntom.makes,,no\n'));
    await page.getByText('2 new, 0 changed').waitFor();
    await button('Apply 2 changes').click();
    await page.getByRole('button', { name: '@mira.draws', exact: true }).waitFor();
    await row('@tom.makes').getByRole('button', { name: 'It is mine' }).click();
    await row('@tom.makes').getByText('yours, as stated').waitFor();
  }

  /** A held comment is approved and runs; of two drafts one is rejected and one is approved in other words. */
  async function reviewsByKeyboard(): Promise<void> {
    const url = house.fleet.world.postsBy('tiktok', 'bakeoff.bruno')[0]?.url ?? '';
    const draft = (content: string) => ({
      kind: 'draft' as const,
      body: {
        text: 'A comment',
        kind: 'comment',
        state: 'ready',
        target: url,
        prompt: 'Say something',
        serial: phone(1),
        username: null,
        content,
        problem: null,
      },
    });
    await withStore({ data: join(house.folder, 'data') }, (store) =>
      store.write(async (tx) => {
        await insertReview(tx, draft('First words'));
        await insertReview(tx, draft('Second words'));
      }),
    );
    await keys('g', 'r');
    await page.getByText('3 things wait for you').waitFor();
    await keys('a');
    await page.getByText('2 things wait for you').waitFor();
    await keys('x');
    await page.getByText('1 thing waits for you').waitFor();
    await keys('e');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Words of my own');
    await keys('Shift+Tab', 'a');
    await page.getByText('Nothing waits for you').waitFor();
    const said = async (index: number) =>
      house
        .phoneAt(index)
        .actions()
        .comments.map(({ text }) => text);
    await expect.poll(() => said(3), { timeout: 30_000 }).toEqual(['So calm']);
    const made = (await house.api.call<{ tasks: { script_config: unknown }[] }>('GET', '/task?script_name=comment'))
      .data;
    expect(made.tasks.map(({ script_config }) => script_config)).toContainEqual(
      expect.objectContaining({ comment_content: 'Words of my own' }),
    );
  }

  async function speaksGermanInTheDark(): Promise<void> {
    await keys('g', 'w');
    await page.getByRole('heading', { name: 'Phones' }).waitFor();
    await keys('?');
    await page.getByRole('dialog').getByText('Go to Phones').waitFor();
    await keys('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const choose = async (text: string, option: RegExp) => {
      await keys('Control+k');
      await page.getByRole('dialog').getByRole('combobox').waitFor();
      await page.keyboard.type(text);
      await page.getByRole('dialog').getByRole('option', { name: option }).waitFor();
      await keys('Enter');
    };
    await choose('Deutsch', /Deutsch/);
    await page.getByRole('heading', { name: 'Telefone' }).waitFor();
    await choose('hell und', /hell und dunkel/);
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' });
    await tile(2).getByText('Nutzer').first().waitFor(); // the cause of the failure, by its code
    expect(await accessibilityFaults(page)).toEqual([]);
    const links = page.locator('[data-tile-link]');
    await links.first().focus();
    await keys('ArrowRight', 'Space');
    await page.getByText('1 ausgewählt').waitFor();
    expect(await page.evaluate('document.activeElement.dataset.tileLink')).toBe(
      await links.nth(1).getAttribute('data-tile-link'),
    );
    await keys('Escape');
  }

  async function fitsANarrowWindow(): Promise<void> {
    await page.setViewportSize({ width: 390, height: 844 });
    await button('Menü').click();
    const menu = page.getByRole('dialog');
    await menu.getByRole('link', { name: 'Telefone' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await menu.getByRole('link', { name: 'Aufgaben' }).click();
    await row('@nobody.here').getByRole('link').first().click();
    await page.getByRole('region', { name: 'Was schiefging' }).waitFor();
    expect(await page.evaluate('document.getElementById("content").scrollWidth')).toBe(390);
  }
});
