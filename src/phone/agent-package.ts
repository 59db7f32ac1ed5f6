import { SERVER_APK_PATH, TEST_APK_PATH, version } from 'appium-uiautomator2-server';
import type { AdbDevice } from '../adb/device.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import { instrumentationComponent, serverPackage, testPackage } from './instrumentation.ts';
import { versionNameOf } from './packages.ts';

/** What is installed on phones as the automation server: two apks that fit each other. */
export interface AgentPackage {
  version: string;
  serverApk: string;
  testApk: string;
}

/** The one that came with us (npm package appium-uiautomator2-server, Apache-2.0). */
export const bundledAgent: AgentPackage = { version, serverApk: SERVER_APK_PATH, testApk: TEST_APK_PATH };

/** Installs both apks when one is missing or the server is older than ours; a newer one stays. True when it installed. */
export async function ensureAgentPackage(ctx: Ctx, device: AdbDevice, wanted: AgentPackage): Promise<boolean> {
  const dump = await device.shell(ctx, ['dumpsys', 'package', serverPackage]);
  const installed = versionNameOf(dump.stdout, serverPackage);
  if (installed !== undefined && !isOlder(installed, wanted.version)) {
    const list = await device.shell(ctx, ['pm', 'list', 'instrumentation']);
    if (list.stdout.includes(instrumentationComponent)) return false;
  }
  ctx.log.info({ installed: installed ?? null, wanted: wanted.version }, 'installing the automation server');
  await installBoth(ctx, device, wanted);
  return true;
}

/** Takes both off the phone and puts them on again. */
export async function reinstallAgentPackage(ctx: Ctx, device: AdbDevice, wanted: AgentPackage): Promise<void> {
  await uninstallBoth(ctx, device);
  await installBoth(ctx, device, wanted);
}

async function installBoth(ctx: Ctx, device: AdbDevice, wanted: AgentPackage): Promise<void> {
  try {
    await device.install(ctx, wanted.serverApk);
    await device.install(ctx, wanted.testApk);
  } catch (error) {
    const answer = error instanceof DroverError ? String(error.details.answer ?? '') : '';
    // Somebody else's build is there, signed with another key: Android replaces it only after it was removed.
    if (!/INSTALL_FAILED_(UPDATE_INCOMPATIBLE|VERSION_DOWNGRADE|SHARED_USER_INCOMPATIBLE)/.test(answer)) throw error;
    await uninstallBoth(ctx, device);
    await device.install(ctx, wanted.serverApk);
    await device.install(ctx, wanted.testApk);
  }
}

async function uninstallBoth(ctx: Ctx, device: AdbDevice): Promise<void> {
  for (const name of [testPackage, serverPackage]) {
    await device.shell(ctx, ['pm', 'uninstall', name], { timeoutMs: 60_000 });
  }
}

/** Compares dotted numbers; anything else in a version counts as 0. */
export function isOlder(installed: string, wanted: string): boolean {
  const [a, b] = [installed, wanted].map((text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (let index = 0; index < Math.max(a?.length ?? 0, b?.length ?? 0); index++) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
