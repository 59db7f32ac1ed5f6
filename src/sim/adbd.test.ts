import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { createBarePhone } from '../../test/support/bare-phone.ts';
import { ManualClock, systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { seededRandom } from '../base/random.ts';
import { Adbd } from './adbd.ts';
import { SimFaults } from './faults.ts';
import type { OpenService } from './parts.ts';
import { StreamRegistry } from './registry.ts';
import {
  A_AUTH,
  A_CLSE,
  A_CNXN,
  A_OKAY,
  A_OPEN,
  A_WRTE,
  commandName,
  encodePacket,
  type Packet,
  PacketParser,
  VERSION_MIN,
  VERSION_SKIP_CHECKSUM,
} from './wire.ts';

/** An adb server made of packets alone, so that every one of the phone's answers can be looked at. */
class HostSide {
  readonly socket: Socket;
  readonly #parser = new PacketParser();
  readonly #packets: Packet[] = [];
  #wake = () => {};
  closed = false;

  constructor(port: number) {
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true });
    this.socket.on('error', () => {});
    this.socket.on('data', (chunk: Buffer) => {
      this.#packets.push(...this.#parser.push(chunk));
      this.#wake();
    });
    this.socket.on('close', () => {
      this.closed = true;
      this.#wake();
    });
  }

  send(command: number, arg0: number, arg1: number, payload: string | Buffer = '', withChecksum = false): void {
    const packet = { command, arg0, arg1, payload: Buffer.from(payload) };
    this.socket.write(Buffer.concat(encodePacket(packet, { withChecksum })));
  }

  /** The next packet as words: name, arg0, arg1, payload. */
  async next(): Promise<{ name: string; arg0: number; arg1: number; payload: Buffer }> {
    while (this.#packets.length === 0) {
      if (this.closed) throw new Error('the phone hung up');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const { command, arg0, arg1, payload } = this.#packets.shift() as Packet;
    return { name: commandName(command), arg0, arg1, payload };
  }

  /** How many packets came that nobody has asked for, after everything on its way has arrived. */
  async idle(): Promise<number> {
    // An unknown service is answered at once and behind everything else.
    this.send(A_OPEN, 9_999, 0, 'unknown:\0');
    const before: unknown[] = [];
    for (;;) {
      const packet = await this.next();
      if (packet.name === 'CLSE' && packet.arg1 === 9_999) return before.length;
      before.push(packet);
    }
  }

  async gone(): Promise<void> {
    while (!this.closed) await new Promise<void>((resolve) => this.socket.once('close', () => resolve()));
  }

  async hello(version = VERSION_SKIP_CHECKSUM, maxPayload = 1024 * 1024): Promise<string> {
    this.send(A_CNXN, version, maxPayload, 'host::features=shell_v2\0', true);
    const { name, payload } = await this.next();
    expect(name).toBe('CNXN');
    return payload.toString();
  }
}

const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A service that says `text` and ends. */
function bytes(text: string): Duplex {
  const service = new Duplex({ read() {}, write: (_chunk, _encoding, callback) => callback() });
  service.push(text);
  service.push(null);
  return service;
}

/** Every service but `unknown:` is `open()`. */
async function startAdbd(open: () => Duplex | undefined = () => undefined, clock = systemClock) {
  const openService: OpenService = (service) => (service === 'unknown:' ? undefined : open());
  const faults = new SimFaults(clock);
  const registry = new StreamRegistry();
  const host = { clock, faults, log: silentLog, random: seededRandom('adbd') };
  const adbd = new Adbd({
    port: 0,
    host,
    openService,
    banner: 'device::ro.product.model=Pixel 7;features=cmd',
    registry,
  });
  cleanups.push(() => adbd.stop());
  const port = await adbd.start();
  const dial = () => {
    const side = new HostSide(port);
    cleanups.push(() => side.socket.destroy());
    return side;
  };
  return { adbd, faults, registry, port, dial };
}

