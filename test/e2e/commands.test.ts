import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drover } from '../support/command.ts';

test('drover demo --once --json tells the request, the reply, the task and the phone’s own record, and ends with 0', async () => {
  const { code, stdout } = await drover(['demo', '--once', '--json', '--phones', '1', '--port', '0']);
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(code).toBe(0);
  expect(events.map((event) => event.event).filter((name) => name !== 'progress')).toEqual([
    'server',
    'request',
    'reply',
    'task',
    'actions',
    'trace',
    'done',
  ]);
  expect(events.find((event) => event.event === 'reply')).toMatchObject({
    reply: { code: 0, data: { created_count: 1 } },
  });
  expect(events.find((event) => event.event === 'actions')).toMatchObject({ actions: { posts: [{ app: 'tiktok' }] } });
});

test('a taken port is named with the process that holds it', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  const data = mkdtempSync(join(tmpdir(), 'drover-port-'));
  try {
    const { code, stderr } = await drover(['serve', '--sim', '1', '--port', String(port), '--data', data]);
    expect(code).toBe(1);
    expect(stderr).toContain(`port ${port} is taken`);
    if (process.platform === 'linux') expect(stderr).toContain(`pid ${process.pid}`);
  } finally {
    holder.close();
    rmSync(data, { recursive: true, force: true });
  }
});

test.each([
  [['serve', '--port', 'http'], /whole number/],
  [['serve', '--adb', 'nowhere'], /--adb: .*HOST:PORT/],
  [['serve', '--sim', '5000'], /--sim: 5000/],
  [['sim', '--app', 'photos@1'], /--app: "photos@1" is not APP@VERSION/],
  [['sim', '--port-base', '5560'], /5555-5585/],
  [['dance'], /unknown command 'dance'/],
])('%j is refused in one sentence', async (args, message) => {
  const { code, stdout, stderr } = await drover(args);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});
