/** What only several processes, or the death of one, can show. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { seededRandom } from '../../src/base/random.ts';
import { closeAttemptsOfFormerBoot } from '../../src/store/attempts.ts';
import { countTasks } from '../../src/store/task-lists.ts';
import { moveTask } from '../../src/store/tasks.ts';
import { TempStore } from './temp-store.ts';

const start = (script: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, [join(import.meta.dirname, script), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });

/** Its lines as they come. A line is written at once and is short enough to reach the pipe whole, kill or no kill. */
async function* linesOf(child: ChildProcess): AsyncGenerator<string> {
  if (child.stdout) yield* createInterface({ input: child.stdout });
}

test('killed with -9 again and again, everything acknowledged is there and the database is whole', async () => {
  await using temp = new TempStore(systemClock);
  await temp.store.close();
  const random = seededRandom('kill');
  const tasks = new Set<number>();
  const attempts = new Set<number>();
  for (let round = 0; round < 6; round += 1) {
    const child = start('writer.child.ts', temp.file);
    const gone = once(child, 'exit');
    let left = random.int(1, 400);
    for await (const line of linesOf(child)) {
      const [kind, ...ids] = line.split(' ');
      for (const id of ids) (kind === 'task' ? tasks : attempts).add(Number(id));
      left -= 1;
      if (left === 0) child.kill('SIGKILL');
    }
    expect(await gone).toEqual([null, 'SIGKILL']);
    temp.store = temp.open(); // the dead process's lock does not stand in the way
    expect(temp.store.checkIntegrity()).toEqual([]);
    const rows = await temp.store.read.selectFrom('task').select(['id', 'state']).execute();
    const kept = new Set(rows.map((row) => row.id));
    expect([...tasks].filter((id) => !kept.has(id))).toEqual([]);
    expect(await countTasks(temp.store.read)).toBe(rows.length);
    const begun = await temp.store.read.selectFrom('attempt').select('id').execute();
    expect([...attempts].filter((id) => !begun.some((row) => row.id === id))).toEqual([]);
    const lost = await temp.store.write(async (tx) => {
      const closed = await closeAttemptsOfFormerBoot(tx, 'h', 'next');
      for (const { task } of closed) await moveTask(tx, task.id, { from: 'running', to: 'pending' });
      return closed;
    });
    expect(lost).toHaveLength(rows.filter((row) => row.state === 'running').length);
    await temp.store.close();
  }
  temp.store = temp.open();
  expect(tasks.size).toBeGreaterThan(100);
});

test('several processes that claim from one database run every task once, one at a time on each phone', async () => {
  await using temp = new TempStore(systemClock);
  const serials = ['A', 'B', 'C', 'D'];
  const ids = await temp.submit(Array.from({ length: 120 }, (_, i) => ({ serial: serials[i % 4] ?? 'A' })));
  const children = ['one', 'two', 'three'].map((name) => start('claimer.child.ts', temp.file, name, ...serials));
  const runs = await Promise.all(
    children.map(async (child) => {
      const gone = once(child, 'exit');
      const lines: { name: string; task: number; serial: string; startedAt: number; endedAt: number }[] = [];
      for await (const line of linesOf(child)) lines.push(JSON.parse(line));
      expect(await gone).toEqual([0, null]);
      return lines;
    }),
  );
  const all = runs.flat();
  expect(all.map((run) => run.task).sort((a, b) => a - b)).toEqual(ids);
  expect(new Set(all.map((run) => run.name)).size).toBeGreaterThan(1);
  for (const serial of serials) {
    const mine = all.filter((run) => run.serial === serial).sort((a, b) => a.startedAt - b.startedAt);
    mine.forEach((run, i) => {
      const former = mine[i - 1];
      if (!former) return;
      expect(run.startedAt).toBeGreaterThanOrEqual(former.endedAt);
      expect(run.task).toBeGreaterThan(former.task);
    });
  }
  expect(temp.store.checkIntegrity()).toEqual([]);
});
