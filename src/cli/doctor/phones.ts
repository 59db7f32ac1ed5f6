import { AdbDevice } from '../../adb/device.ts';
import type { AdbEntry } from '../../adb/device-list.ts';
import { type AdbServer, isTcpSerial } from '../../adb/server.ts';
import type { Ctx } from '../../base/context.ts';
import type { Device } from '../../contract/device.ts';
import { type Check, fail, ok, oneLine, spokenMs, trouble, warn } from './check.ts';
import type { RunningDrover } from './running.ts';

/** Every phone that the adb servers list, or that the running server knows. */
export async function checkPhones(
  ctx: Ctx,
  servers: readonly AdbServer[],
  running: RunningDrover | undefined,
): Promise<Check[]> {
  const known = new Map((running?.devices ?? []).map((device) => [device.serial, device]));
  const seen = new Set<string>();
  const checks: Check[] = [];
  for (const server of servers) {
    for (const entry of await server.devices(ctx)) {
      seen.add(entry.serial);
      checks.push(await checkPhone(ctx, server, entry, known.get(entry.serial)));
    }
  }
  for (const device of known.values()) if (!seen.has(device.serial)) checks.push(checkKnown(device));
  if (checks.length > 0) return checks;
  if (servers.length === 0) {
    return [warn('phones', 'not looked for: no adb server answers', 'See what is said about the adb server.')];
  }
  const fix =
    'Switch on "USB debugging" in the developer options of a phone and plug it in, or try virtual phones: drover serve --sim 2.';
  return [warn('phones', 'there are none', fix)];
}

async function checkPhone(ctx: Ctx, server: AdbServer, entry: AdbEntry, known: Device | undefined): Promise<Check> {
  const { serial, state } = entry;
  const model = entry.model?.replace(/_+/g, ' ');
  const name = `${serial}${model === undefined ? '' : ` (${model})`}`;
  if (state !== 'device') {
    const { why, fix } = whyNotReady(entry);
    return fail('phone', `${name}: ${state}, ${why}`, fix);
  }
  const trip = await tryRoundTrip(ctx, server, serial);
  if (typeof trip === 'string') {
    return fail('phone', `${name}: adb says "device", but it does not answer (${trip})`, howToWake(serial));
  }
  const found = `${name}: device, answers in ${spokenMs(trip)}`;
  return known ? withServer(known, found) : ok('phone', found);
}

/** A phone that only the running server has: its own virtual phones, or one of another adb server. */
function checkKnown(device: Device): Check {
  const { serial, model, adb_state: adbState, virtual } = device;
  const name = `${serial}${model === null ? '' : ` (${model}${virtual ? ', virtual' : ''})`}`;
  if (adbState !== null) return withServer(device, `${name}: ${adbState}`);
  const found = `${name}: known from before, adb does not list it now`;
  if (isTcpSerial(serial)) return warn('phone', found, `Switch it on and run: adb connect ${serial}.`);
  return warn('phone', found, 'Plug it in again; a phone that is gone for good does no harm in the list.');
}

function withServer({ serial, state, reason, adb_state: adbState }: Device, found: string): Check {
  const why = reason === null ? '' : ` (${oneLine(reason)})`;
  const all = `${found}; the running server calls it ${state}${why}`;
  switch (state) {
    case 'ready':
      return ok('phone', all);
    case 'disabled':
    case 'preparing':
      return warn('phone', all, 'Look again in a moment; a disabled phone has to be enabled by you.');
    case 'ailing':
      return fail('phone', all, `Stop the server and run: drover doctor --phone ${serial}.`);
    default:
      return fail('phone', all, whyNotReady({ serial, state: adbState ?? state }).fix);
  }
}

