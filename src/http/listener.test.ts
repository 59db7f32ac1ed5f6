import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { TestServer } from '../../test/support/http.ts';
import { silentLog } from '../base/log.ts';
import type { CreateTaskReply } from '../contract/create-task.ts';
import { Listener } from './listener.ts';
import { findPortHolder, listeningSockets } from './port-holder.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const listener = () => {
  const made = new Listener((_, response) => response.end('hello'), silentLog);
  closers.push(() => made.close());
  return made;
};

async function takenPort(host: string): Promise<number> {
  const holder = createServer();
  holder.listen(0, host);
  await once(holder, 'listening');
  closers.push(() => holder.close());
  const address = holder.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('it answers on both names of this machine, on one port', async () => {
  const { port, addresses } = await listener().open({ host: '127.0.0.1', port: 0 });
  expect(addresses[0]).toBe('127.0.0.1');
  for (const address of addresses) {
    const host = address.includes(':') ? `[${address}]` : address;
    expect(await (await fetch(`http://${host}:${port}/`)).text()).toBe('hello');
  }
});

test('a port that is taken is refused with the name of the process that has it', async () => {
  const port = await takenPort('127.0.0.1');
  const attempt = listener().open({ host: '127.0.0.1', port });
  await expect(attempt).rejects.toMatchObject({ code: 'input.invalid', details: { port } });
  await expect(attempt).rejects.toThrow(/^port \d+ is taken by .+; stop it, or choose another port with --port$/);
  if (process.platform === 'linux') await expect(attempt).rejects.toThrow(`(pid ${process.pid})`);
});

test('a stranger on the other address family takes the port, too', async (context) => {
  const port = await takenPort('::1').catch(() => 0);
  if (port === 0) return context.skip('this machine has no IPv6');
  await expect(listener().open({ host: '127.0.0.1', port })).rejects.toThrow(`port ${port} is taken by`);
  // Nothing stays half open.
  const socket = connect(port, '127.0.0.1');
  await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED');
});

test('what is no address is refused', async () => {
  await expect(listener().open({ host: 'drover.example', port: 0 })).rejects.toThrow(/drover\.example is no address/);
});

test('nobody holds a free port', async () => {
  const port = await takenPort('127.0.0.1');
  await closers.pop()?.();
  expect(await findPortHolder(port)).toBeUndefined();
});

test('only listening sockets on the very port count', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:C679 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 111 1 0 100 0 0 10 0
   1: 0100007F:C679 0100007F:9999 01 00000000:00000000 00:00000000 00000000  1000        0 222 1 0 100 0 0 10 0
   2: 0100007F:0C67 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 333 1 0 100 0 0 10 0`;
  expect(listeningSockets(table, 0xc679)).toEqual(['socket:[111]']);
});

describe('the end', () => {
  test('while draining it says so; what is being answered is answered; then the port is free', async () => {
    const { promise, resolve } = Promise.withResolvers<CreateTaskReply>();
    const called = Promise.withResolvers<void>();
    const server = await TestServer.start({
      createTasks: () => {
        called.resolve();
        return promise;
      },
    });
    closers.push(() => server.store.close());
    const running = server.post('/api/v1/task', { serials: ['A'], script_name: 'post' });
    await called.promise;
    expect((await server.get('/healthz')).body).toMatchObject({
      status: 'ok',
      version: '0.0.0-test',
      database: 'ok',
      adb: 'ok',
    });
    server.http.drain();
    const health = await server.get('/healthz');
    expect([health.status, health.body]).toMatchObject([503, { status: 'stopping' }]);
    const refused = await server.get('/api/v1/task');
    expect([refused.status, refused.body.code, refused.headers.connection]).toEqual([503, 50301, 'close']);

    const closed = server.http.close();
    resolve({ task_ids: [1], created_count: 1 });
    expect((await running).body.data).toEqual({ task_ids: [1], created_count: 1 });
    await closed;
    await expect(server.get('/healthz')).rejects.toThrow('ECONNREFUSED');
  });
});
