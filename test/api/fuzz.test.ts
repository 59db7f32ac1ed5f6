import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../client/client.ts';
import openApi from '../../openapi.json' with { type: 'json' };
import { checkedFetch } from '../support/checked-fetch.ts';
import { ServerHouse } from '../support/server-house.ts';
import { ServerProcess } from '../support/server-process.ts';
import { type Document, type FuzzRequest, fuzzRequests, kindOf, withIds } from './fuzz/requests.ts';

/** More by DROVER_FUZZ=200000, others by DROVER_SEED=n. */
const runs = Number(process.env.DROVER_FUZZ ?? 20_000);
const seed = Number(process.env.DROVER_SEED ?? 50_809);

const document = openApi as unknown as Document;

/** Ids of what the test has made, by kind, the newest last. */
const known = new Map<string, number[]>();

let house: ServerHouse;
let server: ServerProcess;

beforeAll(async () => {
  house = await ServerHouse.open({ phones: 1 });
  await house.stop();
  server = await ServerProcess.start(house);
  await furnish();
});
afterAll(async () => {
  await server?.kill();
  await house[Symbol.asyncDispose]();
});

/** Something of every kind to find. */
async function furnish(): Promise<void> {
  const api = createClient({ base: server.api.base, fetch: checkedFetch });
  const keep = (kind: string, ...ids: number[]): void => {
    known.set(kind, [...(known.get(kind) ?? []), ...ids]);
  };
  for (let at = 1; at <= 12; at++) {
    keep('accounts', (await api.createAccount({ body: { username: `lena.${at}`, device: `P${at % 3}` } })).id);
    keep('groups', (await api.createGroup({ body: { name: `Shelf ${at}`, serials: [`P${at}`] } })).id);
    const body = { serials: ['P1'], script_name: 'account_warmup' };
    keep('schedules', (await api.createSchedule({ body: { name: `${at}`, cron: '0 9 * * *', body } })).id);
    keep('task', ...(await api.createTasks({ body })).task_ids);
    const film = house.film().path;
    keep('media', ...(await api.importMedia({ body: { paths: [film] } })).media.map(({ id }) => id));
  }
}

test(
  `${runs} requests, mostly as documented, get documented answers and leave a sound database`,
  async () => {
    const seen = new Map<string, number>();
    const requests = fuzzRequests(document, { serials: [house.serial, 'P1', 'nothing here'] });
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const outcome = await answered(request);
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    // Every operation was reached, and did what it is for at least once where it can.
    const operations = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    const reached = new Set([...seen.keys()].map((key) => key.split(' ')[0]));
    if (runs >= 20_000) expect(operations.filter((one) => !reached.has(one))).toEqual([]);
    console.log(summary(seen));

    expect((await fetch(`${server.api.base}/healthz`)).status).toBe(200);
    expect(await server.kill('SIGTERM')).toBe(0);
    const database = new Database(join(house.config.data, 'drover.db'), { readonly: true });
    expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    database.close();
  },
  30 * 60_000,
);

/** Keeps the ids of what a call has made, so that later ones find it. */
async function remember(path: string, response: Response): Promise<void> {
  const { code, data } = (await response.json()) as { code: number; data: Record<string, unknown> | null };
  if (code !== 0 || data === null) return;
  const ids = [data.id, ...[data.task_ids ?? []].flat()].filter((id) => typeof id === 'number');
  const kind = kindOf(path);
  known.set(kind, [...(known.get(kind) ?? []), ...ids].slice(-12));
}

function forget(path: string): void {
  const gone = Number(path.split(/[/?]/)[4]);
  const kind = kindOf(path);
  known.set(
    kind,
    (known.get(kind) ?? []).filter((id) => id !== gone),
  );
}

/** Sends it, and throws unless the answer is one that the document promises. Returns `operation status`. */
async function answered({ operation, method, headers, body, statuses, ...request }: FuzzRequest): Promise<string> {
  const path = withIds(request.path, (kind) => known.get(kind) ?? []);
  const response = await checkedFetch(`${server.api.base}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const { status } = response;
  if (method === 'POST' && status === 200 && !/events|stream/.test(path)) await remember(path, response);
  else await response.body?.cancel();
  if (method === 'DELETE' && status === 200) forget(path);
  if (status >= 500 && status !== 503) throw new Error(`${method} ${path} was answered ${status}`);
  const isAsked = Object.values(document.paths).some(
    (methods) => methods[method.toLowerCase()]?.operationId === operation,
  );
  const isDocumented = statuses.includes(String(status)) || [401, 404, 405].includes(status) || !isAsked;
  if (!isDocumented) throw new Error(`${method} ${path}: the document does not name ${status} for ${operation}`);
  return `${operation} ${status}`;
}

function summary(seen: ReadonlyMap<string, number>): string {
  const byStatus = new Map<string, number>();
  for (const [key, count] of seen) {
    const status = key.split(' ')[1] ?? '';
    byStatus.set(status, (byStatus.get(status) ?? 0) + count);
  }
  const parts = [...byStatus].sort(([a], [b]) => (a < b ? -1 : 1)).map(([status, count]) => `${count} × ${status}`);
  return `seed ${seed}: ${parts.join(', ')}`;
}
