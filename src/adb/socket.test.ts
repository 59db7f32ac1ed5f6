import { createServer, request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { fail, hex, startFakeSmartSocket } from '../../test/support/fake-smart-socket.ts';
import { systemClock } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import { silentLog } from '../base/log.ts';
import { seededRandom } from '../base/random.ts';
import { PhoneHttpAgent } from './http-agent.ts';
import { AdbServer, isTcpSerial } from './server.ts';
import { askService, openService, SocketReader } from './socket.ts';
import { trackDevices } from './tracker.ts';

const ctxOf = (signal = new AbortController().signal): Ctx => ({
  signal,
  clock: systemClock,
  random: seededRandom(1),
  log: silentLog,
});
const ctx = ctxOf();
const limit = { timeoutMs: 5_000 };

describe('a smart socket', () => {
  test('asks for the service only after the transport was granted', async () => {
    await using fake = await startFakeSmartSocket((socket) => socket.end(`OKAY${hex('hello')}`));
    const text = await askService(ctx, fake.address, { serial: 'A:1', service: 'tcp:6790' }, limit, (reader) =>
      reader.text(),
    );
    expect(text).toBe('hello');
    expect(fake.requests).toEqual(['host:transport:A:1', 'tcp:6790']);
  });

  test('bytes that arrive with the OKAY are there for whoever gets the socket', async () => {
    await using fake = await startFakeSmartSocket((socket) => socket.write('OKAYearly'));
    const socket = await openService(ctx, fake.address, { serial: 'A', service: 'shell:x' }, limit);
    const seen = await new Promise<string>((resolve) => socket.once('data', (chunk: Buffer) => resolve(String(chunk))));
    expect(seen).toBe('early');
    socket.destroy();
  });

  test('bytes that arrive before anybody listens are not lost', async () => {
    await using fake = await startFakeSmartSocket((socket) => {
      socket.write('OKAY');
      socket.write('one ');
      setImmediate(() => socket.end('two'));
    });
    const socket = await openService(ctx, fake.address, { service: 'host:x' }, limit);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(String(await new SocketReader(socket).rest())).toBe('one two');
  });

  test('a refusal is told in our words', async () => {
    await using fake = await startFakeSmartSocket((socket) => socket.end(fail('closed')));
    const opened = openService(ctx, fake.address, { serial: 'A', service: 'tcp:6790' }, limit);
    await expect(opened).rejects.toMatchObject({ code: 'phone.agent-down' });
  });

  test('silence ends at the limit, and the connection with it', async () => {
    await using fake = await startFakeSmartSocket(() => {});
    const opened = openService(ctx, fake.address, { service: 'host:x' }, { timeoutMs: 50 });
    await expect(opened).rejects.toMatchObject({ code: 'phone.timeout' });
    await expect.poll(() => fake.open.size).toBe(0);
  });

  test('an abort ends it at once with its reason', async () => {
    const stop = new AbortController();
    await using fake = await startFakeSmartSocket(() => stop.abort(new DroverError('task.stopped')));
    const opened = openService(ctxOf(stop.signal), fake.address, { service: 'host:x' }, limit);
    await expect(opened).rejects.toMatchObject({ code: 'task.stopped' });
    await expect.poll(() => fake.open.size).toBe(0);
  });

  test('an answer that ends in the middle is the end of the server', async () => {
    await using fake = await startFakeSmartSocket((socket) => socket.end('OKAY0010short'));
    await expect(new AdbServer(fake.address).ask(ctx, 'host:x')).rejects.toMatchObject({ code: 'adb.unreachable' });
  });
});

describe('HTTP over smart sockets', () => {
  test('requests share a connection, and the next one after its end is a new one', async () => {
    const web = createServer((incoming, response) => {
      if (incoming.url === '/close') response.setHeader('connection', 'close');
      response.end(incoming.url);
    });
    await using fake = await startFakeSmartSocket((socket) => {
      socket.write('OKAY');
      web.emit('connection', socket);
    });
    const agent = new PhoneHttpAgent(() => openService(ctx, fake.address, { serial: 'A', service: 'tcp:6790' }, limit));
    const get = (path: string) =>
      new Promise<string>((resolve, reject) => {
        const asked = request({ agent, path, host: '127.0.0.1' }, (response) => {
          response.setEncoding('utf8').on('data', resolve);
        });
        asked.on('error', reject).end();
      });
    expect([await get('/a'), await get('/b'), await get('/close'), await get('/c')]).toEqual([
      '/a',
      '/b',
      '/close',
      '/c',
    ]);
    expect(fake.requests.filter((service) => service === 'tcp:6790')).toHaveLength(2);
    agent.destroy();
    web.close();
  });
});

describe('the adb server', () => {
  test('that does not run and cannot be started says what to do', async () => {
    const nobody = await startFakeSmartSocket(() => {});
    await nobody[Symbol.asyncDispose]();
    const there = new AdbServer({ ...nobody.address, program: null });
    await expect(there.ensure(ctx)).rejects.toMatchObject({
      code: 'adb.unreachable',
      message: expect.stringContaining('start it with adb start-server'),
    });
    const missing = new AdbServer({ ...nobody.address, program: '/nowhere/adb' });
    await expect(missing.ensure(ctx)).rejects.toMatchObject({
      code: 'adb.unreachable',
      message: expect.stringContaining('install platform-tools'),
    });
  });

  test('connect and disconnect read its sentences', async () => {
    await using fake = await startFakeSmartSocket((socket, { service }) => {
      if (service === 'host:connect:127.0.0.1:1') socket.end(`OKAY${hex('connected to 127.0.0.1:1')}`);
      else if (service === 'host:connect:127.0.0.1:2')
        socket.end(`OKAY${hex("failed to connect to '127.0.0.1:2': Connection refused")}`);
      else socket.end(fail("no such device '127.0.0.1:3'"));
    });
    const server = new AdbServer(fake.address);
    expect(await server.connect(ctx, '127.0.0.1:1')).toMatchObject({ ok: true });
    expect(await server.connect(ctx, '127.0.0.1:2')).toMatchObject({ ok: false });
    expect(await server.disconnect(ctx, '127.0.0.1:3')).toBe(false);
  });

  test.each([
    ['127.0.0.1:5555', true],
    ['phone.local:21000', true],
    ['[::1]:5555', true],
    ['R58M123ABC', false],
    ['emulator-5554', false],
    ['adb-R58M123ABC-x1y2z3._adb-tls-connect._tcp', false],
  ])('%s is reached over TCP: %s', (serial, is) => {
    expect(isTcpSerial(serial)).toBe(is);
  });
});

test('the tracker tells every list, says when the server is gone, and goes on when it is back', async () => {
  const stop = new AbortController();
  const told: string[] = [];
  let wake = () => {};
  const until = async (count: number) => {
    while (told.length < count) await new Promise<void>((resolve) => (wake = resolve));
  };
  await using fake = await startFakeSmartSocket((socket, { service }) => {
    if (service === 'host:version') socket.end(`OKAY${hex('0029')}`);
    else socket.write(`OKAY${hex('A\tdevice\n')}${hex('A\toffline\nB\tunauthorized\n')}`);
  });
  const tracking = trackDevices(ctxOf(stop.signal), new AdbServer({ ...fake.address, program: null }), {
    onList: (entries) => {
      told.push(entries.map(({ serial, state }) => `${serial} ${state}`).join(', '));
      wake();
    },
    onDown: ({ code }) => {
      told.push(code);
      wake();
    },
  });
  await until(2);
  for (const socket of fake.open) socket.destroy();
  await until(5);
  stop.abort(new DroverError('server.stopping'));
  await tracking;
  expect(told).toEqual([
    'A device',
    'A offline, B unauthorized',
    'adb.unreachable',
    'A device',
    'A offline, B unauthorized',
  ]);
});
