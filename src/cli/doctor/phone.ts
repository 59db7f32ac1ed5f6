import { AdbDevice } from '../../adb/device.ts';
import type { Ctx } from '../../base/context.ts';
import { bundledAgent } from '../../phone/agent-package.ts';
import { Automation } from '../../phone/automation.ts';
import { key } from '../../phone/gesture.ts';
import { serverPackage, testPackage } from '../../phone/instrumentation.ts';
import { Phone } from '../../phone/phone.ts';
import { adbServersOf, findAdbProgram, findServer } from './adb.ts';
import { type Check, trouble, warn } from './check.ts';
import type { HouseToCheck } from './house.ts';
import { tryAndroid, tryApps, tryGallery, tryRoundTrips, tryScreen, tryShell } from './phone-adb.ts';
import { tryAppScreens, tryHierarchy, tryPicture, trySession, tryStart, tryText } from './phone-session.ts';
import { findPhone } from './phones.ts';
import { findDrover, type RunningDrover } from './running.ts';
import { type Sight, Steps, sight } from './steps.ts';

export interface PhoneToCheck {
  house: HouseToCheck;
  serial: string;
}

/**
 * Proves one phone, from round trip to text read back, with nothing that anybody else could see: a film of our own goes
 * into the gallery and out again, the words go into the search of the settings, apps are opened and looked at only. A
 * phone that somebody works with keeps its session, and nothing on it is touched.
 */
export async function examinePhone(
  ctx: Ctx,
  { house, serial }: PhoneToCheck,
  tell: (check: Check) => void,
): Promise<Check[]> {
  const steps = new Steps(ctx, tell);
  const running = await findDrover(ctx, house.config.port);
  const found = await steps.take('adb', 25_000, (bound) => findDevice(bound, house, { serial, running }));
  if (!found) return steps.checks;
  const device = found.value;
  const automation = new Automation(device, bundledAgent, { onEnd() {}, onDown() {} }, ctx);
  try {
    await examine(ctx, steps, { device, automation, running });
  } finally {
    automation.close();
    await device.close();
  }
  return steps.checks;
}

async function findDevice(
  ctx: Ctx,
  { config }: HouseToCheck,
  { serial, running }: { serial: string; running: RunningDrover | undefined },
): Promise<Sight<AdbDevice>> {
  const program = await findAdbProgram(ctx, config.adbPath);
  const looks = await Promise.all(adbServersOf(config).map((server) => findServer(ctx, server, { program, running })));
  const up = looks.filter(({ isUp }) => isUp).map(({ server }) => server);
  if (up.length === 0) {
    const check = looks[0]?.check;
    const isTheirs = running?.devices.some((device) => device.serial === serial);
    throw trouble(
      check?.found ?? 'no adb server is named',
      isTheirs
        ? `The server on port ${running?.port} has this phone at an adb server of its own: name that one with --adb, or look at its state with: curl http://localhost:${running?.port}/api/v1/devices.`
        : (check?.fix ?? 'Name an adb server with --adb.'),
    );
  }
  const { server, found } = await findPhone(ctx, up, serial);
  return { found, value: new AdbDevice(server, serial) };
}

interface Parts {
  device: AdbDevice;
  automation: Automation;
  running: RunningDrover | undefined;
}

async function examine(ctx: Ctx, steps: Steps, { device, automation, running }: Parts): Promise<void> {
  if (!(await steps.take('round trip', 20_000, (bound) => tryRoundTrips(bound, device)))) return;
  const android = await steps.take('android', 20_000, (bound) => tryAndroid(bound, device));
  if (!android) return;
  await steps.take('shell', 20_000, (bound) => tryShell(bound, device));
  const apps = await steps.take('apps', 20_000, (bound) => tryApps(bound, device));
  if (!(await steps.take('in use', 10_000, (bound) => findUser(bound, device, running)))?.value.isFree) return;

  const phone = new Phone({ device, agent: automation.agent, clock: ctx.clock, ...android.value });
  await steps.take('screen', 15_000, (bound) => tryScreen(bound, phone));
  await steps.take('gallery', 90_000, (bound) => tryGallery(bound, phone));
  const isUp =
    (await steps.take('automation', 240_000, (bound) => tryStart(bound, device, automation))) &&
    (await steps.take('session', 30_000, (bound) => trySession(bound, automation)));
  if (!isUp) {
    const found = 'hierarchy, picture, text and app screen were not tried: they need a session';
    steps.add(warn('the rest', found, 'Mend what failed, then run the command once more.'));
    return;
  }
  await steps.take('hierarchy', 20_000, (bound) => tryHierarchy(bound, phone));
  await steps.take('picture', 20_000, (bound) => tryPicture(bound, phone));
  try {
    await steps.take('text', 40_000, (bound) => tryText(bound, phone));
    for (const app of apps?.value ?? []) {
      await steps.take(`${app.platform} screen`, 40_000, (bound) => tryAppScreens(bound, phone, app));
    }
  } finally {
    await key(ctx, phone, 'home').catch(() => {}); // the last steps have told what the matter is
  }
}

/**
 * Android gives its automation to one program at a time, and taking it away would break off what that one does; a file
 * that appears in the gallery could even be published by it.
 */
async function findUser(
  ctx: Ctx,
  device: AdbDevice,
  running: RunningDrover | undefined,
): Promise<Sight<{ isFree: boolean }>> {
  const known = running?.devices.find(({ serial }) => serial === device.serial);
  if (running && known && ['ready', 'preparing'].includes(known.state)) {
    return {
      found: `the server on port ${running.port} works with this phone (${known.state}, last answer ${known.last_proof_at ?? 'never'}); session, gallery and text were not tried`,
      fix: 'Stop that server and run the command once more to prove the rest.',
      value: { isFree: false },
    };
  }
  const { stdout } = await device.shell(ctx, ['pidof', serverPackage, testPackage], { timeoutMs: 5_000 });
  if (stdout.trim() !== '') {
    return {
      found:
        'another program has its automation server running (a drover server on another port, Appium); session, gallery and text were not tried',
      fix: `Stop that program, or name its port with --port; if none is left, run: adb -s ${device.serial} shell am force-stop ${serverPackage}.`,
      value: { isFree: false },
    };
  }
  return { ...sight('by nobody else'), value: { isFree: true } };
}
