import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClient, type DroverClient } from '../../client/client.ts';
import type { CreateTaskBody, DryRunReply } from '../../src/contract/create-task.ts';
import type { DeviceFacts } from '../../src/http/parts.ts';
import { checkedFetch } from '../support/checked-fetch.ts';
import { TestServer } from '../support/http.ts';

let server: TestServer;
let api: DroverClient;

const phone = (serial: string, facts: Partial<DeviceFacts> = {}): DeviceFacts => ({
  serial,
  state: 'ready',
  adbState: 'device',
  reason: null,
  lastProofAt: null,
  model: null,
  android: null,
  virtual: false,
  ...facts,
});

beforeEach(async () => {
  server = await TestServer.start();
  server.devices = [phone('D1'), phone('D2')];
  api = createClient({ base: `http://127.0.0.1:${server.port}`, fetch: checkedFetch });
});
afterEach(() => server.stop());

const users = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `@user${from + index}`);

const follow = (targets: string[], who: Partial<CreateTaskBody> = { usernames: ['@lena'] }): CreateTaskBody => ({
  ...who,
  script_name: 'follow',
  script_config: { target_users: targets },
});

const addAccount = (username: string, device = 'D1', owned = true) =>
  api.createAccount({ body: { username, device, owned } });

const say = ({ tasks }: DryRunReply): string[] =>
  tasks.map(({ verdict, rule }) => (rule === null ? verdict : `${verdict}: ${rule}`));

/** As if the account had done it. */
async function acted(accountId: number, target: string, agoMs = 3_600_000): Promise<void> {
  const [task = 0] = (await api.createTasks({ body: follow([target]) })).task_ids;
  await api.stopTask({ params: { task_id: task } });
  await server.store.write(async (tx) => {
    const at = tx.now - agoMs;
    await tx.db
      .insertInto('effect')
      .values({
        task_id: task,
        attempt_id: 1,
        key: `follow:${target}`,
        actor: `account:${accountId}`,
        kind: 'follow',
        target,
        minor: 0,
        state: 'done',
        act_before: at,
        intended_at: at,
        settled_at: at,
      })
      .execute();
  });
}

test('nothing is created, and each task that would be is shown as it would be', async () => {
  await addAccount('lena');
  const body = { ...follow(['@a', '@b'], { serials: ['D1', 'D2'] }), start_time: '2099-01-02T14:30:00+01:00' };
  const reply = await api.dryRunTasks({ body });
  expect(reply.created_count).toBe(0);
  expect(reply.tasks.map(({ serial, target, username }) => [serial, username, target])).toEqual([
    ['D1', null, '@a'],
    ['D1', null, '@b'],
    ['D2', null, '@a'],
    ['D2', null, '@b'],
  ]);
  expect(reply.tasks[0]).toMatchObject({
    platform: 'tiktok',
    script_name: 'follow',
    due_at: expect.stringMatching(/^2099-01-02T/),
  });
  expect((await api.taskStats()).total).toBe(0);
  const events = await server.store.read
    .selectFrom('event')
    .selectAll()
    .where('type', '=', 'submissionCreated')
    .execute();
  expect(events).toEqual([]);
});

test('the thirty-first follow of one call reads that it waits until the first has been a day ago', async () => {
  await addAccount('lena');
  const reply = await api.dryRunTasks({ body: follow(users(61)) });
  const said = say(reply);
  expect(said.slice(0, 30)).toEqual(Array(30).fill('go'));
  expect(said[30]).toBe('wait: conduct: @lena made 30 of 30 follows within 24 hours');
  const untils = reply.tasks.map(({ until }) => (until === null ? 0 : Date.parse(until)));
  const day = 24 * 3_600_000;
  expect(untils[30]).toBe(Date.parse(reply.tasks[0]?.due_at ?? '') + day);
  expect(untils[60]).toBe(Date.parse(reply.tasks[0]?.due_at ?? '') + 2 * day);
});

test('what was done before counts', async () => {
  const { id } = await addAccount('lena');
  await server.store.write(async (tx) => {
    await tx.db
      .insertInto('setting')
      .values({ key: 'conduct.follow_per_day', value: '2', changed_at: tx.now })
      .execute();
  });
  await acted(id, '@old');
  expect(say(await api.dryRunTasks({ body: follow(['@a', '@b']) }))).toEqual([
    'go',
    'wait: conduct: @lena made 2 of 2 follows within 24 hours',
  ]);
  await acted(id, '@just-now', 1_000);
  const [task] = (await api.dryRunTasks({ body: follow(['@a']) })).tasks;
  expect(task).toMatchObject({ verdict: 'wait', until: expect.any(String) });
});