describe('the connection', () => {
  test('is greeted with the banner, without any key', async () => {
    const { dial } = await startAdbd();
    expect(await dial().hello()).toBe('device::ro.product.model=Pixel 7;features=cmd');
  });

  test('is cut when the other side does not speak adb', async () => {
    const { dial } = await startAdbd();
    const host = dial();
    host.socket.write('GET / HTTP/1.1\r\nHost: phone\r\n\r\n');
    await host.gone();
  });

  test('carries checksums for a host of the first version, and insists on them', async () => {
    const { dial } = await startAdbd(() => bytes('hi'));
    const host = dial();
    await host.hello(VERSION_MIN);
    host.send(A_OPEN, 1, 0, 'x:\0', true);
    expect((await host.next()).name).toBe('OKAY');
    host.send(A_OPEN, 2, 0, 'x:\0', false);
    await host.gone();
  });

  test('refuses services it does not have', async () => {
    const { dial } = await startAdbd();
    const host = dial();
    await host.hello();
    host.send(A_OPEN, 7, 0, 'framebuffer:\0');
    expect(await host.next()).toMatchObject({ name: 'CLSE', arg0: 0, arg1: 7 });
  });

  test('serves several hosts side by side', async () => {
    const { dial, adbd } = await startAdbd();
    const hosts = [dial(), dial()];
    for (const host of hosts) await host.hello();
    adbd.dropConnections();
    await Promise.all(hosts.map((host) => host.gone()));
    await dial().hello();
  });
});

describe('a stream', () => {
  test('has one unanswered WRTE at a time, no longer than the host can take', async () => {
    const { dial } = await startAdbd(() => bytes('a'.repeat(10_000)));
    const host = dial();
    await host.hello(VERSION_SKIP_CHECKSUM, 4_096);
    host.send(A_OPEN, 5, 0, 'x:\0');
    const { arg0: phoneId } = await host.next();
    let got = 0;
    for (const size of [4_096, 4_096, 1_808]) {
      const write = await host.next();
      expect([write.name, write.arg0, write.arg1, write.payload.length]).toEqual(['WRTE', phoneId, 5, size]);
      got += size;
      expect(await host.idle()).toBe(0);
      host.send(A_OKAY, 5, phoneId);
    }
    expect(got).toBe(10_000);
    expect((await host.next()).name).toBe('CLSE');
  });

  test('holds its OKAY back until the service has room again', async () => {
    const pending: (() => void)[] = [];
    const slow = new Duplex({
      highWaterMark: 4,
      read() {},
      write(_chunk, _encoding, callback) {
        pending.push(() => callback());
      },
    });
    const { dial } = await startAdbd(() => slow);
    const host = dial();
    await host.hello();
    host.send(A_OPEN, 5, 0, 'x:\0');
    const { arg0: phoneId } = await host.next();
    host.send(A_WRTE, 5, phoneId, 'more than four');
    expect(await host.idle()).toBe(0);
    pending.shift()?.();
    expect(await host.next()).toMatchObject({ name: 'OKAY', arg0: phoneId, arg1: 5 });
  });

  test('that the host closes is closed on the phone, after what was written has been read', async () => {
    const got: string[] = [];
    const service = new Duplex({
      read() {},
      write(chunk, _encoding, callback) {
        got.push(String(chunk));
        callback();
      },
      final(callback) {
        got.push('end');
        callback();
      },
    });
    const { dial } = await startAdbd(() => service);
    const host = dial();
    await host.hello();
    host.send(A_OPEN, 5, 0, 'x:\0');
    const { arg0: phoneId } = await host.next();
    const closed = once(service, 'close');
    host.send(A_WRTE, 5, phoneId, 'last words');
    host.send(A_CLSE, 5, phoneId);
    expect((await host.next()).name).toBe('OKAY');
    expect(await host.next()).toMatchObject({ name: 'CLSE', arg1: 5 });
    await closed;
    expect(got).toEqual(['last words', 'end']);
  });

  test('the phone opens towards the host waits for its OKAY', async () => {
    const { dial, registry } = await startAdbd();
    const host = dial();
    await host.hello();
    host.send(A_OPEN, 5, 0, 'reverse:forward:tcp:8081;tcp:9000\0');
    const { arg0: requestId } = await host.next();
    expect((await host.next()).payload.toString()).toBe('OKAY');
    host.send(A_OKAY, 5, requestId);
    await host.next(); // its CLSE
    const stream = registry.connect('tcp:8081');
    stream?.write('ping');
    const opened = await host.next();
    expect([opened.name, opened.payload.toString()]).toEqual(['OPEN', 'tcp:9000\0']);
    expect(await host.idle()).toBe(0);
    host.send(A_OKAY, 77, opened.arg0);
    expect(await host.next()).toMatchObject({
      name: 'WRTE',
      arg0: opened.arg0,
      arg1: 77,
      payload: Buffer.from('ping'),
    });
    host.socket.destroy();
    await host.gone();
    while (registry.isListening('tcp:8081')) await new Promise((resolve) => setImmediate(resolve));
  });

  test.each([
    ['reverse:killforward:tcp:1', "FAIL001alistener 'tcp:1' not found"],
    ['reverse:list-forward', '0000'],
    ['reverse:killforward-all', 'OKAY'],
    ['reverse:forward:tcp:0;tcp:9', 'OKAY000540000'],
  ])('%s answers once', async (service, expected) => {
    const { dial } = await startAdbd();
    const host = dial();
    await host.hello();
    host.send(A_OPEN, 5, 0, `${service}\0`);
    await host.next();
    expect((await host.next()).payload.toString()).toBe(expected);
  });
});

