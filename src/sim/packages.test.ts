import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { readManifest } from './manifest.ts';
import { SimPackages } from './packages.ts';

const apk = (name: string): Buffer =>
  readFileSync(new URL(`../../node_modules/appium-uiautomator2-server/apks/${name}`, import.meta.url));
const testApk = apk('appium-uiautomator2-server-debug-androidTest.apk');
const serverApk = apk('appium-uiautomator2-server-v10.6.6.apk');
const plain = { replace: true, grantAll: false, downgrade: false };

test('a real apk is what its manifest says', () => {
  const packages = new SimPackages({ clock: new ManualClock() });
  const server = packages.install(serverApk, { ...plain, grantAll: true });
  expect(server).toMatchObject({ name: 'io.appium.uiautomator2.server', versionName: '10.6.6', isSystem: false });
  expect(server.versionCode).toBeGreaterThan(200);
  expect(server.permissions.get('android.permission.INTERNET')).toBe(true);
  expect(packages.install(testApk, plain).instrumentation).toEqual({
    component: 'io.appium.uiautomator2.server.test/androidx.test.runner.AndroidJUnitRunner',
    target: 'io.appium.uiautomator2.server',
  });
});

test('installs fail with Android’s own words', () => {
  const packages = new SimPackages({ clock: new ManualClock() });
  expect(() => packages.install(Buffer.from('no zip'), plain)).toThrow('INSTALL_PARSE_FAILED_NOT_APK');
  packages.put({ name: 'io.appium.uiautomator2.server', versionName: '99', versionCode: 9_999, isSystem: false });
  expect(() => packages.install(serverApk, { ...plain, replace: false })).toThrow('INSTALL_FAILED_ALREADY_EXISTS');
  expect(() => packages.install(serverApk, plain)).toThrow('INSTALL_FAILED_VERSION_DOWNGRADE');
  expect(packages.install(serverApk, { ...plain, downgrade: true }).versionName).toBe('10.6.6');
  const full = new SimPackages({ clock: new ManualClock(), faults: { isOn: (kind) => kind === 'disk-full' } });
  expect(() => full.install(serverApk, plain)).toThrow('INSTALL_FAILED_INSUFFICIENT_STORAGE');
  const old = new SimPackages({ clock: new ManualClock(), sdk: 24 });
  expect(() => old.install(serverApk, plain)).toThrow('INSTALL_FAILED_OLDER_SDK');
});

test('a replaced app keeps the day it came and what it was granted', async () => {
  const clock = new ManualClock();
  const packages = new SimPackages({ clock });
  const first = packages.install(serverApk, { ...plain, grantAll: true });
  await clock.advance(60_000);
  const second = packages.install(serverApk, plain);
  expect(second.firstInstall).toBe(first.firstInstall);
  expect(second.lastUpdate).toBe(first.lastUpdate + 60_000);
  expect(second.permissions.get('android.permission.INTERNET')).toBe(true);
});

test('system apps cannot be uninstalled', () => {
  const packages = new SimPackages({ clock: new ManualClock() });
  packages.put({ name: 'com.android.phone', versionName: '14', versionCode: 34, isSystem: true });
  expect(packages.uninstall('com.android.phone')).toBe(false);
  expect(packages.uninstall('com.absent')).toBe(false);
});

test('a damaged apk is no apk, whatever byte was hit', () => {
  fc.assert(
    fc.property(fc.nat(testApk.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = Buffer.from(testApk);
      damaged[at] = (damaged[at] ?? 0) ^ change;
      const manifest = readManifest(damaged);
      if (manifest) expect(typeof manifest.packageName).toBe('string');
      readManifest(testApk.subarray(0, at));
    }),
    { numRuns: 60 },
  );
});
