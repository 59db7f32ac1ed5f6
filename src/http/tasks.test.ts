import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestServer } from '../../test/support/http.ts';
import { type LogFields, silentLog } from '../base/log.ts';
import { say } from '../contract/sentence.ts';
import type { Waiting } from '../contract/task.ts';
import { claimNext } from '../store/claim.ts';
import { upsertDevice } from '../store/devices.ts';
import { moveTask, putOffBy } from '../store/tasks.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

const post = (more: object = {}) => ({
  serials: ['A'],
  script_name: 'post',
  script_config: { content_type: 0, captions: 'cap1 #tag', material_list: ['/films/a.mp4'], upload_wait_time: 60 },
  ...more,
});

async function create(body: object): Promise<number[]> {
  const answer = await server.post('/api/v1/task', body);
  expect(answer.body).toMatchObject({ code: 0 });
  return answer.body.data.task_ids as number[];
}

/** The first due task of a ready phone becomes running. */
const claim = (serial: string) =>
  server.store.write(async (tx) => {
    await upsertDevice(tx, serial, { state: 'ready' });
    return claimNext(tx, { serial, hostId: 'h', bootId: 'b', leaseMs: 60_000, seed: 's' });
  });

const taskOf = async (id: number | undefined) => (await server.get(`/api/v1/task/${id}`)).body.data;

test('a task is created, shown as pending, and shown in the list', async () => {
  const created = await server.post('/api/v1/task', post({ serials: ['A', 'B'] }));
  expect(created.status).toBe(200);
  const ids = created.body.data.task_ids as number[];
  expect(created.body).toEqual({ code: 0, message: 'success', data: { task_ids: ids, created_count: 2 } });
  expect(ids[1]).toBeGreaterThan(ids[0] ?? 0);

  const detail = await server.get(`/api/v1/task/${ids[1]}`);
  expect(detail.body.data).toMatchObject({
    id: ids[1],
    serial: 'B',
    username: null,
    platform: 'tiktok',
    script_name: 'post',
    script_config: { captions: 'cap1 #tag', material_list: ['/films/a.mp4'], upload_wait_time: 60, add_sound: '-1' },
    enable_multi_account: false,
    status: 0,
    status_text: 'pending',
    source: 'api',
    end_time: null,
    retry_count: 0,
    remark: '',
    time_zone: 'Europe/Berlin',
    priority: 0,
    job_count: 1,
    attempts: 0,
    trace: `/api/v1/task/${ids[1]}/trace`,
    waiting: {
      reason: 'phone-offline',
      code: 'phone.unseen',
      params: { phone: 'B' },
      text: 'phone B has not been seen yet',
      until: null,
    },
  });
  const { start_time, create_time, due_at, failure, progress } = detail.body.data;
  expect(start_time).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(create_time).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(due_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/);
  expect([failure, progress]).toEqual([undefined, undefined]);

  const list = await server.get('/api/v1/task?serial=B&page=1&page_size=20');
  expect(list.body.data).toMatchObject({ total: 1, page: 1, page_size: 20, tasks: [{ id: ids[1], serial: 'B' }] });
});

