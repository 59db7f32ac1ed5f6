import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationList } from '../../src/contract/all-operations.ts';
import type { Scope } from '../../src/contract/operation.ts';
import { makeToken } from '../../src/http/tokens.ts';
import { tailEvents } from '../../src/store/events.ts';
import { TestServer } from '../support/http.ts';
import { type RawAnswer, type RawRequest, sendAll } from '../support/raw-http.ts';

let server: TestServer;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  server = await TestServer.start();
  server.settings.access = { ...server.settings.access, perMinute: 1_000_000, perMinuteLocal: 10_000_000 };
  for (const scope of ['read', 'tasks', 'admin'] as const) {
    tokens[scope] = (await makeToken(server.store, { name: scope, scope }, 'anna')).text;
  }
});
afterAll(() => server.stop());

/** What a request may say of each thing, and whether that alone is all right. PORT is the server's own. */
const hosts: readonly [string, boolean][] = [
  ['127.0.0.1:PORT', true],
  ['LOCALHOST:PORT', true],
  ['[::1]:PORT', true],
  ['evil.example:PORT', false],
  ['localhost', false],
  ['localhost:1', false],
  ['localhost.:PORT', false],
  ['127.0.0.1.evil.example:PORT', false],
  ['0.0.0.0:PORT', false],
];
const origins: readonly [string | undefined, boolean][] = [
  [undefined, true],
  ['http://localhost:PORT', true],
  ['null', false],
  ['https://evil.example', false],
  ['http://localhost:3000', false],
  ['https://127.0.0.1:PORT', false],
];
const sites: readonly [string | undefined, boolean][] = [
  [undefined, true],
  ['none', true],
  ['same-origin', true],
  ['same-site', false],
  ['cross-site', false],
];
const types: readonly [string | undefined, boolean][] = [
  ['application/json', true],
  ['text/plain', false],
  ['application/x-www-form-urlencoded', false],
  [undefined, false],
];
const bearers = ['none', 'wrong', 'read', 'tasks', 'admin'] as const;
const methods = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS'] as const;

interface Combination {
  n: number;
  host: (typeof hosts)[number];
  origin: (typeof origins)[number];
  site: (typeof sites)[number];
  type: (typeof types)[number];
  bearer: (typeof bearers)[number];
  method: (typeof methods)[number];
}

const all: Combination[] = hosts
  .flatMap((host) => origins.map((origin) => ({ host, origin })))
  .flatMap((so) => sites.map((site) => ({ ...so, site })))
  .flatMap((so) => types.map((type) => ({ ...so, type })))
  .flatMap((so) => bearers.map((bearer) => ({ ...so, bearer })))
  .flatMap((so) => methods.map((method) => ({ ...so, method })))
  .map((so, n) => ({ ...so, n }));

/** What each method asks for. Those that change something name the combination, so that its trace can be found. */
const calls: Record<
  Combination['method'],
  { target: string; scope: Scope; body?: (n: number, victim: number) => object }
> = {
  GET: { target: '/api/v1/task/stats', scope: 'read' },
  HEAD: { target: '/api/v1/task/stats', scope: 'read' },
  POST: { target: '/api/v1/task', scope: 'tasks', body: (n) => ({ serials: [`made-${n}`], script_name: 'post' }) },
  PATCH: { target: '/api/v1/settings', scope: 'admin', body: (n) => ({ 'license.device_limit': n + 1 }) },
  DELETE: { target: '/api/v1/task/batch', scope: 'tasks', body: (_, victim) => ({ task_ids: [victim] }) },
  OPTIONS: { target: '/api/v1/task', scope: 'read' },
};

const ranks: Record<Scope, number> = { read: 0, tasks: 1, admin: 2 };

/** What has to be answered, said once more and in other words than the server does. */
function expected({ host, origin, site, type, bearer, method }: Combination, needsToken: boolean): number {
  if (!host[1] || !origin[1] || !site[1]) return 403;
  if (bearer === 'wrong' || (bearer === 'none' && needsToken)) return 401;
  const { scope, body } = calls[method];
  if (method === 'OPTIONS') return 405;
  if (bearer !== 'none' && ranks[bearer] < ranks[scope]) return 403;
  if (body && !type[1]) return 415;
  return 200;
}

