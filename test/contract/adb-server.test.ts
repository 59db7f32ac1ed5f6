import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ManualClock, systemClock } from '../../src/base/clock.ts';
import { StandInAdbServer } from '../../src/sim/adb-server.ts';
import { findAdb, startRealAdb } from '../support/adb-program.ts';
import { type BarePhone, createBarePhone } from '../support/bare-phone.ts';
import { askServer, readExactly, readMessage, type ServerRequest } from '../support/smart-socket.ts';

const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function startStandIn(clock = systemClock): Promise<{ port: number; server: StandInAdbServer }> {
  const server = new StandInAdbServer({ port: 0, clock });
  cleanups.push(() => server.stop());
  return { port: await server.start(), server };
}

async function startPhone(): Promise<BarePhone & { serial: string }> {
  const phone = createBarePhone();
  cleanups.push(() => phone.adbd.stop());
  return { ...phone, serial: `127.0.0.1:${await phone.adbd.start()}` };
}

async function open(request: ServerRequest): Promise<Socket> {
  const socket = await askServer(request);
  cleanups.push(() => socket.destroy());
  return socket;
}

/** The framed answer of a service. */
async function ask(port: number, service: string): Promise<string> {
  return readMessage(await open({ port, service }));
}

async function until(isThere: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isThere())) await new Promise((resolve) => setImmediate(resolve));
}

const adbVersion = findAdb();
const servers = [
  { name: 'stand-in', isHere: true, start: async () => (await startStandIn()).port },
  {
    name: 'real adb server',
    isHere: adbVersion !== undefined,
    start: async () => {
      const server = await startRealAdb();
      cleanups.push(() => server[Symbol.asyncDispose]());
      return server.port;
    },
  },
];

describe.each(servers)('$name', ({ isHere, start }) => {
  test.skipIf(!isHere)('speaks version 41', async () => {
    expect(await ask(await start(), 'host:version')).toBe('0029');
  });

  test.skipIf(!isHere)('trackers hear of connect and disconnect', async () => {
    const [port, phone] = [await start(), await startPhone()];
    const tracker = await open({ port, service: 'host:track-devices' });
    expect(await readMessage(tracker)).toBe('');
    expect(await ask(port, `host:connect:${phone.serial}`)).toBe(`connected to ${phone.serial}`);
    await seen(tracker, `${phone.serial}\tdevice\n`);
    expect(await ask(port, `host:connect:${phone.serial}`)).toBe(`already connected to ${phone.serial}`);
    expect(await ask(port, `host:disconnect:${phone.serial}`)).toBe(`disconnected ${phone.serial}`);
    await seen(tracker, '');
    await expect(ask(port, `host:disconnect:${phone.serial}`)).rejects.toThrow(`no such device '${phone.serial}'`);
  });

  test.skipIf(!isHere)('the long list carries the banner', async () => {
    const [port, phone] = [await start(), await startPhone()];
    await ask(port, `host:connect:${phone.serial}`);
    expect(await ask(port, 'host:devices-l')).toMatch(
      new RegExp(`^${phone.serial} +device product:panther model:Pixel_7 device:panther transport_id:\\d+\\n$`),
    );
    expect((await ask(port, `host-serial:${phone.serial}:features`)).split(',')).toContain('shell_v2');
    expect(await ask(port, `host-serial:${phone.serial}:get-state`)).toBe('device');
  });

  test.skipIf(!isHere)('who waits for the disconnect of a phone hears of its drop', async () => {
    const [port, phone] = [await start(), await startPhone()];
    await ask(port, `host:connect:${phone.serial}`);
    const waiting = await open({ port, service: `host-serial:${phone.serial}:wait-for-any-disconnect` });
    phone.faults.add({ kind: 'unplug' });
    expect((await readExactly(waiting, 4)).toString()).toBe('OKAY');
    expect(await ask(port, 'host:devices')).toBe(`${phone.serial}\toffline\n`);
    await expect(ask(port, `host-serial:${phone.serial}:get-state`)).rejects.toThrow('device offline');
    await expect(open({ port, serial: phone.serial, service: 'shell:true' })).rejects.toThrow('device offline');
  });

  test.skipIf(!isHere)('unknown phones and closed ports are refused with the same words', async () => {
    const [port, phone] = [await start(), await startPhone()];
    await ask(port, `host:connect:${phone.serial}`);
    await expect(open({ port, serial: '127.0.0.1:1', service: 'shell:true' })).rejects.toThrow(
      "device '127.0.0.1:1' not found",
    );
    await expect(open({ port, serial: phone.serial, service: 'tcp:6790' })).rejects.toThrow('closed');
    await expect(ask(port, 'host:frobnicate')).rejects.toThrow('unknown host service');
  });

  test.skipIf(!isHere)('a forward accepts and hangs up while nobody listens on the phone', async () => {
    const [port, phone] = [await start(), await startPhone()];
    await ask(port, `host:connect:${phone.serial}`);
    const forwarded = await open({ port, service: `host-serial:${phone.serial}:forward:tcp:0;tcp:6790` });
    expect((await readExactly(forwarded, 4)).toString()).toBe('OKAY');
    const local = Number(await readMessage(forwarded));
    expect(await ask(port, `host-serial:${phone.serial}:list-forward`)).toBe(`${phone.serial} tcp:${local} tcp:6790\n`);
    await expect(fetch(`http://127.0.0.1:${local}/status`)).rejects.toThrow('fetch failed');
    phone.agent.start({ onLine() {}, onEnd() {}, args: {} });
    const answer = await fetch(`http://127.0.0.1:${local}/status`, { headers: { connection: 'close' } });
    expect(await answer.json()).toMatchObject({ value: { ready: true } });
    await open({ port, service: `host-serial:${phone.serial}:killforward:tcp:${local}` });
    await until(async () => (await ask(port, 'host:list-forward')) === '');
    phone.agent.stop('killed');
  });
});

