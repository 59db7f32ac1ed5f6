import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Log, silentLog } from '../../src/base/log.ts';
import { createLoginCode } from '../../src/http/session-cookie.ts';
import { hashToken } from '../../src/http/token-text.ts';
import { insertLoginLink } from '../../src/store/sessions.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { TestServer } from '../support/http.ts';

if (noBrowser) console.log(noBrowser);

/** What reached the server, as "METHOD path status". */
const reached: string[] = [];
const log: Log = {
  ...silentLog,
  debug: ({ method, path, status }) => void reached.push(`${method} ${path} ${status}`),
};

let server: TestServer;
let browser: Browser;
let evil: Server;
let evilPort: number;

beforeAll(async () => {
  if (noBrowser) return;
  server = await TestServer.start({ log });
  mkdirSync(join(server.folder, 'console'));
  writeFileSync(
    join(server.folder, 'console', 'index.html'),
    '<!doctype html><title>console</title><link rel="icon" href="data:,"><script>window.ran = true</script>',
  );
  evil = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>evil</title><body>');
  }).listen(0, '127.0.0.1');
  await once(evil, 'listening');
  evilPort = (evil.address() as AddressInfo).port;
  browser = await openBrowser({ names: ['evil.example', 'rebound.example'] });
});
afterAll(async () => {
  if (noBrowser) return;
  await browser.close();
  evil.close();
  await server.stop();
});

/** Everything that a request could have changed. */
async function state(): Promise<unknown> {
  const { read } = server.store;
  const count = async (table: 'task' | 'submission' | 'token' | 'setting' | 'pause' | 'schedule' | 'event') =>
    (await read.selectFrom(table).selectAll().execute()).length;
  return {
    tasks: await count('task'),
    submissions: await count('submission'),
    tokens: await count('token'),
    settings: await count('setting'),
    pauses: await count('pause'),
    schedules: await count('schedule'),
    events: await count('event'),
  };
}

const functions = readFileSync(join(import.meta.dirname, 'in-page.js'), 'utf8');

/** The call of a function of in-page.js, as a text that a page evaluates. */
const inPage = (call: string): string => `(() => { ${functions}; return ${call}; })()`;

/** A form that takes the whole tab along. */
async function submitForm(from: string, base: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(from);
  const answered = page.waitForResponse((response) => response.url().startsWith(base));
  await page.evaluate(inPage(`submitForm(${JSON.stringify(base)}, 'text/plain', '_self')`));
  expect((await answered).status()).toBe(403);
  await page.close();
}

describe.skipIf(noBrowser !== undefined)('a page in a real browser', () => {
  test.each([
    ['of another port', '127.0.0.1', '127.0.0.1'],
    ['of another name on this machine', 'localhost', '127.0.0.1'],
    ['of another site', 'evil.example', '127.0.0.1'],
    ['of another site, by the name localhost', 'evil.example', 'localhost'],
    ['of a site whose name was rebound to this machine', 'evil.example', 'rebound.example'],
  ])('%s reads nothing and changes nothing', async (_, from, to) => {
    const before = await state();
    reached.length = 0;
    const base = `http://${to}:${server.port}`;
    const page = await browser.newPage();
    await page.goto(`http://${from}:${evilPort}/`);
    const read = await page.evaluate(inPage(`attack(${JSON.stringify(base)})`));
    expect(read).toEqual(['iframe: closed to us']);
    await page.close();
    await submitForm(`http://${from}:${evilPort}/`, base);
    expect(await state()).toEqual(before);
    // All of it was refused by us, and enough of it came to be refused. (A refusal shown in a tab is a page of ours, and
    // the browser asks for its icon.)
    expect(reached.filter((line) => !line.endsWith(' 403') && !line.startsWith('GET /favicon.ico'))).toEqual([]);
    const kinds = new Set(reached.map((line) => line.split(' ').slice(0, 2).join(' ')));
    for (const kind of ['POST /api/v1/task', 'GET /api/v1/task', 'OPTIONS /api/v1/task', 'GET /api/v1/events', 'GET /'])
      expect(kinds).toContain(kind);
  });

  test('opened under a rebound name shows nothing of ours', async () => {
    const page = await browser.newPage();
    const answer = await page.goto(`http://rebound.example:${server.port}/`);
    expect(answer?.status()).toBe(403);
    expect(await page.evaluate('window.ran')).toBeUndefined();
    await page.close();
  });

  test('that a foreign page opens by a link is ours alone: the opener cannot reach it', async () => {
    const page = await browser.newPage();
    await page.goto(`http://evil.example:${evilPort}/`);
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate(`window.other = window.open('http://127.0.0.1:${server.port}/tasks'); 0`),
    ]);
    await opened.waitForLoadState();
    expect(await opened.title()).toBe('console');
    expect(await opened.evaluate('window.opener === null')).toBe(true);
    await opened.close();
    await page.close();
  });

  test('that the server itself has served does its work, and its own scripts run under the policy', async () => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('console', (message) => void faults.push(message.text()));
    await page.goto(`http://localhost:${server.port}/`);
    expect(await page.evaluate('window.ran')).toBe(true);
    expect(await page.evaluate(inPage('createTask()'))).toBe(0);
    expect(faults).toEqual([]);
    await page.evaluate(inPage('inject()'));
    expect(await page.evaluate('window.injected')).toBeUndefined();
    expect(faults.join('\n')).toContain('Content Security Policy');
    await page.close();
  });

  test('a browser that is logged in is no way in for others either', async () => {
    const { access } = server.settings;
    server.settings.access = { ...access, authRequired: 'always' };
    const context = await browser.newContext();
    try {
      const code = createLoginCode();
      const link = { hash: hashToken(code), name: 'lena', scope: 'admin', expiresAt: Date.now() + 60_000 } as const;
      await server.store.write((tx) => insertLoginLink(tx, link));
      const console = await context.newPage();
      await console.goto(`http://127.0.0.1:${server.port}/login#${code}`);
      await console.waitForURL(`http://127.0.0.1:${server.port}/`);
      expect(await console.evaluate(inPage('createTask()'))).toBe(0);
      expect(await console.evaluate('document.cookie')).toBe('');

      const before = await state();
      reached.length = 0;
      const base = `http://127.0.0.1:${server.port}`;
      // Of another port the browser counts as the same site: it sends the cookie along, and it helps nobody.
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${evilPort}/`);
      expect(await page.evaluate(inPage(`attack(${JSON.stringify(base)})`))).toEqual(['iframe: closed to us']);
      expect(await state()).toEqual(before);
      expect(reached.filter((line) => !line.endsWith(' 403'))).toEqual([]);
    } finally {
      server.settings.access = access;
      await context.close();
    }
  });
});
