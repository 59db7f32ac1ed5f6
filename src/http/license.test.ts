import { generateKeyPairSync } from 'node:crypto';
import type { CryptoKey } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { TestServer } from '../../test/support/http.ts';
import { silentLog } from '../base/log.ts';
import { operationList } from '../contract/all-operations.ts';
import type { PlanName } from '../contract/license.ts';
import { Licence } from '../rules/licence.ts';
import { importSigningKey, importVendorKey, issueLicence } from '../rules/licence-key.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const here = 'c'.repeat(32);
let temp: TempStore;
let server: TestServer;
let signingKey: CryptoKey;

beforeAll(async () => {
  temp = new TempStore();
  signingKey = await importSigningKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'test');
  const vendorKey = await importVendorKey(publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'test');
  const { store, clock } = temp;
  const licence = new Licence({ store, clock, log: silentLog, vendorKey, machineId: here, deviceLimit: () => 1000 });
  server = await TestServer.start({ licence: () => licence.check(), licenceDesk: licence });
});
afterAll(async () => {
  await server.stop();
  await temp[Symbol.asyncDispose]();
});

const key = (plan: PlanName) =>
  issueLicence(
    { id: `L-${plan}`, holder: 'Example GmbH', plan, issuedAt: 0, expiresAt: null, machineId: here },
    signingKey,
  );
const install = async (plan: PlanName) => server.post('/api/v1/license', { key: await key(plan) });

/** Every operation but the three of the licence itself, as [method, path]. */
const others = operationList
  .filter(({ path }) => !path.startsWith('/license'))
  .map(({ method, path }): [string, string] => [method, `/api/v1${path.replaceAll(/\{\w+\}/g, '1')}`]);

async function expectRefused(plan: PlanName): Promise<void> {
  for (const [method, path] of [...others, ['GET', '/api/v1/task/'], ['PUT', '/api/v1/task']] as const) {
    // Its body is no JSON: the plan is looked at before the body is.
    const { status, body } = await server.call(method, path, { body: /P/.test(method) ? '{' : '' });
    expect([method, path, status, body?.code]).toEqual([method, path, 403, 40301]);
    expect(body.message).toContain(`the plan ${plan} has no API access`);
  }
}

test('a vendor gets Free: every call is refused but those of the licence, and what stands beside the API answers', async () => {
  const check = await server.get('/api/v1/license/check');
  expect([check.status, check.body.code]).toEqual([403, 40301]);
  expect(check.body.data).toMatchObject({ plan_name: 'Free', api_enabled: false, device_limit: 0 });
  await expectRefused('Free');
  for (const path of ['/healthz', '/openapi.json', '/docs', '/']) {
    expect([path, (await server.get(path)).status]).toEqual([path, 200]);
  }
  const shown = await server.get('/api/v1/license');
  expect(shown.body).toMatchObject({ code: 0, data: { plan_name: 'Free', installed: null, machine_id: here } });
});

test('a licence that is installed counts at once; Starter has no API', async () => {
  const starter = await install('Starter');
  expect(starter.body).toMatchObject({ code: 0, data: { plan_name: 'Starter', api_enabled: false, device_limit: 5 } });
  const check = await server.get('/api/v1/license/check');
  expect([check.status, check.body]).toEqual([
    403,
    {
      code: 40301,
      message:
        'the plan Starter has no API access: API access needs the plan Pro or higher; install a key of plan Pro or higher',
      data: {
        plan_name: 'Starter',
        api_enabled: false,
        device_limit: 5,
        message: 'API access needs the plan Pro or higher',
      },
    },
  ]);
  await expectRefused('Starter');

  const pro = await install('Pro');
  expect(pro.body.data).toMatchObject({
    plan_name: 'Pro',
    installed: { id: 'L-Pro', holder: 'Example GmbH', expires_at: null, machine_id: here, installed_by: 'operator' },
  });
  expect((await server.get('/api/v1/license/check')).body).toEqual({
    code: 0,
    message: 'success',
    data: { plan_name: 'Pro', api_enabled: true, device_limit: 20, message: 'API access enabled' },
  });
  expect((await server.post('/api/v1/task', { serials: ['A'], script_name: 'post' })).body.code).toBe(0);
});

test('what is no key is told so, and the licence before it stays; the key is never shown again', async () => {
  const given = await key('Pro');
  for (const [body, sentence] of [
    [{}, /key/],
    [{ key: 7 }, /key/],
    [{ key: 'PRO-1234' }, /no licence key/],
    [{ key: `${given.slice(0, -4)}AAAA` }, /not signed/],
  ] as const) {
    const answer = await server.post('/api/v1/license', body);
    expect([answer.status, answer.body.code]).toEqual([400, 40001]);
    expect(answer.body.message).toMatch(sentence);
  }
  const shown = await server.get('/api/v1/license');
  expect(shown.body.data.plan_name).toBe('Pro');
  expect(shown.text).not.toContain(given.split('.')[1]);
});
