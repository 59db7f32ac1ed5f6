import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { type TaskStateName, taskStates, wireStatus } from '../contract/task-states.ts';
import { claimNext } from './claim.ts';
import { tailEvents } from './events.ts';
import { findSubmissionByKey, insertSubmission, setSubmissionReply } from './submissions.ts';
import {
  countQueue,
  countQueues,
  countTasks,
  listRetryable,
  listStopAsked,
  listTasks,
  taskStats,
} from './task-lists.ts';
import { askStop, deleteTask, findTask, moveTask } from './tasks.ts';

const page = { page: 1, pageSize: 100 };
const claimA = { serial: 'A', hostId: 'h', bootId: 'b', leaseMs: 60_000, seed: 's' };

test('a task reads back as it was written', async () => {
  await using temp = new TempStore();
  const [id = 0] = await temp.submit([
    {
      scriptName: 'follow',
      platform: 'instagram',
      serial: 'B',
      username: '@lena',
      target: '@bär',
      config: { target_user: '@bär', nested: { list: [1, null, 'x'] } },
      multiAccount: true,
      dueAt: 42,
      timeZone: 'Europe/Berlin',
    },
  ]);
  expect(await findTask(temp.store.read, id)).toEqual({
    id,
    submissionId: 1,
    position: 0,
    source: 'api',
    scriptName: 'follow',
    platform: 'instagram',
    serial: 'B',
    accountId: null,
    username: '@lena',
    target: '@bär',
    config: { target_user: '@bär', nested: { list: [1, null, 'x'] } },
    multiAccount: true,
    state: 'pending',
    dueAt: 42,
    timeZone: 'Europe/Berlin',
    attempts: 0,
    retryCount: 0,
    interruptCount: 0,
    code: null,
    remark: '',
    step: null,
    waitRule: null,
    facts: null,
    stopAskedAt: null,
    createdAt: temp.clock.now(),
    startedAt: null,
    endedAt: null,
  });
  expect(await findTask(temp.store.read, id + 1)).toBeUndefined();
});

test('ids ascend in the order of the call and are never given out twice, even after the newest was deleted', async () => {
  await using temp = new TempStore();
  const first = await temp.submit([{}, {}, {}]);
  expect(first).toEqual([...first].sort((a, b) => a - b));
  const newest = first.at(-1) ?? 0;
  await temp.store.write((tx) => deleteTask(tx, newest));
  await temp.reopen();
  const [next = 0] = await temp.submit([{}]);
  expect(next).toBeGreaterThan(newest);
});

test('status filters speak the four documented numbers: held waits, unconfirmed counts as failed', async () => {
  await using temp = new TempStore();
  const ids = await temp.submit([{ state: 'held' }, {}, {}, {}, {}]);
  const [held, pending, completed, failed, unconfirmed] = ids as [number, number, number, number, number];
  await temp.store.write(async (tx) => {
    await moveTask(tx, completed, { from: 'pending', to: 'completed' });
    await moveTask(tx, failed, { from: 'pending', to: 'failed', set: { code: 'task.stopped', remark: 'stopped' } });
    await moveTask(tx, unconfirmed, { from: 'pending', to: 'unconfirmed' });
  });
  const listed = async (status: 0 | 1 | 2 | 3) =>
    (await listTasks(temp.store.read, { status, ...page })).map((task) => task.id);
  expect(await listed(0)).toEqual([pending, held]);
  expect(await listed(1)).toEqual([]);
  expect(await listed(2)).toEqual([completed]);
  expect(await listed(3)).toEqual([unconfirmed, failed]);
  expect((await listRetryable(temp.store.read, { after: 0, below: 3, limit: 9 })).map(({ id }) => id)).toEqual([
    failed,
  ]);
  expect(await taskStats(temp.store.read)).toEqual({ total: 5, pending: 2, running: 0, completed: 1, failed: 2 });
});

