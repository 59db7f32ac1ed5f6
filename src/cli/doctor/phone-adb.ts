import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { AdbDevice } from '../../adb/device.ts';
import type { Ctx } from '../../base/context.ts';
import { platformPackages } from '../../contract/script-names.ts';
import { readCondition } from '../../fleet/details.ts';
import { type PushedMedia, pushMedia, removeMedia } from '../../phone/gallery.ts';
import { versionNameOf } from '../../phone/packages.ts';
import type { Phone } from '../../phone/phone.ts';
import { wakeUp } from '../../phone/power.ts';
import { createSampleVideo } from '../../sim/sample-video.ts';
import { oneLine, spokenBytes, spokenMs, trouble } from './check.ts';
import { type Sight, sight } from './steps.ts';

const trips = 5;
/** Above this a task's many small questions add up to minutes. */
const slowTripMs = 500;

export async function tryRoundTrips(ctx: Ctx, device: AdbDevice): Promise<Sight> {
  // The first one also opens the connection.
  const times: number[] = [];
  for (let trip = 0; trip < trips; trip++) {
    const word = `drover-${trip}`;
    const startedAt = ctx.clock.monotonic();
    const { stdout } = await device.shell(ctx, ['echo', word], { timeoutMs: 5_000 });
    times.push(ctx.clock.monotonic() - startedAt);
    if (stdout.trim() !== word) {
      throw trouble(`"echo ${word}" said "${oneLine(stdout).slice(0, 80)}"`, 'Restart the phone, then look again.');
    }
  }
  const [first = 0, ...others] = times;
  others.sort((a, b) => a - b);
  const median = others[Math.floor(others.length / 2)] ?? first;
  const found = `${trips} of ${trips} answered: first ${spokenMs(first)}, then ${others.map(spokenMs).join(', ')}`;
  return median > slowTripMs
    ? sight(found, 'Use a better cable or port, a USB hub with its own power supply, or a better Wi-Fi.')
    : sight(found);
}

/** The automation server runs from Android 8 on. */
const leastSdk = 26;

export async function tryAndroid(ctx: Ctx, device: AdbDevice): Promise<Sight<{ model: string; android: string }>> {
  const read = async (name: string) => (await device.shell(ctx, ['getprop', name])).stdout.trim();
  const model = await read('ro.product.model');
  const android = await read('ro.build.version.release');
  const sdk = Number(await read('ro.build.version.sdk'));
  const patch = await read('ro.build.version.security_patch');
  const build = await read('ro.build.display.id');
  const maker = await read('ro.product.manufacturer');
  const isSimulated = (await read('ro.drover.simulated')) === '1';
  const { battery, storageFreeMb } = await readCondition(ctx, device, []);
  const found = [
    `${maker} ${model}${isSimulated ? ' (virtual)' : ''}, Android ${android} (SDK ${sdk}, patch ${patch}, build ${build})`,
    battery?.level == null ? 'battery unknown' : `battery ${battery.level} %`,
    storageFreeMb === null ? 'storage unknown' : `${spokenBytes(storageFreeMb * 1024 * 1024)} free`,
  ].join(', ');
  if (sdk < leastSdk) throw trouble(found, 'Use a phone with Android 8 or newer.');
  const value = { model, android };
  if (battery?.level != null && battery.level < 15) return { found, value, fix: 'Charge the phone before it works.' };
  if (storageFreeMb !== null && storageFreeMb < 500) return { found, value, fix: 'Make room on the phone for videos.' };
  return { found, value };
}

/** Everything that must arrive as it was given. */
const oddWords = `it's "$HOME" \\ * 👩‍👩‍👧 שלום; exit 3`;

