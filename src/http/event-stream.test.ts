import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestServer } from '../../test/support/http.ts';
import { ManualClock } from '../base/clock.ts';
import { deleteToken } from '../store/tokens.ts';
import { makeToken } from './tokens.ts';

let server: TestServer;
let clock: ManualClock;
const clients: Client[] = [];
beforeEach(async () => {
  // Nobody moves this clock: what arrives came by a hint, not by the sweep.
  clock = new ManualClock();
  server = await TestServer.start({ clock });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.stop();
});

interface Line {
  id: number;
  event: string;
  data: { subject: string; at: string; body: Record<string, unknown> };
}

/** Reads a stream as a browser does. */
class Client {
  readonly lines: Line[] = [];
  comments = 0;
  readonly ended: Promise<void>;
  #wake = () => {};
  readonly #request: ClientRequest;
  readonly #response: IncomingMessage;

  private constructor(sent: ClientRequest, response: IncomingMessage) {
    this.#request = sent;
    this.#response = response;
    let rest = '';
    response.setEncoding('utf8').on('data', (text: string) => {
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
      this.#wake();
    });
    this.ended = new Promise((resolve) => response.on('close', resolve));
    clients.push(this);
  }

  static open(headers: Record<string, string> = {}): Promise<Client> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: server.port, path: '/api/v1/events', agent: false, headers };
      const sent = request(options, (response) => {
        expect(response.headers['content-type']).toContain('text/event-stream');
        resolve(new Client(sent, response));
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  pause(): void {
    this.#response.pause();
  }

  resume(): void {
    this.#response.resume();
  }

  close(): void {
    this.#request.on('error', () => {});
    this.#request.destroy();
  }

  #take(block: string): void {
    if (block.startsWith(':')) this.comments++;
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
    if (field('id') === '') return;
    this.lines.push({ id: Number(field('id')), event: field('event'), data: JSON.parse(field('data')) });
  }
}

/** Events of about 11 MB in all: more than the sockets of a connection hold. Two events a call. */
async function createMuch(): Promise<void> {
  for (let n = 0; n < 12; n++) await create(['S'.repeat(900_000)]);
}

const create = (serials: string[]) => server.post('/api/v1/task', { serials, script_name: 'post' });

test('what happens is told as it happens', async () => {
  const client = await Client.open();
  const { task_ids } = (await create(['A', 'B'])).body.data as { task_ids: number[] };
  await client.until(() => client.lines.length >= 3);
  expect(client.lines.map(({ event, data }) => [event, data.subject])).toEqual([
    ['submissionCreated', expect.stringMatching(/^submission:\d+$/)],
    ['taskCreated', `task:${task_ids[0]}`],
    ['taskCreated', `task:${task_ids[1]}`],
  ]);
  expect(client.lines[1]?.data.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  expect(client.lines[1]?.data.body).toMatchObject({ serial: 'A', status: 0, status_text: 'pending' });
});

test('a client that comes back gets what it missed, once and in order', async () => {
  const first = await Client.open();
  await create(['A']);
  await first.until(() => first.lines.length >= 2);
  first.close();
  // More than one batch.
  await create(Array.from({ length: 450 }, (_, n) => `S${n}`));
  const last = first.lines.at(-1)?.id ?? 0;
  const second = await Client.open({ 'last-event-id': String(last) });
  await second.until(() => second.lines.length >= 451);
  expect(second.lines.map(({ id }) => id)).toEqual(Array.from({ length: 451 }, (_, n) => last + 1 + n));
});

test('a client from a log that is gone starts now; one without sense is told so', async () => {
  await create(['A']);
  const client = await Client.open({ 'last-event-id': '999999' });
  await create(['B']);
  await client.until(() => client.lines.length >= 2);
  expect(client.lines[1]?.data.body).toMatchObject({ serial: 'B' });
  const answer = await server.get('/api/v1/events', { 'last-event-id': 'yesterday' });
  expect([answer.status, answer.body.code]).toEqual([400, 40001]);
});

test('a client that reads nothing holds nobody up and costs no memory of ours', async () => {
  const slow = await Client.open();
  const quick = await Client.open();
  slow.pause();
  await createMuch();
  await quick.until(() => quick.lines.length >= 24);
  slow.resume();
  await slow.until(() => slow.lines.length >= 24);
  expect(slow.lines).toEqual(quick.lines);
});

test('a stream with nothing to say stays alive by comments', async () => {
  const client = await Client.open();
  while (client.comments === 0) await clock.advance(5_000);
  await client.until(() => client.comments > 0);
  expect(clock.monotonic()).toBeLessThan(60_000);
});

test('an event whose hint was lost comes with the next sweep', async () => {
  const { store } = server;
  const deaf = await TestServer.start({
    clock,
    store: { read: store.read, write: (fn) => store.write(fn), onHint: () => () => {} },
  });
  const [listening, told] = [deaf, server];
  server = listening;
  const client = await Client.open();
  server = told;
  await create(['A']);
  while (client.lines.length < 2) await clock.advance(5_000);
  expect(client.lines[1]?.data.body).toMatchObject({ serial: 'A' });
  await listening.stop();
});

test('streams end with the server, at once, read or unread', async () => {
  const client = await Client.open();
  const stalled = await Client.open();
  stalled.pause();
  await createMuch();
  await client.until(() => client.lines.length >= 24);
  await server.http.close();
  await client.ended;
});

test('a token that is revoked hears nothing more', async () => {
  const { token, text } = await makeToken(server.store, { name: 'board', scope: 'read' }, 'anna');
  const client = await Client.open({ authorization: `Bearer ${text}` });
  await create(['A']);
  await client.until(() => client.lines.length >= 2);
  await server.store.write((tx) => deleteToken(tx, token.id));
  await client.ended;
  const last = client.lines.at(-1);
  await create(['B']);
  expect(client.lines.at(-1)).toBe(last);
});

test('a client that leaves takes its stream along', async () => {
  const client = await Client.open();
  client.close();
  await client.ended;
  // Only an empty house closes without being asked to wait.
  await server.http.close();
});
