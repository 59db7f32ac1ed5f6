import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MediaHouse } from '../test/support/media-house.ts';
import { systemClock } from './base/clock.ts';
import { silentLog } from './base/log.ts';
import { defaultSettings, type Settings } from './contract/settings.ts';
import { Retention } from './retention.ts';
import { findMedia } from './store/media.ts';
import { moveTask } from './store/tasks.ts';

const day = 86_400_000;

let house: MediaHouse;
let settings: Settings;
beforeEach(async () => {
  house = await MediaHouse.open();
  settings = { ...defaultSettings };
});
afterEach(() => house.close());

const retention = () =>
  new Retention({
    ...{ store: house.tasks.store, clock: house.tasks.clock, log: silentLog, library: house.library },
    traceFolder: house.at('traces'),
    setting: (key) => settings[key],
  });
const sweep = () => retention().sweep();

const hot = <Row = never>(text: string, params: (string | number | null)[] = []): Promise<Row[]> =>
  house.tasks.store.write((tx) => tx.hot<Row>(text, params));
const count = async (table: string): Promise<number> =>
  (await hot<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n ?? 0;
const passDays = (days: number) => house.tasks.clock.setWall(house.tasks.clock.now() + days * day);

/** A task that has run, with its attempt and its effect. */
async function finished(state: 'completed' | 'failed' | 'unconfirmed' = 'completed', effect = 'done') {
  const taker = await house.attempt('account:1');
  await house.effect(taker, effect);
  await house.end(taker);
  await house.tasks.store.write((tx) =>
    moveTask(tx, taker.taskId, { from: 'pending', to: state, set: { endedAt: tx.now } }),
  );
  return taker;
}

test('tasks go after their days, with attempts, create call and, later, what no limit counts any more', async () => {
  await finished();
  await finished('failed', 'refused');
  passDays(60);
  const young = await finished();
  passDays(31);
  expect(await sweep()).toMatchObject({ tasks: 2, effects: 2, leavings: 2 });
  expect(await hot<{ id: number }>('select id from task')).toEqual([{ id: young.taskId }]);
  expect([await count('attempt'), await count('submission'), await count('effect')]).toEqual([1, 1, 1]);
  expect(await hot('select state, n from task_count where n > 0')).toEqual([{ state: 'completed', n: 1 }]);
  expect(await sweep()).toEqual({ tasks: 0, events: 0, effects: 0, leavings: 0, traces: 0, media: 0, bytes: 0 });
});

test('what somebody has yet to decide, what waits and what runs stays for ever', async () => {
  await finished('unconfirmed', 'unconfirmed');
  const open = await finished('failed', 'unconfirmed');
  await hot(`insert into review (kind, task_id, effect_id, body, made_at) values ('doubt', ?, 2, '{}', 0)`, [
    open.taskId,
  ]);
  const cut = await finished('failed', 'intended');
  const [waiting = 0] = await house.tasks.create({ serials: ['d1'], script_name: 'post', script_config: {} });
  passDays(5_000);
  expect(await sweep()).toMatchObject({ tasks: 0, effects: 0 });
  const left = (await hot<{ id: number }>('select id from task')).map(({ id }) => id);
  expect(left).toEqual(expect.arrayContaining([open.taskId, cut.taskId, waiting]));
});

test('what a limit still asks about outlives its task', async () => {
  const [posted, texted, recent] = [await finished(), await finished(), await finished()];
  settings['retention.tasks_days'] = 1;
  await hot(
    `update effect set kind = 'comment', target = 'https://www.tiktok.com/@x/video/1', text_hash = 'abc' where task_id = ?`,
    [texted.taskId],
  );
  await hot('update effect set intended_at = intended_at + ? where task_id = ?', [10 * day, recent.taskId]);
  passDays(31);
  expect(await sweep()).toMatchObject({ tasks: 3, effects: 1 });
  expect(await hot('select task_id from effect order by id')).toEqual([
    { task_id: texted.taskId },
    { task_id: recent.taskId },
  ]);
  passDays(4_000);
  await sweep();
  // the same text is never put there again, so this row is never too old
  expect(await hot('select task_id from effect')).toEqual([{ task_id: texted.taskId }]);
  expect(posted.taskId).toBeGreaterThan(0);
});

test('it looks a minute after the start and every hour from then on', async () => {
  const { clock } = house.tasks;
  await finished();
  const end = retention().start();
  passDays(91);
  await clock.advance(59_000);
  expect(await count('task')).toBe(1);
  await clock.advance(2_000);
  await expect.poll(() => count('task')).toBe(0);
  await expect.poll(() => clock.pending).toBe(1); // it has ended, and waits for its next time
  await finished();
  passDays(91);
  await clock.advance(50 * 60_000);
  expect(await count('task')).toBe(1);
  await clock.advance(15 * 60_000);
  await expect.poll(() => count('task')).toBe(0);
  await end();
  expect(clock.pending).toBe(0);
});

test('events go in order, and ids go on', async () => {
  await finished();
  const before = await count('event');
  passDays(91);
  expect((await sweep()).events).toBe(before);
  const [{ id: first } = { id: 0 }] = await hot<{ id: number }>('select min(id) as id from event');
  expect(first).toBeGreaterThan(before);
  settings['retention.events_days'] = 10_000;
  expect((await sweep()).events).toBe(0);
});

test('traces: of tasks that are gone, old ones, and then the oldest until the rest fits', async () => {
  const ages: [string, number][] = [
    ['gone', 1],
    ['old', 40],
    ['review', 40],
    ['big', 3],
    ['bigger', 2],
    ['new', 0],
  ];
  const ids = new Map<string, number>();
  for (const [name, age] of ages) {
    const { taskId } =
      name === 'gone'
        ? { taskId: 999 }
        : await finished(name === 'review' ? 'unconfirmed' : 'completed', name === 'review' ? 'unconfirmed' : 'done');
    ids.set(name, taskId);
    const folder = house.at('traces', String(taskId), '1');
    mkdirSync(folder, { recursive: true });
    const at = new Date(house.tasks.clock.now() - age * day);
    for (const file of ['trace.jsonl', 'picture.jpg']) {
      writeFileSync(join(folder, file), Buffer.alloc(name.startsWith('big') ? 40 * 1024 * 1024 : 10));
      utimesSync(join(folder, file), at, at);
    }
  }
  writeFileSync(house.at('traces', 'notes.txt'), 'not ours');
  settings['retention.traces_max_mb'] = 100;
  expect(await sweep()).toMatchObject({ traces: 3, tasks: 0 });
  expect(readdirSync(house.at('traces')).sort()).toEqual(
    [...['review', 'bigger', 'new'].map((name) => String(ids.get(name))), 'notes.txt'].sort(),
  );
});

test('a trace whose task is about to be written is left alone', async () => {
  mkdirSync(house.at('traces', '5', '1'), { recursive: true });
  writeFileSync(house.at('traces', '5', '1', 'trace.jsonl'), '');
  house.tasks.clock.setWall(systemClock.now());
  await sweep();
  expect(existsSync(house.at('traces', '5'))).toBe(true);
});

test('media goes a while after it was posted, and nobody posts it twice all the same', async () => {
  const path = house.film('a.mp4');
  const item = await house.add(path);
  const unused = await house.add(house.film('b.mp4'), { tags: ['later'] });
  const again = await house.add(house.film('c.mp4'), { tags: ['again'] });
  await house.library.change(again.id, { allowReuse: true });
  await house.post('account:1', { list: [path] });
  await house.post('account:1', { tags: ['again'] });
  passDays(366);
  settings['media.allow_reuse'] = true;
  expect((await sweep()).media).toBe(0);
  settings['media.allow_reuse'] = false;
  expect(await sweep()).toMatchObject({ media: 1, bytes: item.bytes });
  const left = await Promise.all([item, unused, again].map(({ id }) => findMedia(house.tasks.store.read, id)));
  expect(left.map((found) => found !== undefined)).toEqual([false, true, true]);
  await house.library.change(unused.id, { tags: ['x'] });
  const back = await house.add(path, { tags: ['back'] });
  expect(back.sha256).toBe(item.sha256);
  await expect(house.post('account:1', { tags: ['back'] })).rejects.toThrow(/has posted the one video/);
});