/** Reads lists until the wanted one: the real server pushes states on the way there too. */
async function seen(tracker: Socket, wanted: string): Promise<void> {
  while ((await readMessage(tracker)) !== wanted);
}

describe('the stand-in alone', () => {
  test('is silent to trackers about a drop and redials after ten seconds, as the real server does', async () => {
    const clock = new ManualClock();
    const { port } = await startStandIn(clock);
    const phone = await startPhone();
    await ask(port, `host:connect:${phone.serial}`);
    const tracker = await open({ port, service: 'host:track-devices' });
    expect(await readMessage(tracker)).toBe(`${phone.serial}\tdevice\n`);
    phone.faults.add({ kind: 'unplug' });
    await until(async () => (await ask(port, 'host:devices')) === `${phone.serial}\toffline\n`);
    expect(tracker.read()).toBeNull();
    phone.faults.clear();
    await clock.advance(9_000);
    expect(await ask(port, 'host:devices')).toBe(`${phone.serial}\toffline\n`);
    await clock.advance(1_500);
    expect(await readMessage(tracker)).toBe(`${phone.serial}\tdevice\n`);
  });

  test('keeps trying while the phone stays away', async () => {
    const clock = new ManualClock();
    const { port } = await startStandIn(clock);
    const phone = await startPhone();
    await ask(port, `host:connect:${phone.serial}`);
    phone.faults.add({ kind: 'unplug' });
    await until(async () => (await ask(port, 'host:devices')).includes('offline'));
    for (let tries = 0; tries < 3; tries++) {
      await clock.advance(10_000);
      await until(() => clock.pending === 1); // the refused dial has set the next one
    }
    phone.faults.clear();
    await clock.advance(10_000);
    await until(async () => (await ask(port, 'host:devices')).includes('\tdevice'));
  });

  test('gives a silent phone ten seconds and lists it as offline', async () => {
    const clock = new ManualClock();
    const { port } = await startStandIn(clock);
    const phone = await startPhone();
    phone.faults.add({ kind: 'silent-connect' });
    const answer = ask(port, `host:connect:${phone.serial}`);
    await until(() => clock.pending === 1);
    await clock.advance(10_000);
    expect(await answer).toBe(`failed to connect to ${phone.serial}`);
    expect(await ask(port, 'host:devices')).toBe(`${phone.serial}\toffline\n`);
    phone.faults.clear();
    await until(async () => (await ask(port, 'host:devices')).includes('\tdevice'));
  });

  test('forgets a port that nobody listens on', async () => {
    const { port } = await startStandIn();
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const address = free.address();
    const taken = address && typeof address === 'object' ? address.port : 0;
    await new Promise((resolve) => free.close(resolve));
    const serial = `127.0.0.1:${taken}`;
    expect(await ask(port, `host:connect:${serial}`)).toBe(`failed to connect to '${serial}': Connection refused`);
    expect(await ask(port, 'host:devices')).toBe('');
  });

  test('cannot be killed by a client', async () => {
    const { port } = await startStandIn();
    await expect(ask(port, 'host:kill')).rejects.toThrow('ends with the program that started it');
    expect(await ask(port, 'host:version')).toBe('0029');
  });

  test('refuses what is not its protocol', async () => {
    const { port } = await startStandIn();
    const socket = connect({ host: '127.0.0.1', port });
    cleanups.push(() => socket.destroy());
    socket.write('GET / HTTP/1.1\r\n\r\n');
    expect((await readExactly(socket, 4)).toString()).toBe('FAIL');
    expect(await readMessage(socket)).toBe('protocol fault');
  });
});
