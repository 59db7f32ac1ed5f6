import { afterAll, beforeAll, expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { TestServer } from '../../test/support/http.ts';
import { ManualClock } from '../base/clock.ts';
import type { AuditPage } from '../contract/audit.ts';

let temp: TempStore;
let server: TestServer;
const start = Date.UTC(2026, 0, 2, 9);
beforeAll(async () => {
  const clock = new ManualClock(start);
  temp = new TempStore(clock);
  server = await TestServer.start({ store: temp.store });
  for (let n = 1; n <= 250; n++) {
    await temp.store.write((tx) => tx.event('taskChanged', `task:${n}`, { n }, n % 5 === 0 ? 'anna' : undefined));
    await clock.advance(60_000);
  }
  await temp.store.write((tx) => tx.event('settingChanged', 'setting:auto_retry', { value: true }, 'ben'));
});
afterAll(async () => {
  await server.stop();
  await temp[Symbol.asyncDispose]();
});

const page = async (query: string) => (await server.get(`/api/v1/audit?${query}`)).body.data as unknown as AuditPage;

test('who did what and when, newest first, page by page, each once', async () => {
  const seen: number[] = [];
  for (let before = ''; ; ) {
    const { events, next_before } = await page(`page_size=100${before}`);
    seen.push(...events.map(({ id }) => id));
    if (next_before === null) break;
    before = `&before=${next_before}`;
  }
  expect(seen).toEqual(Array.from({ length: 251 }, (_, n) => 251 - n));
  expect((await page('page_size=1')).events).toEqual([
    {
      id: 251,
      type: 'settingChanged',
      subject: 'setting:auto_retry',
      at: '2026-01-02T14:10:00+01:00',
      person: 'ben',
      body: { value: true },
    },
  ]);
});

test.each<[string, number]>([
  ['type=settingChanged', 1],
  ['subject=task:7', 1],
  ['subject=task:', 250],
  ['subject=tas', 0],
  ['person=anna', 50],
  ['by=people', 51],
  ['by=people&subject=task:', 50],
  ['since=2026-01-02T10:00:00Z', 191],
  ['until=2026-01-02T10:00:00Z', 60],
  ['since=2026-01-02T10:00:00%2B01:00&until=2026-01-02T10:10:00%2B01:00', 10],
])('%s finds %d', async (query, count) => {
  let found = 0;
  for (let before: number | null = 1_000; before !== null; ) {
    const { events, next_before }: AuditPage = await page(`${query}&page_size=100&before=${before}`);
    found += events.length;
    before = next_before;
  }
  expect(found).toBe(count);
});

test.each(['since=yesterday', 'by=robots', 'type=nothing', 'before=0', 'page_size=0'])(
  '%s is refused',
  async (query) => {
    const answer = await server.get(`/api/v1/audit?${query}`);
    expect([answer.status, answer.body.code]).toEqual([400, 40001]);
  },
);
