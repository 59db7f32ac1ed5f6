import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import { silentLog } from '../base/log.ts';
import { seededRandom } from '../base/random.ts';
import { Agent } from './agent.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const ctxOf = (signal = new AbortController().signal): Ctx => ({
  signal,
  clock: systemClock,
  random: seededRandom(1),
  log: silentLog,
});
const ctx = ctxOf();

let server: Server;
let agent: Agent;
let calls: string[];
let handle: Handler;

const reply = (response: ServerResponse, value: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ sessionId: 'S1', value }));
};

const answerAll: Handler = (request, response) =>
  reply(response, request.url === '/session' ? { sessionId: 'S1', capabilities: {} } : null);

beforeEach(async () => {
  calls = [];
  handle = answerAll;
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      calls.push(`${request.method} ${request.url}${body && ` ${body}`}`);
      handle(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  agent = new Agent(async () => connect(port, '127.0.0.1'));
});

afterEach(() => {
  agent.close();
  server.closeAllConnections();
  server.close();
});

describe('the automation server', () => {
  test('never waits for an idle screen, from the first call after the session was made', async () => {
    await agent.openSession(ctx);
    expect(calls[0]).toContain('POST /session ');
    const [, settings = ''] = /^POST \/session\/S1\/appium\/settings (.*)$/.exec(calls[1] ?? '') ?? [];
    expect(JSON.parse(settings)).toMatchObject({ settings: { waitForIdleTimeout: 0 } });
  });

  test('is not asked for anything without a session', async () => {
    await expect(agent.call(ctx, 'GET', '/source')).rejects.toMatchObject({ code: 'phone.agent-down' });
    expect(calls).toEqual([]);
  });

  test('is told in UTF-8 and understood in UTF-8', async () => {
    await agent.openSession(ctx);
    handle = (_, response, body) => reply(response, JSON.parse(body).text);
    expect(await agent.call(ctx, 'POST', '/echo', { body: { text: 'שלום 👨‍👩‍👧' } })).toBe('שלום 👨‍👩‍👧');
  });

  test('gets no body that it would not take', async () => {
    await agent.openSession(ctx);
    const body = { text: 'x'.repeat(65_536) };
    await expect(agent.call(ctx, 'POST', '/echo', { body })).rejects.toMatchObject({ code: 'input.too-large' });
    expect(calls).toHaveLength(2);
  });

  test('that says nothing is given up at the limit', async () => {
    await agent.openSession(ctx);
    handle = () => {};
    const asked = agent.call(ctx, 'GET', '/source', { timeoutMs: 30 });
    expect(agent.isBusy).toBe(true);
    await expect(asked).rejects.toMatchObject({ code: 'phone.timeout', details: { call: 'GET /source' } });
    expect(agent.isBusy).toBe(false);
  });

  test('that is gone, or answers rubbish, is down, and whoever looks after it is told', async () => {
    await agent.openSession(ctx);
    const down: string[] = [];
    agent.listener = { onDown: ({ code }) => down.push(code) };
    handle = (_, response) => response.end('<html>');
    await expect(agent.call(ctx, 'GET', '/source')).rejects.toMatchObject({ code: 'phone.agent-down' });
    handle = (request) => request.socket.destroy();
    await expect(agent.call(ctx, 'POST', '/tap', { body: {} })).rejects.toMatchObject({ code: 'phone.agent-down' });
    expect(down).toEqual(['phone.agent-down', 'phone.agent-down']);
  });

  test('its failures become codes, and ordinary ones disturb nobody', async () => {
    await agent.openSession(ctx);
    const down: string[] = [];
    agent.listener = { onDown: ({ code }) => down.push(code) };
    handle = (_, response) => reply(response, { error: 'no such element', message: 'gone', stacktrace: 'x' }, 404);
    await expect(agent.call(ctx, 'GET', '/element/1/text')).rejects.toMatchObject({ code: 'phone.control-missing' });
    expect(down).toEqual([]);
    handle = (_, response) => reply(response, { error: 'invalid session id', message: 'x', stacktrace: 'x' }, 404);
    await expect(agent.call(ctx, 'GET', '/source')).rejects.toMatchObject({ code: 'phone.agent-down' });
    expect(down).toEqual(['phone.agent-down']);
  });

  test('over a kept connection that died a question is asked again, a touch is not', async () => {
    await agent.openSession(ctx);
    let cuts = 1;
    handle = (request, response, body) => {
      if (cuts-- > 0) request.socket.destroy();
      else answerAll(request, response, body);
    };
    await agent.call(ctx, 'GET', '/source');
    expect(calls.filter((call) => call.startsWith('GET'))).toHaveLength(2);
    cuts = 1;
    await expect(agent.call(ctx, 'POST', '/tap', { body: {} })).rejects.toMatchObject({ code: 'phone.agent-down' });
    expect(calls.filter((call) => call.includes('/tap'))).toHaveLength(1);
  });

  test('hears nothing after an abort, and an abort under way ends the call with its reason', async () => {
    await agent.openSession(ctx);
    const stop = new AbortController();
    handle = () => stop.abort(new DroverError('device.lost'));
    await expect(agent.call(ctxOf(stop.signal), 'GET', '/source')).rejects.toMatchObject({ code: 'device.lost' });
    const before = calls.length;
    await expect(agent.call(ctxOf(stop.signal), 'POST', '/tap', { body: {} })).rejects.toMatchObject({
      code: 'device.lost',
    });
    expect(calls).toHaveLength(before);
  });
});
