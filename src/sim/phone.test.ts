import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { startSimFleet } from './fleet.ts';
import type { UiNode } from './parts.ts';
import { type SimPhone, type SimPhoneOptions, startSimPhone } from './phone.ts';
import { World } from './world.ts';

const start = (options: Partial<SimPhoneOptions> = {}): Promise<SimPhone> =>
  startSimPhone({
    port: 0,
    seed: 'seven',
    app: 'tiktok',
    appVersion: '46.4.3',
    language: 'en-US',
    world: new World({ clock: systemClock }),
    clock: systemClock,
    log: silentLog,
    ...options,
  });

/** Whether something on that port takes a connection. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function shell(phone: SimPhone, line: string): Promise<string> {
  const stream = phone.openService(`shell:${line}`);
  let output = '';
  for await (const part of stream ?? []) output += String(part);
  return output;
}

test('a phone listens under its serial until it is stopped', async () => {
  const phone = await start();
  expect(phone.serial).toBe(`127.0.0.1:${phone.port}`);
  expect(await answers(phone.port)).toBe(true);
  await phone.stop();
  expect(await answers(phone.port)).toBe(false);
});

test('an unplugged phone is gone and comes back under the same serial', async () => {
  await using phone = await start();
  phone.faults.add({ kind: 'unplug' });
  expect(phone.state).toBe('absent');
  await expect.poll(() => answers(phone.port)).toBe(false);
  phone.faults.clear();
  await expect.poll(() => answers(phone.port)).toBe(true);
  expect(phone.state).toBe('device');
});

test('the same seed makes the same phone, another seed another', async () => {
  await using first = await start();
  await using same = await start();
  await using other = await start({ seed: 'eight' });
  expect(same.host.props).toEqual(first.host.props);
  expect(other.host.props['ro.serialno']).not.toBe(first.host.props['ro.serialno']);
  expect(await shell(first, 'getprop ro.build.version.sdk')).toMatch(/^34\r?\n$/);
});

test('the app is installed, with an account of its own, and asks for what it needs', async () => {
  await using phone = await start();
  const installed = phone.packages.find('com.zhiliaoapp.musically');
  expect(installed?.versionName).toBe('46.4.3');
  expect(installed?.permissions.get('android.permission.CAMERA')).toBe(false);
  expect(
    await shell(phone, 'am start -n com.zhiliaoapp.musically/com.ss.android.ugc.aweme.splash.SplashActivity'),
  ).toContain('Starting: Intent');
  expect(phone.ui.foreground().package).toBe('com.zhiliaoapp.musically');
});

test('both apps are there, each answers its own links, and a shared film can go to either', async () => {
  await using phone = await start({ hasPermissions: true });
  const front = async (command: string) => {
    await shell(phone, command);
    return phone.ui.foreground().package;
  };
  const view = 'am start -a android.intent.action.VIEW -d';
  expect(await front(`${view} https://www.instagram.com/harbor.kiln/`)).toBe('com.instagram.android');
  expect(await front(`${view} https://www.tiktok.com/@harbor.kiln`)).toBe('com.zhiliaoapp.musically');
  expect(await front('am start -a android.intent.action.SEND -t video/mp4')).toBe('android');
  const names = phone.ui.windows().flatMap(({ root }) => textsOf(root));
  expect(names).toEqual(expect.arrayContaining(['TikTok', 'Instagram']));
});

test('clearing the app signs it out and takes its permissions back', async () => {
  await using phone = await start({ hasPermissions: true });
  const camera = () => phone.packages.find('com.zhiliaoapp.musically')?.permissions.get('android.permission.CAMERA');
  expect(camera()).toBe(true);
  expect(await shell(phone, 'pm clear com.zhiliaoapp.musically')).toContain('Success');
  expect(camera()).toBe(false);
  // that app alone: the phone's other accounts stay
  expect(phone.faults.active()).toEqual([]);
});

test('an automation server that is there already runs at once; without it there is nothing to run', async () => {
  await using bare = await start();
  expect(bare.packages.find('io.appium.uiautomator2.server')).toBeUndefined();
  await using ready = await start({ agentVersion: '10.6.6' });
  expect(await shell(ready, 'pm list instrumentation')).toContain('io.appium.uiautomator2.server.test');
});

test('when one phone of a fleet cannot start, none stays behind', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const address = blocker.address();
  const taken = address && typeof address === 'object' ? address.port : 0;
  const fleet = startSimFleet({ phones: 2, portBase: taken - 1, clock: systemClock, log: silentLog });
  await expect(fleet).rejects.toThrow(/EADDRINUSE/);
  expect(await answers(taken - 1)).toBe(false);
  await new Promise((resolve) => blocker.close(resolve));
});

const textsOf = (node: UiNode): string[] => [node.text ?? '', ...(node.children ?? []).flatMap(textsOf)];
