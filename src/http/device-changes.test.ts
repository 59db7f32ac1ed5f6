import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../../test/support/http.ts';
import { upsertDevice } from '../store/devices.ts';
import { tailEvents } from '../store/events.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

const patch = (serial: string, body: unknown) =>
  server.call('PATCH', `/api/v1/devices/${serial}`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a statement of ownership is kept, with who made it, and shown', async () => {
  await server.store.write((tx) => upsertDevice(tx, 'R5CT', { state: 'ready', model: 'SM-A146P' }));
  expect((await server.get('/api/v1/devices/R5CT')).body.data).toMatchObject({ owned: false, name: 'SM-A146P' });

  const answer = await patch('R5CT', { owned: true });
  expect(answer.body).toMatchObject({ code: 0, data: { serial: 'R5CT', owned: true, name: 'SM-A146P' } });
  expect((await server.get('/api/v1/devices/R5CT')).body.data).toMatchObject({ owned: true });
  const events = await tailEvents(server.store.read, 0, 100);
  expect(events.filter((event) => event.body.owned === true)).toMatchObject([
    { type: 'deviceChanged', subject: 'device:R5CT', person: 'anna' },
  ]);
});

test('name and tags', async () => {
  await server.store.write((tx) => upsertDevice(tx, 'B', { state: 'ready', model: 'Pixel 7' }));
  const named = await patch('B', { name: ' shelf 2 ', tags: ['left', ' left ', 'night', ''], colour: 'blue' });
  expect(named.body.data).toMatchObject({ name: 'shelf 2', tags: ['left', 'night'], owned: false });
  expect(named.headers.warning).toContain('colour');
  expect((await patch('B', { name: null })).body.data).toMatchObject({ name: 'Pixel 7', tags: ['left', 'night'] });
});

test('a phone that was seen a moment ago and has no row yet', async () => {
  const unknown = { adbState: 'device', reason: null, lastProofAt: null, model: null, android: null, virtual: false };
  server.devices = [{ serial: 'NEW', state: 'preparing', ...unknown }];
  expect((await patch('NEW', { owned: true })).body.data).toMatchObject({ owned: true, state: 'preparing' });
});

test.each([
  [{ owned: false }, /owned must be true/],
  [{ owned: 'yes' }, /owned must be true/],
  [{ name: 7 }, /name must be/],
  [{ tags: 'left' }, /tags must be/],
  [{}, /nothing would change.*owned, name, tags/],
  [{ colour: 'blue' }, /nothing would change/],
  [[], /must be an object/],
])('%j changes nothing', async (body, message) => {
  const answer = await patch('B', body);
  expect(answer).toMatchObject({ status: 400, body: { code: 40001 } });
  expect(answer.body.message).toMatch(message);
});

test('a device nobody has seen', async () => {
  expect(await patch('nobody', { owned: true })).toMatchObject({ status: 404, body: { code: 40401 } });
});
