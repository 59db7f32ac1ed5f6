/**
 * Random wishes under random troubles: at a random moment another screen comes up, the server goes away, the app is killed,
 * the phone is unplugged, a tap is lost or late. Whatever happens, each deed of the phone stands in the journal, none is
 * done twice, and a person is asked only where something struck between intent and proof.
 */
import { sleep } from '../../src/base/clock.ts';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { errorCodes } from '../../src/contract/error-codes.ts';
import { type Platform, platformPackages, type ScriptName } from '../../src/contract/script-names.ts';
import type { AppHouse } from './app-house.ts';
import { deedsOf, groundlessDoubts, isAskedFor, kindOf, makeWish, rowsOf, type Wish } from './deeds.ts';
import { anotherScreen, atMoments, type Moment } from './strikes.ts';

/** These would put something else under a finger that is on its way, which no script can see: only a look may meet them. */
const ofScreens = ['another-screen', 'another-app', 'home', 'shade'] as const;
const ofMoments = [
  'unknown-dialog',
  'permission-dialog',
  'server-stops',
  'server-stops-and-app-dies',
  'app-dies',
  'unplug',
  'agent-crash',
  'lost-tap',
] as const;
/** These wait for a public tap. */
const ofTaps = ['lost-public-tap', 'late-public-tap', 'rate-limited'] as const;
const allTroubles = [...ofScreens, ...ofMoments, ...ofTaps];
export type Trouble = (typeof allTroubles)[number];
/** What shows something else than the script expects, and does nothing more. */
export const screenTroubles: readonly Trouble[] = [...ofScreens, 'unknown-dialog'];

export interface Run {
  n: number;
  platform: Platform;
  script: ScriptName;
  trouble: Trouble;
  moment: Moment;
  /** Whether it came to that. */
  hasStruck: boolean;
  ends: readonly string[];
  deeds: readonly string[];
  broken: readonly string[];
}

const publicLabels: Readonly<Record<Platform, readonly string[]>> = {
  tiktok: ['Post', 'Follow', 'Following', 'Unfollow', 'Post comment'],
  instagram: ['Share', 'Your story', 'Follow', 'Following', 'Unfollow', 'Post'],
};
const mostAttempts = 4;
/** A late tap has come and an upload is through by then. */
const aftermathMs = 10_000;

export interface RunsOptions {
  runs: number;
  seed: string;
  /** Default: all there are. */
  troubles?: readonly Trouble[];
  /** Told each run when it ends. */
  onRun?: (run: Run) => void;
}

export async function randomRuns(
  house: AppHouse,
  { runs, seed, troubles = allTroubles, onRun = () => {} }: RunsOptions,
): Promise<Run[]> {
  const all: Run[] = [];
  for (let n = 0; n < runs; n++) {
    // a seed for each, so that a choice more or less in one changes no other
    const random = seededRandom(`${seed}:${house.platform}:${n}`);
    const run = await runOnce(house, random, n, random.pick(troubles));
    onRun(run);
    all.push(run);
  }
  return all;
}

