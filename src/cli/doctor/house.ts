import { isLocal } from '../../adb/server.ts';
import type { Ctx } from '../../base/context.ts';
import type { LoadedConfig } from '../../config.ts';
import { adbServersOf, checkAdbProgram, type FoundServer, findAdbProgram, findServer } from './adb.ts';
import { type Check, limited } from './check.ts';
import { checkDatabase, checkDataFolder } from './data.ts';
import { checkAutomationPackage, checkClock, checkConfiguration, checkMediaTools, checkNode } from './machine.ts';
import { checkPhones } from './phones.ts';
import { checkPort } from './port.ts';
import { findDrover, type RunningDrover } from './running.ts';
import type { DatabaseTrial } from './trial.ts';

export interface HouseToCheck extends LoadedConfig {
  /** Why the configuration could not be read, if it could not. */
  problem: string | undefined;
}

type Tell = (check: Check) => void;

/** Everything the server needs, in the order in which it needs it. Each check is told as soon as its turn has come. */
export async function examineHouse(ctx: Ctx, house: HouseToCheck, tell: Tell): Promise<Check[]> {
  const { config, problem } = house;
  const all: Check[] = [];
  const told = async (checks: Promise<readonly Check[]>) => {
    for (const check of await checks) {
      all.push(check);
      tell(check);
    }
  };
  // What takes long runs while the rest is told.
  const media = limited(ctx, 'media tools', 20_000, checkMediaTools);
  const running = await findDrover(ctx, config.port);
  const adb = examineAdb(ctx, house, running);

  await told(limited(ctx, 'node', 1_000, async () => checkNode()));
  await told(limited(ctx, 'configuration', 1_000, async () => checkConfiguration(house, problem)));
  await told(limited(ctx, 'port', 5_000, () => checkPort(config, running)));
  await told(limited(ctx, 'data folder', 5_000, () => checkDataFolder(config.data)));
  let database: DatabaseTrial | undefined;
  await told(
    limited(ctx, 'database', 20_000, async (bound) => {
      const { check, trial } = await checkDatabase(bound, config.data, running);
      database = trial;
      return check;
    }),
  );
  await told(limited(ctx, 'clock', 1_000, async () => checkClock(ctx.clock.now(), database)));
  await told(media);
  await told(limited(ctx, 'automation server', 5_000, checkAutomationPackage));
  await told(adb);
  return all;
}

/** Program, servers and phones depend on each other's findings. */
async function examineAdb(
  ctx: Ctx,
  { config }: HouseToCheck,
  running: RunningDrover | undefined,
): Promise<readonly Check[]> {
  const program = await findAdbProgram(ctx, config.adbPath);
  // With virtual phones and no server named, Drover brings its own.
  const servers = config.sim > 0 && config.adb.length === 0 ? [] : adbServersOf(config);
  const found: FoundServer[] = [];
  const serverChecks = await Promise.all(
    servers.map((server) =>
      limited(ctx, 'adb server', 15_000, async (bound) => {
        const one = await findServer(bound, server, { program, running });
        found.push(one);
        return one.check;
      }),
    ),
  );
  const isNeeded = found.some(
    ({ server, isUp, check }) => !isUp && isLocal(server.address.host) && check.status === 'fail',
  );
  const up = found.filter(({ isUp }) => isUp).map(({ server }) => server);
  return [
    checkAdbProgram(program, { config, isNeeded }),
    ...serverChecks.flat(),
    ...(await limited(ctx, 'phones', 30_000, (bound) => checkPhones(bound, up, running))),
  ];
}
