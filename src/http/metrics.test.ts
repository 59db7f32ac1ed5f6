import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../../test/support/http.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

const docs = join(import.meta.dirname, '..', '..', 'docs');
const read = async () => (await server.get('/metrics')).text;
const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start));
/** Names of all that is measured, as the text declares them. */
const declared = (text: string) =>
  [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => ({ name, type }));

test('the state of the house is read when it is asked for', async () => {
  await server.post('/api/v1/task', { serials: ['A', 'B', 'C'], script_name: 'post' });
  const common = { adbState: 'device', reason: null, lastProofAt: null, model: null, android: null, virtual: false };
  server.devices = [
    { ...common, serial: 'A', state: 'ready' },
    { ...common, serial: 'B', state: 'ready' },
    { ...common, serial: 'C', state: 'offline' },
  ];
  const answer = await server.get('/metrics');
  expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(lineOf(answer.text, 'drover_tasks{state="pending"}')).toBe('drover_tasks{state="pending"} 3');
  expect(lineOf(answer.text, 'drover_tasks{state="unconfirmed"}')).toBe('drover_tasks{state="unconfirmed"} 0');
  expect(lineOf(answer.text, 'drover_devices{state="ready"}')).toBe('drover_devices{state="ready"} 2');
  expect(lineOf(answer.text, 'drover_devices{state="offline"}')).toBe('drover_devices{state="offline"} 1');
  expect(lineOf(answer.text, 'drover_adb_up')).toBe('drover_adb_up 1');
  expect(lineOf(answer.text, 'drover_device_limit')).toBe('drover_device_limit{plan="Self-hosted"} 1000');
  expect(lineOf(answer.text, 'nodejs_eventloop_lag_p99_seconds')).toBeDefined();
});

test('requests are counted by their route, so that strangers make no series', async () => {
  for (let n = 0; n < 20; n++) {
    await server.get(`/api/v1/task/${n}`);
    await server.get(`/nowhere/${n}`);
  }
  const text = await read();
  const routes = [...text.matchAll(/^drover_http_request_duration_seconds_count\{(.*)\} (\d+)$/gm)].map(
    ([, labels, n]) => [labels, n],
  );
  expect(routes).toContainEqual(['method="GET",route="/api/v1/task/:task_id",status="404"', '17']);
  expect(routes).toContainEqual(['method="GET",route="none",status="404"', '20']);
  expect(text).not.toContain('nowhere');
});

test('they answer under every plan, and need a token where one is demanded', async () => {
  const { licence, settings } = server;
  server.licence = { plan_name: 'Free', api_enabled: false, device_limit: 0, message: 'none' };
  expect((await server.get('/metrics')).status).toBe(200);
  settings.access = { ...settings.access, authRequired: 'always' };
  const refused = await server.get('/metrics');
  expect([refused.status, refused.body.code]).toEqual([401, 40101]);
  settings.access = { ...settings.access, authRequired: 'beyond-loopback' };
  server.licence = licence;
});

test('what the board draws is measured, and what is measured is described', async () => {
  const text = await read();
  const names = declared(text);
  const known = new Set(
    names.flatMap(({ name, type }) =>
      type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
  const board = readFileSync(join(docs, 'grafana-board.json'), 'utf8');
  const panels = (JSON.parse(board) as { panels: { targets: { expr: string }[] }[] }).panels;
  const drawn = panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/\b(drover|nodejs|process)_\w+/g) ?? []),
  );
  expect(drawn.length).toBeGreaterThan(20);
  expect(drawn.filter((name) => !known.has(name))).toEqual([]);
  const described = readFileSync(join(docs, 'metrics.md'), 'utf8');
  const own = names.map(({ name }) => name).filter((name) => name.startsWith('drover_'));
  expect(own.filter((name) => !described.includes(`\`${name}`))).toEqual([]);
});