test('lists are newest first, filtered and paged; totals follow every filter', async () => {
  await using temp = new TempStore();
  await temp.submit([{}, { serial: 'B' }, { serial: 'B', scriptName: 'follow' }]);
  await temp.submit([{ serial: 'B' }], { source: 'ui' });
  const ids = async (filter: Parameters<typeof countTasks>[1] & object, paging = page) =>
    (await listTasks(temp.store.read, { ...filter, ...paging })).map((task) => task.id);
  expect(await ids({})).toEqual([4, 3, 2, 1]);
  expect(await ids({}, { page: 2, pageSize: 3 })).toEqual([1]);
  expect(await ids({}, { page: 3, pageSize: 3 })).toEqual([]);
  for (const [filter, expected] of [
    [{ serial: 'B' }, [4, 3, 2]],
    [{ serial: 'B', source: 'api' }, [3, 2]],
    [{ scriptName: 'post' }, [4, 2, 1]],
    [{ scriptName: 'follow', source: 'ui' }, []],
    [{ serial: 'nobody' }, []],
  ] as const) {
    expect(await ids(filter)).toEqual(expected);
    expect(await countTasks(temp.store.read, filter)).toBe(expected.length);
  }
});

test('a move that the task is not in the state for changes nothing and says where the task is', async () => {
  await using temp = new TempStore();
  const [id = 0] = await temp.submit([{}]);
  const events = await tailEvents(temp.store.read, 0, 100);
  const move = temp.store.write((tx) => moveTask(tx, id, { from: 'running', to: 'completed' }));
  await expect(move).rejects.toMatchObject({ code: 'task.wrong-state', message: `task ${id} is pending, not running` });
  const lost = temp.store.write((tx) => moveTask(tx, 999, { from: 'pending', to: 'failed' }));
  await expect(lost).rejects.toMatchObject({ code: 'input.not-found' });
  expect(await tailEvents(temp.store.read, 0, 100)).toEqual(events);
});

test('every change of a task is told as an event with the documented status', async () => {
  await using temp = new TempStore();
  const [id = 0] = await temp.submit([{}]);
  const start = (await tailEvents(temp.store.read, 0, 100)).at(-1)?.id ?? 0;
  await temp.store.write((tx) => claimNext(tx, claimA));
  await temp.store.write((tx) => askStop(tx, id, 'anna'));
  expect(await listStopAsked(temp.store.read)).toEqual([id]);
  await temp.store.write(async (tx) => {
    await tx.hot('delete from lease', []);
    await moveTask(tx, id, { from: 'running', to: 'failed', set: { code: 'task.stopped' }, person: 'anna' });
  });
  await temp.store.write((tx) => deleteTask(tx, id, 'anna'));
  const told = await tailEvents(temp.store.read, start, 100);
  expect(told.map(({ type, person, body }) => [type, person, body.status, body.state])).toEqual([
    ['taskChanged', null, 1, 'running'],
    ['taskChanged', 'anna', 1, 'running'],
    ['taskChanged', 'anna', 3, 'failed'],
    ['taskDeleted', 'anna', undefined, undefined],
  ]);
  expect(new Set(told.map((event) => event.subject))).toEqual(new Set([`task:${id}`]));
  expect(await listStopAsked(temp.store.read)).toEqual([]);
});

test('a running task is not deleted, and a device never has two', async () => {
  await using temp = new TempStore();
  const [first = 0, second = 0] = await temp.submit([{}, {}]);
  await temp.store.write((tx) => claimNext(tx, claimA));
  const remove = temp.store.write((tx) => deleteTask(tx, first));
  await expect(remove).rejects.toMatchObject({ code: 'task.wrong-state' });
  const twice = temp.store.write((tx) => moveTask(tx, second, { from: 'pending', to: 'running' }));
  await expect(twice).rejects.toMatchObject({ code: 'server.bug', details: { database: 'SQLITE_CONSTRAINT_UNIQUE' } });
  expect(await temp.store.write((tx) => deleteTask(tx, 999))).toBe(false);
});

