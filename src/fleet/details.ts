import type { AdbDevice } from '../adb/device.ts';
import type { Ctx } from '../base/context.ts';
import { versionNameOf } from '../phone/packages.ts';

/** What a phone is: read once after it was connected. */
export interface Identity {
  model: string;
  /** Release, e.g. `14`. */
  android: string;
  sdk: number;
  /** It says itself that it is one of ours. */
  isSimulated: boolean;
}

/** What changes slowly; read when it becomes ready and now and then. */
export interface Condition {
  battery: { level: number | null; temperatureC: number | null; charging: boolean | null } | null;
  storageFreeMb: number | null;
  apps: readonly { package: string; version: string | null }[];
}

export const unknownCondition: Condition = { battery: null, storageFreeMb: null, apps: [] };

export async function readIdentity(ctx: Ctx, device: AdbDevice): Promise<Identity> {
  const read = async (name: string) => (await device.shell(ctx, ['getprop', name])).stdout.trim();
  const model = await read('ro.product.model');
  const android = await read('ro.build.version.release');
  const sdk = Number(await read('ro.build.version.sdk'));
  const isSimulated = (await read('ro.drover.simulated')) === '1';
  return { model, android, sdk, isSimulated };
}

export async function readCondition(ctx: Ctx, device: AdbDevice, apps: readonly string[]): Promise<Condition> {
  const battery = parseBattery((await device.shell(ctx, ['dumpsys', 'battery'])).stdout);
  const storageFreeMb = parseFreeMb((await device.shell(ctx, ['df', '-k', '/data'])).stdout);
  const found: { package: string; version: string | null }[] = [];
  for (const name of apps) {
    const version = versionNameOf((await device.shell(ctx, ['dumpsys', 'package', name])).stdout, name);
    if (version !== undefined) found.push({ package: name, version });
  }
  return { battery, storageFreeMb, apps: found };
}

/** Of `dumpsys battery`: level in percent, temperature in tenths of a degree, four ways to be powered. */
export function parseBattery(dump: string): Condition['battery'] {
  const number = (name: string) => {
    const text = new RegExp(`^\\s*${name}: (-?\\d+)\\s*$`, 'm').exec(dump)?.[1];
    return text === undefined ? null : Number(text);
  };
  const level = number('level');
  const temperature = number('temperature');
  const powered = [...dump.matchAll(/^\s*(?:AC|USB|Wireless|Dock) powered: (true|false)\s*$/gm)].map(([, is]) => is);
  if (level === null && temperature === null && powered.length === 0) return null;
  return {
    level,
    temperatureC: temperature === null ? null : temperature / 10,
    charging: powered.length === 0 ? null : powered.includes('true'),
  };
}

/** Of `df -k`: the fourth column of the last line. A long device name may stand on a line of its own. */
export function parseFreeMb(dump: string): number | null {
  const line = dump.trim().split('\n').at(-1) ?? '';
  const kilobytes = /\s(\d+)\s+\d+%\s+\S+$/.exec(line)?.[1];
  return kilobytes === undefined ? null : Math.floor(Number(kilobytes) / 1024);
}