export async function tryShell(ctx: Ctx, device: AdbDevice): Promise<Sight> {
  const mend =
    'Nothing can be mended here: this Android has an adbd that drover does not know; please send this report.';
  const { exitCode } = await device.shell(ctx, ['exit', '7']);
  if (exitCode !== 7) throw trouble(`"exit 7" came back as ${exitCode}`, mend);
  const { stdout } = await device.shell(ctx, ['echo', oddWords]);
  if (stdout.trim() !== oddWords) throw trouble('quotes, signs or emoji did not come back as they were sent', mend);
  const failing = await device.shell(ctx, ['ls', '/no-such-folder-of-drover']);
  if (failing.exitCode === 0 || failing.stderr === '') {
    throw trouble(
      `a failing command ended with ${failing.exitCode} and ${failing.stderr.length} characters of error`,
      mend,
    );
  }
  return sight('exit codes, errors and any text come through');
}

export interface InstalledApp {
  platform: string;
  package: string;
  version: string;
}

export async function tryApps(ctx: Ctx, device: AdbDevice): Promise<Sight<InstalledApp[]>> {
  const value: InstalledApp[] = [];
  const words: string[] = [];
  for (const [platform, name] of Object.entries(platformPackages)) {
    const { stdout } = await device.shell(ctx, ['dumpsys', 'package', name]);
    const version = versionNameOf(stdout, name);
    words.push(`${platform} ${version ?? 'not installed'}`);
    if (version !== undefined) value.push({ platform, package: name, version });
  }
  const found = words.join(', ');
  const fix = 'Install TikTok or Instagram on the phone and log in.';
  return { found, value, ...(value.length === 0 ? { fix } : {}) };
}

/** Switched on and unlocked; switches it on. */
export async function tryScreen(ctx: Ctx, phone: Phone): Promise<Sight> {
  const isAwake = async () => /mWakefulness=Awake/.test((await phone.device.shell(ctx, ['dumpsys', 'power'])).stdout);
  const wasAwake = await isAwake();
  await wakeUp(ctx, phone);
  if (!(await isAwake())) throw trouble('it does not switch on', 'Switch the screen on by hand and look again.');
  const { stdout } = await phone.device.shell(ctx, ['dumpsys', 'window']);
  // KeyguardServiceDelegate prints "showing", older Androids mShowingLockscreen
  if (/^\s*(KeyguardServiceDelegate\s+)?showing=true/m.test(stdout) || /mShowingLockscreen=true/.test(stdout)) {
    throw trouble(
      'the lock screen is shown',
      'Unlock the phone, and set its screen lock to "None" so that it stays so.',
    );
  }
  const fix = 'Switch on "Stay awake" in the developer options, so that it stays on while it is charged.';
  return wasAwake ? sight('on and unlocked') : sight('it was off and was switched on; unlocked', fix);
}

/** A film of our own goes in, is seen by the media store with its size, and is removed again. */
export async function tryGallery(ctx: Ctx, phone: Phone): Promise<Sight> {
  const film = createSampleVideo({ seconds: 4, seed: ctx.random.int(0, 0x7fff_ffff) });
  const folder = await mkdtemp(join(tmpdir(), 'drover-doctor-'));
  try {
    const path = join(folder, 'film.mp4');
    await writeFile(path, film);
    const sha256 = createHash('sha256').update(film).digest('hex');
    const startedAt = ctx.clock.monotonic();
    const pushed = await pushMedia(ctx, phone, { path, sha256, mime: 'video/mp4', kind: 'video' });
    const tookMs = ctx.clock.monotonic() - startedAt;
    await removeMedia(ctx, phone, pushed);
    await assertGone(ctx, phone, pushed);
    return sight(
      `a video of ${spokenBytes(film.length)} was pushed, seen by the media store with its size after ${spokenMs(tookMs)}, and removed`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function assertGone(ctx: Ctx, phone: Phone, { uri, remotePath }: PushedMedia): Promise<void> {
  const { stdout } = await phone.device.shell(ctx, ['content', 'query', '--uri', uri, '--projection', '_id']);
  const { exitCode } = await phone.device.shell(ctx, ['ls', remotePath]);
  if (!/_id=\d/.test(stdout) && exitCode !== 0) return;
  throw trouble(
    `the video ${basename(remotePath)} was seen, but could not be removed`,
    'Delete it in the gallery of the phone (album Drover).',
  );
}
