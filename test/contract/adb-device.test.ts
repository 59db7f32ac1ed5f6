import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { StandInAdbServer } from '../../src/sim/adb-server.ts';
import { type SimPhone, startSimPhone } from '../../src/sim/phone.ts';
import { World } from '../../src/sim/world.ts';
import { type AdbClient, ProgramClient, TangoClient } from '../support/adb-clients.ts';
import { findAdb, startRealAdb } from '../support/adb-program.ts';
import { askServer, isRefused } from '../support/smart-socket.ts';

const adbVersion = findAdb();
if (adbVersion === undefined)
  console.log('no adb on this machine: the stand-in adb server is checked, the real one is not');

const startStandIn = async () => {
  const server = new StandInAdbServer({ port: 0, clock: systemClock });
  const port = await server.start();
  return { port, [Symbol.asyncDispose]: () => server.stop() };
};

/** Every server with every client; what needs the adb program is skipped where there is none. */
const pairs = [
  {
    name: 'stand-in server, Tango',
    start: startStandIn,
    client: async (port: number) => new TangoClient(port),
    needsAdb: false,
  },
  {
    name: 'stand-in server, adb program',
    start: startStandIn,
    client: (port: number) => ProgramClient.create(port),
    needsAdb: true,
  },
  {
    name: 'real adb server, Tango',
    start: startRealAdb,
    client: async (port: number) => new TangoClient(port),
    needsAdb: true,
  },
  {
    name: 'real adb server, adb program',
    start: startRealAdb,
    client: (port: number) => ProgramClient.create(port),
    needsAdb: true,
  },
];

const apkFolder = join(import.meta.dirname, '../../node_modules/appium-uiautomator2-server/apks');
const apks = readdirSync(apkFolder).filter((name) => name.endsWith('.apk'));
const instrument =
  'am instrument -w -e disableAnalytics true io.appium.uiautomator2.server.test/androidx.test.runner.AndroidJUnitRunner';