describe('the list', () => {
  beforeAll(async () => {
    for (let n = 0; n < 3; n++) await create(post({ serials: ['L1', 'L2'] }));
    await create({ serials: ['L1'], script_name: 'follow', script_config: { target_user: '@a\n@b' } });
  });

  test('comes newest first, in pages', async () => {
    const pages = [];
    for (const page of [1, 2, 3]) {
      const { data } = (await server.get(`/api/v1/task?serial=L1&page=${page}&page_size=2`)).body;
      expect(data).toMatchObject({ total: 5, page, page_size: 2 });
      pages.push((data.tasks as { id: number }[]).map(({ id }) => id));
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual(pages.flat().toSorted((a, b) => b - a));
  });

  test.each([
    ['serial=L1', 5],
    ['serial=L1&script_name=follow', 2],
    ['serial=L2&script_name=follow', 0],
    ['serial=L1&status=0', 5],
    ['serial=L1&status=3', 0],
    ['serial=L1&source=api', 5],
    ['serial=L1&source=ui', 0],
    ['serial=L1&status=&source=', 5],
    ['serial=nobody', 0],
  ])('filters: %s', async (query, total) => {
    expect((await server.get(`/api/v1/task?${query}`)).body.data.total).toBe(total);
  });

  test.each([
    'page=0',
    'page=-1',
    'page=x',
    'status=4',
    'status=failed',
    'source=cron',
    'page=1&page=2',
    'page_size=0',
  ])('refuses %s', async (query) => {
    const { status, body } = await server.get(`/api/v1/task?${query}`);
    expect([status, body.code, body.data]).toEqual([400, 40001, null]);
    expect(body.message).toContain(query.split('=')[0]);
  });

  test('a page size of 500 is served as 100, and an unknown filter is named', async () => {
    const answer = await server.get('/api/v1/task?page_size=500&sreial=A');
    expect(answer.body.data.page_size).toBe(100);
    expect(answer.headers.warning).toContain('sreial');
  });
});

test('the stats count every task', async () => {
  const before = (await server.get('/api/v1/task/stats')).body.data as Record<string, number>;
  await create(post({ serials: ['S', 'S'] }));
  const after = (await server.get('/api/v1/task/stats')).body.data as Record<string, number>;
  expect(Object.keys(after).toSorted()).toEqual(['completed', 'failed', 'pending', 'running', 'total']);
  expect((after.total ?? 0) - (before.total ?? 0)).toBe(2);
  expect((after.pending ?? 0) - (before.pending ?? 0)).toBe(2);
});

test('a pending task is stopped without running, without a body or content type in the way', async () => {
  const [id] = await create(post());
  const stopped = await server.call('POST', `/api/v1/task/${id}/stop`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '0' },
  });
  expect(stopped.body).toEqual({
    code: 0,
    message: 'success',
    data: { task_id: id, status: 3, status_text: 'failed' },
  });
  const task = await taskOf(id);
  expect(task).toMatchObject({
    status: 3,
    remark: 'stopped',
    failure: { code: 'task.stopped', message: 'stopped', step: null, unconfirmed: false },
  });
  expect(task.end_time).toMatch(/^\d{4}-/);
  expect(task.waiting).toBeUndefined();
  const again = await server.call('POST', `/api/v1/task/${id}/stop`);
  expect([again.status, again.body.code]).toEqual([400, 40001]);
});

test('a failure is shown with its cause, its step and the next action', async () => {
  const [id = 0] = await create(post({ serials: ['F'] }));
  await claim('F');
  await server.store.write(async (tx) => {
    await moveTask(tx, id, {
      from: 'running',
      to: 'unconfirmed',
      set: {
        code: 'app.unexpected-screen',
        remark: 'unknown screen after the tap',
        facts: { app: 'TikTok' },
        step: 'publish',
        endedAt: tx.now,
      },
    });
  });
  expect(await taskOf(id)).toMatchObject({
    status: 3,
    attempts: 1,
    remark: 'unknown screen after the tap',
    failure: {
      code: 'app.unexpected-screen',
      params: { app: 'TikTok' },
      message: 'unknown screen after the tap',
      step: 'publish',
      unconfirmed: true,
      next_code: 'task.needs-review',
      next_action: expect.stringContaining('decide the open review item'),
    },
  });
});

