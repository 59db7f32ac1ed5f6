import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ManualClock, systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { upsertDevice } from '../../src/store/devices.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { adbKinds } from '../support/adb-servers.ts';
import { DoctorHouse, doctor, drover, nowhere } from '../support/doctor-house.ts';
import { postBody, ServerHouse } from '../support/server-house.ts';

/** Accepts connections and never says a word. */
async function mute(): Promise<{ server: Server; port: number } & AsyncDisposable> {
  const sockets = new Set<import('node:net').Socket>();
  const server = createServer((socket) => sockets.add(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

describe.each(adbKinds)('through $name', (adb) => {
  test.skipIf(!adb.isHere)('everything in place: each check says what it found, exit code 0', async () => {
    await using house = await DoctorHouse.open({ adb, phones: 2 });
    const { code, report, by } = await doctor(...house.flags);
    expect(report.checks.filter((check) => check.status === 'fail')).toEqual([]);
    expect({ code, ok: report.ok }).toEqual({ code: 0, ok: true });
    for (const check of report.checks) expect(check.fix === null, check.name).toBe(check.status === 'ok');
    expect(by('node').found).toContain(process.versions.node);
    expect(by('configuration').found).toContain(`"127.0.0.1:${house.adb.port}"] (flag)`);
    expect(by('adb server').found).toMatch(/answers, protocol 41, run by .+ \(pid \d+\)/);
    expect(report.checks.flatMap(({ name, found }) => (name === 'phone' ? [found] : [])).sort()).toEqual(
      house.fleet.phones
        .map((phone) => phone.serial)
        .sort()
        .map((serial) => expect.stringMatching(new RegExp(`^${serial} \\(.+\\): device, answers in \\d+ ms$`))),
    );
    expect(by('media tools')).toMatchObject({ status: 'ok' });
    expect(by('automation server').found).toMatch(/UiAutomator2 10\.\d+\.\d+ for phones, 18 MB/);
    expect(by('database')).toMatchObject({ status: 'ok', found: 'none yet, made by the first start' });
  });

  test.skipIf(!adb.isHere)('a phone that asks for trust, and one that went away', async () => {
    await using house = await DoctorHouse.open({ adb, phones: 3, untrusting: 1 });
    const [asking, silent, fine] = house.fleet.phones;
    if (!asking || !silent || !fine) throw new Error('three phones');
    silent.faults.add({ kind: 'offline' });
    const { code, report } = await doctor(...house.flags);
    const about = (serial: string) => report.checks.find((check) => check.found.startsWith(serial));
    expect(code).toBe(1);
    expect(about(asking.serial)).toMatchObject({
      status: 'fail',
      found: `${asking.serial}: unauthorized, it has not allowed this computer to debug it`,
      fix: expect.stringContaining('accept "Allow USB debugging?" on its screen'),
    });
    expect(about(silent.serial)).toMatchObject({
      status: 'fail',
      fix: expect.stringContaining(`adb disconnect ${silent.serial} && adb connect ${silent.serial}`),
    });
    expect(about(fine.serial)).toMatchObject({ status: 'ok' });
  });
});

test('without adb and without an adb server: two failures, each with its way out, and nothing was started', async () => {
  await using taken = await mute();
  const port = taken.port;
  await taken[Symbol.asyncDispose]();
  const args = ['--adb', `127.0.0.1:${port}`, '--adb-path', nowhere, '--data', '/tmp/drover-none', '--port', '0'];
  const { code, by } = await doctor(...args);
  expect(code).toBe(1);
  expect(by('adb')).toMatchObject({ status: 'fail', found: `no "${nowhere}" was found` });
  expect(by('adb').fix).toMatch(/apt install adb.*--adb-path.*drover serve --sim 2/);
  expect(by('adb server')).toMatchObject({ status: 'fail', found: `nothing answers at 127.0.0.1:${port}` });
  expect(by('adb server').fix).toContain(`adb -P ${port} start-server`);
});

test('without adb, but with a server that answers: a word of warning only', async () => {
  await using house = await DoctorHouse.open();
  const { code, by } = await doctor(...house.flags, '--adb-path', nowhere);
  expect(code).toBe(0);
  expect(by('adb')).toMatchObject({ status: 'warn' });
});

test('virtual phones need neither', async () => {
  await using house = await DoctorHouse.open({ phones: 0 });
  const file = join(house.folder, 'drover.json');
  writeFileSync(file, JSON.stringify({ sim: 2, adbPath: nowhere, data: house.data, port: 0 }));
  const { code, report, by } = await doctor('--config', file);
  expect(code).toBe(0);
  expect(by('adb').status).toBe('warn');
  expect(by('configuration').found).toContain('sim 2 (file)');
  expect(report.checks.map((check) => check.name)).not.toContain('adb server');
});

test('another program on the port of the API, and a program that is no adb on that of adb', async () => {
  await using api = await mute();
  await using other = await mute();
  const { code, by } = await doctor(
    ...['--port', String(api.port), '--adb', `127.0.0.1:${other.port}`],
    ...['--adb-path', nowhere, '--data', '/tmp/drover-none'],
  );
  expect(code).toBe(1);
  expect(by('port').found).toMatch(new RegExp(`^${api.port} is taken by .+ \\(pid ${process.pid}\\)$`));
  expect(by('port').fix).toContain('--port');
  expect(by('adb server').found).toMatch(/is taken by .+ \(pid \d+\), which does not answer like an adb server/);
});

test('beside a running server: it is recognised, its phones are shown, and nothing of it is disturbed', async () => {
  await using house = await ServerHouse.open({ phones: 2 });
  const { port } = house.drover ?? { port: 0 };
  await house.api.until(async () => (await ready(house)) === 2);
  const [address = ''] = house.config.adb;
  const { code, report, by } = await doctor('--port', String(port), '--data', house.config.data, '--adb', address);
  expect(code).toBe(0);
  expect(by('port')).toMatchObject({
    status: 'ok',
    found: expect.stringMatching(/a drover .+ runs there since \d+ s, 2 of 2 phones ready/),
  });
  expect(by('database')).toMatchObject({
    status: 'ok',
    found: expect.stringContaining(`in use by process ${process.pid}`),
  });
  const phones = report.checks.filter((check) => check.name === 'phone');
  expect(phones).toHaveLength(2);
  for (const phone of phones) expect(phone.found).toMatch(/the running server calls it ready$/);

  const [id = 0] = await house.api.create(postBody(house.serial, house.film().path));
  expect(await house.api.ended(id)).toMatchObject({ status: 2, attempts: 1 });
});

async function ready(house: ServerHouse): Promise<number> {
  const { data } = await house.api.call<{ devices: { state: string }[] }>('GET', '/devices');
  return data.devices.filter((device) => device.state === 'ready').length;
}

describe('the database', () => {
  const write = async (folder: string, at: number): Promise<string> => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'drover.db');
    const store = openSqliteStore({ file, clock: new ManualClock(at), log: silentLog });
    await store.write((tx) => upsertDevice(tx, 'A', { state: 'absent' }));
    await store.close();
    return file;
  };

  test('healthy and free, with a sane clock', async () => {
    await using house = await DoctorHouse.open();
    await write(house.data, systemClock.now() - 1_000);
    const { code, by } = await doctor(...house.flags);
    expect(code).toBe(0);
    expect(by('database').found).toMatch(/healthy, not in use$/);
    expect(by('clock').status).toBe('ok');
  });

  test('entries of tomorrow: the clock was set back', async () => {
    await using house = await DoctorHouse.open();
    await write(house.data, systemClock.now() + 86_400_000);
    const { code, by } = await doctor(...house.flags);
    expect(code).toBe(1);
    expect(by('clock')).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('newest entry of the database'),
    });
    expect(by('clock').fix).toContain('Set the clock');
  });

  test('no database at all', async () => {
    await using house = await DoctorHouse.open();
    mkdirSync(house.data, { recursive: true });
    writeFileSync(join(house.data, 'drover.db'), 'these are not the bytes you are looking for'.repeat(100));
    const { code, by } = await doctor(...house.flags);
    expect(code).toBe(1);
    expect(by('database')).toMatchObject({ status: 'fail', found: expect.stringContaining('not a database') });
    expect(by('database').fix).toContain('backup');
  });

  test('held by a server that is not on this port', async () => {
    await using house = await DoctorHouse.open();
    mkdirSync(house.data, { recursive: true });
    const store = openSqliteStore({ file: join(house.data, 'drover.db'), clock: systemClock, log: silentLog });
    try {
      const { by } = await doctor(...house.flags);
      expect(by('database')).toMatchObject({
        status: 'warn',
        found: expect.stringContaining(`process ${process.pid} uses it`),
      });
      await store.write((tx) => upsertDevice(tx, 'A', { state: 'absent' }));
    } finally {
      await store.close();
    }
  });
});