test('the fourth account on one stranger is refused for good; on an account of the operator it is not', async () => {
  const names = ['a', 'b', 'c', 'd'];
  for (const name of names) await addAccount(name);
  const usernames = names.map((name) => `@${name}`);
  const rule = 'refuse: conduct: at most 3 of your accounts may act on @stranger within 7 days';
  expect(say(await api.dryRunTasks({ body: follow(['@stranger'], { usernames }) }))).toEqual(['go', 'go', 'go', rule]);
  await addAccount('mine');
  expect(say(await api.dryRunTasks({ body: follow(['@mine'], { usernames }) }))).toEqual(Array(4).fill('go'));
});

test('one who acted on a target before is not counted twice', async () => {
  const ids = [];
  for (const name of ['lena', 'b', 'c']) ids.push((await addAccount(name)).id);
  await acted(ids[0] ?? 0, '@stranger');
  const body = follow(['@stranger'], { usernames: ['@lena', '@b', '@c'] });
  expect(say(await api.dryRunTasks({ body }))).toEqual(['go', 'go', 'go']);
});

test('the same comment on one post is refused, whoever writes it', async () => {
  await addAccount('a');
  await addAccount('b');
  const comment = (lines: string): CreateTaskBody => ({
    usernames: ['a', 'b'],
    script_name: 'comment',
    script_config: {
      target_post_url: 'https://www.tiktok.com/@u/video/1',
      comment_content: lines,
      comment_order: 'sequential',
    },
  });
  expect(say(await api.dryRunTasks({ body: comment('so good') }))).toEqual([
    'go',
    'refuse: conduct: this text stands on tiktok.com/video/1 already',
  ]);
  expect(say(await api.dryRunTasks({ body: comment('so good\nlovely') }))).toEqual(['go', 'go']);
});

test('a wait that only a person can end has no end', async () => {
  await addAccount('lena', 'D1', false);
  const confirm = 'wait: conduct: confirm that @lena is yours';
  const ask = () => api.dryRunTasks({ body: follow(['@a']) });
  expect((await ask()).tasks[0]).toMatchObject({ verdict: 'wait', until: null });
  expect(say(await ask())).toEqual([confirm]);
  await api.changeAccount({ params: { account_id: 1 }, body: { owned: true } });
  expect(say(await ask())).toEqual(['go']);
  await api.pauseWork({ body: { account: '@lena' } });
  expect(say(await ask())).toEqual([expect.stringMatching(/^wait: @lena was paused by operator/)]);
});

test('a phone that is away is said, unless the tasks are for later; unknown accounts are refused as in the call itself', async () => {
  server.devices = [phone('D1', { state: 'offline', adbState: 'offline' })];
  await addAccount('lena');
  expect(say(await api.dryRunTasks({ body: follow(['@a']) }))).toEqual(['wait: phone D1 is offline']);
  const later = { ...follow(['@a']), start_time: '2099-01-02T14:30:00+01:00' };
  expect(say(await api.dryRunTasks({ body: later }))).toEqual(['go']);
  await expect(api.dryRunTasks({ body: follow(['@a'], { usernames: ['@nobody'] }) })).rejects.toMatchObject({
    code: 40401,
  });
  await expect(api.dryRunTasks({ body: { script_name: 'follow', serials: ['D1'] } })).rejects.toMatchObject({
    code: 40001,
  });
  expect((await server.post('/api/v1/task?dry_run=maybe', follow(['@a']))).body.code).toBe(40001);
});

test('of ten thousand tasks each gets its word', async () => {
  for (let at = 0; at < 100; at++) await addAccount(`u${at}`, `P${at}`);
  const usernames = Array.from({ length: 100 }, (_, at) => `u${at}`);
  const reply = await api.dryRunTasks({ body: follow(users(100), { usernames }) });
  expect(reply.tasks).toHaveLength(10_000);
  // Thirty a day each; no target more than three accounts.
  expect(reply.tasks.filter(({ verdict }) => verdict === 'refuse')).toHaveLength(97 * 100);
});
