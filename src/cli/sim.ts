import { systemClock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import { createLog } from '../base/log.ts';
import { StandInAdbServer } from '../sim/adb-server.ts';
import { startSimFleet } from '../sim/fleet.ts';
import type { AppName } from '../sim/world.ts';
import { waitForStopSignal } from './stop-signal.ts';

export interface SimFlags {
  phones: number;
  portBase?: number;
  control?: number;
  adbServer?: number;
  seed: string;
  app?: readonly string[];
  lang?: string;
}

/** `drover sim`: virtual phones alone, for any adb server; prints one JSON line a phone and runs until a signal ends it. */
export async function sim(flags: SimFlags): Promise<void> {
  const log = createLog('warn');
  const stopAsked = waitForStopSignal();
  const { app, appVersion, otherVersion } = parseApps(flags.app ?? []);
  const fleet = await startSimFleet({
    phones: flags.phones,
    ...(flags.portBase !== undefined && { portBase: flags.portBase }),
    ...(flags.control !== undefined && { controlPort: flags.control }),
    ...(app !== undefined && { app }),
    ...(appVersion !== undefined && { appVersion }),
    ...(otherVersion !== undefined && { otherVersion }),
    ...(flags.lang !== undefined && { language: flags.lang }),
    seed: flags.seed,
    clock: systemClock,
    log,
  }).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new DroverError('input.invalid', { message: `the virtual phones could not start: ${message}`, cause });
  });
  for (const phone of fleet.phones) {
    print({
      serial: phone.host.serial,
      port: phone.port,
      model: phone.host.props['ro.product.model'],
      app: phone.app,
      app_version: phone.appVersion,
      language: phone.language,
    });
  }
  if (fleet.controlPort !== undefined) print({ control: `http://127.0.0.1:${fleet.controlPort}/phones` });
  const standIn =
    flags.adbServer === undefined ? undefined : new StandInAdbServer({ port: flags.adbServer, clock: systemClock });
  if (standIn) {
    const port = await standIn.start();
    for (const phone of fleet.phones) await standIn.connect(phone.host.serial);
    print({ adb_server: `127.0.0.1:${port}` });
  }
  await stopAsked;
  await standIn?.stop();
  await fleet.stop();
}

const print = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

interface Apps {
  app?: AppName;
  appVersion?: string | undefined;
  otherVersion?: string | undefined;
}

/** The first one named is the phone's `app`; every phone has both. */
function parseApps(texts: readonly string[]): Apps {
  const named = texts.map(parseApp);
  const [first, ...others] = named;
  if (!first) return {};
  const [app, appVersion] = first;
  const twice = others.find(([name], index) => name === app || index > 0);
  if (twice) {
    throw new DroverError('input.invalid', {
      message: `--app: ${twice[0]} is named twice; name each app at most once`,
    });
  }
  return { app, appVersion, otherVersion: others[0]?.[1] };
}

function parseApp(text: string): [AppName, string | undefined] {
  const [, name, version] = /^(tiktok|instagram)(?:@([\w.]+))?$/.exec(text) ?? [];
  if (name !== 'tiktok' && name !== 'instagram') {
    throw new DroverError('input.invalid', {
      message: `--app: "${text}" is not APP@VERSION with tiktok or instagram, for example instagram@410.0.0`,
    });
  }
  return [name, version];
}