/** Milliseconds, or why there was no answer. */
async function tryRoundTrip(ctx: Ctx, server: AdbServer, serial: string): Promise<number | string> {
  const device = new AdbDevice(server, serial);
  try {
    const startedAt = ctx.clock.monotonic();
    const { stdout } = await device.shell(ctx, ['echo', 'drover'], { timeoutMs: 3_000 });
    return stdout.trim() === 'drover' ? ctx.clock.monotonic() - startedAt : `it said "${oneLine(stdout).slice(0, 80)}"`;
  } catch (thrown) {
    ctx.signal.throwIfAborted();
    return thrown instanceof Error ? oneLine(thrown.message) : String(thrown);
  } finally {
    await device.close();
  }
}

/** Any USB interface of class ff, subclass 42, protocol 1 is adb (AOSP packages/modules/adb, adb.h), whoever made the phone. */
const udevRule = 'SUBSYSTEM=="usb", ENV{ID_USB_INTERFACES}=="*:ff4201:*", MODE="0660", GROUP="plugdev", TAG+="uaccess"';

const howToWake = (serial: string): string =>
  isTcpSerial(serial)
    ? `Check that it is on and in this network, then run: adb disconnect ${serial} && adb connect ${serial}.`
    : 'Unplug it and plug it in again, if need be with another cable or port; when that does not help, restart the phone.';

/** What a state that adb prints means for a person, and what to do about it. */
export function whyNotReady({ serial, state }: Pick<AdbEntry, 'serial' | 'state'>): { why: string; fix: string } {
  switch (state) {
    case 'unauthorized':
      return {
        why: 'it has not allowed this computer to debug it',
        fix: 'Unlock the phone and accept "Allow USB debugging?" on its screen, with "Always allow from this computer"; if it asks nothing, use "Revoke USB debugging authorisations" in its developer options and plug it in again.',
      };
    case 'authorizing':
    case 'connecting':
      return { why: 'it is being connected', fix: 'Wait a few seconds and look again.' };
    case 'offline':
      return { why: 'adb has a connection, but the phone does not answer', fix: howToWake(serial) };
    case 'no permissions':
      return {
        why: 'this user may not use its USB device',
        fix: `Write this line to /etc/udev/rules.d/51-android.rules, run "sudo udevadm control --reload", see that your user is in the group plugdev, and plug the phone in again: ${udevRule}`,
      };
    case 'recovery':
    case 'sideload':
    case 'rescue':
    case 'bootloader':
      return {
        why: 'Android does not run on it',
        fix: `Start Android, on the phone or with: adb -s ${serial} reboot.`,
      };
    case 'absent':
      return { why: 'adb does not list it', fix: howToWake(serial) };
    default:
      return { why: 'a state in which nothing can be done with it', fix: howToWake(serial) };
  }
}

/** Finds a phone at the first server that lists it ready; a TCP phone that none lists is connected. */
export async function findPhone(
  ctx: Ctx,
  servers: readonly AdbServer[],
  serial: string,
): Promise<{ server: AdbServer; found: string }> {
  let listed: AdbEntry | undefined;
  const others: string[] = [];
  for (const server of servers) {
    const entries = await server.devices(ctx);
    const entry = entries.find((one) => one.serial === serial);
    if (entry?.state === 'device') return { server, found: `listed as "device" by ${server.name}` };
    listed ??= entry;
    others.push(...entries.filter((one) => one.serial !== serial).map((one) => one.serial));
  }
  if (listed) {
    const { why, fix } = whyNotReady(listed);
    throw trouble(`${listed.state}: ${why}`, fix);
  }
  const [first] = servers;
  if (first && isTcpSerial(serial)) {
    const { ok: isThere, message } = await first.connect(ctx, serial);
    const entry = (await first.devices(ctx)).find((one) => one.serial === serial);
    if (isThere && entry?.state === 'device') return { server: first, found: `connected now by ${first.name}` };
    throw trouble(`adb cannot connect to it: ${oneLine(message)}`, howToWake(serial));
  }
  const there = others.length === 0 ? 'It lists no phone' : `It lists ${others.slice(0, 5).join(', ')}`;
  throw trouble(
    `no adb server lists a phone ${serial}`,
    `${there}: correct the serial (adb devices), or plug the phone in with USB debugging switched on.`,
  );
}
