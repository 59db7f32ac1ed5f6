import { Webhook as StandardWebhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { TestServer } from '../../test/support/http.ts';
import { type Received, Receiver } from '../../test/support/receiver.ts';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { seededRandom } from '../base/random.ts';
import type { EventType } from '../contract/event.ts';
import type { Delivery, Webhook, WebhookMessage } from '../contract/webhook.ts';
import type { Resolve } from './webhook/address.ts';
import { maxTries, parseRetryAfter, waitAfter } from './webhook/backoff.ts';
import { Dispatcher } from './webhook/dispatcher.ts';

let clock: ManualClock;
let temp: TempStore;
let server: TestServer;
let receiver: Receiver;
beforeEach(async () => {
  // Receivers refuse what seems old, so the clock starts at the hour that they have.
  clock = new ManualClock(Date.now());
  temp = new TempStore(clock);
  server = await TestServer.start({ clock, store: temp.store });
  server.allowedNetworks = ['127.0.0.1/32'];
  receiver = await Receiver.start();
});
afterEach(async () => {
  await server.stop();
  await temp[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

type Created = Webhook & { signing_secret: string };

async function create(change: Record<string, unknown> = {}): Promise<Created> {
  const { body } = await server.post('/api/v1/webhooks', { name: 'hook', url: receiver.url, ...change });
  expect(body).toMatchObject({ code: 0 });
  return body.data as Created;
}

const happen = (type: EventType, subject: string, body: Record<string, unknown> = {}) =>
  temp.store.write((tx) => tx.event(type, subject, body, 'anna'));

const messageOf = ({ body }: Received): WebhookMessage => JSON.parse(body) as WebhookMessage;

async function deliveries(id: number, query = ''): Promise<Delivery[]> {
  return (await server.get(`/api/v1/webhooks/${id}/deliveries${query}`)).body.data.deliveries as Delivery[];
}

/** Once what is under way has been noted: time stands still meanwhile. */
async function settled(id: number, isThere: (delivery: Delivery) => boolean): Promise<Delivery> {
  for (;;) {
    const found = (await deliveries(id, '?page_size=100')).find(isThere);
    if (found) return found;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

async function settledTo(id: number, state: string, count: number): Promise<void> {
  while ((await deliveries(id, `?state=${state}`)).length !== count) await new Promise<void>((r) => setImmediate(r));
}

/** Time passes; what the server's own timer would have done along the way is done at its end. */
async function pass(ms: number, dispatcher: Pick<Dispatcher, 'wake'> = server.webhooks): Promise<void> {
  await clock.advance(ms);
  dispatcher.wake();
}

describe('what a receiver gets', () => {
  test('each event it asked for, once, in words it can check with the library of its own', async () => {
    const hook = await create({ types: ['taskChanged', 'reviewOpened'] });
    server.webhooks.start();
    await happen('taskCreated', 'task:1');
    await happen('taskChanged', 'task:1', { status: 2, status_text: 'completed' });
    await happen('deviceChanged', 'device:A');
    await happen('reviewOpened', 'review:4');
    await receiver.until(2);
    const verifier = new StandardWebhook(hook.signing_secret);
    for (const { body, headers } of receiver.received) expect(verifier.verify(body, headers)).toEqual(JSON.parse(body));
    const messages = receiver.received.map(messageOf).sort((a, b) => Number(a.data.event_id) - Number(b.data.event_id));
    expect(messages).toMatchObject([
      {
        type: 'taskChanged',
        data: { subject: 'task:1', person: 'anna', body: { status: 2, status_text: 'completed' } },
      },
      { type: 'reviewOpened', data: { subject: 'review:4' } },
    ]);
    expect(messages[0]?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    const [request] = receiver.received;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/hook',
      headers: { 'content-type': 'application/json', 'user-agent': 'Drover/0.0.0-test' },
    });
    expect(() => verifier.verify(`${request?.body} `, request?.headers ?? {})).toThrow();
  });

  test('nothing that happened before it was made, or while it was off', async () => {
    await happen('taskCreated', 'task:1');
    const hook = await create({ types: ['taskCreated'] });
    server.webhooks.start();
    const put = (enabled: boolean) =>
      server.call('PATCH', `/api/v1/webhooks/${hook.id}`, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ enabled }),
      });
    await put(false);
    await happen('taskCreated', 'task:2');
    await put(true);
    await happen('taskCreated', 'task:3');
    await receiver.until(1);
    expect(receiver.received.map((request) => messageOf(request).data.subject)).toEqual(['task:3']);
  });

  test('after a change of its secret both signatures for a day, then the new one alone', async () => {
    const hook = await create({ types: ['taskCreated'] });
    const fresh = (await server.post(`/api/v1/webhooks/${hook.id}/rotate-secret`, {})).body.data as Created;
    expect(fresh.signing_secret).not.toBe(hook.signing_secret);
    server.webhooks.start();
    await happen('taskCreated', 'task:1');
    await receiver.until(1);
    const [first] = receiver.received;
    for (const secret of [hook.signing_secret, fresh.signing_secret]) {
      expect(new StandardWebhook(secret).verify(first?.body ?? '', first?.headers ?? {})).toBeTruthy();
    }
    await settled(hook.id, ({ state }) => state === 'delivered');
    await clock.advance(86_400_001);
    await happen('taskCreated', 'task:2');
    await receiver.until(2);
    expect(receiver.received[1]?.headers['webhook-signature']?.split(' ')).toHaveLength(1);
  });
});

describe('a receiver that fails', () => {
  test('is tried again, later and later, for about three days; then it is a dead letter, which can be sent again', async () => {
    receiver.answer = () => ({ status: 500 });
    const hook = await create({ types: ['taskCreated'] });
    server.webhooks.start();
    await happen('taskCreated', 'task:1');
    const startedAt = clock.now();
    for (let tries = 1; tries < maxTries; tries++) {
      const waiting = await settled(hook.id, (delivery) => delivery.tries === tries && delivery.status === 500);
      expect(waiting).toMatchObject({ state: 'pending', error: 'answered 500, not 2xx' });
      await pass(Date.parse(waiting.next_try_at ?? '') + 1000 - clock.now());
    }
    const dead = await settled(hook.id, ({ state }) => state === 'dead');
    expect(dead).toMatchObject({ tries: maxTries, next_try_at: null });
    expect(receiver.received).toHaveLength(maxTries);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([dead.message_id]));
    expect((clock.now() - startedAt) / 86_400_000).toBeGreaterThan(2.5);
    expect((await server.get(`/api/v1/webhooks/${hook.id}`)).body.data).toMatchObject({ pending: 0, dead: 1 });

    receiver.answer = () => ({});
    const again = await server.post(`/api/v1/webhooks/${hook.id}/deliveries/${dead.id}/redeliver`, {});
    expect(again.body).toMatchObject({ code: 0, data: { id: dead.id, state: 'pending', tries: 0 } });
    expect(await settled(hook.id, ({ state }) => state === 'delivered')).toMatchObject({ tries: 1, status: 204 });
    expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(dead.message_id);
  });

  test('all dead letters can be sent again at once', async () => {
    const hook = await create({ types: ['taskCreated'], enabled: true });
    await temp.store.write(async (tx) => {
      for (let n = 1; n <= 30; n++) {
        await tx.hot(
          `insert into delivery (webhook_id, event_id, type, body, state, due_at, tries, created_at, ended_at)
           values (?, ?, 'taskCreated', '{}', 'dead', 0, 10, 0, 0)`,
          [hook.id, -n],
        );
      }
    });
    expect(await deliveries(hook.id, '?state=dead&page_size=100')).toHaveLength(30);
    const reply = await server.post(`/api/v1/webhooks/${hook.id}/redeliver-dead`, {});
    expect(reply.body.data).toEqual({ redelivered_count: 30 });
    server.webhooks.start();
    await receiver.until(30);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(30);
  });

  test('may say when to come again, but for no longer than a day', async () => {
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    const hook = await create({ types: ['taskCreated'] });
    server.webhooks.start();
    await happen('taskCreated', 'task:1');
    const waiting = await settled(hook.id, ({ status }) => status === 429);
    expect(Date.parse(waiting.next_try_at ?? '') - clock.now()).toBeGreaterThanOrEqual(3_599_000);
    expect(waitAfter(1, seededRandom('x'), parseRetryAfter('99999999', 0))).toBe(86_400_000);
    expect(parseRetryAfter('Fri, 02 Jan 2026 10:00:00 GMT', Date.UTC(2026, 0, 2, 9))).toBe(3_600_000);
    expect(['soon', '-5', undefined].map((text) => parseRetryAfter(text, 0))).toEqual([0, 0, 0]);
  });

  test('that answers 410 is not asked again, and it shows why', async () => {
    receiver.answer = () => ({ status: 410 });
    const hook = await create({ types: ['taskCreated'] });
    server.webhooks.start();
    await happen('taskCreated', 'task:1');
    await settled(hook.id, ({ state }) => state === 'dead');
    const shown = (await server.get(`/api/v1/webhooks/${hook.id}`)).body.data;
    expect(shown).toMatchObject({ enabled: false, disabled_reason: expect.stringContaining('410') });
  });

  test('is not followed elsewhere', async () => {
    await using elsewhere = await Receiver.start();
    receiver.answer = () => ({ status: 307, headers: { location: elsewhere.url } });
    const hook = await create();
    const tried = await server.post(`/api/v1/webhooks/${hook.id}/test`, {});
    expect(tried.body.data).toMatchObject({ state: 'dead', status: 307, error: expect.stringContaining('redirects') });
    expect(elsewhere.received).toEqual([]);
  });

  test('or answers nothing delays no other, and is given up after 15 seconds', async () => {
    await using stuck = await Receiver.start();
    stuck.answer = () => undefined;
    const slow = await create({ name: 'slow', url: stuck.url, types: ['taskCreated'] });
    const quick = await create({ name: 'quick', types: ['taskCreated'] });
    server.webhooks.start();
    for (let n = 1; n <= 50; n++) await happen('taskCreated', `task:${n}`);
    await receiver.until(50);
    expect(stuck.received.length).toBeLessThanOrEqual(4);
    expect((await server.get(`/api/v1/webhooks/${slow.id}`)).body.data).toMatchObject({ pending: 50, dead: 0 });
    await settled(quick.id, ({ state }) => state === 'delivered');
    await clock.advance(15_000);
    const late = await settled(slow.id, ({ error }) => error !== null);
    expect(late.error).toBe('no answer within 15 s');
  });
});

describe('a restart', () => {
  const restarted = async (): Promise<Dispatcher> => {
    await server.webhooks.stop();
    const next = new Dispatcher({
      store: temp.store,
      clock,
      random: seededRandom('again'),
      log: silentLog,
      sealer: server.sealer,
      version: '0.0.0-test',
      timeZone: () => 'UTC',
      allowedNetworks: () => server.allowedNetworks,
    });
    next.start();
    return next;
  };

  test('loses nothing that happened while the server was down, nor what it had in hand', async () => {
    receiver.answer = () => undefined; // the first try is cut by the stop
    const hook = await create({ types: ['taskCreated'] });
    server.webhooks.start();
    await happen('taskCreated', 'task:1');
    await receiver.until(1);
    await server.webhooks.stop();
    await happen('taskCreated', 'task:2');
    receiver.answer = () => ({});
    const next = await restarted();
    await receiver.until(2);
    await settled(hook.id, ({ event_id, state }) => event_id !== null && state === 'delivered');
    await pass(61_000, next); // what was in hand is held for a minute
    await receiver.until(3);
    await settled(hook.id, ({ event_id, state, tries }) => event_id !== null && state === 'delivered' && tries === 2);
    expect(receiver.received.map((request) => messageOf(request).data.subject)).toEqual(['task:1', 'task:2', 'task:1']);
    expect((await deliveries(hook.id)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
    await next.stop();
  });
});

describe('private addresses', () => {
  const refused: readonly [string, RegExp][] = [
    ...[
      'http://127.0.0.1:9000/',
      'http://localhost:9000/',
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://0.0.0.0/',
      'http://10.1.2.3/',
      'http://192.168.0.1/',
      'http://169.254.169.254/latest/meta-data/',
      'http://[fd00::1]/',
      'http://[64:ff9b::7f00:1]/',
    ].map((url): [string, RegExp] => [url, /is not a public address.*webhooks\.allowed_networks/]),
    ['ftp://hooks.example.com/', /is no address such as/],
    ['hooks.example.com', /is no address such as/],
    ['https://user:secret@hooks.example.com/', /user name or a password/],
  ];

  test('and what is no address are refused, with the way to allow what is meant', async () => {
    server.allowedNetworks = [];
    for (const [url, message] of refused) {
      const { status, body } = await server.post('/api/v1/webhooks', { name: 'hook', url });
      expect([url, status, body.code]).toEqual([url, 400, 40001]);
      expect(body.message).toMatch(message);
    }
    server.allowedNetworks = ['10.0.0.0/8', '::1', 'nonsense'];
    for (const url of ['http://10.1.2.3/', 'http://[::1]/']) await create({ url });
  });

  test('a name that means something else when it is used reaches nobody', async () => {
    const answers = ['93.184.216.34', '127.0.0.1'];
    const asked: string[] = [];
    const resolve: Resolve = (name, _, callback) => {
      asked.push(name);
      const address = answers.shift() ?? '127.0.0.1';
      callback(null, [{ address, family: 4 }]);
    };
    await server.webhooks.stop();
    const dispatcher = new Dispatcher({
      store: temp.store,
      clock,
      random: seededRandom('rebound'),
      log: silentLog,
      sealer: server.sealer,
      version: '0.0.0-test',
      timeZone: () => 'UTC',
      allowedNetworks: () => [],
      resolve,
    });
    const url = await dispatcher.addresses.read(`http://rebound.example:${receiver.port}/`);
    const hook = await create();
    await temp.store.write((tx) => tx.hot('update webhook set url = ? where id = ?', [url, hook.id]));
    const tried = await dispatcher.test(hook.id);
    expect(asked).toEqual(['rebound.example', 'rebound.example']);
    expect(tried.error).toContain('rebound.example is 127.0.0.1, which is not a public address');
    expect(receiver.received).toEqual([]);
    await dispatcher.stop();
  });
});

describe('the resource', () => {
  test('is listed, read, changed and deleted; whoever did it is in the trail of events', async () => {
    const hook = await create({ types: ['taskChanged'] });
    expect(hook).toMatchObject({ id: 1, name: 'hook', enabled: true, pending: 0, dead: 0, created_by: 'operator' });
    const changed = await server.call('PATCH', '/api/v1/webhooks/1', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'renamed', types: [] }),
    });
    expect(changed.body.data).toMatchObject({ name: 'renamed', types: [], url: receiver.url });
    expect((await server.get('/api/v1/webhooks')).body.data).toMatchObject({
      total: 1,
      webhooks: [{ name: 'renamed' }],
    });
    expect((await server.call('DELETE', '/api/v1/webhooks/1')).body).toMatchObject({
      code: 0,
      data: { webhook_id: 1 },
    });
    const events = await temp.store.read.selectFrom('event').selectAll().where('subject', '=', 'webhook:1').execute();
    expect(events.map(({ body, person }) => [JSON.parse(body).change, person])).toEqual([
      ['created', 'operator'],
      ['changed', 'operator'],
      ['deleted', 'operator'],
    ]);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/test'],
      ['POST', '/rotate-secret'],
      ['POST', '/redeliver-dead'],
      ['GET', '/deliveries'],
      ['POST', '/deliveries/1/redeliver'],
    ] as const) {
      const { status, body } = await server.call(method, `/api/v1/webhooks/1${path}`);
      expect([method, path, status, body.code]).toEqual([method, path, 404, 40401]);
    }
  });

  test('a secret is shown once and lies sealed in the database', async () => {
    const { signing_secret: secret } = await create();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect((await server.get('/api/v1/webhooks')).text).not.toContain('whsec_');
    expect((await server.get('/api/v1/webhooks/1')).text).not.toContain(secret);
    const rows = await temp.store.read.selectFrom('webhook').selectAll().execute();
    const events = await temp.store.read.selectFrom('event').selectAll().execute();
    expect(JSON.stringify([rows, events])).not.toContain(secret.slice(6));
    expect(rows[0]?.secret).toMatch(/^sealed:v1:/);
  });

  test('a test says at once what came of it', async () => {
    const hook = await create({ enabled: false });
    const good = await server.post(`/api/v1/webhooks/${hook.id}/test`, {});
    expect(good.body.data).toMatchObject({
      type: 'webhookTest',
      state: 'delivered',
      status: 204,
      error: null,
      tries: 1,
    });
    expect(
      new StandardWebhook(hook.signing_secret).verify(
        receiver.received[0]?.body ?? '',
        receiver.received[0]?.headers ?? {},
      ),
    ).toMatchObject({
      type: 'webhookTest',
    });
    const { port } = receiver;
    await receiver[Symbol.asyncDispose]();
    const bad = await server.post(`/api/v1/webhooks/${hook.id}/test`, {});
    expect(bad.body.data).toMatchObject({ state: 'dead', error: 'nothing listens at that address' });
    receiver = await Receiver.start();
    expect(receiver.port).not.toBe(port);
  });

  test('what was delivered is cleared away after a week, dead letters after a month', async () => {
    const hook = await create();
    await server.post(`/api/v1/webhooks/${hook.id}/test`, {});
    receiver.answer = () => ({ status: 500 });
    await server.post(`/api/v1/webhooks/${hook.id}/test`, {});
    server.webhooks.start();
    await pass(8 * 86_400_000);
    await settledTo(hook.id, 'delivered', 0);
    expect(await deliveries(hook.id, '?state=dead')).toHaveLength(1);
  });
});
