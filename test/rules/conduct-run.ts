/** Random histories of public actions, judged by a second opinion that shares no code with the rules. */
import { ManualClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { type Random, seededRandom } from '../../src/base/random.ts';
import { type EffectKind, effectKinds } from '../../src/contract/task-states.ts';
import { Gate } from '../../src/rules/gate.ts';
import { LiveSettings } from '../../src/rules/settings.ts';
import { confirmAccount, noteLoggedIn } from '../../src/store/accounts.ts';
import { type Claim, claimNext } from '../../src/store/claim.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite.ts';
import { TempStore } from '../store/temp-store.ts';

const secondMs = 1_000;
const dayMs = 86_400_000;
const zone = 'Europe/Berlin';

/** Small, so that histories run into them all the time; the decision does not depend on the size. */
export const limits: Readonly<Record<EffectKind, number>> = {
  post: 2,
  follow: 4,
  unfollow: 3,
  comment: 4,
  like: 6,
  favourite: 3,
};

const accountCount = 6;
const texts = ['Nice!', 'nice 🔥 !', 'Great', 'So calm', 'GREAT'];

interface Done {
  account: number;
  kind: EffectKind;
  target: string;
  text: string | undefined;
  /** True time, which no setting of a clock moves. */
  at: number;
}

export interface ConductReport {
  asked: number;
  allowed: number;
  restarts: number;
  setBack: number;
  /** Sentences; empty when every limit held. */
  broken: string[];
}

/**
 * Asks `actions` times for a random public action, through two connections to one database as two processes have them,
 * with restarts, clocks that are set back, quiet hours in a zone with daylight saving, and unsettled intents in between.
 */
export async function conductRun({ actions, seed }: { actions: number; seed: string }): Promise<ConductReport> {
  const random = seededRandom(seed);
  // Two days before the clocks of the zone go forward; a long run meets the other change, too.
  const clock = new ManualClock(Date.UTC(2026, 2, 27, 9, 0));
  await using temp = new TempStore(clock);
  const claims = await claimPhones(temp);
  await new LiveSettings({ store: temp.store, log: silentLog }).change({
    ...Object.fromEntries(Object.entries(limits).map(([kind, n]) => [`conduct.${kind}_per_day`, n])),
    'conduct.quiet_from': '23:30',
    'conduct.quiet_to': '06:15',
    time_zone: zone,
  });
  const openSecond = (): SqliteStore => openSqliteStore({ file: temp.file, clock, log: silentLog, owner: false });
  let second = openSecond();
  const judge = new Judge();
  const report: ConductReport = { asked: 0, allowed: 0, restarts: 0, setBack: 0, broken: judge.broken };
  try {
    while (report.asked < actions) {
      if (random.chance(0.2)) {
        await second.close();
        await temp.reopen();
        second = openSecond();
        report.restarts += 1;
      }
      if (random.chance(0.5)) {
        clock.setWall(clock.now() - random.int(1, 2 * dayMs));
        report.setBack += 1;
      }
      await clock.advance(passing(random));
      const store = random.chance(50) ? temp.store : second;
      if (await ask(store, { claims, clock, random, judge, n: report.asked })) report.allowed += 1;
      report.asked += 1;
    }
  } finally {
    await second.close();
  }
  return report;
}

const passing = (random: Random): number =>
  random.chance(4) ? random.int(0, dayMs) : random.int(0, random.chance(50) ? 40 * secondMs : 900 * secondMs);

async function claimPhones(temp: TempStore): Promise<{ claim: Claim; actor: string }[]> {
  const phones = [];
  for (let index = 0; index < accountCount; index += 1) {
    const serial = `P${index}`;
    await temp.submit([{ serial, scriptName: 'account_warmup' }]);
    const want = { serial, hostId: 'h', bootId: 'b', leaseMs: 1e13, seed: 's' };
    const claim = await temp.store.write((tx) => claimNext(tx, want));
    if (!claim) throw new Error('nothing to claim');
    const account = await temp.store.write(async (tx) => {
      const known = await noteLoggedIn(tx, { platform: 'tiktok', username: `@account.${index}`, serial });
      await confirmAccount(tx, known.id, 'anna');
      return known;
    });
    phones.push({ claim, actor: `account:${account.id}` });
  }
  return phones;
}

/** Whom or what it is on, in truth, and the names under which the gate hears of it. */
function aimOf(kind: EffectKind, account: number, random: Random): { truth: string; names: Names } {
  if (kind === 'post') return { truth: `@account.${account}`, names: { target: `@account.${account}` } };
  const n = random.int(0, 40);
  if (kind === 'follow' || kind === 'unfollow') return { truth: `@stranger.${n}`, names: { target: `@stranger.${n}` } };
  // by a long link, or by one that tells no address
  const page = `video of Lena: ${n}`;
  const names = random.chance(50) ? { target: `tiktok.com/video/${n}`, alias: page } : { target: page };
  return { truth: page, names };
}

type Names = { target: string; alias?: string };

interface Asking {
  claims: readonly { claim: Claim; actor: string }[];
  clock: ManualClock;
  random: Random;
  judge: Judge;
  n: number;
}

async function ask(store: SqliteStore, { claims, clock, random, judge, n }: Asking): Promise<boolean> {
  const account = random.int(0, accountCount - 1);
  const phone = claims[account];
  if (!phone) throw new Error('no such account');
  const kind = random.pick(effectKinds);
  const aim = aimOf(kind, account, random);
  const text = (kind === 'comment' || kind === 'post') && random.chance(80) ? random.pick(texts) : undefined;
  const gate = new Gate({ store, settings: new LiveSettings({ store, log: silentLog }), log: silentLog });
  const { claim, actor } = phone;
  const answer = await gate.intend({
    taskId: claim.task.id,
    attemptId: claim.attempt.id,
    token: claim.token,
    key: `${n}`,
    actor,
    kind,
    ...aim.names,
    ...(text !== undefined && { text }),
    minor: random.chance(20),
  });
  if (answer.is !== 'go') return false;
  const done = {
    account,
    kind,
    target: aim.truth,
    text: text?.replace(/[^a-z]/gi, '').toLowerCase(),
    at: clock.monotonic(),
  };
  judge.allowed(done, clock.now());
  const sight = random.pick(['done', 'done', 'done', 'not-done', 'unconfirmed', undefined] as const);
  if (sight !== undefined) await gate.settle(answer.id, sight, {});
  if (sight === 'not-done') judge.takenBack();
  return true;
}

/** Knows what truly stands, by true time, and says which promise an allowed action breaks. */
class Judge {
  readonly broken: string[] = [];
  /** Of the last seven days; older ones bind nobody but by their text. */
  #standing: Done[] = [];
  readonly #textOnTarget = new Set<string>();
  readonly #texts = new Map<string, number>();

  allowed(done: Done, wall: number): void {
    this.#standing = this.#standing.filter(({ at }) => done.at - at < 7 * dayMs);
    const mine = this.#standing.filter(({ account }) => account === done.account);
    const today = mine.filter(({ at }) => done.at - at < dayMs);
    const name = `${done.kind} of account ${done.account} on ${done.target} at ${done.at}`;
    if (today.filter(({ kind }) => kind === done.kind).length >= limits[done.kind]) this.#say(`${name}: over the day`);
    if (mine.some(({ at }) => done.at - at < 30 * secondMs)) this.#say(`${name}: within 30 s of another`);
    if (isQuiet(wall)) this.#say(`${name}: in the quiet hours`);
    if (done.text !== undefined) {
      if (today.filter(({ text }) => text === done.text).length >= 3) this.#say(`${name}: same text a fourth time`);
      if (done.kind !== 'post' && this.#textOnTarget.has(`${done.target} ${done.text}`))
        this.#say(`${name}: same text`);
    }
    if (done.kind !== 'post') {
      const on = this.#standing.filter(({ target, kind }) => target === done.target && kind !== 'post');
      const accounts = new Set([...on.map(({ account }) => account), done.account]);
      if (accounts.size > 3) this.#say(`${name}: ${accounts.size} accounts on one target`);
    }
    this.#standing.push(done);
    this.#count(done, 1);
  }

  /** The last one was seen not to have happened. */
  takenBack(): void {
    const done = this.#standing.pop();
    if (done) this.#count(done, -1);
  }

  #count({ kind, target, text }: Done, by: number): void {
    if (kind === 'post' || text === undefined) return;
    const key = `${target} ${text}`;
    const n = (this.#texts.get(key) ?? 0) + by;
    this.#texts.set(key, n);
    if (n > 0) this.#textOnTarget.add(key);
    else this.#textOnTarget.delete(key);
  }

  #say(sentence: string): void {
    this.broken.push(sentence);
  }
}

const wallFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function isQuiet(wall: number): boolean {
  const time = wallFormat.format(wall);
  return time >= '23:30' || time < '06:15';
}
