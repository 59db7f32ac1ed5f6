import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer } from '../../test/support/http.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

const port = () => String(server.port);
const fill = (text: string) => text.replace('PORT', port());

describe('a request by any other name is refused, so a page cannot rebind its own name to us', () => {
  test.each(['localhost:PORT', '127.0.0.1:PORT', '[::1]:PORT', 'LOCALHOST:PORT'])('%s is ours', async (host) => {
    expect((await server.get('/api/v1/task', { host: fill(host) })).status).toBe(200);
  });

  test.each([
    'evil.example',
    'evil.example:PORT',
    'localhost',
    'localhost:1',
    '127.0.0.1.evil.example:PORT',
    '127.0.0.2:PORT',
  ])('"%s" is not', async (host) => {
    const answer = await server.get('/api/v1/task', { host: fill(host) });
    expect([answer.status, answer.body.code]).toEqual([403, 40302]);
    expect(answer.body.message).toContain(`127.0.0.1:${port()}`);
  });
});

describe('a page of another origin is refused', () => {
  test.each<[Record<string, string>, number]>([
    [{ origin: 'http://localhost:PORT' }, 200],
    [{ origin: 'http://[::1]:PORT' }, 200],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'http://localhost:3000' }, 403],
    [{ origin: 'https://localhost:PORT' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
  ])('%j → %d', async (headers, status) => {
    const filled = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, fill(value)]));
    expect((await server.get('/api/v1/task', filled)).status).toBe(status);
  });

  test('its form creates nothing, and its preflight is not answered', async () => {
    const body = JSON.stringify({ serials: ['A'], script_name: 'post' });
    const form = await server.call('POST', '/api/v1/task', { headers: { 'content-type': 'text/plain' }, body });
    expect(form.body.code).toBe(41501);
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const preflight = await server.call('OPTIONS', '/api/v1/task', { headers });
    expect(preflight.status).toBe(403);
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
    expect((await server.get('/api/v1/task/stats')).body.data.total).toBe(0);
  });
});

test('a task is of the console only when the console itself sent it', async () => {
  const body = { serials: ['A'], script_name: 'post' };
  const sourceAfter = async (headers: Record<string, string>) => {
    const [id] = (await server.post('/api/v1/task', body, headers)).body.data.task_ids as number[];
    return (await server.get(`/api/v1/task/${id}`)).body.data.source;
  };
  expect(await sourceAfter({})).toBe('api');
  expect(await sourceAfter({ 'x-drover-source': 'ui' })).toBe('api');
  expect(await sourceAfter({ 'x-drover-source': 'ui', origin: fill('http://localhost:PORT') })).toBe('ui');
});

test('a plan without API access is told so everywhere, before anything else is looked at', async () => {
  const { licence } = server;
  server.licence = {
    plan_name: 'Starter',
    api_enabled: false,
    device_limit: 5,
    message: 'the API needs Pro or higher',
  };
  const check = await server.get('/api/v1/license/check');
  expect([check.status, check.body.code]).toEqual([403, 40301]);
  expect(check.body.data).toEqual(server.licence);
  for (const [method, path] of [
    ['GET', '/api/v1/task'],
    ['POST', '/api/v1/task'],
    ['GET', '/api/v1/events'],
    ['GET', '/api/v1/devices'],
  ]) {
    const answer = await server.call(method ?? '', path ?? '', { body: method === 'POST' ? '{' : '' });
    expect([answer.status, answer.body.code]).toEqual([403, 40301]);
  }
  expect((await server.get('/healthz')).status).toBe(200);
  server.licence = licence;
  expect((await server.get('/api/v1/license/check')).body).toEqual({
    code: 0,
    message: 'success',
    data: { plan_name: 'Self-hosted', api_enabled: true, device_limit: 1000, message: 'API access enabled' },
  });
});
