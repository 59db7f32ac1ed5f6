import { afterEach, beforeEach, expect, test } from 'vitest';
import { TaskHouse } from '../../test/support/task-house.ts';
import { readCreateBody } from '../contract/create-task.ts';
import { countTasks } from '../store/task-lists.ts';
import { type CreateOptions, createTasks } from './create.ts';

let house: TaskHouse;
beforeEach(async () => {
  house = await TaskHouse.open();
});
afterEach(() => house.close());

const follow = { serials: ['d1', 'd2'], script_name: 'follow', script_config: { target_users: ['@mia', '@tom'] } };

function create(body: object, options: CreateOptions = { source: 'api' }) {
  const read = readCreateBody(body);
  if ('error' in read) throw new Error(read.error.message);
  return createTasks(house.createParts, read.request, options);
}

test('the answer has the ids in order, and the tasks are there when it comes', async () => {
  const reply = await create({ ...follow, start_time: '14:30' });
  expect(reply).toEqual({ task_ids: [1, 2, 3, 4], created_count: 4 });
  expect(await house.task(3)).toMatchObject({
    serial: 'd2',
    target: '@mia',
    position: 2,
    state: 'pending',
    dueAt: Date.parse('2026-01-02T14:30:00Z'),
  });
});

test('the same idempotency key and body gives the first answer and makes nothing new', async () => {
  const options: CreateOptions = { source: 'api', idempotency: { key: 'k1', bodyHash: 'h1' } };
  const [first, second] = await Promise.all([create(follow, options), create(follow, options)]);
  expect(second).toEqual(first);
  expect(await countTasks(house.store.read)).toBe(4);
});

test('the same key with another body is a conflict', async () => {
  await create(follow, { source: 'api', idempotency: { key: 'k1', bodyHash: 'h1' } });
  await expect(create(follow, { source: 'api', idempotency: { key: 'k1', bodyHash: 'h2' } })).rejects.toMatchObject({
    code: 'conflict.idempotency',
  });
});

test.each([
  ['an account that is not listed', { ...follow, usernames: ['@nobody'] }, 'input.not-found'],
  ['a time zone that does not exist', { ...follow, start_time: '14:30', time_zone: 'Mars/Base' }, 'input.invalid'],
  [
    'too many tasks in one call',
    { ...follow, script_config: { target_users: Array.from({ length: 5_001 }, (_, n) => `u${n}`) } },
    'input.invalid',
  ],
])('%s creates nothing at all', async (_, body, code) => {
  await expect(create(body)).rejects.toMatchObject({ code });
  expect(await countTasks(house.store.read)).toBe(0);
});

test('a time zone of its own decides when HH:MM is', async () => {
  await create({ ...follow, start_time: '14:30', time_zone: 'America/New_York' });
  expect((await house.task(1)).dueAt).toBe(Date.parse('2026-01-02T19:30:00Z'));
});