test('one Idempotency-Key belongs to one submission', async () => {
  await using temp = new TempStore();
  const submission = { source: 'api' as const, idempotencyKey: 'k', bodyHash: 'h', minGapMs: 0, maxGapMs: 0 };
  const id = await temp.store.write(async (tx) => {
    const made = await insertSubmission(tx, submission);
    await setSubmissionReply(tx, made, '{"task_ids":[1]}');
    return made;
  });
  expect(await findSubmissionByKey(temp.store.read, 'k')).toMatchObject({
    id,
    bodyHash: 'h',
    reply: '{"task_ids":[1]}',
  });
  expect(await findSubmissionByKey(temp.store.read, 'other')).toBeUndefined();
  const again = temp.store.write((tx) => insertSubmission(tx, submission));
  await expect(again).rejects.toMatchObject({ code: 'conflict.idempotency' });
});

test('whatever is created, moved and deleted, the counts equal a fresh count', async () => {
  await using temp = new TempStore();
  const serials = ['A', 'B', null] as const;
  const scripts = ['post', 'follow'] as const;
  const operation = fc.oneof(
    fc.record({
      is: fc.constant('create' as const),
      tasks: fc.array(
        fc.record({
          serial: fc.constantFrom(...serials),
          scriptName: fc.constantFrom(...scripts),
          state: fc.constantFrom('held' as const, 'pending' as const),
        }),
        { maxLength: 4 },
      ),
      source: fc.constantFrom('ui' as const, 'api' as const),
    }),
    fc.record({
      is: fc.constant('move' as const),
      pick: fc.nat(),
      from: fc.constantFrom(...taskStates),
      to: fc.constantFrom(...taskStates),
    }),
    fc.record({ is: fc.constant('delete' as const), pick: fc.nat() }),
    fc.record({ is: fc.constant('abort' as const), pick: fc.nat() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { maxLength: 20 }), async (operations) => {
      for (const step of operations) {
        const all = await temp.store.read.selectFrom('task').select(['id', 'state']).execute();
        if (step.is === 'create') {
          await temp.submit(step.tasks, { source: step.source });
          continue;
        }
        const row = all[step.pick % Math.max(1, all.length)];
        if (!row) continue;
        await temp.store
          .write(async (tx) => {
            if (step.is === 'delete') await deleteTask(tx, row.id);
            else if (step.is === 'move') await moveTask(tx, row.id, { from: row.state, to: step.to });
            else {
              await moveTask(tx, row.id, { from: row.state, to: 'failed' });
              throw new Error('the unit is taken back');
            }
          })
          .catch(() => {}); // a second running task of a phone, a running one deleted, the abort: refused, and counted as such
      }
      const rows = await temp.store.read
        .selectFrom('task')
        .select(['serial', 'script_name', 'source', 'state'])
        .execute();
      const counts = await temp.store.read.selectFrom('task_count').selectAll().where('n', '>', 0).execute();
      const fresh = new Map<string, number>();
      for (const row of rows) {
        const key = [row.serial ?? '', row.script_name, row.source, row.state].join('|');
        fresh.set(key, (fresh.get(key) ?? 0) + 1);
      }
      expect(
        new Map(counts.map((row) => [[row.serial, row.script_name, row.source, row.state].join('|'), row.n])),
      ).toEqual(fresh);
      const of = (state: TaskStateName) => rows.filter((row) => row.state === state).length;
      const stats = await taskStats(temp.store.read);
      expect(stats.total).toBe(rows.length);
      expect(stats.failed).toBe(of('failed') + of('unconfirmed'));
      for (const status of [0, 1, 2, 3] as const) {
        const expected = rows.filter((row) => wireStatus[row.state] === status).length;
        expect(await countTasks(temp.store.read, { status })).toBe(expected);
      }
      const waiting = rows.filter((row) => row.state === 'pending' && row.serial === 'A').length;
      expect(await countQueue(temp.store.read, 'A')).toBe(waiting);
      expect((await countQueues(temp.store.read)).get('A') ?? 0).toBe(waiting);
    }),
    { numRuns: 40 },
  );
});
