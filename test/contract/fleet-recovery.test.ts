import { describe, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { agentRestarts } from '../../src/base/metrics.ts';
import { readHierarchy } from '../../src/phone/screen.ts';
import { findDevice } from '../../src/store/devices.ts';
import { adbKinds } from '../support/adb-servers.ts';
import { PhoneHouse, testCtx } from '../support/phone-house.ts';

const lossOf = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    else signal.addEventListener('abort', () => resolve(signal.reason), { once: true });
  });

async function timed<T>(work: Promise<T>, clock: Clock = systemClock): Promise<{ ms: number; value: T }> {
  const start = clock.monotonic();
  const value = await work;
  return { ms: clock.monotonic() - start, value };
}

const rungCounts = async (): Promise<Record<string, number>> =>
  Object.fromEntries((await agentRestarts.get()).values.map(({ labels, value }) => [String(labels.rung), value]));

describe.each(adbKinds)('the fleet, through $name', (kind) => {
  const test_ = test.skipIf(!kind.isHere);

  test_('a bare phone gets the automation server and becomes ready; the row says so', async () => {
    await using house = await PhoneHouse.open(kind, { agentVersion: 'bare', apps: ['com.zhiliaoapp.musically'] });
    await house.ready();
    expect(house.simPhone.packages.find('io.appium.uiautomator2.server')?.versionName).toBe('10.6.6');
    expect(house.simPhone.packages.find('io.appium.uiautomator2.server.test')).toBeDefined();
    const view = await house.until(({ battery }) => battery !== null);
    expect(view).toMatchObject({
      serial: house.serial,
      state: 'ready',
      adbState: 'device',
      reason: null,
      virtual: true,
      model: house.simPhone.host.props['ro.product.model'],
      apps: [{ package: 'com.zhiliaoapp.musically', version: house.simPhone.appVersion }],
    });
    expect(view.storageFreeMb).toBeGreaterThan(0);
    expect(view.lastProofAt).toBeGreaterThan(systemClock.now() - 5_000);
    await house.fleet.stop();
    expect(await findDevice(house.temp.store.read, house.serial)).toMatchObject({
      state: 'ready',
      adbState: 'device',
      hostId: 'host-1',
      virtual: true,
    });
  });

  test_('an older automation server is replaced, ours is kept', async () => {
    await using house = await PhoneHouse.open(kind, { agentVersion: '9.9.0' });
    await house.ready();
    expect(house.simPhone.packages.find('io.appium.uiautomator2.server')?.versionName).toBe('10.6.6');
  });

  test_('a crash of the automation server is noticed at once and mended by one restart', async () => {
    await using house = await PhoneHouse.open(kind);
    const phone = await house.ready();
    const before = await rungCounts();
    const loss = timed(lossOf(phone.signal));
    house.simPhone.faults.add({ kind: 'agent-crash' });
    const { ms, value } = await loss;
    expect(value).toMatchObject({ code: 'phone.agent-down', message: expect.stringContaining('Process crashed') });
    expect(ms).toBeLessThan(1_000);
    expect(house.fleet.isReady(house.serial)).toBe(false);
    const again = await house.ready();
    expect(again).not.toBe(phone);
    await readHierarchy(testCtx(), again);
    const after = await rungCounts();
    expect((after.restart ?? 0) - (before.restart ?? 0)).toBe(1);
    expect(after.reinstall ?? 0).toBe(before.reinstall ?? 0);
  });

  test_('a call under way ends when the phone is lost, and nothing more is sent through it', async () => {
    await using house = await PhoneHouse.open(kind);
    const phone = await house.ready();
    house.simPhone.faults.add({ kind: 'slow' });
    const reading = readHierarchy(testCtx(), phone);
    house.simPhone.faults.add({ kind: 'unplug' });
    await expect(reading).rejects.toMatchObject({ code: 'device.lost' });
    await expect(readHierarchy(testCtx(), phone)).rejects.toMatchObject({ code: 'device.lost' });
  });

  test_('a lost session is opened anew without a restart', async () => {
    await using house = await PhoneHouse.open(kind);
    const phone = await house.ready();
    const before = await rungCounts();
    // another client takes the one session there is
    const other = await phone.device.open(testCtx(), 'tcp:6790');
    const body = JSON.stringify({ capabilities: { firstMatch: [{}], alwaysMatch: {} } });
    other.write(`POST /session HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await new Promise((resolve) => other.once('data', resolve));
    other.destroy();
    await expect(readHierarchy(testCtx(), phone)).rejects.toMatchObject({ code: 'phone.agent-down' });
    const again = await house.ready();
    await readHierarchy(testCtx(), again);
    const after = await rungCounts();
    expect((after.session ?? 0) - (before.session ?? 0)).toBe(1);
    expect(after.restart ?? 0).toBe(before.restart ?? 0);
  });

  test_('a lost hold on the screen takes a restart', async () => {
    await using house = await PhoneHouse.open(kind);
    const phone = await house.ready();
    house.simPhone.faults.add({ kind: 'ui-automation-lost' });
    await expect(readHierarchy(testCtx(), phone)).rejects.toMatchObject({ code: 'phone.agent-down' });
    await readHierarchy(testCtx(), await house.ready());
  });

  test_('an unplugged phone is lost at once and comes back by itself', async () => {
    await using house = await PhoneHouse.open(kind);
    const phone = await house.ready();
    const seen = timed(house.until(({ state }) => state === 'absent' || state === 'offline'));
    const loss = lossOf(phone.signal);
    house.simPhone.faults.add({ kind: 'unplug' });
    expect((await seen).ms).toBeLessThan(1_000);
    expect(await loss).toMatchObject({ code: 'device.lost', details: { serial: house.serial } });
    await house.until(({ state }) => state === 'absent');
    house.simPhone.faults.clear();
    const { ms } = await timed(house.ready());
    expect(ms).toBeLessThan(5_000);
  });

  test_('a phone that accepts connections and says nothing comes back by itself', async () => {
    await using house = await PhoneHouse.open(kind);
    await house.ready();
    house.simPhone.faults.add({ kind: 'silent-connect' });
    house.simPhone.faults.add({ kind: 'unplug' });
    await house.until(({ state }) => state !== 'ready');
    house.simPhone.faults.clear();
    house.simPhone.faults.add({ kind: 'silent-connect' });
    await house.until(({ adbState }) => adbState === 'offline');
    house.simPhone.faults.clear();
    const { ms } = await timed(house.ready());
    expect(ms).toBeLessThan(5_000);
  });

  test_('a phone whose prompt nobody answered says so, and becomes ready once it is allowed', async () => {
    await using house = await PhoneHouse.open(kind);
    await house.ready();
    house.simPhone.faults.add({ kind: 'unauthorized' });
    house.simPhone.faults.add({ kind: 'unplug', forMs: 100 });
    const view = await house.until(({ state }) => state === 'unauthorized');
    expect(view.reason).toContain('accept the debugging prompt');
    house.simPhone.faults.clear();
    await house.ready();
  });

  test_('a phone that adb calls offline is noticed by itself and comes back', async () => {
    await using house = await PhoneHouse.open(kind);
    const phone = await house.ready();
    const loss = timed(lossOf(phone.signal));
    house.simPhone.faults.add({ kind: 'offline' });
    const { ms } = await loss;
    expect(ms).toBeLessThan(11_000);
    house.simPhone.faults.clear();
    await house.ready(25_000);
  });

  // by its nature it takes as long as the limits it shows; one adb server is enough
  test.skipIf(kind.name !== 'the stand-in adb server')(
    'an idle phone whose automation server does not answer in time is not shown as ready',
    async () => {
      await using house = await PhoneHouse.open(kind);
      const phone = await house.ready();
      await house.until(({ battery }) => battery !== null);
      const loss = timed(lossOf(phone.signal));
      house.simPhone.faults.add({ kind: 'slow' });
      const { ms, value } = await loss;
      expect(value).toMatchObject({ code: 'phone.agent-down' });
      expect(ms).toBeLessThan(11_000);
      house.simPhone.faults.clear();
      await house.ready();
    },
  );

  test_('when the adb server goes away all its phones are lost, and they are back when it is', async () => {
    await using house = await PhoneHouse.open(kind);
    const phone = await house.ready();
    const seen = timed(house.until(({ state }) => state === 'absent'));
    await house.adb.restart();
    expect((await seen).ms).toBeLessThan(3_000);
    expect(phone.signal.reason).toMatchObject({ code: expect.stringMatching(/device.lost|phone.agent-down/) });
    await readHierarchy(testCtx(), await house.ready());
  });

  test('what an earlier run left as ready is shown as absent until it is seen', async () => {
    if (kind.isHere) {
      await using house = await PhoneHouse.open(kind, { leftBehind: 'R58M000XYZ' });
      expect(house.fleet.device('R58M000XYZ')).toMatchObject({ state: 'absent', adbState: null });
      await house.ready();
      await house.fleet.stop();
      const row = await findDevice(house.temp.store.read, 'R58M000XYZ');
      expect(row).toMatchObject({ state: 'absent', model: 'Some phone' });
    }
  });

  test_('a disabled phone is left alone until it is enabled', async () => {
    await using house = await PhoneHouse.open(kind);
    const phone = await house.ready();
    house.fleet.disable(house.serial);
    expect(house.view?.state).toBe('disabled');
    expect(phone.signal.reason).toMatchObject({ code: 'device.lost' });
    house.fleet.enable(house.serial);
    await house.ready();
  });
});