async function runOnce(house: AppHouse, random: Random, n: number, trouble: Trouble): Promise<Run> {
  const { faults, ui } = house.simPhone;
  const packageName = platformPackages[house.platform];
  const wish = makeWish(house, random, n);
  const moment: Moment = {
    ...(random.chance(50) ? { calls: random.int(1, 40) } : { calls: random.int(1, 12), after: 'intent' }),
    ...(isOneOf(ofScreens, trouble) && { only: 'looks' }),
  };
  const before = deedsOf(house);
  house.nextTask();
  if (random.chance(30)) ui.forceStop(packageName);
  const strike = strikeOf(house, trouble, random);
  let struckAt: number | undefined;
  if (isOneOf(ofTaps, trouble)) strike();
  else {
    const noted = () => {
      struckAt = house.clock.now();
      strike();
    };
    atMoments(house, [{ ...moment, strike: noted }]);
  }
  const ends: string[] = [];
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const end = await house.endOf(wish.script, wish.config);
    ends.push(end);
    if (end === 'completed' || end === 'doubt') break;
    // what stands in the way is mended before somebody tries again
    faults.clear();
    if (ends.length === mostAttempts - 1) ui.forceStop(packageName);
  }
  house.onCall = () => {};
  await sleep(house.clock, aftermathMs);
  faults.clear();
  const all = deedsOf(house);
  const deeds = all.filter((deed) => !before.includes(deed));
  const doubled = all.length - new Set(all).size - (before.length - new Set(before).size);
  // what waits for a public tap comes between intent and proof by itself
  const groundless = isOneOf(ofTaps, trouble) ? [] : groundlessDoubts(house, struckAt === undefined ? [] : [struckAt]);
  return {
    ...{ n, platform: house.platform, script: wish.script, trouble, moment, ends, deeds },
    hasStruck: struckAt !== undefined,
    broken: judge(house, wish, { ends, deeds, doubled, groundless }),
  };
}

const isOneOf = (list: readonly Trouble[], trouble: Trouble): boolean => list.includes(trouble);

function strikeOf(house: AppHouse, trouble: Trouble, random: Random): () => void {
  const { faults, ui } = house.simPhone;
  const atPublicTap = (kind: 'lost-tap' | 'late-tap') => () => {
    for (const at of publicLabels[house.platform]) faults.add({ kind, at });
  };
  const killApp = () => ui.forceStop(platformPackages[house.platform]);
  switch (trouble) {
    case 'another-screen':
      return anotherScreen(house, house.platform, random);
    case 'another-app':
      return anotherScreen(house, house.platform === 'tiktok' ? 'instagram' : 'tiktok', random);
    case 'home':
      return () => ui.key(3);
    case 'shade':
      return () => ui.openNotifications();
    case 'server-stops':
      return () => house.interrupt();
    case 'server-stops-and-app-dies':
      return () => {
        house.interrupt();
        killApp();
      };
    case 'app-dies':
      return killApp;
    case 'unplug':
      return () => faults.add({ kind: 'unplug', forMs: 600 });
    case 'lost-public-tap':
      return atPublicTap('lost-tap');
    case 'late-public-tap':
      return atPublicTap('late-tap');
    default:
      return () => faults.add({ kind: trouble });
  }
}

/** What must hold, as sentences where it does not. */
function judge(
  house: AppHouse,
  wish: Wish,
  {
    ends,
    deeds,
    doubled,
    groundless,
  }: { ends: readonly string[]; deeds: readonly string[]; doubled: number; groundless: readonly string[] },
): string[] {
  const broken: string[] = [];
  const story = house.story.slice(-1_500);
  const rows = rowsOf(house);
  if (doubled > 0) broken.push(`${doubled} deeds were done twice\n${story}`);
  for (const kind of new Set(deeds.map(kindOf))) {
    const done = deeds.filter((deed) => kindOf(deed) === kind).length;
    const written = rows.filter((row) => row.kind === kind).length;
    if (done > written) broken.push(`${done} deeds of kind ${kind}, but ${written} in the journal\n${story}`);
  }
  for (const deed of deeds) if (!isAskedFor(wish, deed)) broken.push(`nobody asked for "${deed}"\n${story}`);
  if (wish.deed !== undefined && ends.at(-1) === 'completed' && !deeds.includes(wish.deed))
    broken.push(`completed without it\n${story}`);
  if (groundless.length > 0)
    broken.push(`unconfirmed although nothing struck between intent and proof: ${groundless.join()}\n${story}`);
  for (const end of ends) {
    if (end === 'server.bug' || (!['completed', 'doubt'].includes(end) && !(end in errorCodes)))
      broken.push(`an attempt ended as ${end}\n${story}`);
  }
  return broken;
}