describe('why a pending task waits', () => {
  const device = { adbState: 'device', reason: null, lastProofAt: null, model: null, android: null, virtual: true };
  const waitingOf = async (id: number | undefined) => (await taskOf(id)).waiting as Waiting;
  beforeEach(() => {
    server.devices = [{ ...device, serial: 'W', state: 'ready' }];
  });

  test('its time has not come', async () => {
    const startTime = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const [id] = await create(post({ serials: ['W'], start_time: startTime }));
    const task = await taskOf(id);
    expect(task.waiting).toMatchObject({ reason: 'scheduled', until: task.due_at });
    expect(Date.parse(String(task.due_at)) - Math.floor(Date.parse(startTime) / 1000) * 1000).toBe(0);
  });

  test.each([
    ['offline', 'phone-offline'],
    ['absent', 'phone-offline'],
    ['unauthorized', 'phone-unauthorized'],
    ['preparing', 'phone-not-ready'],
    ['ailing', 'phone-not-ready'],
  ] as const)('its phone is %s', async (state, reason) => {
    server.devices = [{ ...device, serial: 'W', state, reason: 'because of the cable' }];
    const [id] = await create(post({ serials: ['W'] }));
    expect((await waitingOf(id)).reason).toBe(reason);
    expect((await waitingOf(id)).text).toContain('because of the cable');
    expect((await waitingOf(id)).params).toMatchObject({ phone: 'W', state, reason: 'because of the cable' });
  });

  test('a rule put it off', async () => {
    const [id = 0] = await create(post({ serials: ['W'] }));
    const rule = say('conduct.gap', { actor: '@lena', seconds: 30 }, { account: 'lena', seconds: 30 });
    await server.store.write(async (tx) => {
      const set = { ...putOffBy(rule), dueAt: tx.now + 86_400_000 };
      await moveTask(tx, id, { from: 'pending', to: 'pending', set });
    });
    expect(await waitingOf(id)).toMatchObject({
      reason: 'conduct',
      code: 'conduct.gap',
      params: { account: 'lena', seconds: 30 },
      text: expect.stringMatching(/^conduct: 30 s between two public actions of @lena; goes on at /),
    });
  });

  test('a former version wrote down why, in words alone', async () => {
    const [id = 0] = await create(post({ serials: ['W'] }));
    await server.store.write(async (tx) => {
      const set = { waitRule: 'conduct: so it was', dueAt: tx.now + 86_400_000 };
      await moveTask(tx, id, { from: 'pending', to: 'pending', set });
    });
    const { code, params, text } = await waitingOf(id);
    expect([code, params]).toEqual(['scheduled.because', { reason: 'conduct: so it was' }]);
    expect(text).toContain('conduct: so it was; goes on at');
  });

  test('another task has its phone; then the plan is used up', async () => {
    server.devices = ['W1', 'W2'].map((serial) => ({ ...device, serial, state: 'ready' as const }));
    const [first] = await create(post({ serials: ['W1'] }));
    const [second] = await create(post({ serials: ['W1'] }));
    const [third] = await create(post({ serials: ['W2'] }));
    expect((await waitingOf(third)).reason).toBe('scheduled');
    await claim('W1');
    expect(await waitingOf(second)).toMatchObject({
      reason: 'behind-task',
      code: 'phone.busy',
      params: { phone: 'W1', task: first },
      text: `phone W1 is busy with task ${first}`,
    });
    server.licence = { ...server.licence, device_limit: 1 };
    expect((await waitingOf(third)).reason).toBe('plan-limit');
    server.licence = { ...server.licence, device_limit: 1000 };
  });
});

test('a running task shows the step it is at', async () => {
  const [id = 0] = await create(post({ serials: ['R'] }));
  await claim('R');
  const recorder = server.traces.attempt({ taskId: id, n: 1, serial: 'R', seed: 's', startedAt: Date.now() });
  recorder.progress('upload', 62);
  expect(await taskOf(id)).toMatchObject({
    status: 1,
    status_text: 'running',
    progress: { step: 'upload', percent: 62 },
  });

  const picture = recorder.picture(new Uint8Array([0xff, 0xd8, 0xff, 1]));
  recorder.hierarchy('<hierarchy/>');
  const trace = await server.get(`/api/v1/task/${id}/trace`);
  expect(trace.body.data).toMatchObject({ attempts: [{ n: 1, serial: 'R', ended_at: null, steps: [] }] });
  const image = await server.get(`/api/v1/task/${id}/trace/${picture}`);
  expect([image.status, image.headers['content-type']]).toEqual([200, 'image/jpeg']);
  for (const name of ['trace.jsonl', '..%2F..%2Fdrover.db', `${'0'.repeat(32)}.jpg`]) {
    expect((await server.get(`/api/v1/task/${id}/trace/${name}`)).body.code).toBe(40401);
  }
  recorder.end({ outcome: 'completed' });
  await server.traces.flush();
});

