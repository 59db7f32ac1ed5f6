import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../config.ts';
import { checkClock, checkConfiguration, checkNode } from './machine.ts';
import { whyNotReady } from './phones.ts';
import type { DatabaseTrial } from './trial.ts';

const database = (about: Partial<DatabaseTrial>): DatabaseTrial => ({
  isInUse: false,
  bytes: 1,
  integrity: 'ok',
  newer: [],
  newestAt: null,
  timeZone: null,
  ...about,
});
const now = Date.UTC(2026, 10, 22, 12);

test.each([
  ['24.21.0', 'ok'],
  ['26.0.0', 'ok'],
  ['22.18.0', 'fail'],
])('Node %s is %s', (version, status) => {
  expect(checkNode(version, '/usr/bin/node')).toMatchObject({ status, found: expect.stringContaining(version) });
});

describe('the clock', () => {
  test.each([
    ['no database', now, undefined, 'ok'],
    ['an older entry', now, database({ newestAt: now - 60_000 }), 'ok'],
    ['another host that is a minute ahead', now, database({ newestAt: now + 60_000 }), 'ok'],
    ['an entry of the next hour', now, database({ newestAt: now + 3_600_000 }), 'fail'],
    ['a machine without a battery', Date.UTC(1970, 0, 1, 0, 3), undefined, 'fail'],
    ['a zone that is none', now, database({ timeZone: 'Mars/Base' }), 'warn'],
  ])('%s', (_, at, trial, status) => {
    expect(checkClock(at, trial)).toMatchObject({ status });
  });

  test('is shown in the zone of the settings', () => {
    expect(checkClock(now, database({ timeZone: 'Asia/Tokyo' })).found).toBe(
      '22 Nov 2026, 21:00 in Asia/Tokyo (setting time_zone)',
    );
  });
});

test('the configuration names what is not default, and where it comes from', () => {
  expect(checkConfiguration(loadConfig({}, {}), undefined).found).toBe('all defaults');
  const mixed = loadConfig({ port: 50_810 }, { DROVER_DATA: '/srv/drover' });
  expect(checkConfiguration(mixed, undefined).found).toBe('port 50810 (flag), data "/srv/drover" (environment)');
  expect(checkConfiguration(loadConfig({}, {}), '--port: 99999 must be <= 65535')).toMatchObject({ status: 'fail' });
});

test.each([
  ['unauthorized', 'R5CT', /accept "Allow USB debugging\?"/],
  ['offline', 'R5CT', /Unplug it and plug it in again/],
  ['offline', '192.168.1.7:5555', /adb disconnect 192\.168\.1\.7:5555 && adb connect 192\.168\.1\.7:5555/],
  ['no permissions', 'R5CT', /51-android\.rules.*plugdev.*SUBSYSTEM=="usb"/],
  ['recovery', 'R5CT', /adb -s R5CT reboot/],
  ['authorizing', 'R5CT', /Wait/],
  ['something new', 'R5CT', /plug/],
])('a phone that is %s', (state, serial, fix) => {
  expect(whyNotReady({ serial, state }).fix).toMatch(fix);
});
