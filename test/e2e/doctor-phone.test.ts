import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/cli/doctor/check.ts';
import type { FaultKind } from '../../src/sim/parts.ts';
import { frameOf } from '../../src/sim/screen.ts';
import { PlainApp } from '../../src/sim/system/plain-app.ts';
import { settingsSearchPackage } from '../../src/sim/system/settings-search.ts';
import { adbKinds } from '../support/adb-servers.ts';
import { DoctorHouse, doctor, drover } from '../support/doctor-house.ts';
import { installNotes } from '../support/notes-app.ts';
import { testCtx } from '../support/phone-house.ts';
import { ServerHouse } from '../support/server-house.ts';

const steps = ['adb', 'round trip', 'android', 'shell', 'apps', 'in use', 'screen', 'gallery'];
const sessionSteps = ['automation', 'session', 'hierarchy', 'picture', 'text', 'tiktok screen', 'instagram screen'];
const prove = (house: DoctorHouse) => doctor(...house.flags, '--phone', house.phone.serial);

/** Nothing of it may be left: no film, no words, nothing anybody else could see, and the home screen in front. */
function expectUntouched(house: DoctorHouse): void {
  const { phone } = house;
  expect(phone.files.media('video').filter((row) => row.path.includes('Drover'))).toEqual([]);
  expect(phone.host.unknown).toEqual([]);
  expect(phone.ui.foreground().package).toMatch(/launcher/);
  expect(phone.actions()).toMatchObject({ posts: [], follows: [], comments: [] });
  expect(phone.agent.isRunning).toBe(false);
}

describe.each(adbKinds)('through $name', (adb) => {
  test.skipIf(!adb.isHere)('a phone in order is proven from round trip to text, and left as it was', async () => {
    await using house = await DoctorHouse.open({ adb });
    const { code, report, by } = await prove(house);
    expect(report.checks.filter((check) => check.status !== 'ok')).toEqual([]);
    expect(report.checks.map((check) => check.name)).toEqual([...steps, ...sessionSteps]);
    expect({ code, ok: report.ok, phone: report.phone }).toEqual({ code: 0, ok: true, phone: house.phone.serial });
    expect(by('round trip').found).toMatch(/^5 of 5 answered: first \d+ ms, then \d+ ms/);
    expect(by('android').found).toContain('Pixel 7 (virtual), Android 14 (SDK 34');
    expect(by('apps').found).toMatch(/^tiktok 46\.4\.3, instagram \d+/);
    expect(by('gallery').found).toMatch(/^a video of \d+ kB was pushed, seen by the media store with its size/);
    expect(by('hierarchy').found).toMatch(/^\d+ nodes of com\.google\.android\.apps\.nexuslauncher on 1080×2400 px/);
    expect(by('picture').found).toMatch(/^PNG, 1080×2400 px/);
    expect(by('tiktok screen').found).toMatch(
      /^TikTok 46\.4\.3: shows tiktok\.feed, known by \d+ % of its signs, language en/,
    );
    expectUntouched(house);
  });
});

test('the automation server is installed where it is missing', async () => {
  await using house = await DoctorHouse.open();
  house.phone.packages.uninstall('io.appium.uiautomator2.server');
  const { code, by } = await prove(house);
  expect(by('automation').found).toMatch(/was installed now \(before: none\)/);
  expect(code).toBe(0);
});

