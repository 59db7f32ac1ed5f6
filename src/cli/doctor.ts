import { systemClock } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import { silentLog } from '../base/log.ts';
import { seededRandom } from '../base/random.ts';
import { loadConfig } from '../config.ts';
import { type Check, isSound } from './doctor/check.ts';
import { examineHouse, type HouseToCheck } from './doctor/house.ts';
import { examinePhone } from './doctor/phone.ts';
import { checkLines, verdict } from './doctor/words.ts';

export interface DoctorFlags {
  json?: boolean;
  phone?: string;
  port?: number;
  data?: string;
  adb?: string[];
  adbPath?: string;
  config?: string;
}

/** Something that does not let go (a file system that hangs) must not keep the command from ending. */
const farewellMs = 2_000;

/**
 * `drover doctor`: looks, and says what it found and how to mend it; exit code 1 when something fails. The one thing it
 * changes: a local adb server that does not run is started, as every adb command does, or no phone could be seen.
 */
export async function doctor(flags: DoctorFlags): Promise<void> {
  const { json = false, phone, ...rest } = flags;
  const life = new AbortController();
  const now = systemClock.now();
  const ctx: Ctx = { signal: life.signal, clock: systemClock, random: seededRandom(now), log: silentLog };
  const house = readHouse(rest);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const tell = json ? () => {} : (check: Check) => say(checkLines(check));
  const at = new Date(now).toISOString();

  if (!json && phone === undefined) say('What a drover server needs on this machine:\n');
  if (!json && phone !== undefined) say(`Report on phone ${phone}, made by drover doctor at ${at}:\n`);
  const checks =
    phone === undefined
      ? await examineHouse(ctx, house, tell)
      : await examinePhone(ctx, { house, serial: phone }, tell);
  const isOk = isSound(checks);
  if (json) say(JSON.stringify({ ok: isOk, ...(phone === undefined ? {} : { phone, at }), checks }));
  else say(`\n${verdict(checks)}${phone === undefined ? '' : `\n${contents}`}`);
  process.exitCode = isOk ? 0 : 1;
  life.abort();
  systemClock.after(farewellMs, () => process.exit(), { idle: true });
}

const contents =
  'You can send this report: it holds the serial, make, versions and times of this phone,\nand no account names, no texts or pictures of its screen.';

/** When the configuration cannot be read, what can be read of it is used: the flags, else the defaults. */
function readHouse(flags: Readonly<Record<string, unknown>>): HouseToCheck {
  try {
    return { ...loadConfig(flags), problem: undefined };
  } catch (thrown) {
    const problem = messageOf(thrown);
    try {
      return { ...loadConfig({ ...flags, config: undefined }, {}), problem };
    } catch (again) {
      messageOf(again);
      return { ...loadConfig({}, {}), problem };
    }
  }
}

function messageOf(thrown: unknown): string {
  if (thrown instanceof DroverError) return thrown.message;
  throw thrown;
}
