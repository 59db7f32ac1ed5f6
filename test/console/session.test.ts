/** Who may see the console, and how they come and go. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withStore } from '../../src/cli/token.ts';
import { createLoginCode } from '../../src/http/session-cookie.ts';
import { hashToken } from '../../src/http/token-text.ts';
import { deleteAllSessions, insertLoginLink } from '../../src/store/sessions.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { accessibilityFaults, openPage } from '../support/console-page.ts';
import { ServerHouse } from '../support/server-house.ts';

describe.skipIf(noBrowser !== undefined)('logging in to the console', () => {
  let house: ServerHouse;
  let browser: Browser;
  let token: string;
  beforeAll(async () => {
    house = await ServerHouse.open({ phones: 0 });
    browser = await openBrowser();
    const made = await house.api.call<{ token: string }>('POST', '/tokens', { name: 'board', scope: 'read' });
    token = made.data.token;
    await house.api.call('PATCH', '/settings', { 'auth.required': 'always' });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.[Symbol.asyncDispose]();
  });
  const data = () => ({ data: join(house.folder, 'data') });
  /** As `drover login` prints it. */
  const link = async (expiresAt = Date.now() + 600_000): Promise<string> => {
    const code = createLoginCode();
    const row = { hash: hashToken(code), name: 'lena', scope: 'admin' as const, expiresAt };
    await withStore(data(), (store) => store.write((tx) => insertLoginLink(tx, row)));
    return `${house.api.base}/login#${code}`;
  };
  const open = async (options: Parameters<typeof openPage>[1] = {}) => {
    const { page } = await openPage(browser, options);
    page.setDefaultTimeout(15_000); // below the test's own, so that the step that hangs is named
    return page;
  };

  test('a link logs in, the console says as whom, and logs out again', async () => {
    const page = await open();
    await page.goto(await link());
    await page.getByText('Signed in as lena').waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'You are logged out' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: 'Log in to this server' }).waitFor();
    expect(await page.evaluate('[localStorage.getItem("drover.logged-in"), sessionStorage.length]')).toEqual([null, 0]);
  });

  test('a login that is over says so, and a pasted link goes on', async () => {
    const page = await open({ locale: 'de-DE', colorScheme: 'dark' });
    await page.goto(await link());
    await page.getByText('Angemeldet als lena').waitFor();
    await withStore(data(), (store) => store.write((tx) => deleteAllSessions(tx, 'operator')));
    // the page finds out by itself, with the next thing that it asks for
    await page.getByRole('heading', { name: 'Deine Anmeldung ist abgelaufen' }).waitFor();
    await page.getByText('drover login', { exact: false }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('textbox').fill(await link());
    await page.keyboard.press('Enter');
    await page.getByText('Angemeldet als lena').waitFor();
  });

  test('a link that is too old lets nobody in, and says where to get another', async () => {
    const page = await open();
    await page.goto(await link(Date.now() - 1));
    await page.getByText('make a new one with "drover login"').waitFor();
    await page.goto(house.api.base);
    await page.getByRole('heading', { name: 'Log in to this server' }).waitFor();
    await page.getByRole('textbox').fill(await link(Date.now() - 1));
    await page.keyboard.press('Enter');
    await page.getByText('You are not logged in').waitFor();
  });

  test('a token is the second way; a wrong one is refused in words', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } });
    await page.goto(house.api.base);
    await page.getByRole('textbox').fill('drover_wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The server does not take this token' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('textbox').fill(token);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('dialog').getByText('Signed in as board').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'You are logged out' }).waitFor();
  });
});
