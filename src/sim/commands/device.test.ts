import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { silentLog } from '../../base/log.ts';
import { type SimPhone, startSimPhone } from '../phone.ts';
import { World } from '../world.ts';

let phone: SimPhone;

beforeAll(async () => {
  phone = await startSimPhone({
    port: 0,
    seed: 'device',
    app: 'tiktok',
    appVersion: '46.4.3',
    language: 'en-US',
    world: new World({ clock: systemClock }),
    clock: systemClock,
    log: silentLog,
  });
});
afterAll(() => phone.stop());

async function shell(line: string): Promise<string> {
  let output = '';
  for await (const part of phone.openService(`shell:${line}`) ?? []) output += String(part);
  return output;
}

test('the windows stand from top to bottom with their frames; the focus stands with the display', async () => {
  const windows = await shell('dumpsys window windows');
  expect(windows).toMatch(
    /Window #0 Window\{\w+ u0 NavigationBar0\}:[\s\S]*ty=NAVIGATION_BAR[\s\S]*frame=\[0,2274\]\[1080,2400\]/,
  );
  expect(windows).toMatch(/Window #1 Window\{\w+ u0 StatusBar\}:[\s\S]*ty=STATUS_BAR[\s\S]*frame=\[0,0\]\[1080,63\]/);
  expect(windows).not.toContain('mCurrentFocus');
  const launcher = 'com.google.android.apps.nexuslauncher/com.google.android.apps.nexuslauncher.NexusLauncherActivity';
  for (const section of ['', ' displays']) {
    expect(await shell(`dumpsys window${section}`)).toContain(`mCurrentFocus=Window{8d1f2c3 u0 ${launcher}}`);
  }
});

test.each([
  ['cmd uimode night', 'Night mode: no\n'],
  ['cmd uimode night yes', 'Night mode: yes\n'],
  ['cmd uimode car', 'Car mode: no\n'],
  ['cmd location is-location-enabled', 'true\n'],
  ['cmd location set-location-enabled false; settings get secure location_mode', '0\n'],
  ['cmd -w wifi set-wifi-enabled disabled; settings get global wifi_on; cmd wifi status', '0\nWifi is disabled\n'],
  ['cmd connectivity airplane-mode enable; cmd connectivity airplane-mode', 'enabled\n'],
  ['cmd phone data disable; settings get global mobile_data', '0\n'],
  ['cmd bluetooth_manager enable', 'BluetoothShellCommand: Exec enable\nenable: Success\n'],
  ['appops set com.absent CAMERA allow', 'Error: No UID for com.absent in user 0\n'],
  [
    'dumpsys deviceidle whitelist +com.absent ; dumpsys deviceidle whitelist +com.zhiliaoapp.musically',
    'Unknown package: com.absent\nAdded: com.zhiliaoapp.musically\n',
  ],
  [
    'dumpsys SurfaceFlinger --display-id',
    'Display 4630946213010294403 (HWC display 0): port=131 pnpId=QCM displayName=""\n',
  ],
  ['screencap -p -d 7', "Failed to take take screenshot. Display Id '7' is not valid.\n"],
  ['ps -o NAME', 'NAME\nps\n'],
  ['ps --help | grep -c -e ^-A', '1\n'],
  ['cat /proc/net/unix | head -1', 'Num       RefCount Protocol Flags    Type St Inode Path\n'],
])('%s', async (line, output) => {
  expect(await shell(line)).toBe(output);
  expect(phone.host.unknown).toEqual([]);
});

test('the shade opens and closes from the shell', async () => {
  await shell('cmd statusbar expand-notifications');
  expect(phone.ui.foreground().package).toBe('com.android.systemui');
  await shell('cmd statusbar collapse');
  expect(phone.ui.foreground().package).not.toBe('com.android.systemui');
});

test('memory and processor are told by process', async () => {
  const name = 'com.google.android.apps.nexuslauncher';
  expect(await shell(`dumpsys meminfo ${name}`)).toMatch(/^ +TOTAL( +\d+){8}$/m);
  expect(await shell('dumpsys meminfo com.absent')).toBe('No process found for: com.absent\n');
  expect(await shell('dumpsys cpuinfo')).toMatch(
    new RegExp(`^  [\\d.]+% \\d+/${name}: [\\d.]+% user \\+ [\\d.]+% kernel$`, 'm'),
  );
});

test('permissions that are asked for stand apart from those that came with the installation', async () => {
  phone.packages.put({
    name: 'com.example.app',
    versionName: '1',
    versionCode: 1,
    isSystem: false,
    permissions: new Map([
      ['android.permission.INTERNET', false],
      ['android.permission.CAMERA', false],
      ['android.permission.WRITE_SECURE_SETTINGS', false],
    ]),
  });
  const [, atInstall = '', atRuntime = ''] =
    /install permissions:\n([\s\S]*)User 0:[\s\S]*runtime permissions:\n([\s\S]*)$/.exec(
      await shell('dumpsys package com.example.app'),
    ) ?? [];
  expect(atInstall).toContain('android.permission.INTERNET: granted=true');
  expect(atInstall).not.toContain('WRITE_SECURE_SETTINGS');
  expect(atRuntime).toContain('android.permission.CAMERA: granted=false');
  expect(atRuntime).not.toContain('INTERNET');
});
