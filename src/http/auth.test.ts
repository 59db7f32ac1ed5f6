import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, TestServer } from '../../test/support/http.ts';
import { ManualClock } from '../base/clock.ts';
import { operationList } from '../contract/all-operations.ts';
import type { Scope } from '../contract/operation.ts';
import { tailEvents } from '../store/events.ts';
import { makeToken } from './tokens.ts';

let server: TestServer;
let clock: ManualClock;
const tokens: Record<string, string> = {};
const open = {
  authRequired: 'beyond-loopback',
  corsOrigins: [],
  perMinute: 1_000_000,
  perMinuteLocal: 10_000_000,
} as const;

beforeAll(async () => {
  clock = new ManualClock();
  server = await TestServer.start({ clock });
  for (const scope of ['read', 'tasks', 'admin'] as const) {
    tokens[scope] = (await makeToken(server.store, { name: `for ${scope}`, scope }, 'anna')).text;
  }
});
afterAll(() => server.stop());
beforeEach(() => {
  server.settings.access = { ...open };
});

const bearer = (text: string | undefined) => ({ authorization: `Bearer ${text}` });
const local = () => ({ host: `127.0.0.1:${server.port}` });
/** What a proxy on this machine adds, should nobody have told us of it. */
const handedOn = { 'x-forwarded-for': '203.0.113.9' };
const brief = ({ status, body }: Answer) => [status, body.code];

describe('scopes', () => {
  const ranks: Record<Scope, number> = { read: 0, tasks: 1, admin: 2 };
  const small = (['read', 'tasks'] as const).flatMap((scope) =>
    operationList
      .filter((operation) => ranks[operation.scope] > ranks[scope])
      .map(({ method, path, scope: needed }) => [scope, method, path, needed] as const),
  );

  test.each(small)('a token for %s does not %s %s, which needs %s', async (scope, method, path, needed) => {
    const url = `/api/v1${path.replaceAll(/\{\w+\}/g, '1')}`;
    const answer = await server.call(method, url, { headers: bearer(tokens[scope]) });
    expect(brief(answer)).toEqual([403, 40303]);
    expect(answer.body.message).toBe(
      `this needs a token with the scope ${needed}; for ${scope} has ${scope}; use a token with the scope that is needed (drover token create)`,
    );
  });

  test('whoever calls is the person of what the call changes', async () => {
    await server.post('/api/v1/task', { serials: ['A'], script_name: 'post' }, bearer(tokens.tasks));
    await server.call('PATCH', '/api/v1/settings', {
      headers: { ...bearer(tokens.admin), 'content-type': 'application/json' },
      body: '{"max_retry_count":5}',
    });
    const events = await tailEvents(server.store.read, 0, 1000);
    expect(events.filter(({ subject }) => subject === 'setting:max_retry_count').map(({ person }) => person)).toEqual([
      'for admin',
    ]);
  });
});

describe('who needs a token', () => {
  test.each<[string, Record<string, string>, number]>([
    ['this machine', {}, 200],
    ['this machine with a token that is not known', bearer(`drover_${'x'.repeat(43)}`), 401],
    ['this machine with a header that is no token', { authorization: 'Basic YTpi' }, 401],
    ['what a proxy hands on', handedOn, 401],
    ['what a proxy hands on, said in another way', { forwarded: 'for=203.0.113.9' }, 401],
    ['what a proxy hands on, with only its own name', { via: '1.1 proxy' }, 401],
  ])('%s', async (_, headers, status) => {
    const answer = await server.get('/api/v1/task/stats', { ...local(), ...headers });
    expect(answer.status).toBe(status);
    if (status === 401) {
      expect(answer.body.code).toBe(40101);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="drover"');
      expect(answer.body.message).toContain('drover token create');
    }
  });

  test('everybody, when it is set so', async () => {
    server.settings.access = { ...open, authRequired: 'always' };
    expect(brief(await server.get('/api/v1/task/stats'))).toEqual([401, 40101]);
    expect(brief(await server.get('/api/v1/task/stats', bearer(tokens.read)))).toEqual([200, 0]);
    for (const path of ['/healthz', '/docs', '/openapi.json', '/']) {
      expect([path, (await server.get(path)).status]).toEqual([path, 200]);
    }
    expect(brief(await server.get('/api/v1/events'))).toEqual([401, 40101]);
  });

  test.each(['', 'Bearer', 'Bearer ', 'Bearer x y', `Bearer ${'x'.repeat(5000)}`, 'bearer\tx'])(
    'the header "%s" is refused and breaks nothing',
    async (authorization) => {
      expect((await server.get('/api/v1/task/stats', { authorization })).status).toBe(401);
    },
  );
});

describe('rates', () => {
  test('a token has its own; what is over it is told when to come again', async () => {
    server.settings.access = { ...open, perMinute: 10 };
    const call = () => server.get('/api/v1/task/stats', bearer(tokens.read));
    for (let n = 0; n < 10; n++) expect((await call()).status).toBe(200);
    const over = await call();
    expect(brief(over)).toEqual([429, 42901]);
    expect(over.headers['retry-after']).toBe('6');
    expect((await server.get('/api/v1/task/stats', bearer(tokens.tasks))).status).toBe(200);
    await clock.advance(6_000);
    expect((await call()).status).toBe(200);
    expect((await call()).status).toBe(429);
  });

  test('whoever guesses tokens is counted, by where the guesses come from', async () => {
    server.settings.access = { ...open, perMinute: 10, perMinuteLocal: 20 };
    const guess = (n: number) =>
      server.get('/api/v1/task/stats', { ...handedOn, ...bearer(`drover_${String(n).padStart(43, '0')}`) });
    for (let n = 0; n < 10; n++) expect((await guess(n)).status).toBe(401);
    expect(brief(await guess(10))).toEqual([429, 42901]);
  });

  test('programs of this machine share one', async () => {
    await clock.advance(60_000);
    server.settings.access = { ...open, perMinuteLocal: 20 };
    for (let n = 0; n < 20; n++) expect((await server.get('/healthz')).status).toBe(200);
    expect((await server.get('/api/v1/task/stats')).status).toBe(429);
    await clock.advance(60_000);
  });
});

/** Sends `bytes` without saying how many there will be. */
function sendChunked(path: string, bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: server.port,
        path,
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on('error', reject);
    for (let left = bytes; left > 0; left -= 65_536) sent.write(Buffer.alloc(Math.min(left, 65_536), 0x20));
    sent.end();
  });
}

describe('bodies', () => {
  const json = { 'content-type': 'application/json' };
  test.each([
    ['/api/v1/task', 1024 * 1024],
    ['/api/v1/tokens', 1024 * 1024],
    ['/api/v1/task/retry-all', 16 * 1024],
    ['/api/v1/task/1/stop', 16 * 1024],
  ])('%s takes %d bytes and no more, announced or not', async (path, limit) => {
    const over = await server.call('POST', path, { headers: json, body: ' '.repeat(limit + 1) });
    expect(brief(over)).toEqual([413, 41301]);
    expect(await sendChunked(path, limit + 1)).toBe(413);
    expect((await server.call('POST', path, { headers: json, body: ' '.repeat(limit) })).status).not.toBe(413);
  });
});