describe('faults', () => {
  test('unplug: nobody listens until it ends, then the same port answers again', async () => {
    const { dial, faults } = await startAdbd();
    const host = dial();
    await host.hello();
    faults.add({ kind: 'unplug' });
    await host.gone();
    const refused = dial();
    await refused.gone();
    expect(refused.socket.bytesRead).toBe(0);
    faults.clear();
    await dial().hello();
  });

  test('silent-connect and offline: no greeting, and a late one when they end', async () => {
    const { dial, faults } = await startAdbd();
    faults.add({ kind: 'silent-connect' });
    const host = dial();
    await once(host.socket, 'connect');
    const greeting = host.hello();
    faults.add({ kind: 'offline' }); // cuts who is there
    await expect(greeting).rejects.toThrow('the phone hung up');
    const second = dial();
    await once(second.socket, 'connect');
    const late = second.hello();
    faults.clear();
    expect(await late).toContain('device::');
  });

  test('unauthorized: asks for a signature, then for the key, then for a person', async () => {
    const { dial, faults } = await startAdbd();
    faults.add({ kind: 'unauthorized' });
    const host = dial();
    host.send(A_CNXN, VERSION_SKIP_CHECKSUM, 1024 * 1024, 'host::\0');
    const first = await host.next();
    expect([first.name, first.arg0, first.payload.length]).toEqual(['AUTH', 1, 20]);
    host.send(A_AUTH, 2, 0, Buffer.alloc(256));
    expect(await host.next()).toMatchObject({ name: 'AUTH', arg0: 1 });
    host.send(A_AUTH, 3, 0, 'QAAA key\0');
    host.send(A_OPEN, 1, 0, 'shell:id\0'); // not answered: nobody has allowed the key
    faults.clear();
    expect((await host.next()).name).toBe('CNXN');
  });

  test('slow: the answer takes its time on the phone’s clock', async () => {
    const clock = new ManualClock();
    const { dial, faults } = await startAdbd(() => bytes('hi'), clock);
    const host = dial();
    await host.hello();
    faults.add({ kind: 'slow' });
    host.send(A_OPEN, 5, 0, 'x:\0');
    while (clock.pending === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(1_000);
    expect((await host.next()).name).toBe('OKAY');
    while (clock.pending === 0) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(1_000);
    expect((await host.next()).name).toBe('WRTE');
  });
});

test('a reboot takes the phone away for a while', async () => {
  const clock = new ManualClock();
  const phone = createBarePhone({ clock });
  const port = await phone.adbd.start();
  cleanups.push(() => phone.adbd.stop());
  const host = new HostSide(port);
  await host.hello();
  host.send(A_OPEN, 1, 0, 'reboot:\0');
  await host.gone();
  expect([phone.reboots(), clock.pending]).toEqual([1, 1]);
  const away = new HostSide(port);
  await away.gone();
  await clock.advance(300);
  const back = new HostSide(port);
  cleanups.push(() => back.socket.destroy());
  await back.hello();
});
