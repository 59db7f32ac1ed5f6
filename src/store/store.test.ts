import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { claimNext, listDueSerials, nextDueAt } from './claim.ts';
import { upsertDevice } from './devices.ts';
import { openSqliteStore } from './sqlite.ts';
import { insertSubmission } from './submissions.ts';
import { countTasks, listTasks, taskStats } from './task-lists.ts';
import { insertTasks, moveTask } from './tasks.ts';

test('smoke', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'drover-'));
  const store = openSqliteStore({ file: join(folder, 'drover.db'), clock: systemClock, log: silentLog });
  const ids = await store.write(async (tx) => {
    await upsertDevice(tx, 'A', { state: 'ready' });
    const submissionId = await insertSubmission(tx, { source: 'api', minGapMs: 0, maxGapMs: 0 });
    return insertTasks(
      tx,
      [0, 1].map((position) => ({
        submissionId,
        position,
        source: 'api' as const,
        scriptName: 'post',
        platform: 'tiktok' as const,
        serial: 'A',
        target: '',
        config: { a: 1 },
        dueAt: tx.now,
      })),
    );
  });
  expect(await listDueSerials(store.read, Date.now())).toEqual(['A']);
  expect(await nextDueAt(store.read, 'A')).toBeTypeOf('number');
  const want = { serial: 'A', hostId: 'h', bootId: 'b', leaseMs: 1000, seed: 's' };
  const claim = await store.write((tx) => claimNext(tx, want));
  expect(claim?.task.id).toBe(ids[0]);
  expect(await store.write((tx) => claimNext(tx, want))).toBeUndefined();
  await store.write((tx) =>
    moveTask(tx, claim?.task.id ?? 0, { from: 'running', to: 'completed', set: { endedAt: tx.now } }),
  );
  expect(await taskStats(store.read)).toEqual({ total: 2, pending: 1, running: 0, completed: 1, failed: 0 });
  expect(await countTasks(store.read, { status: 0 })).toBe(1);
  expect((await listTasks(store.read, { status: 2, page: 1, pageSize: 20 }))[0]?.config).toEqual({ a: 1 });
  await store.close();
  rmSync(folder, { recursive: true });
});