describe('a phone with a fault: the step that met it says so, and what to do', () => {
  test.each<[FaultKind, string, RegExp, RegExp]>([
    ['ui-automation-lost', 'session', /UiAutomation not connected/, /Restart the phone/],
    ['disk-full', 'gallery', /No space left|no room|full/i, /free|room|space/i],
  ])('%s', async (kind, name, found, fix) => {
    await using house = await DoctorHouse.open();
    house.phone.faults.add({ kind });
    const { code, report, by } = await prove(house);
    expect(code).toBe(1);
    expect(report.checks.filter((check) => check.status === 'fail').map((check) => check.name)).toEqual([name]);
    expect(by(name).found).toMatch(found);
    expect(by(name).fix).toMatch(fix);
  });

  test('what was not reached is named', async () => {
    await using house = await DoctorHouse.open();
    house.phone.faults.add({ kind: 'ui-automation-lost' });
    const { report } = await prove(house);
    expect(report.checks.at(-1)).toMatchObject({
      name: 'the rest',
      status: 'warn',
      found: expect.stringContaining('hierarchy, picture, text and app screen were not tried'),
    });
  });

  test('trust was not given', async () => {
    await using house = await DoctorHouse.open({ untrusting: 1 });
    const { code, report } = await prove(house);
    expect(code).toBe(1);
    expect(report.checks).toMatchObject([
      { name: 'adb', status: 'fail', found: 'unauthorized: it has not allowed this computer to debug it' },
    ]);
  });

  test('the screen is off: it is switched on, and that is said', async () => {
    await using house = await DoctorHouse.open();
    house.phone.ui.isScreenOn = false;
    const { code, by } = await prove(house);
    expect(code).toBe(0);
    expect(by('screen')).toMatchObject({ status: 'warn', fix: expect.stringContaining('Stay awake') });
    expect(by('text').status).toBe('ok');
  });

  test('an app that shows what nobody knows', async () => {
    await using house = await DoctorHouse.open();
    house.phone.faults.add({ kind: 'unknown-dialog' });
    const { by } = await prove(house);
    expect(by('tiktok screen')).toMatchObject({ status: 'warn', fix: expect.stringContaining('send this report') });
    expect(house.phone.actions().posts).toEqual([]);
  });

  test('another app answers for the search of the settings: nothing is typed into it', async () => {
    await using house = await DoctorHouse.open();
    const notes = installNotes(house.phone);
    house.phone.ui.install(
      new PlainApp(settingsSearchPackage, () => frameOf(house.phone.ui.size, house.phone.ui.density)),
    );
    const { code, by } = await prove(house);
    expect(code).toBe(0);
    expect(by('text')).toMatchObject({ status: 'warn', found: expect.stringMatching(/^not tried/) });
    expect(notes).toMatchObject({ text: '', taps: 0 });
    expectUntouched(house);
  });
});

describe('a phone that somebody works with', () => {
  const readOnly = steps.slice(0, 6);
  const names = (checks: readonly Check[]): string[] => checks.map((check) => check.name);

  test('a drover server: its session, its state and the gallery stay as they are', async () => {
    await using house = await ServerHouse.open();
    const state = async () => (await house.api.call<{ state: string }>('GET', `/devices/${house.serial}`)).data.state;
    await house.api.until(async () => (await state()) === 'ready');
    const [address = ''] = house.config.adb;
    const port = String(house.drover?.port);
    const { code, report, by } = await doctor('--phone', house.serial, '--port', port, '--adb', address);
    expect(code).toBe(0);
    expect(names(report.checks)).toEqual(readOnly);
    expect(by('in use')).toMatchObject({
      status: 'warn',
      found: expect.stringContaining(`the server on port ${port} works with this phone (ready`),
      fix: expect.stringContaining('Stop that server'),
    });
    expect(await state()).toBe('ready');
    expect(house.phone.agent.isRunning).toBe(true);
  });

  test('any other program that holds the automation server', async () => {
    await using house = await DoctorHouse.open();
    let ended = false;
    house.phone.agent.start({
      args: {},
      onLine: () => {},
      onEnd: () => {
        ended = true;
      },
    });
    const { code, report, by } = await prove(house);
    expect(code).toBe(0);
    expect(names(report.checks)).toEqual(readOnly);
    expect(by('in use').found).toContain('another program has its automation server running');
    expect(ended).toBe(false);
    house.phone.agent.stop('killed');
  });
});

test('a serial that adb does not know: the ones it knows are named', async () => {
  await using house = await DoctorHouse.open();
  const { code, report } = await doctor(...house.flags, '--phone', 'R5CT40ABCDE');
  expect(code).toBe(1);
  expect(report.checks).toMatchObject([
    { name: 'adb', status: 'fail', fix: expect.stringContaining(house.phone.serial) },
  ]);
});

test('a TCP phone that is not connected yet is connected', async () => {
  await using house = await DoctorHouse.open();
  await house.adb.server.disconnect(testCtx(), house.phone.serial);
  const { by } = await prove(house);
  expect(by('adb')).toMatchObject({ status: 'ok', found: expect.stringMatching(/^connected now by /) });
});

test('for people: a report to send, which says what it holds', async () => {
  await using house = await DoctorHouse.open();
  const { code, stdout } = await drover('doctor', ...house.flags, '--phone', house.phone.serial);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Report on phone ${house.phone.serial}, made by drover doctor at 2\\d{3}-`));
  expect(stdout).toContain('Everything is in place.');
  expect(stdout).toContain('no account names');
  const [account] = house.fleet.world.accountsOn(house.phone.serial, 'tiktok');
  expect(account?.username).toMatch(/\w/);
  expect(stdout).not.toContain(account?.username);
});
