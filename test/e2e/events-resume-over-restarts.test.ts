import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { loadConfig } from '../../src/config.ts';
import type { AuditPage } from '../../src/contract/audit.ts';
import { Drover } from '../../src/main.ts';
import { ApiClient } from '../support/server-house.ts';

const data = mkdtempSync(join(tmpdir(), 'drover-events-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

const start = () =>
  Drover.start(loadConfig({ data, port: 0, adb: ['127.0.0.1:1'], adbPath: 'no-adb-here' }, {}).config, {
    log: silentLog,
  });

/** Follows the events as a browser's EventSource does: it keeps the id it saw last, and says it when it comes back. */
class Follower {
  readonly seen: number[] = [];
  #lastId: string | undefined;

  /** Reads until `isEnough`, or until the server goes. */
  async follow(api: ApiClient, isEnough: () => boolean): Promise<void> {
    const over = new AbortController();
    const headers: Record<string, string> = this.#lastId === undefined ? {} : { 'last-event-id': this.#lastId };
    const reply = await fetch(`${api.base}/api/v1/events`, { headers, signal: over.signal });
    let rest = '';
    for await (const chunk of reply.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const id = /^id: (\d+)$/m.exec(block)?.[1];
        if (id === undefined) continue;
        this.#lastId = id;
        this.seen.push(Number(id));
      }
      if (isEnough()) break;
    }
    over.abort();
  }
}

async function allEvents(api: ApiClient): Promise<number[]> {
  const ids: number[] = [];
  for (let before: number | null = 1_000_000_000_000; before !== null; ) {
    const { data: page }: { data: AuditPage } = await api.call<AuditPage>(
      'GET',
      `/audit?page_size=100&before=${before}`,
    );
    ids.unshift(...page.events.map(({ id }) => id).reverse());
    before = page.next_before;
  }
  return ids;
}

test('a client that comes back after each restart has seen every event once, in order', async () => {
  const follower = new Follower();
  let made = 0;
  const create = async (api: ApiClient, count: number) => {
    made += count;
    await api.create({ serials: Array.from({ length: count }, (_, n) => `S${n}`), script_name: 'post' });
  };
  let server = await start();
  // The first connection begins with what happens from then on.
  const first = follower.follow(new ApiClient(server.port), () => follower.seen.length >= 4);
  await new ApiClient(server.port).until(async () => true);
  await create(new ApiClient(server.port), 3);
  await first;
  for (let round = 1; round <= 3; round++) {
    await create(new ApiClient(server.port), 120); // nobody listens
    await server.stop();
    server = await start();
    const api = new ApiClient(server.port);
    await create(api, 5);
    const known = await allEvents(api);
    await follower.follow(api, () => (follower.seen.at(-1) ?? 0) >= (known.at(-1) ?? 0));
  }
  const all = await allEvents(new ApiClient(server.port));
  expect(follower.seen).toEqual(all.filter((id) => id >= (follower.seen[0] ?? 0) && id <= (follower.seen.at(-1) ?? 0)));
  expect(follower.seen.length).toBeGreaterThan(made);
  await server.stop();
});
