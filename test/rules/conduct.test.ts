import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { claimNext } from '../../src/store/claim.ts';
import { upsertDevice } from '../../src/store/devices.ts';
import { TempStore } from '../store/temp-store.ts';
import { conductRun } from './conduct-run.ts';

const run = promisify(execFile);

test('10,000 actions with restarts, two connections, clocks set back and daylight saving: no limit is passed', async () => {
  const seed = String(Math.floor(performance.timeOrigin));
  const report = await conductRun({ actions: 10_000, seed });
  expect({ seed, broken: report.broken }).toEqual({ seed, broken: [] });
  // It would prove nothing if nothing had been allowed, or everything.
  expect(report.allowed).toBeGreaterThan(300);
  expect(report.allowed).toBeLessThan(9_000);
  expect(report.restarts).toBeGreaterThan(0);
  expect(report.setBack).toBeGreaterThan(0);
}, 300_000);

test('two processes that ask at the same moment: no account acts twice, no target gets a fourth account', async () => {
  await using temp = new TempStore(systemClock);
  const claims = [];
  for (let index = 0; index < 12; index += 1) {
    const serial = `P${index}`;
    await temp.store.write((tx) => upsertDevice(tx, serial, { virtual: true }));
    await temp.submit([{ serial }]);
    const want = { serial, hostId: 'h', bootId: 'b', leaseMs: 600_000, seed: 's' };
    const claim = await temp.store.write((tx) => claimNext(tx, want));
    if (claim)
      claims.push({
        taskId: claim.task.id,
        attemptId: claim.attempt.id,
        token: claim.token,
        actor: `serial:${serial}`,
      });
  }
  // Each account is asked for by both processes at once, for one of two strangers.
  const wishes = claims.map((claim, index) => ({ ...claim, target: `@stranger.${index % 2}` }));
  const ask = () =>
    run(process.execPath, [join(import.meta.dirname, 'asker.child.ts'), temp.file, JSON.stringify(wishes)]);
  const answers = (await Promise.all([ask(), ask()])).flatMap(({ stdout }) =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { actor: string; target: string; is: string }),
  );
  expect(answers).toHaveLength(24);
  const allowed = answers.filter(({ is }) => is === 'go');
  expect(new Set(allowed.map(({ actor }) => actor)).size).toBe(allowed.length);
  const onTarget = Map.groupBy(allowed, ({ target }) => target);
  expect([...onTarget.values()].map((list) => list.length)).toEqual([3, 3]);
});
