import { expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { insertIntent, insertRefusal, listEffects, type NewEffect, openEffectOf, settleEffect } from './effects.ts';

const effect: NewEffect = {
  taskId: 1,
  attemptId: 1,
  key: 'post',
  actor: 'serial:A',
  kind: 'post',
  target: '@lena',
  alias: null,
  textHash: null,
  minor: false,
  baseline: { videos: 2 },
};

test('the database itself refuses a second effect under a key that stands, until the first is seen not done', async () => {
  await using temp = new TempStore();
  const intend = (change: Partial<NewEffect> = {}) =>
    temp.store.write((tx) => insertIntent(tx, { ...effect, ...change }, tx.now));
  const refused = { code: 'server.bug', details: { database: 'SQLITE_CONSTRAINT_UNIQUE' } };
  const first = await intend();
  await expect(intend()).rejects.toMatchObject(refused);
  await intend({ key: 'comment' });
  await intend({ taskId: 2 });
  await temp.store.write((tx) => settleEffect(tx, first, { is: 'seen', sight: 'unconfirmed' }));
  await expect(intend()).rejects.toMatchObject(refused);
  await temp.store.write((tx) => settleEffect(tx, first, { is: 'decided', verdict: 'not-done' }, { person: 'anna' }));
  const second = await intend();
  await temp.store.write((tx) => settleEffect(tx, second, { is: 'seen', sight: 'done' }));
  await expect(intend()).rejects.toMatchObject(refused);
  await temp.store.write((tx) => insertRefusal(tx, effect, 'conduct: no'));
  expect((await listEffects(temp.store.read, 1)).map(({ key, state, rule }) => [key, state, rule])).toEqual([
    ['post', 'not-done', null],
    ['comment', 'intended', null],
    ['post', 'done', null],
    ['post', 'refused', 'conduct: no'],
  ]);
});

test('the open intent of a task is the one that was never settled, minor ones aside', async () => {
  await using temp = new TempStore();
  expect(await openEffectOf(temp.store.read, 1)).toBeUndefined();
  const id = await temp.store.write((tx) => insertIntent(tx, effect, tx.now));
  await temp.store.write((tx) => insertIntent(tx, { ...effect, key: 'like', kind: 'like', minor: true }, tx.now));
  expect(await openEffectOf(temp.store.read, 1)).toMatchObject({ id, baseline: { videos: 2 } });
  await temp.store.write((tx) => settleEffect(tx, id, { is: 'seen', sight: 'done' }, { proof: { seen: 3 } }));
  expect(await openEffectOf(temp.store.read, 1)).toBeUndefined();
});

test('settling what does not exist, or twice, is refused', async () => {
  await using temp = new TempStore();
  const settle = (id: number) => temp.store.write((tx) => settleEffect(tx, id, { is: 'seen', sight: 'done' }));
  await expect(settle(9)).rejects.toMatchObject({ code: 'input.not-found' });
  const id = await temp.store.write((tx) => insertIntent(tx, effect, tx.now));
  await settle(id);
  await expect(settle(id)).rejects.toMatchObject({ code: 'server.bug' });
});
