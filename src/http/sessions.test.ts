import { afterAll, beforeAll, expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { TestServer } from '../../test/support/http.ts';
import { ManualClock } from '../base/clock.ts';
import { deleteAllSessions, insertLoginLink } from '../store/sessions.ts';
import { deleteToken } from '../store/tokens.ts';
import { createLoginCode } from './session-cookie.ts';
import { hashToken } from './token-text.ts';
import { makeToken } from './tokens.ts';

let clock: ManualClock;
let temp: TempStore;
let server: TestServer;
beforeAll(async () => {
  clock = new ManualClock();
  temp = new TempStore(clock);
  server = await TestServer.start({ clock, store: temp.store });
  server.settings.access = { ...server.settings.access, authRequired: 'always', perMinuteLocal: 10_000_000 };
});
afterAll(async () => {
  await server.stop();
  await temp[Symbol.asyncDispose]();
});

const own = () => ({ origin: `http://127.0.0.1:${server.port}` });

async function link(scope: 'read' | 'tasks' | 'admin' = 'admin'): Promise<string> {
  const code = createLoginCode();
  const expiresAt = clock.now() + 600_000;
  await temp.store.write((tx) => insertLoginLink(tx, { hash: hashToken(code), name: 'lena', scope, expiresAt }));
  return code;
}

async function logIn(body: object): Promise<{ cookie: string; header: string; status: number; message: string }> {
  const answer = await server.post('/api/v1/session', body, own());
  const header = String(answer.headers['set-cookie'] ?? '');
  return { cookie: header.split(';')[0] ?? '', header, status: answer.status, message: answer.body.message };
}

const read = async (cookie: string, headers: Record<string, string> = {}) =>
  (await server.get('/api/v1/task/stats', { cookie, ...headers })).status;
const create = (cookie: string, headers: Record<string, string>) =>
  server.post('/api/v1/task', { serials: ['A'], script_name: 'post' }, { cookie, ...headers });

test('a link logs one browser in, once, by a cookie that scripts and other sites cannot have', async () => {
  const code = await link();
  const { cookie, header } = await logIn({ code });
  expect(header).toMatch(
    new RegExp(`^drover_session_${server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000$`),
  );
  expect(await read(cookie)).toBe(200);
  expect((await server.get('/api/v1/session', { cookie })).body.data).toMatchObject({ name: 'lena', scope: 'admin' });
  const again = await logIn({ code });
  expect([again.status, again.header]).toEqual([401, '']);
  expect(again.message).toContain('drover login');
  const rows = JSON.stringify(await temp.store.read.selectFrom('session').selectAll().execute());
  expect(rows).not.toContain(cookie.split('=')[1]);
});

test('what it changes is noted under its name, and only a page of this server can make it change anything', async () => {
  const { cookie } = await logIn({ code: await link() });
  expect((await create(cookie, own())).status).toBe(200);
  for (const headers of [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ]) {
    const answer = await create(cookie, headers as Record<string, string>);
    expect([headers, answer.status, answer.body.code]).toEqual([headers, 403, 40302]);
  }
  const patch = await server.call('PATCH', '/api/v1/settings', {
    headers: { cookie, ...own(), 'content-type': 'application/json' },
    body: '{"auto_retry":true}',
  });
  expect(patch.status).toBe(200);
});

test('its scope holds', async () => {
  const { cookie } = await logIn({ code: await link('read') });
  expect(await read(cookie)).toBe(200);
  expect((await create(cookie, own())).body.code).toBe(40303);
});

test('it ends by logging out, with its token, when all are logged out, and after thirty days', async () => {
  const out = await logIn({ code: await link() });
  const gone = await server.call('DELETE', '/api/v1/session', { headers: { cookie: out.cookie, ...own() } });
  expect(gone.body.data).toEqual({ logged_out: true });
  expect(String(gone.headers['set-cookie'])).toContain('Max-Age=0');
  expect(await read(out.cookie)).toBe(401);

  const { token, text } = await makeToken(temp.store, { name: 'laptop', scope: 'tasks' }, 'anna');
  const byToken = await logIn({ token: text });
  expect((await server.get('/api/v1/session', { cookie: byToken.cookie })).body.data).toMatchObject({
    name: 'laptop',
    scope: 'tasks',
  });
  await temp.store.write((tx) => deleteToken(tx, token.id));
  expect(await read(byToken.cookie)).toBe(401);

  const swept = await logIn({ code: await link() });
  await temp.store.write((tx) => deleteAllSessions(tx, 'anna'));
  expect(await read(swept.cookie)).toBe(401);

  const old = await logIn({ code: await link() });
  await clock.advance(30 * 86_400_000 - 1);
  expect(await read(old.cookie)).toBe(200);
  await clock.advance(1);
  expect(await read(old.cookie)).toBe(401);
});

test('a link that is too old, a wrong one, a wrong token, both or nothing log nobody in', async () => {
  const code = await link();
  await clock.advance(600_000);
  const { text } = await makeToken(temp.store, { name: 'other', scope: 'read' }, 'anna');
  for (const [body, status] of [
    [{ code }, 401],
    [{ code: createLoginCode() }, 401],
    [{ token: `${text}x` }, 401],
    [{ token: text, code }, 400],
    [{}, 400],
  ] as const) {
    const answer = await logIn(body);
    expect([body, answer.status, answer.header]).toEqual([body, status, '']);
  }
  for (const cookie of [
    '',
    `drover_session_${server.port}=`,
    `drover_session_${server.port}=${'x'.repeat(43)}`,
    'a=b; ;;=',
  ]) {
    expect(await read(cookie)).toBe(401);
  }
});

test('the page that a link opens runs only what it was sent with', async () => {
  const page = await server.get('/login');
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'nonce-[^']+'; script-src 'nonce-[^']+'; connect-src 'self'/,
  );
  expect(page.headers['referrer-policy']).toBe('no-referrer');
});
