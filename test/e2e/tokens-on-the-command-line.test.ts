import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { loadConfig } from '../../src/config.ts';
import { Drover } from '../../src/main.ts';
import { drover } from '../support/command.ts';
import { ApiClient } from '../support/server-house.ts';

const data = mkdtempSync(join(tmpdir(), 'drover-tokens-'));
const here = ['--data', data];
let server: Drover;
let api: ApiClient;

beforeAll(async () => {
  server = await Drover.start(loadConfig({ data, port: 0, adb: ['127.0.0.1:1'], adbPath: 'no-adb-here' }, {}).config, {
    log: silentLog,
  });
  api = new ApiClient(server.port);
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const withToken = (text: string) => ({ authorization: `Bearer ${text}` });

test('a token is made, listed and revoked beside the running server, which hears of it at once', async () => {
  const made = await drover(['token', 'create', '--name', 'grafana', '--scope', 'read', ...here]);
  expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^drover_[\w-]{43}\n$/)]);
  expect(made.stderr).toContain('drover token revoke "grafana"');
  const text = made.stdout.trim();

  expect((await api.call('GET', '/task/stats', undefined, withToken(text))).code).toBe(0);
  const refused = await api.call('POST', '/task', { serials: ['A'], script_name: 'post' }, withToken(text));
  expect([refused.status, refused.code]).toEqual([403, 40303]);
  expect(refused.message).toContain('grafana');

  const listed = await drover(['token', 'list', ...here]);
  expect(listed.stdout).toMatch(/^ID +NAME +SCOPE/);
  expect(listed.stdout).toMatch(/1 +grafana +read +\d{4}-/);
  expect(listed.stdout + listed.stderr).not.toContain(text);

  const revoked = await drover(['token', 'revoke', 'grafana', ...here]);
  expect([revoked.code, revoked.stdout]).toEqual([0, 'Revoked: grafana\n']);
  const gone = await api.call('GET', '/task/stats', undefined, withToken(text));
  expect([gone.status, gone.code]).toEqual([401, 40101]);
});

test.each([
  [['token', 'create', '--scope', 'read'], /--name/],
  [['token', 'create', '--name', 'x'], /--scope/],
  [['token', 'create', '--name', 'x', '--scope', 'root'], /read, tasks, admin/],
  [['token', 'create', '--name', '../x', '--scope', 'read'], /--name: /],
  [['token', 'create', '--name', 'operator', '--scope', 'read'], /choose another name/],
  [['token', 'revoke', 'nobody'], /there is no token "nobody".*drover token list/],
])('%j is refused in one sentence', async (args, message) => {
  const { code, stdout, stderr } = await drover([...args, ...here]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('a server that other machines could reach does not start before tokens, encryption and media roots are there', async () => {
  const bare = mkdtempSync(join(tmpdir(), 'drover-open-'));
  try {
    const refused = await drover(['serve', '--host', '0.0.0.0', '--port', '0', '--data', bare]);
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    for (const word of ['drover token create', '--tls-cert', '--trusted-proxy', '--media-root']) {
      expect(refused.stderr).toContain(word);
    }
    await drover(['token', 'create', '--name', 'x', '--scope', 'read', '--data', bare]);
    const stillOpen = await drover(['serve', '--host', '0.0.0.0', '--port', '0', '--data', bare, '--media-root', bare]);
    expect(stillOpen.code).toBe(1);
    expect(stillOpen.stderr).toMatch(/without encryption/);
    expect(stillOpen.stderr).not.toMatch(/there is no token|--media-root/);
  } finally {
    rmSync(bare, { recursive: true, force: true });
  }
});
