import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { loadConfig } from '../../src/config.ts';
import { Drover } from '../../src/main.ts';
import { drover } from '../support/command.ts';
import { ApiClient } from '../support/server-house.ts';

const folder = mkdtempSync(join(tmpdir(), 'drover-licence-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a vendor makes keys and a licence for one machine; its customer installs it and has the plan', async () => {
  const keys = join(folder, 'vendor');
  expect((await drover(['license', 'keys', keys])).code).toBe(0);
  expect(statSync(join(keys, 'vendor-private.pem')).mode & 0o777).toBe(0o600);
  const again = await drover(['license', 'keys', keys]);
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('exists already')]);

  const here = ['--data', join(folder, 'data'), '--vendor-key', join(keys, 'vendor-public.pem')];
  const before = await drover(['license', 'show', ...here]);
  expect(before.stdout).toMatch(/^plan +Free$/m);
  const machine = /^machine +([0-9a-f]{32})/m.exec(before.stdout)?.[1] ?? '';

  const vendor = ['license', 'issue', '--key', join(keys, 'vendor-private.pem'), '--holder', 'Example GmbH'];
  const issued = await drover([...vendor, '--plan', 'Team', '--days', '30', '--machine', machine]);
  expect(issued.stderr).toMatch(/plan Team for Example GmbH, until \d{4}-\d\d-\d\d, on the machine/);
  const file = join(folder, 'licence.txt');
  writeFileSync(file, issued.stdout);
  const installed = await drover(['license', 'install', file, ...here]);
  expect([installed.code, installed.stdout]).toEqual([0, expect.stringMatching(/^plan +Team$/m)]);

  const elsewhere = await drover([...vendor, '--plan', 'Business', '--machine', 'f'.repeat(32)]);
  const refused = await drover(['license', 'install', elsewhere.stdout.trim(), ...here]);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is for the machine')]);

  const config = { data: join(folder, 'data'), vendorKey: join(keys, 'vendor-public.pem'), port: 0 };
  const server = await Drover.start(
    loadConfig({ ...config, adb: ['127.0.0.1:1'], adbPath: 'no-adb-here' }, {}).config,
    { log: silentLog },
  );
  try {
    const api = new ApiClient(server.port);
    const check = await api.call('GET', '/license/check');
    expect(check.data).toMatchObject({ plan_name: 'Team', api_enabled: true, device_limit: 50 });
  } finally {
    await server.stop();
  }
});

test.each([
  [['license', 'issue', '--plan', 'Gold', '--key', 'x', '--holder', 'x'], /Free, Starter, Pro, Team, Business/],
  [['license', 'issue', '--plan', 'Pro', '--key', '/nowhere.pem', '--holder', 'x'], /--key: \/nowhere\.pem/],
  [['serve', '--vendor-key', join(import.meta.dirname, 'commands.test.ts')], /no public Ed25519 key/],
  [['license', 'install', 'PRO-1234'], /no vendor key/],
])('%j is refused in one sentence', async (args, message) => {
  const place = args[1] === 'issue' ? [] : ['--data', join(folder, 'other')];
  const { code, stdout, stderr } = await drover([...args, ...place]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});
