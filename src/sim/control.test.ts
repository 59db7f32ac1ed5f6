import { request } from 'node:http';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { parseFault } from './control.ts';
import { faultKinds } from './faults.ts';
import { type SimFleet, startSimFleet } from './fleet.ts';

let fleet: SimFleet;
beforeAll(async () => {
  fleet = await startSimFleet({
    phones: 2,
    controlPort: 0,
    seed: 7,
    language: 'fr',
    clock: systemClock,
    log: silentLog,
  });
});
afterAll(() => fleet.stop());

async function call(path: string, init: RequestInit = {}) {
  const response = await fetch(`http://127.0.0.1:${fleet.controlPort}${path}`, init);
  return { status: response.status, body: await response.json() };
}
const post = (path: string, body: unknown) => call(path, { method: 'POST', body: JSON.stringify(body) });

test('lists the phones, which differ', async () => {
  const { body } = await call('/phones');
  expect(body).toEqual(
    fleet.phones.map((phone) => ({
      serial: `127.0.0.1:${phone.port}`,
      port: phone.port,
      app: 'tiktok',
      app_version: '46.4.3',
      apps: [
        { package: 'com.zhiliaoapp.musically', version: '46.4.3' },
        { package: 'com.instagram.android', version: '410.0.0' },
      ],
      language: 'fr-FR',
      state: 'device',
    })),
  );
  const [first, second] = fleet.phones;
  expect(first?.port).toBeGreaterThanOrEqual(20_000);
  expect(first?.ui.size).not.toEqual(second?.ui.size);
  expect(first?.host.props['ro.serialno']).not.toBe(second?.host.props['ro.serialno']);
});

test('tells what happened on a phone', async () => {
  const serial = fleet.phones[0]?.serial ?? '';
  expect(await call(`/phones/${serial}/actions`)).toEqual({
    status: 200,
    body: { posts: [], follows: [], unfollows: [], comments: [], likes: [], favorites: [] },
  });
  fleet.phones[0]?.host.unknown.push('shell: frobnicate');
  expect((await call(`/phones/${encodeURIComponent(serial)}/unknown`)).body).toEqual(['shell: frobnicate']);
});

test('shows the screen', async () => {
  const response = await fetch(`http://127.0.0.1:${fleet.controlPort}/phones/${fleet.phones[1]?.serial}/screen`);
  const picture = new Uint8Array(await response.arrayBuffer());
  expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', ...fleet.phones[1]?.ui.size });
});

test('switches faults on and all off', async () => {
  const [phone] = fleet.phones;
  const path = `/phones/${phone?.serial}/faults`;
  expect(await post(path, { kind: 'unplug', for_ms: 60_000 })).toMatchObject({
    status: 200,
    body: { faults: ['unplug'] },
  });
  expect((await call('/phones')).body).toMatchObject([{ state: 'absent' }, { state: 'device' }]);
  await post(path, { kind: 'survey', after_ms: 60_000 });
  expect(await call(path, { method: 'DELETE' })).toMatchObject({ status: 200, body: { faults: [] } });
  expect(phone?.state).toBe('device');
});

describe('bad input', () => {
  test.each([
    ['not json', 'not JSON'],
    ['[]', 'must be an object'],
    ['{}', 'kind'],
    ['{"kind":"earthquake"}', 'must be one of: unplug, offline,'],
    ['{"kind":"toString"}', 'must be one of'],
    ['{"kind":"unplug","for_ms":-1}', 'for_ms must be a number of milliseconds'],
    ['{"kind":"unplug","after_ms":"1"}', 'after_ms must be a number of milliseconds'],
    ['{"kind":"unplug","at":true}', 'at must be a time'],
    ['{"kind":"unplug","for":1}', 'unknown field "for"'],
  ])('%s is refused with what would be right', async (body, message) => {
    const [phone] = fleet.phones;
    const answer = await call(`/phones/${phone?.serial}/faults`, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: expect.stringContaining(message) });
    expect(phone?.faults.active()).toEqual([]);
  });

  test('unknown phones and routes say what there is', async () => {
    expect(await call('/phones/1.2.3.4:5/actions')).toMatchObject({ status: 404 });
    expect((await call('/phones/1.2.3.4:5/actions')).body).toEqual({
      error: expect.stringContaining(fleet.phones[0]?.serial ?? ''),
    });
    expect(await call('/')).toMatchObject({ status: 404 });
    expect(await call('/phones', { method: 'POST' })).toMatchObject({ status: 405 });
  });

  test('a web page gets nothing', async () => {
    expect((await call('/phones', { headers: { Origin: 'https://example.com' } })).status).toBe(403);
    const status = await new Promise((resolve, reject) => {
      request(
        { host: '127.0.0.1', port: fleet.controlPort, path: '/phones', headers: { Host: 'evil.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });

  test('whatever is sent, it is a fault of a known kind or a clear refusal', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.json().map((json) => `{"kind":${json}}`),
        ),
        (body) => {
          try {
            expect(Object.keys(faultKinds)).toContain(parseFault(body).kind);
          } catch (error) {
            expect(error).toMatchObject({ status: 400 });
          }
        },
      ),
    );
  });

  test('at is a time or a moment', () => {
    expect(parseFault('{"kind":"unplug","at":"2026-01-02T09:00:00Z"}').at).toBe(Date.UTC(2026, 0, 2, 9));
    expect(parseFault('{"kind":"unplug","at":1767344400000}').at).toBe(1_767_344_400_000);
    expect(parseFault('{"kind":"unplug","at":"Post"}').at).toBe('Post');
  });
});

test('a fleet keeps away from the ports that adb takes for emulators', async () => {
  const wrong = startSimFleet({ phones: 3, portBase: 5_580, clock: systemClock, log: silentLog });
  await expect(wrong).rejects.toThrow(/5555-5585/);
});
