/** Claims and finishes tasks of all phones beside other processes until none is left; prints who ran what, and when. */
import { writeSync } from 'node:fs';
import { sleep, systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { endAttempt } from '../../src/store/attempts.ts';
import { type Claim, claimNext } from '../../src/store/claim.ts';
import { releaseLease } from '../../src/store/leases.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { countTasks } from '../../src/store/task-lists.ts';
import { moveTask } from '../../src/store/tasks.ts';

const [file = '', name = '', ...serials] = process.argv.slice(2);
const store = openSqliteStore({ file, clock: systemClock, log: silentLog, owner: false });
/** The system's monotonic clock: comparable between the processes of one machine. */
const now = () => Number(process.hrtime.bigint() / 1000n);

async function run({ task, attempt, token }: Claim): Promise<void> {
  const startedAt = now();
  await sleep(systemClock, 3); // a handler that takes time, or overlaps could not show
  const endedAt = now();
  await store.write(async (tx) => {
    await releaseLease(tx, { serial: attempt.serial, token });
    await endAttempt(tx, { attemptId: attempt.id, outcome: 'completed' });
    await moveTask(tx, task.id, { from: 'running', to: 'completed' });
  });
  writeSync(1, `${JSON.stringify({ name, task: task.id, serial: attempt.serial, startedAt, endedAt })}\n`);
}

async function lane(serial: string): Promise<void> {
  while ((await countTasks(store.read, { serial, status: 0 })) > 0) {
    const want = { serial, hostId: 'h', bootId: name, leaseMs: 60_000, seed: 's' };
    const claim = await store.write((tx) => claimNext(tx, want));
    if (claim) await run(claim);
    else await sleep(systemClock, 1);
  }
}

await Promise.all(serials.map(lane));
await store.close();
