import type { AdbDevice } from '../adb/device.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import { inHand, type Phone } from './phone.ts';

/** Brings an app to the front as its icon would. Throws `app.missing` when it is not installed. */
export async function startApp(ctx: Ctx, phone: Phone, packageName: string): Promise<void> {
  await inHand(ctx, phone, async (bound) => {
    const launcher = 'android.intent.category.LAUNCHER';
    const main = 'android.intent.action.MAIN';
    const resolve = ['cmd', 'package', 'resolve-activity', '--brief', '-a', main, '-c', launcher, packageName];
    const { stdout } = await phone.device.shell(bound, resolve);
    const component = stdout.trim().split('\n').at(-1)?.trim() ?? '';
    if (!component.startsWith(`${packageName}/`)) throw missing(packageName, phone);
    // NEW_TASK | RESET_TASK_IF_NEEDED, as launchers do
    await start(bound, phone, packageName, ['-a', main, '-c', launcher, '-f', '0x10200000', '-n', component]);
  });
}

/** Ends the app's processes. Unsaved state is lost; its data stays. */
export async function stopApp(ctx: Ctx, phone: Phone, packageName: string): Promise<void> {
  await inHand(ctx, phone, (bound) => phone.device.shell(bound, ['am', 'force-stop', packageName]));
}

/** Opens a link in that app, never in a browser. */
export async function openUrl(ctx: Ctx, phone: Phone, url: string, packageName: string): Promise<void> {
  await inHand(ctx, phone, (bound) =>
    start(bound, phone, packageName, ['-a', 'android.intent.action.VIEW', '-d', url, packageName]),
  );
}

export interface SharedFile {
  /** `content://media/…` of an indexed file. */
  uri: string;
  mime: string;
  package: string;
}

/** Hands a file to that app as another app's "Share" would; the app may read it (FLAG_GRANT_READ_URI_PERMISSION). */
export async function shareFile(ctx: Ctx, phone: Phone, { uri, mime, package: to }: SharedFile): Promise<void> {
  const stream = ['--eu', 'android.intent.extra.STREAM', uri, '--grant-read-uri-permission'];
  await inHand(ctx, phone, (bound) =>
    start(bound, phone, to, ['-a', 'android.intent.action.SEND', '-t', mime, ...stream, to]),
  );
}

/** Name of the installed version, e.g. `46.4.3`; undefined when the app is not installed. */
export async function packageVersion(ctx: Ctx, phone: Phone, packageName: string): Promise<string | undefined> {
  return await inHand(ctx, phone, async (bound) => {
    const { stdout } = await phone.device.shell(bound, ['dumpsys', 'package', packageName]);
    return versionNameOf(stdout, packageName);
  });
}

/** Of what `dumpsys package NAME` prints, which may name other packages before and behind. */
export function versionNameOf(dump: string, packageName: string): string | undefined {
  const start = dump.indexOf(`Package [${packageName}]`);
  if (start < 0) return undefined;
  return /^\s*versionName=(.*)$/m.exec(dump.slice(start))?.[1]?.trim();
}

/** Package of the window that has the focus; undefined on a dark or locked screen. */
export async function foregroundPackage(ctx: Ctx, phone: Phone): Promise<string | undefined> {
  return await inHand(ctx, phone, async (bound) => {
    const { stdout } = await phone.device.shell(bound, ['dumpsys', 'window']);
    return /mCurrentFocus=Window\{\S+ \S+ ([\w.]+)[/}]/.exec(stdout)?.[1];
  });
}

/** A slow line takes as long as it takes; this ends what has stopped for good. */
const installLimitMs = 60 * 60_000;

/**
 * Installs an app as it comes in, in place of an older version of it; what it may do it has to ask for, as from a store.
 * Throws `phone.app-refused`, its message beginning with Android's own reason (`INSTALL_FAILED_…`).
 */
export async function installApp(
  ctx: Ctx,
  device: AdbDevice,
  apk: { bytes: number; content: AsyncIterable<Uint8Array> },
): Promise<void> {
  const answer = await device.installFrom(ctx, apk, { timeoutMs: installLimitMs });
  if (/^Success/m.test(answer)) return;
  const reason = /^Failure \[(.*)\]\s*$/ms.exec(answer)?.[1] ?? answer;
  throw new DroverError('phone.app-refused', { message: reason, details: { serial: device.serial } });
}

/** Grants a runtime permission; throws `device.not-ready` with Android's reason when it refuses. */
export async function grant(ctx: Ctx, phone: Phone, packageName: string, permission: string): Promise<void> {
  await inHand(ctx, phone, async (bound) => {
    const result = await phone.device.shell(bound, ['pm', 'grant', packageName, permission]);
    if (result.exitCode === 0) return;
    const answer = (result.stderr || result.stdout).trim();
    throw new DroverError('device.not-ready', {
      message: `${permission} could not be granted to ${packageName}: ${answer.split('\n').at(-1) ?? ''}`,
      details: { package: packageName, permission },
    });
  });
}

/** `am start` ends with 0 even when it started nothing, so its words are read. */
async function start(ctx: Ctx, phone: Phone, packageName: string, intent: readonly string[]): Promise<void> {
  const { stdout, stderr, exitCode } = await phone.device.shell(ctx, ['am', 'start', ...intent], { timeoutMs: 15_000 });
  const said = `${stdout}\n${stderr}`;
  if (exitCode === 0 && !/^(Error|Exception|java\.|Security exception)/m.test(said)) return;
  if ((await packageVersion(ctx, phone, packageName)) === undefined) throw missing(packageName, phone);
  throw new DroverError('app.unexpected-screen', {
    message: `${packageName} did not open: ${/^(Error.*|.*[Ee]xception.*)$/m.exec(said)?.[1] ?? said.trim()}`,
    details: { package: packageName, exitCode },
  });
}

const missing = (packageName: string, phone: Phone): DroverError =>
  new DroverError('app.missing', {
    message: `${packageName} is not installed on ${phone.serial}`,
    details: { package: packageName, serial: phone.serial },
  });
