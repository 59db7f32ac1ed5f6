import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, type DroverClient } from '../../client/client.ts';
import { DroverApiError } from '../../client/error.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { CreateTaskBody } from '../../src/contract/create-task.ts';
import type { TaskStats } from '../../src/contract/task.ts';
import { checkedFetch } from '../support/checked-fetch.ts';
import { ServerHouse } from '../support/server-house.ts';

const clients = 50;
const callsEach = 12;

let house: ServerHouse;
beforeAll(async () => {
  house = await ServerHouse.open({ phones: 0 });
});
afterAll(() => house[Symbol.asyncDispose]());

const newClient = (): DroverClient => createClient({ base: house.api.base, fetch: checkedFetch });

const bodyOf = (client: number, call: number, size: number): CreateTaskBody => ({
  serials: [`phone-${client % 7}`, `phone-${client}-own`],
  script_name: 'follow',
  script_config: { target_users: Array.from({ length: size }, (_, index) => `@c${client}.${call}.${index}`) },
});

/** What one client made: ids of each call. */
async function create(client: number, made: (ids: number[]) => void): Promise<number[][]> {
  const api = newClient();
  const random = seededRandom(`client ${client}`);
  const calls: number[][] = [];
  for (let call = 0; call < callsEach; call++) {
    const body = bodyOf(client, call, random.int(1, 4));
    const idempotencyKey = `client-${client}-${call}`;
    // Every third call is sent twice at once, as a client does whose answer got lost.
    const answers = await Promise.all(
      Array.from({ length: call % 3 === 0 ? 2 : 1 }, () => api.createTasks({ body, idempotencyKey })),
    );
    const ids = answers[0]?.task_ids ?? [];
    for (const answer of answers) expect(answer).toEqual({ task_ids: ids, created_count: ids.length });
    calls.push(ids);
    made(ids);
  }
  return calls;
}

test('fifty clients create while others delete, stop and retry: nothing is lost, doubled or miscounted', async () => {
  const pool: number[] = [];
  const deleted = new Set<number>();
  const retried = new Map<number, number>();
  let isOver = false;

  /** Only what somebody has been told of can be deleted. */
  const remover = async (): Promise<void> => {
    const api = newClient();
    while (!isOver) {
      const [first, ...rest] = pool.splice(0, 6);
      if (first === undefined) {
        await api.taskStats();
        continue;
      }
      await api.deleteTask({ params: { task_id: first } });
      deleted.add(first);
      if (rest.length === 0) continue;
      const reply = await api.deleteTasks({ body: { task_ids: [...rest, first] } });
      expect(reply.task_ids).toEqual(rest);
      for (const id of rest) deleted.add(id);
    }
  };
  const retrier = async (): Promise<void> => {
    const api = newClient();
    while (!isOver) {
      const id = pool.splice(0, 1)[0];
      if (id === undefined) {
        await api.taskStats();
        continue;
      }
      const params = { task_id: id };
      await api.stopTask({ params });
      await expect(api.stopTask({ params })).rejects.toBeInstanceOf(DroverApiError);
      for (const other of (await api.retryAllTasks()).task_ids) retried.set(other, (retried.get(other) ?? 0) + 1);
      await api.stopTask({ params });
      await api.retryTask({ params });
      retried.set(id, (retried.get(id) ?? 0) + 1);
    }
  };

  const helpers = [remover(), retrier()];
  const made = await Promise.all(
    Array.from({ length: clients }, (_, client) =>
      create(client, (ids) => void pool.push(...ids.filter((id) => id % 3 === 0))),
    ),
  );
  isOver = true;
  await Promise.all(helpers);

  const calls = made.flat();
  const ids = calls.flat();
  expect(calls).toHaveLength(clients * callsEach);
  for (const call of calls) {
    expect(call).toEqual(Array.from(call, (_, index) => (call[0] ?? 0) + index));
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(deleted.size).toBeGreaterThan(0);
  expect(retried.size).toBeGreaterThan(0);

  const api = newClient();
  const left = ids.filter((id) => !deleted.has(id)).sort((a, b) => b - a);
  expect(await listedIds(api)).toEqual(left);
  for (const [id, count] of retried) {
    if (deleted.has(id)) continue;
    expect((await api.getTask({ params: { task_id: id } })).retry_count).toBe(count);
  }
  const stats = await api.taskStats();
  expect(stats.total).toBe(ids.length - deleted.size);
  expect(stats).toEqual(freshCount());
  expect((await api.listTasks({ query: { serial: 'phone-0', page_size: 1 } })).total).toBe(
    counted("select count(*) as n from task where serial = 'phone-0'"),
  );
});

async function listedIds(api: DroverClient): Promise<number[]> {
  const ids: number[] = [];
  for (;;) {
    const before_id = ids.at(-1);
    const { tasks } = await api.listTasks({ query: { page_size: 100, ...(before_id !== undefined && { before_id }) } });
    if (tasks.length === 0) return ids;
    ids.push(...tasks.map(({ id }) => id));
  }
}

/** Counted in the rows themselves, not in the kept counts. */
function freshCount(): TaskStats {
  const of = (status: number): number => counted(`select count(*) as n from task where status = ${status}`);
  return {
    total: counted('select count(*) as n from task'),
    pending: of(0),
    running: of(1),
    completed: of(2),
    failed: of(3),
  };
}

function counted(query: string): number {
  const database = new Database(join(house.config.data, 'drover.db'), { readonly: true });
  try {
    return (database.prepare(query).get() as { n: number }).n;
  } finally {
    database.close();
  }
}
