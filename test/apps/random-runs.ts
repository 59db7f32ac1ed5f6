/**
 * Random wishes under random troubles: at a random step another screen comes up, the server goes away, the app is killed,
 * the phone is unplugged, a tap is lost or late. Whatever happens, each deed of the phone stands in the journal, and none
 * is done twice.
 */
import { type Random, seededRandom } from '../../src/base/random.ts';
import { errorCodes } from '../../src/contract/error-codes.ts';
import type { AppHouse } from './app-house.ts';
import { deedsOf, kindOf, makeWish, type Wish } from './deeds.ts';

const troubles = [
  'another-screen',
  'unknown-dialog',
  'permission-dialog',
  'home',
  'server-stops',
  'server-stops-and-app-dies',
  'app-dies',
  'unplug',
  'agent-crash',
  'lost-tap',
  'late-tap',
  'rate-limited',
] as const;
type Trouble = (typeof troubles)[number];

export interface Run {
  n: number;
  script: string;
  trouble: Trouble;
  /** Line of the trace after which it strikes. */
  at: number;
  ends: readonly string[];
  deeds: readonly string[];
  broken: readonly string[];
}

const tiktok = 'com.zhiliaoapp.musically';
const labels = ['Post', 'Follow', 'Following', 'Unfollow', 'Post comment'];
const mostAttempts = 4;

export async function randomRuns(
  house: AppHouse,
  { runs, seed, onRun = () => {} }: { runs: number; seed: string; onRun?: (run: Run) => void },
): Promise<Run[]> {
  const random = seededRandom(seed);
  const all: Run[] = [];
  for (let n = 0; n < runs; n++) {
    const run = await runOnce(house, random, n);
    onRun(run);
    all.push(run);
  }
  return all;
}

async function runOnce(house: AppHouse, random: Random, n: number): Promise<Run> {
  const { faults, ui } = house.simPhone;
  const wish = makeWish(house, random, n);
  const trouble = random.pick(troubles);
  const at = random.int(1, 45);
  const before = deedsOf(house.simPhone.actions());
  house.nextTask();
  if (random.chance(30)) ui.forceStop(tiktok);
  if (trouble === 'lost-tap' || trouble === 'late-tap')
    for (const label of labels) faults.add({ kind: trouble, at: label });
  if (trouble === 'rate-limited') faults.add({ kind: trouble });
  let lines = 0;
  const screen = anotherScreen(house, random);
  house.onStep = () => {
    if (++lines === at) strike(house, trouble, screen);
  };
  const ends: string[] = [];
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const end = await house.endOf(wish.script, wish.config);
    ends.push(end);
    if (end === 'completed' || end === 'doubt') break;
    // what stands in the way is mended before somebody tries again
    faults.clear();
    if (ends.length === mostAttempts - 1) ui.forceStop(tiktok);
  }
  house.onStep = () => {};
  faults.clear();
  const deeds = deedsOf(house.simPhone.actions()).filter((deed) => !before.includes(deed));
  const doubled = deedsOf(house.simPhone.actions()).length - before.length - deeds.length;
  return { n, script: wish.script, trouble, at, ends, deeds, broken: judge(house, wish, { ends, deeds, doubled }) };
}

/** A page of the app that has nothing to do with the wish, or none of the app. */
function anotherScreen(house: AppHouse, random: Random): () => void {
  const { ui } = house.simPhone;
  const post = random.pick(house.world.posts('tiktok'));
  const link = random.pick([
    'https://www.tiktok.com/@harbor.kiln',
    'https://www.tiktok.com/@no.such.user',
    'https://www.tiktok.com/@lena.paints',
    'https://www.tiktok.com/',
    post.url,
  ]);
  return () =>
    void ui.start({
      action: 'android.intent.action.VIEW',
      data: link,
      package: tiktok,
      categories: [],
      extras: {},
      flags: 0,
    });
}

function strike(house: AppHouse, trouble: Trouble, showAnother: () => void): void {
  const { faults, ui } = house.simPhone;
  if (trouble.startsWith('server-stops')) house.interrupt();
  if (trouble.endsWith('app-dies')) ui.forceStop(tiktok);
  if (trouble === 'another-screen') showAnother();
  if (trouble === 'home') ui.key(3);
  if (trouble === 'unplug') faults.add({ kind: trouble, forMs: 600 });
  if (trouble === 'unknown-dialog' || trouble === 'permission-dialog' || trouble === 'agent-crash') {
    faults.add({ kind: trouble });
  }
}

/** What must hold, as sentences where it does not. */
function judge(
  house: AppHouse,
  wish: Wish,
  { ends, deeds, doubled }: { ends: readonly string[]; deeds: readonly string[]; doubled: number },
): string[] {
  const broken: string[] = [];
  const rows = house.journal.rows.filter(({ taskId }) => taskId === house.taskId);
  if (doubled > 0) broken.push(`${doubled} deeds were done twice`);
  for (const kind of new Set(deeds.map(kindOf))) {
    const done = deeds.filter((deed) => kindOf(deed) === kind).length;
    const written = rows.filter((row) => row.kind === kind && row.state !== 'not-done').length;
    if (done > written) broken.push(`${done} deeds of kind ${kind}, but ${written} in the journal`);
  }
  if (wish.deed !== undefined) {
    for (const deed of deeds) if (deed !== wish.deed) broken.push(`nobody asked for "${deed}"`);
    if (ends.at(-1) === 'completed' && !deeds.includes(wish.deed)) broken.push(`completed without "${wish.deed}"`);
  }
  for (const end of ends) {
    if (end === 'server.bug' || (!['completed', 'doubt'].includes(end) && !(end in errorCodes))) {
      broken.push(`an attempt ended as ${end}: ${house.story.slice(-400)}`);
    }
  }
  return broken;
}
