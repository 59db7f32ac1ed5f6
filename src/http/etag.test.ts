import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../../test/support/http.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

const list = '/api/v1/task?page_size=5';
const create = () =>
  server.post('/api/v1/task', {
    serials: ['phone-1'],
    script_name: 'follow',
    script_config: { target_users: ['@anna'] },
  });

test('a poller that names what it has gets 304 until something changes', async () => {
  await create();
  const first = await server.get(list);
  const etag = String(first.headers.etag);
  expect(etag).toMatch(/^W\/".+"$/);
  expect(first.headers['cache-control']).toBe('private, no-cache');

  const same = await server.get(list, { 'if-none-match': etag });
  expect([same.status, same.text, same.headers.etag]).toEqual([304, '', etag]);

  await create();
  const changed = await server.get(list, { 'if-none-match': etag });
  expect(changed.status).toBe(200);
  expect(changed.body.data.total).toBe(2);
  expect(changed.headers.etag).not.toBe(etag);
});

test('several tags, strong ones and the star are understood; a foreign one is not ours', async () => {
  const etag = String((await server.get(list)).headers.etag);
  const statusFor = async (value: string) => (await server.get(list, { 'if-none-match': value })).status;
  expect(await statusFor(`"x", ${etag}`)).toBe(304);
  expect(await statusFor(etag.replace('W/', ''))).toBe(304);
  expect(await statusFor('*')).toBe(304);
  expect(await statusFor('"x"')).toBe(200);
});

test('what changes things, and what failed, has no ETag', async () => {
  expect((await create()).headers.etag).toBeUndefined();
  const missing = await server.get('/api/v1/task/999', { 'if-none-match': '*' });
  expect([missing.status, missing.headers.etag]).toEqual([404, undefined]);
});

test('HEAD tells the ETag without the body', async () => {
  const answer = await server.call('HEAD', list);
  expect([answer.status, answer.text]).toEqual([200, '']);
  expect(answer.headers.etag).toMatch(/^W\//);
});
