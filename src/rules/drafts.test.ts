import { expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { ManualClock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import { silentLog } from '../base/log.ts';
import { tailEvents } from '../store/events.ts';
import { decideReview, findReview } from '../store/reviews.ts';
import { type DraftParts, ReviewDrafts } from './drafts.ts';
import { ModelRefused, ModelUnavailable } from './model.ts';

const model = {
  api_key: 'k',
  model: 'm',
  prompt: 'be kind',
  max_tokens: 50,
  temperature: 0.5,
  base_url: 'http://127.0.0.1:9/v1',
};
const wish = {
  serial: 'A',
  username: 'lena',
  kind: 'comment',
  target: 'https://www.tiktok.com/@tom/video/1',
  prompt: 'A harbour',
} as const;

const draftsOver = (temp: TempStore, clock: ManualClock, change: Partial<DraftParts>): ReviewDrafts =>
  new ReviewDrafts({ store: temp.store, clock, log: silentLog, modelOf: async () => model, ...change });

const bodyOf = async (temp: TempStore, id: number) => (await findReview(temp.store.read, id))?.body;

test('the item is on disk before the model is asked, and its text waits there for a person', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const [taskId = 0] = await temp.submit([{ scriptName: 'account_warmup' }]);
  const { promise, resolve } = Promise.withResolvers<string>();
  const drafts = draftsOver(temp, clock, { ask: () => promise });
  const id = await drafts.propose({ ...wish, taskId });
  expect(await bodyOf(temp, id)).toMatchObject({
    state: 'asking',
    content: null,
    target: wish.target,
    prompt: 'A harbour',
  });
  resolve('What a calm place');
  await drafts.settled();
  expect(await bodyOf(temp, id)).toMatchObject({ state: 'ready', content: 'What a calm place' });
  expect(await temp.store.read.selectFrom('effect').selectAll().execute()).toEqual([]);
  const told = (await tailEvents(temp.store.read, 0, 100))
    .map(({ type }) => type)
    .filter((type) => /^review/.test(type));
  expect(told).toEqual(['reviewOpened', 'reviewChanged']);
});

test('three tries with pauses, then the item says why there is no text', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const [taskId = 0] = await temp.submit([{ scriptName: 'account_warmup' }]);
  const askedAt: number[] = [];
  const drafts = draftsOver(temp, clock, {
    async ask() {
      askedAt.push(clock.monotonic());
      throw new ModelUnavailable('the text service answered 503');
    },
  });
  const startedAt = clock.monotonic();
  const id = await drafts.propose({ ...wish, taskId });
  for (let at = 0; at < 30; at += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(1_000);
  }
  await drafts.settled();
  expect(askedAt).toHaveLength(3);
  expect((askedAt[2] ?? 0) - startedAt).toBeGreaterThanOrEqual(22_000);
  expect(await bodyOf(temp, id)).toMatchObject({
    state: 'failed',
    content: null,
    problem: expect.stringContaining('503'),
  });
});

test('a refusal is final; a task that is gone has no model to ask', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const [taskId = 0] = await temp.submit([{ scriptName: 'account_warmup' }]);
  let asked = 0;
  const refusing = draftsOver(temp, clock, {
    async ask() {
      asked += 1;
      throw new ModelRefused('the model refused: no');
    },
  });
  const id = await refusing.propose({ ...wish, taskId });
  await refusing.settled();
  expect([asked, await bodyOf(temp, id)]).toMatchObject([1, { state: 'failed', problem: 'the model refused: no' }]);
  const orphan = draftsOver(temp, clock, { modelOf: async () => undefined });
  const other = await orphan.propose({ ...wish, taskId });
  await orphan.settled();
  expect(await bodyOf(temp, other)).toMatchObject({ state: 'failed', problem: expect.stringContaining('gone') });
});

test('a question that was cut off is asked at the next start; one that was decided meanwhile is left alone', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const [taskId = 0] = await temp.submit([{ scriptName: 'account_warmup' }]);
  const first = draftsOver(temp, clock, {
    ask: (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
  });
  const id = await first.propose({ ...wish, taskId });
  const other = await first.propose({ ...wish, taskId });
  await first.stop();
  expect(await bodyOf(temp, id)).toMatchObject({ state: 'asking' });
  await temp.store.write((tx) => decideReview(tx, other, { decision: 'rejected', person: 'anna' }));
  const second = draftsOver(temp, clock, { ask: async () => 'Good morning' });
  second.start();
  await second.settled();
  expect(await bodyOf(temp, id)).toMatchObject({ state: 'ready', content: 'Good morning' });
  expect(await bodyOf(temp, other)).toMatchObject({ state: 'asking' });
});

test('a draft whose settings cannot be read says so, and the next one is asked all the same', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const ids = await temp.submit([{ scriptName: 'account_warmup' }, { scriptName: 'account_warmup' }]);
  const drafts = draftsOver(temp, clock, {
    async modelOf(taskId) {
      if (taskId === ids[0]) throw new DroverError('server.bug', { message: 'sealed with another key' });
      return model;
    },
    ask: async () => 'Good morning',
  });
  const [locked = 0, fine = 0] = await Promise.all(ids.map((taskId) => drafts.propose({ ...wish, taskId })));
  await drafts.settled();
  expect(await bodyOf(temp, locked)).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('another key'),
  });
  expect(await bodyOf(temp, fine)).toMatchObject({ state: 'ready', content: 'Good morning' });
});
