/** Creates tasks as fast as it can and says each id once it is acknowledged, until it is killed. */
import { writeSync } from 'node:fs';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { claimNext } from '../../src/store/claim.ts';
import { upsertDevice } from '../../src/store/devices.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Tx } from '../../src/store/store.ts';
import { insertSubmission } from '../../src/store/submissions.ts';
import { insertTasks } from '../../src/store/tasks.ts';

const [file = ''] = process.argv.slice(2);
const store = openSqliteStore({ file, clock: systemClock, log: silentLog });

async function create(tx: Tx, serial: string): Promise<number[]> {
  await upsertDevice(tx, serial, {});
  const submissionId = await insertSubmission(tx, { source: 'api', minGapMs: 0, maxGapMs: 0 });
  return insertTasks(
    tx,
    [0, 1, 2].map((position) => ({
      submissionId,
      position,
      source: 'api',
      scriptName: 'post',
      platform: 'tiktok',
      serial,
      target: null,
      config: { caption: 'x'.repeat(500) },
      dueAt: tx.now,
    })),
  );
}

async function lane(serial: string): Promise<never> {
  for (;;) {
    const ids = await store.write((tx) => create(tx, serial));
    writeSync(1, `task ${ids.join(' ')}\n`);
    const want = { serial, hostId: 'h', bootId: `${process.pid}`, leaseMs: 1000, seed: 's' };
    const claim = await store.write((tx) => claimNext(tx, want));
    if (claim) writeSync(1, `attempt ${claim.attempt.id}\n`);
  }
}

await Promise.all(Array.from({ length: 10 }, (_, i) => lane(`P${i}`)));