function requestOf({ n, host, origin, site, type, bearer, method }: Combination, victim: number): RawRequest {
  const fill = (text: string) => text.replace('PORT', String(server.port));
  const { target, body } = calls[method];
  const headers: [string, string][] = [['Host', fill(host[0])]];
  if (origin[0] !== undefined) headers.push(['Origin', fill(origin[0])]);
  if (site[0] !== undefined) headers.push(['Sec-Fetch-Site', site[0]]);
  if (type[0] !== undefined) headers.push(['Content-Type', type[0]]);
  if (bearer === 'wrong') headers.push(['Authorization', `Bearer drover_${'x'.repeat(43)}`]);
  else if (bearer !== 'none') headers.push(['Authorization', `Bearer ${tokens[bearer]}`]);
  return { method, target, headers, ...(body && { body: JSON.stringify(body(n, victim)) }) };
}

/** With a token: one of the runs demands it. */
async function createVictims(count: number): Promise<number[]> {
  const headers = { authorization: `Bearer ${tokens.tasks}` };
  const ids: number[] = [];
  while (ids.length < count) {
    const serials = Array.from({ length: Math.min(1000, count - ids.length) }, (_, n) => `victim-${n}`);
    const { data } = (await server.post('/api/v1/task', { serials, script_name: 'post' }, headers)).body;
    ids.push(...(data.task_ids as number[]));
  }
  return ids;
}

/** All ids of tasks, with the phone each is for. */
async function tasksNow(): Promise<Map<number, string>> {
  const rows = await server.store.read.selectFrom('task').select(['id', 'serial']).execute();
  return new Map(rows.map(({ id, serial }) => [id, serial ?? '']));
}

async function settingsChangedAfter(eventId: number): Promise<unknown[]> {
  const events = await tailEvents(server.store.read, eventId, 1_000_000);
  return events.filter(({ type }) => type === 'settingChanged').map(({ body }) => body.value);
}

async function lastEvent(): Promise<number> {
  return (await tailEvents(server.store.read, 0, 10_000_000)).at(-1)?.id ?? 0;
}

async function runMatrix(combinations: readonly Combination[], needsToken: boolean): Promise<void> {
  const deletes = combinations.filter(({ method }) => method === 'DELETE');
  const ids = await createVictims(deletes.length);
  const victimOf = new Map(deletes.map(({ n }, at) => [n, ids[at] ?? 0]));
  const [before, eventsBefore] = [await tasksNow(), await lastEvent()];

  const answers = new Map<number, RawAnswer>();
  // After a body that it does not read the server ends the connection: nothing may be on its way behind such a one.
  const { many = [], alone = [] } = Object.groupBy(combinations, (combination) =>
    expected(combination, needsToken) === 415 ? 'alone' : 'many',
  );
  for (const [group, depth] of [
    [many, 50],
    [alone, 1],
  ] as const) {
    const requests = group.map((combination) => requestOf(combination, victimOf.get(combination.n) ?? 0));
    const got = await sendAll(server.port, requests, { depth });
    group.forEach(({ n }, at) => {
      answers.set(n, got[at] as RawAnswer);
    });
  }

  const wrong = combinations.flatMap((combination) => {
    const answer = answers.get(combination.n) as RawAnswer;
    const due = expected(combination, needsToken);
    const isForeign = combination.origin[0] !== undefined && !combination.origin[1];
    const isTold = isForeign && answer.headers['access-control-allow-origin'] !== undefined;
    return answer.status === due && !isTold ? [] : [{ ...combination, due, got: answer.status, body: answer.body }];
  });
  expect(wrong.slice(0, 5)).toEqual([]);

  const allowed = (method: Combination['method']) =>
    combinations.filter((combination) => combination.method === method && expected(combination, needsToken) === 200);
  const after = await tasksNow();
  const made = [...after].filter(([id]) => !before.has(id)).map(([, serial]) => serial);
  expect(made.sort()).toEqual(
    allowed('POST')
      .map(({ n }) => `made-${n}`)
      .sort(),
  );
  const gone = [...before.keys()].filter((id) => !after.has(id));
  expect(gone.sort()).toEqual(
    allowed('DELETE')
      .map(({ n }) => victimOf.get(n))
      .sort(),
  );
  expect((await settingsChangedAfter(eventsBefore)).map(Number).sort()).toEqual(
    allowed('PATCH')
      .map(({ n }) => n + 1)
      .sort(),
  );
  // The matrix is of use only if a part of it gets through.
  for (const method of ['POST', 'PATCH', 'DELETE'] as const) expect(allowed(method).length).toBeGreaterThan(5);
}

