import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { readCreateBody } from '../../src/contract/create-task.ts';
import { type Claim, claimNext } from '../../src/store/claim.ts';
import { upsertDevice } from '../../src/store/devices.ts';
import { registerHost } from '../../src/store/hosts.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite.ts';
import { findTask, type Task } from '../../src/store/tasks.ts';
import { type CreateParts, createTasks } from '../../src/task/create.ts';

export const host = { id: 'host-1', bootId: 'boot-1' };

/** A real database in a folder of its own, with a clock that the test moves and one phone, `d1`. */
export class TaskHouse {
  readonly folder = mkdtempSync(join(tmpdir(), 'drover-house-'));
  readonly clock = new ManualClock();
  store: SqliteStore;

  private constructor() {
    this.store = this.#openStore();
  }

  static async open(): Promise<TaskHouse> {
    const house = new TaskHouse();
    await house.store.write(async (tx) => {
      await registerHost(tx, { ...host, url: null, aliveUntil: tx.now + 20_000, version: '0' });
      await upsertDevice(tx, 'd1', { state: 'ready', hostId: host.id, virtual: true });
    });
    return house;
  }

  #openStore(): SqliteStore {
    return openSqliteStore({ file: join(this.folder, 'drover.db'), clock: this.clock, log: silentLog });
  }

  get createParts(): CreateParts {
    return {
      store: this.store,
      clock: this.clock,
      settings: () => ({ timeZone: 'UTC', defaultPlatform: 'tiktok' }),
      sealConfig: (config) => config,
      listAccounts: async () => [],
    };
  }

  /** Creates tasks as a request body would; ids in order. */
  async create(body: object): Promise<number[]> {
    const read = readCreateBody(body);
    if ('error' in read) throw new Error(read.error.message);
    return (await createTasks(this.createParts, read.request, { source: 'api' })).task_ids;
  }

  async claim(bootId = host.bootId): Promise<Claim> {
    const claim = await this.store.write((tx) =>
      claimNext(tx, { serial: 'd1', hostId: host.id, bootId, leaseMs: 60_000, seed: 'seed' }),
    );
    if (!claim) throw new Error('nothing to claim');
    return claim;
  }

  async task(id: number): Promise<Task> {
    const task = await findTask(this.store.read, id);
    if (!task) throw new Error(`no task ${id}`);
    return task;
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
