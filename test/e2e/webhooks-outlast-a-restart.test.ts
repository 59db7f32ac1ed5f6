import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { loadConfig } from '../../src/config.ts';
import { Drover } from '../../src/main.ts';
import { Receiver } from '../support/receiver.ts';
import { ApiClient } from '../support/server-house.ts';

const folder = mkdtempSync(join(tmpdir(), 'drover-webhooks-'));
const start = () =>
  Drover.start(loadConfig({ data: folder, port: 0, adb: ['127.0.0.1:1'], adbPath: 'no-adb-here' }, {}).config, {
    log: silentLog,
  });

test('what happens to tasks reaches a receiver, before and after a restart of the whole server', async () => {
  await using receiver = await Receiver.start();
  let server = await start();
  try {
    const before = new ApiClient(server.port);
    await before.call('PATCH', '/settings', { 'webhooks.allowed_networks': ['127.0.0.1'] });
    const { data: hook } = await before.call<{ signing_secret: string }>('POST', '/webhooks', {
      name: 'backend',
      url: receiver.url,
      types: ['taskCreated'],
    });
    const [first] = await before.create({ serials: ['A'], script_name: 'post' });
    await receiver.until(1);
    await server.stop();
    server = await start();
    const [second] = await new ApiClient(server.port).create({ serials: ['B'], script_name: 'post' });
    await receiver.until(2);
    const verifier = new StandardWebhook(hook.signing_secret);
    const told = receiver.received.map(({ body, headers }) => verifier.verify(body, headers) as { data: object });
    expect(told.map(({ data }) => data)).toMatchObject([{ subject: `task:${first}` }, { subject: `task:${second}` }]);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
