import { join } from 'node:path';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { type Random, seededRandom } from '../../src/base/random.ts';
import type { Platform } from '../../src/contract/script-names.ts';
import type { Actions } from '../../src/sim/world.ts';
import { openEffectOf } from '../../src/store/effects.ts';
import { listReviews } from '../../src/store/reviews.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type ApiClient, postBody, ServerHouse } from './server-house.ts';
import { ServerProcess } from './server-process.ts';

export interface KilledTask {
  round: number;
  serial: string;
  /** After the create call, ms. */
  killedAfterMs: number;
  /** What the database held when the process was gone. */
  stateAtKill: string;
  hadOpenIntent: boolean;
  /** What became of it after the restart. */
  status: number;
  failure: string | undefined;
  isUnconfirmed: boolean;
  /** Pictures that a person gets to see, for an unconfirmed one. */
  pictures: readonly string[];
  work: Work;
  /** How often the phone truly did it. */
  deeds: number;
}

interface Wish {
  house: ServerHouse;
  api: ApiClient;
  serial: string;
  random: Random;
}

const follow = (platform: Platform) => ({
  async body({ house, api, serial }: Wish): Promise<object> {
    const username = house.fleet.world.accountsOn(serial, platform)[0]?.username;
    await api.call('POST', '/accounts', { platform, username, device: serial, owned: true });
    return { usernames: [username], script_name: 'follow', script_config: { target_user: 'harbor.kiln' } };
  },
  count: ({ follows }: Actions) => follows.length,
});

/** What is being done when the process dies: its create call, and how often a phone did it. */
const works = {
  post: {
    body: async ({ house, serial, random }: Wish): Promise<object> =>
      postBody(serial, house.film().path, { post_way: random.pick(['share', 'addButton']) }),
    count: ({ posts }: Actions) => posts.length,
  },
  'follow on TikTok': follow('tiktok'),
  'follow on Instagram': follow('instagram'),
} as const;
export type Work = keyof typeof works;
export const allWorks = Object.keys(works) as Work[];

export interface KillLoopOptions {
  rounds: number;
  /** Tasks, and so kill points, a round. */
  phones: number;
  seed: string;
  /** The kill falls somewhere in this time after the first create call. */
  withinMs: number;
  /** Default: post. */
  work?: Work;
  onTask?: (task: KilledTask) => void;
}

/**
 * Rounds of: a fresh data folder, one task a phone at random moments, kill -9 at a random moment, restart, and wait for
 * the end. The phones live on in this process. What it returns is judged by the caller.
 */
export async function killLoop({
  rounds,
  phones,
  seed,
  withinMs,
  work = 'post',
  onTask,
}: KillLoopOptions): Promise<KilledTask[]> {
  const results: KilledTask[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const task of await killOnce({ round, phones, seed: `${seed}:${round}`, withinMs, work })) {
      onTask?.(task);
      results.push(task);
    }
  }
  return results;
}

async function killOnce({
  round,
  phones,
  seed,
  withinMs,
  work,
}: {
  round: number;
  phones: number;
  seed: string;
  withinMs: number;
  work: Work;
}): Promise<KilledTask[]> {
  const random = seededRandom(seed);
  await using house = await ServerHouse.open({ phones, uploadMs: random.int(200, 1_500) });
  await house.stop(); // its place is taken by a process that can be killed
  const server = await ServerProcess.start(house);
  const serials = house.fleet.phones.map((phone) => phone.host.serial);
  await server.api.until(async () => {
    const { data } = await server.api.call<{ devices: { state: string }[] }>('GET', '/devices');
    return data.devices.filter((device) => device.state === 'ready').length === phones;
  });

  const createdAt: number[] = [];
  const ids: number[] = [];
  const spread = random.int(0, Math.floor(withinMs / 3));
  for (const [index, serial] of serials.entries()) {
    if (index > 0) await sleep(systemClock, spread / (serials.length - 1));
    ids.push(...(await server.api.create(await works[work].body({ house, api: server.api, serial, random }))));
    createdAt.push(systemClock.monotonic());
  }
  await sleep(systemClock, random.int(0, withinMs));
  const killedAt = systemClock.monotonic();
  await server.kill();
  const atKill = await readDatabase(house, ids);

  const again = await ServerProcess.start(house);
  const results: KilledTask[] = [];
  for (const [index, id] of ids.entries()) {
    const task = await again.api.ended(id);
    const phone = house.phoneAt(index);
    results.push({
      round,
      serial: phone.host.serial,
      killedAfterMs: Math.round(killedAt - (createdAt[index] ?? killedAt)),
      stateAtKill: atKill[index]?.state ?? 'missing',
      hadOpenIntent: atKill[index]?.hadOpenIntent ?? false,
      status: task.status,
      failure: task.failure?.code,
      isUnconfirmed: task.failure?.unconfirmed ?? false,
      pictures: [],
      work,
      deeds: works[work].count(phone.actions()),
    });
  }
  await again.kill('SIGTERM');
  const evidence = await readEvidence(house);
  return results.map((result, index) => ({ ...result, pictures: evidence.get(ids[index] ?? 0) ?? [] }));
}

async function readDatabase(
  house: ServerHouse,
  ids: readonly number[],
): Promise<{ state: string; hadOpenIntent: boolean }[]> {
  const store = openSqliteStore({
    file: join(house.config.data, 'drover.db'),
    clock: systemClock,
    log: silentLog,
    owner: false,
  });
  try {
    const rows = await store.read
      .selectFrom('task')
      .select(['id', 'state'])
      .where('id', 'in', ids)
      .orderBy('id')
      .execute();
    return await Promise.all(
      rows.map(async ({ id, state }) => ({ state, hadOpenIntent: (await openEffectOf(store.read, id)) !== undefined })),
    );
  } finally {
    await store.close();
  }
}

/** Task → names of the pictures in its open review item. */
async function readEvidence(house: ServerHouse): Promise<Map<number, string[]>> {
  const store = openSqliteStore({
    file: join(house.config.data, 'drover.db'),
    clock: systemClock,
    log: silentLog,
    owner: false,
  });
  try {
    const reviews = await listReviews(store.read, { isOpen: true, page: 1, pageSize: 100 });
    return new Map(
      reviews.map((review) => [
        review.taskId ?? 0,
        [...JSON.stringify(review.body).matchAll(/"picture":"([^"]+)"/g)].map((match) => match[1] ?? ''),
      ]),
    );
  } finally {
    await store.close();
  }
}

/** One sentence a broken promise; empty when all of them held. */
export function judge(tasks: readonly KilledTask[]): string[] {
  const broken: string[] = [];
  for (const task of tasks) {
    const where = `${task.work}, round ${task.round}, ${task.serial}, killed after ${task.killedAfterMs} ms in ${task.stateAtKill}${task.hadOpenIntent ? ' with an open intent' : ''}`;
    if (task.deeds > 1) broken.push(`${where}: done ${task.deeds} times`);
    if (task.stateAtKill === 'missing') broken.push(`${where}: an acknowledged task is gone`);
    if (task.status === 2 && task.deeds !== 1) broken.push(`${where}: completed, but done ${task.deeds} times`);
    if (task.isUnconfirmed && !task.hadOpenIntent)
      broken.push(`${where}: left to a person although nothing was in doubt`);
    if (task.isUnconfirmed && new Set(task.pictures).size < 2)
      broken.push(`${where}: unconfirmed without both pictures`);
    if (task.status === 3 && !task.isUnconfirmed) broken.push(`${where}: failed as ${task.failure}`);
  }
  return broken;
}
