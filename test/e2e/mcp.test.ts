import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { loadConfig } from '../../src/config.ts';
import { Drover } from '../../src/main.ts';
import { ApiClient } from '../support/server-house.ts';

const root = join(import.meta.dirname, '..', '..');
const data = mkdtempSync(join(tmpdir(), 'drover-mcp-'));
let server: Drover;
let api: ApiClient;
beforeAll(async () => {
  const config = { data, port: 0, adb: ['127.0.0.1:1'], adbPath: 'no-adb-here' };
  server = await Drover.start(loadConfig(config, {}).config, { log: silentLog });
  api = new ApiClient(server.port);
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

/** The SDK's own client, talking to `drover mcp` in a process of its own. */
async function open(flags: readonly string[] = [], env: Record<string, string> = {}): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const args = [join(root, 'src', 'cli.ts'), 'mcp', '--url', api.base, ...flags];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env, stderr: 'inherit' }));
  return client;
}

async function call(
  client: Client,
  name: string,
  args: Record<string, unknown> = {},
): Promise<{ isError: boolean; text: string }> {
  const { content, isError } = await client.callTool({ name, arguments: args });
  const [first] = content as { type: string; text: string }[];
  return { isError: isError === true, text: first?.text ?? '' };
}

test('a model reads tasks, phones and traces, and can change nothing', async () => {
  const [id = 0] = await api.create({ serials: ['A', 'B'], script_name: 'post' });
  const client = await open();
  try {
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    for (const name of ['list_tasks', 'get_task', 'task_stats', 'list_devices', 'get_device'])
      expect(names).toContain(name);
    expect(names.some((name) => name.includes('trace'))).toBe(true);
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([]);
    expect(names.filter((name) => /token|webhook|setting|license|approve|session|audit/.test(name))).toEqual([]);

    const listed = await call(client, 'list_tasks', { page_size: 1 });
    expect(JSON.parse(listed.text)).toMatchObject({ total: 2, page_size: 1, tasks: [{ serial: 'B' }] });
    const one = await call(client, 'get_task', { task_id: id });
    expect(JSON.parse(one.text)).toMatchObject({ id, serial: 'A', status_text: 'pending' });
    const missing = await call(client, 'get_task', { task_id: 999_999 });
    expect(missing).toEqual({ isError: true, text: expect.stringContaining('40401: ') });
    const refused = await call(client, 'create_tasks', { body: { serials: ['A'], script_name: 'post' } });
    expect(refused).toEqual({ isError: true, text: expect.stringContaining('--allow-changes') });
    expect((await api.stats()).total).toBe(2);
  } finally {
    await client.close();
  }
});

test('allowed to change, it makes and stops tasks, and still decides nothing that people decide', async () => {
  const client = await open(['--allow-changes']);
  try {
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toContain('create_tasks');
    expect(
      names.filter(
        (name) =>
          /token|webhook|setting|license|approve|reject|confirm|session|account|device/.test(name) &&
          !/^(list|get|read|show|task)/.test(name),
      ),
    ).toEqual([]);
    const made = await call(client, 'create_tasks', { body: { serials: ['C'], script_name: 'post' } });
    const { task_ids } = JSON.parse(made.text) as { task_ids: number[] };
    const stopped = await call(client, 'stop_task', { task_id: task_ids[0] });
    expect(stopped.isError).toBe(false);
    expect(await api.task(task_ids[0] ?? 0)).toMatchObject({ status: 3, remark: 'stopped' });
    const wrong = await call(client, 'create_tasks', { body: { serials: 'C', script_name: 'post' } });
    expect(wrong).toEqual({ isError: true, text: expect.stringContaining('40001: ') });
  } finally {
    await client.close();
  }
});

test('its token decides what it may do', async () => {
  const { data: token } = await api.call<{ token: string }>('POST', '/tokens', { name: 'model', scope: 'read' });
  const client = await open(['--allow-changes'], { DROVER_TOKEN: token.token });
  try {
    expect((await call(client, 'list_tasks')).isError).toBe(false);
    const refused = await call(client, 'create_tasks', { body: { serials: ['C'], script_name: 'post' } });
    expect(refused).toEqual({ isError: true, text: expect.stringContaining('40303: ') });
  } finally {
    await client.close();
  }
});