test('a secret is accepted and never shown again', async () => {
  const [id] = await create({
    serials: ['A'],
    script_name: 'account_warmup',
    script_config: { generate_by_chatgpt: true, chatgpt_settings: { api_key: 'very-secret-key' } },
  });
  const detail = await server.get(`/api/v1/task/${id}`);
  expect(detail.body.data).toMatchObject({ script_config: { chatgpt_settings: { api_key: '***' } } });
  expect(detail.text + (await server.get('/api/v1/task')).text).not.toContain('very-secret-key');
});

describe('errors', () => {
  test.each<[string, string, number, number]>([
    ['GET', '/api/v1/task/999999', 404, 40401],
    ['POST', '/api/v1/task/999999/stop', 404, 40401],
    ['GET', '/api/v1/task/999999/trace', 404, 40401],
    ['GET', '/api/v1/task/abc', 400, 40001],
    ['GET', '/api/v1/task/1.5', 400, 40001],
    ['GET', '/api/v1/task/99999999999999999999', 400, 40001],
    ['GET', '/api/v1/devices/nobody', 404, 40401],
    ['GET', '/api/v1/nothing', 404, 40401],
    ['GET', '/nothing', 404, 40401],
    ['PUT', '/api/v1/task', 405, 40501],
    ['POST', '/api/v1/task/stats', 405, 40501],
    ['DELETE', '/api/v1/license/check', 405, 40501],
    ['POST', '/api/v1/task', 400, 40001],
  ])('%s %s → %d %d', async (method, path, status, code) => {
    const answer = await server.call(method, path);
    expect([answer.status, answer.body.code, answer.body.data]).toEqual([status, code, null]);
    expect(answer.body.message).not.toBe('');
    if (status === 405) expect(answer.headers.allow).toBeTruthy();
  });

  const json = { 'content-type': 'application/json' };
  test.each<[string, string | Uint8Array, Record<string, string>, number, number, RegExp]>([
    ['cut JSON', '{"serials":["A"],', json, 400, 40001, /not valid JSON.*line 1 column 18/],
    [
      'placeholder of the documentation',
      '{"serials":["A"],"script_name":"post","script_config":{...}}',
      json,
      400,
      40001,
      /not valid JSON/,
    ],
    ['no UTF-8', new Uint8Array([0x7b, 0x22, 0xfc, 0x22, 0x3a, 0x31, 0x7d]), json, 400, 40001, /UTF-8/],
    ['deep nesting', '['.repeat(50_000), json, 400, 40001, /levels deep/],
    ['a list', '[]', json, 400, 40001, /must be a JSON object/],
    ['an empty body', '', json, 400, 40001, /must be a JSON object/],
    [
      'a form',
      'script_name=post',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      41501,
      /application\/json/,
    ],
    ['no content type', '{}', {}, 415, 41501, /application\/json/],
    ['too much', JSON.stringify(post({ x: 'a'.repeat(1_100_000) })), json, 413, 41301, /1 MiB/],
  ])('%s', async (_, body, headers, status, code, message) => {
    const answer = await server.call('POST', '/api/v1/task', { headers, body });
    expect([answer.status, answer.body.code, answer.body.data]).toEqual([status, code, null]);
    expect(answer.body.message).toMatch(message);
  });

  test('the order of the checks: script_name, supported, targets, config', async () => {
    const codes = [];
    for (const body of [
      {},
      { script_name: 'like' },
      { script_name: 'follow' },
      { script_name: 'follow', serials: ['A'] },
    ]) {
      const { message } = (await server.post('/api/v1/task', body)).body;
      codes.push(message.split(' ')[0]);
    }
    expect(codes).toEqual(['script_name', '"like"', 'serials', 'script_config.target_users']);
  });

  test('a byte order mark is no error, and unknown keys are named', async () => {
    const body = `\ufeff${JSON.stringify(post({ priority: 9, 'grüße "x"': 1 }))}`;
    const answer = await server.call('POST', '/api/v1/task', { headers: json, body });
    expect(answer.body.code).toBe(0);
    expect(answer.headers.warning).toBe('299 drover "ignored, because unknown: priority, gr??e ?x?"');
  });

  test('nothing is created by a dry run', async () => {
    const before = (await server.get('/api/v1/task/stats')).body.data.total;
    const answer = await server.post('/api/v1/task?dry_run=true', post());
    expect(answer.body).toMatchObject({ code: 0, data: { created_count: 0, tasks: [{ target: null }] } });
    expect((await server.get('/api/v1/task/stats')).body.data.total).toBe(before);
  });

  test('always_http_200 answers 200 with the same body', async () => {
    server.settings.alwaysHttp200 = true;
    const answer = await server.get('/api/v1/task/999999');
    server.settings.alwaysHttp200 = false;
    expect([answer.status, answer.body.code]).toEqual([200, 40401]);
  });
});

