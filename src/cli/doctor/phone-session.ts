import type { AdbDevice } from '../../adb/device.ts';
import { apps } from '../../apps/index.ts';
import type { Ctx } from '../../base/context.ts';
import { hasCode } from '../../base/error.ts';
import { waitFor } from '../../base/wait.ts';
import type { Automation } from '../../phone/automation.ts';
import { key } from '../../phone/gesture.ts';
import type { Hierarchy, Node } from '../../phone/hierarchy.ts';
import { serverPackage } from '../../phone/instrumentation.ts';
import { startApp, versionNameOf } from '../../phone/packages.ts';
import type { Phone } from '../../phone/phone.ts';
import { takePicture } from '../../phone/picture.ts';
import { readHierarchy } from '../../phone/screen.ts';
import { typeText } from '../../phone/text.ts';
import type { App } from '../../script/define.ts';
import { type Recognised, recognise } from '../../script/recognise.ts';
import { oneLine, spokenBytes, spokenMs, trouble } from './check.ts';
import type { InstalledApp } from './phone-adb.ts';
import { type Sight, sight } from './steps.ts';

export async function tryStart(ctx: Ctx, device: AdbDevice, automation: Automation): Promise<Sight> {
  const versionNow = async () =>
    versionNameOf((await device.shell(ctx, ['dumpsys', 'package', serverPackage])).stdout, serverPackage);
  const before = await versionNow();
  await mended(
    'Allow installing over USB on the phone (Xiaomi and others: developer options, "Install via USB"), see that it has 100 MB free, and look again.',
    () => automation.ensureInstalled(ctx),
  );
  const after = await versionNow();
  const startedAt = ctx.clock.monotonic();
  await mended(
    'Restart the phone; on phones of Xiaomi, Oppo, OnePlus and Vivo also switch on "Disable permission monitoring" in the developer options.',
    () => automation.start(ctx),
  );
  const how =
    before === after
      ? `UiAutomator2 ${after} was installed`
      : `UiAutomator2 ${after} was installed now (before: ${before ?? 'none'})`;
  return sight(`${how}; it answers ${spokenMs(ctx.clock.monotonic() - startedAt)} after its start`);
}

export async function trySession(ctx: Ctx, automation: Automation): Promise<Sight> {
  const startedAt = ctx.clock.monotonic();
  await mended(
    'Restart the phone: Android has lost its UiAutomation, or another program on the phone holds it (switch off other accessibility and remote control apps).',
    () => automation.openSession(ctx),
  );
  const took = spokenMs(ctx.clock.monotonic() - startedAt);
  const settings = await automation.agent.call(ctx, 'GET', '/appium/settings');
  const idle: unknown =
    typeof settings === 'object' && settings !== null ? Reflect.get(settings, 'waitForIdleTimeout') : undefined;
  if (idle !== 0) {
    throw trouble(
      `the session keeps waitForIdleTimeout at ${String(idle)}`,
      'Please send this report: drover has to learn this version.',
    );
  }
  return sight(`opened and proven by a read in ${took}; settings are kept`);
}

export async function tryHierarchy(ctx: Ctx, phone: Phone): Promise<Sight> {
  const startedAt = ctx.clock.monotonic();
  const { nodes, packages, width, height } = await readHierarchy(ctx, phone);
  const took = spokenMs(ctx.clock.monotonic() - startedAt);
  if (nodes.length === 0) throw trouble('it is empty', 'Unlock the phone and look again.');
  return sight(`${nodes.length} nodes of ${[...packages].join(', ')} on ${width}×${height} px in ${took}`);
}

export async function tryPicture(ctx: Ctx, phone: Phone): Promise<Sight> {
  const startedAt = ctx.clock.monotonic();
  const image = Buffer.from(await takePicture(ctx, phone));
  const took = spokenMs(ctx.clock.monotonic() - startedAt);
  // PNG: signature, length, "IHDR", then width and height
  const isPng = image[0] === 0x89;
  const size = isPng && image.length > 24 ? `, ${image.readUInt32BE(16)}×${image.readUInt32BE(20)} px` : '';
  return sight(`${isPng ? 'PNG' : 'JPEG'}${size}, ${spokenBytes(image.length)} in ${took}; it was not kept`);
}

const searchAction = 'android.settings.APP_SEARCH_SETTINGS';
/** A family of four code points and joiners, Hebrew, Arabic: what breaks first where text is not handled well. */
const words = 'drover 👩‍👩‍👧 שלום مرحبا é';

