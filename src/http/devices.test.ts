import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../../test/support/http.ts';
import { claimNext } from '../store/claim.ts';
import { upsertDevice } from '../store/devices.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

test('a phone is shown with its state, its proof and its queue', async () => {
  const lastProofAt = Date.UTC(2026, 0, 2, 13, 30);
  await server.store.write((tx) =>
    upsertDevice(tx, '127.0.0.1:21000', { state: 'ready', name: 'shelf 1', tags: ['a'], model: 'old' }),
  );
  await server.store.write((tx) => upsertDevice(tx, 'GONE', { state: 'absent', reason: 'unplugged' }));
  server.devices = [
    {
      serial: '127.0.0.1:21000',
      state: 'ready',
      adbState: 'device',
      reason: null,
      lastProofAt,
      model: 'Pixel 6',
      android: '14',
      virtual: true,
      battery: { level: 80, temperatureC: 31.5, charging: true },
      apps: [{ package: 'com.zhiliaoapp.musically', version: '46.4.3' }],
    },
    {
      serial: 'NEW',
      state: 'unauthorized',
      adbState: 'unauthorized',
      reason: null,
      lastProofAt: null,
      model: null,
      android: null,
      virtual: false,
    },
  ];
  const body = { serials: ['127.0.0.1:21000'], script_name: 'post' };
  const [first] = (await server.post('/api/v1/task', body)).body.data.task_ids as number[];
  await server.post('/api/v1/task', body);
  await server.store.write((tx) =>
    claimNext(tx, { serial: '127.0.0.1:21000', hostId: 'h', bootId: 'b', leaseMs: 60_000, seed: 's' }),
  );

  const one = await server.get('/api/v1/devices/127.0.0.1:21000');
  expect(one.body).toEqual({
    code: 0,
    message: 'success',
    data: {
      serial: '127.0.0.1:21000',
      name: 'shelf 1',
      tags: ['a'],
      groups: [],
      model: 'Pixel 6',
      android: '14',
      state: 'ready',
      adb_state: 'device',
      reason: null,
      last_proof_at: '2026-01-02T14:30:00+01:00',
      running_task_id: first,
      held_by: null,
      held_until: null,
      queue_length: 1,
      battery: { level: 80, temperature_c: 31.5, charging: true },
      storage_free_mb: null,
      apps: [{ package: 'com.zhiliaoapp.musically', version: '46.4.3' }],
      host: null,
      virtual: true,
      owned: true,
    },
  });
  const all = (await server.get('/api/v1/devices')).body.data;
  expect(all).toMatchObject({ total: 3, page: 1, page_size: 20 });
  expect((all.devices as { serial: string; state: string }[]).map(({ serial, state }) => [serial, state])).toEqual([
    ['127.0.0.1:21000', 'ready'],
    ['GONE', 'absent'],
    ['NEW', 'unauthorized'],
  ]);
  const second = (await server.get('/api/v1/devices?page=2&page_size=2')).body.data;
  expect(second).toMatchObject({ total: 3, page: 2, page_size: 2, devices: [{ serial: 'NEW' }] });
});
