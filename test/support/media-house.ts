import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { ChosenMedia, MediaWish } from '../../src/media/choice.ts';
import { Library } from '../../src/media/library.ts';
import { MediaShelf } from '../../src/media/pick.ts';
import type { MediaRoots } from '../../src/media/roots.ts';
import { createSampleVideo } from '../../src/sim/sample-video.ts';
import type { MediaItem } from '../../src/store/media.ts';
import type { MediaTaker } from '../../src/store/media-uses.ts';
import { host, TaskHouse } from './task-house.ts';

/** A library and a shelf over a real database and real files; attempts are rows, no phone is touched. */
export class MediaHouse {
  readonly tasks: TaskHouse;
  readonly library: Library;
  readonly shelf: MediaShelf;
  allowReuse = false;
  maxBytes = 64 * 1024 * 1024;
  folders: MediaRoots['folders'] = 'any';

  private constructor(tasks: TaskHouse) {
    this.tasks = tasks;
    const parts = {
      store: tasks.store,
      log: silentLog,
      roots: () => ({ folders: this.folders, dataFolder: this.at('data') }),
      maxBytes: () => this.maxBytes,
    };
    this.library = new Library({ ...parts, folder: this.at('data', 'media'), hostId: host.id });
    this.shelf = new MediaShelf({ ...parts, library: this.library, allowReuse: () => this.allowReuse });
  }

  static async open(): Promise<MediaHouse> {
    const house = new MediaHouse(await TaskHouse.open());
    await house.library.start();
    return house;
  }

  at(...names: string[]): string {
    return join(this.tasks.folder, ...names);
  }

  /** Another film for another seed. */
  film(name: string, seed = name): string {
    const path = this.#room(name);
    writeFileSync(path, createSampleVideo({ seconds: 1, seed }));
    return path;
  }

  async picture(name: string, shade = name.length): Promise<string> {
    const path = this.#room(name);
    const background = { r: shade % 256, g: (shade * 7) % 256, b: (shade * 13) % 256 };
    await sharp({ create: { width: 24, height: 16, channels: 3, background } })
      .png()
      .toFile(path);
    return path;
  }

  #room(name: string): string {
    const path = this.at(name);
    mkdirSync(join(path, '..'), { recursive: true });
    return path;
  }

  async add(path: string, { tags = [] as string[], caption = null as string | null } = {}): Promise<MediaItem> {
    await using intake = this.library.intake();
    await intake.copy(path);
    const [added] = await intake.keep({ tags, caption });
    if (!added) throw new Error('nothing was added');
    return added.item;
  }

  /** An attempt that runs, of a task of its own. */
  async attempt(actor: string): Promise<MediaTaker> {
    const [taskId = 0] = await this.tasks.create({
      serials: ['d1'],
      script_name: 'post',
      script_config: { content_type: 0 },
    });
    const attemptId = await this.tasks.store.write(async (tx) => {
      const [row] = await tx.hot<{ id: number }>(
        `insert into attempt (task_id, n, serial, host_id, token, seed, started_at) values (?, 1, 'd1', ?, 1, 's', ?)
         returning id`,
        [taskId, host.id, tx.now],
      );
      return row?.id ?? 0;
    });
    return { taskId, attemptId, actor };
  }

  async effect({ taskId, attemptId, actor }: MediaTaker, state: string): Promise<void> {
    await this.tasks.store.write((tx) =>
      tx.hot(
        `insert into effect (task_id, attempt_id, key, actor, kind, target, minor, state, rule, act_before, intended_at, settled_at)
         values (?, ?, 'post', ?, 'post', '@me', 0, ?, 'r', 0, ?, ?)`,
        [taskId, attemptId, actor, state, tx.now, state === 'intended' ? null : tx.now],
      ),
    );
  }

  async end({ attemptId }: MediaTaker): Promise<void> {
    await this.tasks.store.write((tx) => tx.hot(`update attempt set ended_at = ? where id = ?`, [tx.now, attemptId]));
  }

  wish(more: Partial<MediaWish> = {}): MediaWish {
    return {
      ...{ kind: 'video', count: 1, list: [], source: 'materialLibrary', folder: '', tags: [], position: 0 },
      ...more,
    };
  }

  async take(
    taker: MediaTaker,
    more: Partial<MediaWish> = {},
    seed: string | number = 1,
  ): Promise<readonly ChosenMedia[]> {
    return await this.shelf.take(this.wish(more), seededRandom(seed), taker);
  }

  /** An attempt that takes and publishes. */
  async post(actor: string, more: Partial<MediaWish> = {}, seed: string | number = 1): Promise<string[]> {
    const taker = await this.attempt(actor);
    const media = await this.take(taker, more, seed);
    await this.effect(taker, 'done');
    await this.shelf.settle(taker);
    await this.end(taker);
    return media.map(({ name }) => name);
  }

  async close(): Promise<void> {
    await this.tasks.close();
  }
}