describe.each(pairs)('$name', ({ start, client: createClient, needsAdb }) => {
  const isSkipped = needsAdb && adbVersion === undefined;
  let server: Awaited<ReturnType<typeof start>>;
  let phone: SimPhone;
  let client: AdbClient;

  beforeAll(async () => {
    if (isSkipped) return;
    server = await start();
    phone = await startSimPhone({
      port: 0,
      seed: 'contract',
      app: 'tiktok',
      appVersion: '46.4.3',
      language: 'en-US',
      world: new World({ clock: systemClock }),
      clock: systemClock,
      log: silentLog,
    });
    client = await createClient(server.port);
    expect(await client.connect(phone.serial)).toBe(`connected to ${phone.serial}`);
  });

  afterAll(async () => {
    if (isSkipped) return;
    await client[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    await phone.stop();
  });

  test.skipIf(isSkipped)('the phone is listed with its model', async () => {
    const model = phone.host.props['ro.product.model']?.replace(/[^A-Za-z0-9]/g, '_');
    expect(await client.entry(phone.serial)).toEqual({ state: 'device', model });
  });

  test.skipIf(isSkipped)('getprop says what the phone is', async () => {
    const { stdout, code } = await client.shell(phone.serial, 'getprop ro.build.version.sdk');
    expect({ stdout: stdout.trim(), code }).toEqual({ stdout: phone.host.props['ro.build.version.sdk'], code: 0 });
  });

  test.skipIf(isSkipped)('exit codes, standard output and standard error come back apart', async () => {
    const answer = await client.shell(phone.serial, 'echo out; echo err >&2; exit 7');
    expect(answer).toEqual({ stdout: 'out\n', stderr: 'err\n', code: 7 });
  });

  test.skipIf(isSkipped)('20 MB pushed and pulled are the same 20 MB', async () => {
    const content = randomBytes(20_000_000);
    const path = '/sdcard/DCIM/Camera/VID_0001.bin';
    await client.push(phone.serial, content, path);
    const sum = createHash('sha256').update(content).digest('hex');
    expect((await client.shell(phone.serial, `sha256sum ${path}`)).stdout).toBe(`${sum}  ${path}\n`);
    const back = await client.pull(phone.serial, path);
    expect(createHash('sha256').update(back).digest('hex')).toBe(sum);
    await client.shell(phone.serial, `rm ${path}`);
    expect((await client.shell(phone.serial, `ls ${path}`)).stderr).toContain('No such file or directory');
  });

  test.skipIf(isSkipped)('a push into a full phone says so', async () => {
    phone.faults.add({ kind: 'disk-full' });
    const push = client.push(phone.serial, randomBytes(300_000), '/sdcard/Movies/full.mp4');
    const pushed = push.finally(() => phone.faults.clear());
    await expect(pushed).rejects.toThrow('No space left on device');
    expect(phone.files.stat('/sdcard/Movies/full.mp4')).toBeUndefined();
  });

  test.skipIf(isSkipped)('screencap is a PNG of the screen', async () => {
    const { format, width, height } = await sharp(await client.execOut(phone.serial, 'screencap -p')).metadata();
    expect({ format, width, height }).toEqual({ format: 'png', ...phone.ui.size });
  });

  test.skipIf(isSkipped)('instrumentation fails in words before the packages are there', async () => {
    const { stdout, code } = await client.shell(phone.serial, instrument);
    expect(stdout).toContain(
      'Unable to find instrumentation info for: ComponentInfo{io.appium.uiautomator2.server.test/',
    );
    expect(code).toBe(1);
  });

  test.skipIf(isSkipped)('both APKs of the automation server install', async () => {
    for (const apk of apks) expect(await client.install(phone.serial, join(apkFolder, apk))).toContain('Success');
    const { stdout } = await client.shell(phone.serial, 'cmd package list packages --show-versioncode io.appium');
    expect(stdout.trim().split('\n').sort()).toEqual([
      expect.stringMatching(/^package:io\.appium\.uiautomator2\.server versionCode:\d+$/),
      'package:io.appium.uiautomator2.server.test versionCode:0',
    ]);
    expect((await client.shell(phone.serial, 'pm list instrumentation')).stdout).toBe(
      'instrumentation:io.appium.uiautomator2.server.test/androidx.test.runner.AndroidJUnitRunner (target=io.appium.uiautomator2.server)\n',
    );
  });

  test.skipIf(isSkipped)('tcp:6790 is refused until the instrumentation runs, and answers then', async () => {
    const status = () => askServer({ port: server.port, serial: phone.serial, service: 'tcp:6790' });
    expect(await isRefused(status())).toBe(true);
    const running = client.shell(phone.serial, instrument);
    await until(() => phone.registry.isListening('tcp:6790'));
    const socket = await status();
    socket.write('GET /status HTTP/1.1\r\nHost: phone\r\nConnection: close\r\n\r\n');
    expect(await readAll(socket)).toContain('"ready":true');
    // the package is stopped: the command that held it ends too
    await client.shell(phone.serial, 'am force-stop io.appium.uiautomator2.server');
    await running;
    expect(await isRefused(status())).toBe(true);
  });

  test.skipIf(isSkipped)('a client that hangs up kills the instrumentation', async () => {
    const socket = await askServer({ port: server.port, serial: phone.serial, service: `shell,v2,raw:${instrument}` });
    await until(() => phone.agent.isRunning);
    socket.destroy();
    await until(() => !phone.agent.isRunning);
  });

  test.skipIf(isSkipped)('a reversed port leads from the phone to this machine', async () => {
    await using echo = await startEcho();
    const request = `reverse:forward:tcp:9123;tcp:${echo.port}`;
    const answer = await askServer({ port: server.port, serial: phone.serial, service: request });
    expect(await readAll(answer)).toBe('OKAY');
    const stream = phone.registry.connect('tcp:9123');
    stream?.write('ping');
    expect(String(await new Promise((resolve) => stream?.once('data', resolve)))).toBe('ping');
    stream?.destroy();
    const list = await askServer({ port: server.port, serial: phone.serial, service: 'reverse:list-forward' });
    expect((await readAll(list)).slice(4)).toBe(`host-1 tcp:9123 tcp:${echo.port}\n`);
    await readAll(await askServer({ port: server.port, serial: phone.serial, service: 'reverse:killforward-all' }));
    expect(phone.registry.isListening('tcp:9123')).toBe(false);
  });

  test.skipIf(isSkipped)('what the phone does not know fails like a shell and is noted', async () => {
    const before = phone.host.unknown.length;
    const { stderr, code } = await client.shell(phone.serial, 'frobnicate --now');
    expect({ stderr, code }).toEqual({ stderr: '/system/bin/sh: frobnicate: inaccessible or not found\n', code: 127 });
    expect(await isRefused(askServer({ port: server.port, serial: phone.serial, service: 'framebuffer:' }))).toBe(true);
    expect(phone.host.unknown.slice(before)).toEqual(['shell: frobnicate --now', 'service: framebuffer:']);
  });

  test.skipIf(isSkipped)(
    'unplugged it is offline at once; plugged in, disconnect and connect bring it back',
    async () => {
      const open = await askServer({ port: server.port, serial: phone.serial, service: 'shell:logcat' });
      open.resume();
      const closed = new Promise((resolve) => open.once('close', resolve));
      phone.faults.add({ kind: 'unplug' });
      await closed;
      await until(async () => (await client.entry(phone.serial))?.state === 'offline');
      phone.faults.clear();
      await reconnect(client, phone.serial);
      expect((await client.shell(phone.serial, 'echo back')).stdout).toBe('back\n');
    },
  );

  test.skipIf(isSkipped)('a phone that asks for a key is unauthorized until somebody allows it', async () => {
    phone.faults.add({ kind: 'unauthorized' });
    await client.disconnect(phone.serial);
    await until(async () => {
      // connect fails or says so, depending on the client, and the real server may still be taking the old one down; what
      // counts is the list
      await client.connect(phone.serial).catch(() => {});
      return (await client.entry(phone.serial))?.state === 'unauthorized';
    });
    phone.faults.clear();
    await until(async () => (await client.entry(phone.serial))?.state === 'device');
  });
});

/** The real server may still be taking the dropped connection down and say "already connected" for a moment. */
async function reconnect(client: AdbClient, serial: string): Promise<void> {
  await until(async () => {
    await client.disconnect(serial).catch(() => {});
    const answer = await client.connect(serial).catch((error: unknown) => String(error));
    return answer === `connected to ${serial}`;
  });
}

/** Asks again and again; the test's own time limit is the deadline. */
async function until(isThere: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isThere())) await new Promise((resolve) => setImmediate(resolve));
}

async function readAll(socket: Socket): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function startEcho(): Promise<AsyncDisposable & { port: number }> {
  const server = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