describe('idempotency', () => {
  const keyed = (body: object, key: string) => server.post('/api/v1/task', body, { 'idempotency-key': key });

  test('the same key and body get the first answer again; another body is a conflict', async () => {
    const first = await keyed(post(), 'k1');
    const { serials, ...rest } = post();
    expect((await keyed({ ...rest, serials }, 'k1')).body).toEqual(first.body);
    const other = await keyed(post({ serials: ['B'] }), 'k1');
    expect([other.status, other.body.code]).toEqual([409, 40901]);
    expect((await keyed(post(), 'k2')).body.data.task_ids).not.toEqual(first.body.data.task_ids);
  });

  test('of ten at once, one creates', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => keyed(post({ serials: ['I'] }), 'k3')));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await server.get('/api/v1/task?serial=I')).body.data.total).toBe(1);
  });
});

test('a fault of ours is logged with the request id, and the client learns nothing else', async () => {
  const logged: LogFields[] = [];
  const failing = await TestServer.start({
    log: { ...silentLog, error: (fields) => logged.push(fields) },
    createTasks: async () => {
      throw new Error('secret detail of the database');
    },
  });
  const answer = await failing.post('/api/v1/task', post());
  await failing.stop();
  expect([answer.status, answer.body.code, answer.body.data]).toEqual([500, 50001, null]);
  expect(answer.text).not.toContain('secret detail');
  expect(answer.body.message).toContain(String(answer.headers['x-request-id']));
  expect(logged).toMatchObject([{ request: answer.headers['x-request-id'], method: 'POST', path: '/api/v1/task' }]);
});

test('whatever is sent, the answer is an envelope and never a fault of ours', async () => {
  const config = fc.dictionary(
    fc.constantFrom(
      'captions',
      'target_user',
      'target_users',
      'comment_content',
      'target_post_url',
      'chatgpt_settings',
      'add_sound',
      '__proto__',
    ),
    fc.jsonValue(),
  );
  const nearly = fc.record(
    {
      serials: fc.oneof(fc.array(fc.string({ unit: 'binary' })), fc.jsonValue()),
      usernames: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
      script_name: fc.constantFrom('post', 'follow', 'unfollow', 'account_warmup', 'comment', 'x'),
      script_config: config,
      start_time: fc.oneof(fc.string(), fc.constantFrom('14:30', '24:00', '2026-02-30T00:00:00Z', ''), fc.jsonValue()),
      time_zone: fc.oneof(fc.string(), fc.constant('Europe/Berlin')),
      min_interval: fc.oneof(fc.integer(), fc.double()),
    },
    { requiredKeys: [] },
  );
  const text = fc.oneof(
    nearly.map((body) => JSON.stringify(body)),
    fc.jsonValue().map((body) => JSON.stringify(body)),
    fc.string({ unit: 'binary' }),
  );
  await fc.assert(
    fc.asyncProperty(text, async (body) => {
      const answer = await server.call('POST', '/api/v1/task', {
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(answer.status).toBeLessThan(500);
      expect(answer.body.code === 0 ? 200 : Math.floor(answer.body.code / 100)).toBe(answer.status);
      expect(Object.keys(answer.body)).toEqual(['code', 'message', 'data']);
      expect(answer.body.message).not.toBe('');
    }),
    { numRuns: 300 },
  );
}, 60_000);
