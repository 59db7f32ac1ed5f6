import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/base/clock.ts';
import { ManualClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { upsertDevice } from '../../src/store/devices.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite.ts';
import { insertSubmission, type NewSubmission } from '../../src/store/submissions.ts';
import { insertTasks, type NewTask } from '../../src/store/tasks.ts';

/** A real database file in a folder of its own; both are gone at the end of the `await using` block. */
export class TempStore implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'drover-store-'));
  readonly file = join(this.folder, 'drover.db');
  readonly clock: Clock;
  store: SqliteStore;

  constructor(clock: Clock = new ManualClock()) {
    this.clock = clock;
    this.store = this.open();
  }

  open(): SqliteStore {
    return openSqliteStore({ file: this.file, clock: this.clock, log: silentLog });
  }

  async reopen(): Promise<SqliteStore> {
    await this.store.close();
    this.store = this.open();
    return this.store;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** One submission with these tasks; what is left out is a due `post` on phone A. Creates missing device rows. */
  submit(tasks: readonly Partial<NewTask>[], submission: Partial<NewSubmission> = {}): Promise<number[]> {
    return this.store.write(async (tx) => {
      const serials = new Set(tasks.map((task) => (task.serial === undefined ? 'A' : task.serial)));
      for (const serial of serials) if (serial !== null) await upsertDevice(tx, serial, {});
      const submissionId = await insertSubmission(tx, { source: 'api', minGapMs: 0, maxGapMs: 0, ...submission });
      return insertTasks(
        tx,
        tasks.map((task, position) => ({
          submissionId,
          position,
          source: submission.source ?? 'api',
          scriptName: 'post',
          platform: 'tiktok',
          serial: 'A',
          target: null,
          config: {},
          dueAt: tx.now,
          ...task,
        })),
      );
    });
  }
}