describe('Host × Origin × Sec-Fetch-Site × method × content type × token', () => {
  test(`each of ${all.length} combinations is answered as it should be, and changes nothing where it should not`, async () => {
    await runMatrix(all, false);
  });

  test('the same with a token demanded of everybody', async () => {
    server.settings.access = { ...server.settings.access, authRequired: 'always' };
    try {
      await runMatrix(all, true);
    } finally {
      server.settings.access = { ...server.settings.access, authRequired: 'beyond-loopback' };
    }
  });
});

test('a name that was rebound to this machine gets no answer from any path, file or stream', async () => {
  const evil = [`evil.example:${server.port}`, 'evil.example', `rebind.localhost:${server.port}`];
  const paths = operationList.map(({ method, path }) => [method, `/api/v1${path.replaceAll(/\{\w+\}/g, '1')}`]);
  const beside = ['/', '/tasks', '/assets/index.js', '/docs', '/openapi.json', '/healthz', '/metrics', '/favicon.ico'];
  const odd = ['/%', '/api/v1/%zz', '//', '/api/v1/../../', `/${'x'.repeat(5000)}`, '/api/v1/events'];
  const requests = [...paths, ...[...beside, ...odd].flatMap((path) => ['GET', 'HEAD', 'POST'].map((m) => [m, path]))]
    .flatMap(([method = '', target = '']) =>
      evil.map((host): RawRequest => ({ method, target, headers: [['Host', host]] })),
    )
    .flatMap((request) => [
      request,
      { ...request, headers: [...request.headers, ['Authorization', `Bearer ${tokens.admin}`] as const] },
      {
        ...request,
        headers: [
          ...request.headers,
          ['Accept', 'text/html'] as const,
          ['Sec-Fetch-Mode', 'navigate'] as const,
          ['Sec-Fetch-Dest', 'document'] as const,
          ['Sec-Fetch-Site', 'none'] as const,
        ],
      },
    ]);
  const answers = await sendAll(server.port, requests);
  const let_in = requests.filter((request, at) => {
    const { status, body } = answers[at] as RawAnswer;
    return status !== 403 || (request.method !== 'HEAD' && JSON.parse(body).code !== 40302);
  });
  expect(let_in.slice(0, 5)).toEqual([]);
});

test.each<[string, RawRequest['headers'], string]>([
  [
    'two Host lines',
    [
      ['Host', '127.0.0.1:PORT'],
      ['Host', 'evil.example'],
    ],
    '/api/v1/task/stats',
  ],
  ['no Host line', [], '/api/v1/task/stats'],
  ['a target with another host in it', [['Host', '127.0.0.1:PORT']], 'http://evil.example/api/v1/task/stats'],
])('%s is refused', async (_, headers, target) => {
  const filled = headers.map(([name, value]) => [name, value.replace('PORT', String(server.port))] as const);
  const [answer] = await sendAll(server.port, [{ method: 'GET', target, headers: filled }], { connections: 1 });
  expect(answer?.status).toBeGreaterThanOrEqual(400);
  expect(answer?.body ?? '').not.toContain('"total"');
});