/**
 * Into the search field of the phone's own settings, which looks at the phone alone. Typed nowhere else: whatever app is
 * in front instead is left untouched.
 */
export async function tryText(ctx: Ctx, phone: Phone): Promise<Sight> {
  const noField =
    'Nothing is to be done if captions arrive; please send this report, so that drover learns a harmless field of this model.';
  const { stdout, stderr, exitCode } = await phone.device.shell(ctx, ['am', 'start', '-a', searchAction]);
  if (exitCode !== 0 || /^Error/m.test(`${stdout}\n${stderr}`)) {
    return sight('not tried: the settings of this phone have no search that can be opened', noField);
  }
  const field = await waitFor(
    ctx,
    'the search field of the settings',
    async () => fieldOf(await readHierarchy(ctx, phone)),
    {
      timeoutMs: 10_000,
      delayMs: 100,
    },
  ).catch((thrown: unknown) => {
    if (hasCode(thrown, 'phone.timeout') && !ctx.signal.aborted) return undefined;
    throw thrown;
  });
  if (!field) return sight('not tried: the search of the settings did not show a field', noField);
  await mended(
    'Choose another keyboard on the phone (Gboard, say) and look again; captions with emoji or right-to-left words would not arrive as they are.',
    () => typeText(ctx, phone, words, { field }),
  );
  const now = fieldOf(await readHierarchy(ctx, phone));
  if (now) await typeText(ctx, phone, '', { field: now });
  return sight(
    'emoji and right-to-left words were typed into the search of the settings, read back the same, and cleared',
  );
}

/** The one text field of the settings in front, whatever the maker calls it. */
function fieldOf({ nodes }: Hierarchy): Node | undefined {
  const fields = nodes.filter(
    (node) =>
      /settings/i.test(node.package) && /(EditText|AutoCompleteTextView)$/.test(node.className) && node.displayed,
  );
  return fields.find((node) => node.id.endsWith('/search_src_text')) ?? (fields.length === 1 ? fields[0] : undefined);
}

/** A slow phone shows a first screen after some seconds. */
const appearMs = 12_000;

/** Opens the app as its icon would, touches nothing in it, and asks whether the screen is one that the scripts know. */
export async function tryAppScreens(ctx: Ctx, phone: Phone, { package: name, version }: InstalledApp): Promise<Sight> {
  const app = apps.find(({ packageName }) => packageName === name);
  if (!app) return sight(`${name} ${version}: no script of drover works in it yet`);
  await startApp(ctx, phone, name);
  const startedAt = ctx.clock.monotonic();
  let last: Recognised | undefined;
  try {
    await waitFor(
      ctx,
      `a known screen of ${app.label}`,
      async () => {
        const before = last?.top;
        last = recognise(await readHierarchy(ctx, phone), app);
        // twice the same: what an app shows while it starts goes by
        return isKnown(last, app) && last.top === before ? last : undefined;
      },
      { timeoutMs: appearMs, delayMs: 1_000 },
    );
  } catch (thrown) {
    if (!hasCode(thrown, 'phone.timeout') || !last || ctx.signal.aborted) throw thrown;
  } finally {
    await key(ctx, phone, 'home').catch(() => {}); // the next step says what the matter is
  }
  const title = `${app.label} ${version}`;
  const took = spokenMs(ctx.clock.monotonic() - startedAt);
  if (last?.top && isKnown(last, app)) {
    const language = last.language === undefined ? '' : `, language ${last.language}`;
    return sight(
      `${title}: shows ${last.top.screenName}, known by ${percent(last.confidence)} of its signs${language}, after ${took}`,
    );
  }
  const [best] = last?.candidates ?? [];
  const nearest = best ? `; nearest is ${best.screen.screenName} with ${percent(best.share)}` : '';
  const shown = last?.app === name || last?.app === undefined ? 'a screen that is not known' : `${last.app} in front`;
  return sight(
    `${title}: ${shown} after ${took}, ${last?.hierarchy.nodes.length ?? 0} nodes${nearest}`,
    `Open ${app.label} on the phone, answer what it asks until its home screen is shown, and look again; if that is shown already, please send this report.`,
  );
}

const isKnown = ({ top, app }: Recognised, { packageName }: App): boolean =>
  top !== undefined && !top.rules.loading && app === packageName;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What `work` throws, with a fix that knows what was tried. */
async function mended<T>(fix: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw trouble(thrown instanceof Error ? oneLine(thrown.message) : String(thrown), fix);
  }
}