test('a configuration that cannot be read is said, and the rest is checked all the same', async () => {
  const { code, by } = await doctor(
    ...['--config', '/tmp/drover-none.json', '--adb-path', nowhere],
    ...['--adb', '127.0.0.1:9', '--data', '/tmp/drover-none'],
  );
  expect(code).toBe(1);
  expect(by('configuration')).toMatchObject({ status: 'fail', found: expect.stringContaining('does not exist') });
  expect(by('configuration').fix).toContain('Correct that value');
  expect(by('adb server').found).toBe('nothing answers at 127.0.0.1:9');
});

test('for people: aligned columns, fixes below, no colour, a verdict', async () => {
  await using house = await DoctorHouse.open();
  const { code, stdout, stderr } = await drover('doctor', ...house.flags, '--adb-path', nowhere);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).not.toContain('\u001b');
  const lines = stdout.split('\n');
  expect(lines[0]).toBe('What a drover server needs on this machine:');
  for (const line of lines.slice(2, -4)) expect(line).toMatch(/^( {2}(ok {4}|WARN {2}|FAIL {2})[a-z ]{18} \S| {27}\S)/);
  expect(stdout).toContain(`  WARN  adb                no "${nowhere}" was found`);
  expect(lines.at(-2)).toBe('Nothing is broken, 1 thing to know about.');
});
