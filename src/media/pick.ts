import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { countUses, insertUse, type MediaTaker, settleUses } from '../store/media-uses.ts';
import type { Store } from '../store/store.ts';
import type { Choice, ChosenMedia, MediaWish } from './choice.ts';
import type { Library } from './library.ts';
import { pickFromFolder } from './pick-folder.ts';
import { pickFromLibrary } from './pick-library.ts';
import { probeMedia } from './probe.ts';
import { findBelowRoots, type MediaRoots, resolveMedia } from './roots.ts';

export interface ShelfParts {
  store: Pick<Store, 'read' | 'write'>;
  log: Log;
  library: Pick<Library, 'contentOf'>;
  roots(): MediaRoots;
  /** `media.max_file_mb`, in bytes. */
  maxBytes(): number;
  /** `media.allow_reuse`. */
  allowReuse(): boolean;
}

/** Each time round another task has taken something, so somebody gets on; more than this many at once there are not. */
const mostRounds = 100;

/**
 * Chooses a task's media: list, then folder, then library, and writes down who has taken what. The same random chooses the
 * same, as long as nobody else takes anything in between.
 */
export class MediaShelf {
  readonly #parts: ShelfParts;

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  /**
   * What would be taken; nothing is written down. Throws `media.missing`, `media.unusable`, `media.wrong-kind`,
   * `media.too-large`, `media.outside-roots`, `media.none-left`; the phone has not been touched then.
   */
  async pick(wish: MediaWish, random: Random, taker: MediaTaker): Promise<readonly ChosenMedia[]> {
    return (await this.#choose(wish, random, taker)).map(({ media }) => media);
  }

  /** As `pick`; from now on it is used, until `settle` says otherwise. */
  async take(wish: MediaWish, random: Random, taker: MediaTaker): Promise<readonly ChosenMedia[]> {
    const { store, log } = this.#parts;
    await store.write((tx) => settleUses(tx)); // what dead attempts had taken may be free again
    for (let round = 1; ; round++) {
      const choices = await this.#choose(wish, random, taker);
      if (await this.#write(choices, taker, { isLast: round >= mostRounds })) {
        const media = choices.map((choice) => choice.media);
        log.info({ task: taker.taskId, media: media.map(({ sha256 }) => sha256.slice(0, 12)) }, 'media taken');
        return media;
      }
      log.debug({ task: taker.taskId, round }, 'another task took the same media: choosing again');
    }
  }

  /** The attempt is over: what it took stays used where its public action happened or may have, else it is given back. */
  async settle({ attemptId }: MediaTaker): Promise<void> {
    await this.#parts.store.write((tx) => settleUses(tx, attemptId));
  }

  /** All of them or none; false when somebody has taken one of them since they were chosen. */
  async #write(choices: readonly Choice[], taker: MediaTaker, { isLast }: { isLast: boolean }): Promise<boolean> {
    return await this.#parts.store.write(async (tx) => {
      if (!isLast) {
        for (const { media, uses } of choices) {
          if (uses !== undefined && (await countUses(tx.db, media.sha256)) !== uses) return false;
        }
      }
      for (const { media, use } of choices) {
        const id = await insertUse(tx, { ...taker, ...use, sha256: media.sha256 });
        if (id === undefined) throw takenAway(media.name); // takes back what this unit has written
      }
      return true;
    });
  }

  async #choose(wish: MediaWish, random: Random, { actor }: MediaTaker): Promise<Choice[]> {
    const { store, log, library } = this.#parts;
    const allowReuse = this.#parts.allowReuse();
    const shared = { read: store.read, log, random, actor, allowReuse };
    if (wish.list.length > 0) return await this.#fromList(wish);
    if (wish.source === 'localFolder') {
      const [roots, maxBytes] = [this.#parts.roots(), this.#parts.maxBytes()];
      return await pickFromFolder(wish, { ...shared, roots, maxBytes });
    }
    return await pickFromLibrary(wish, { ...shared, contentOf: (id) => library.contentOf(id) });
  }

  /** Naming a file is asking for it, so it may be a repetition. */
  async #fromList({ kind, count, list, mayBeRelative, position }: MediaWish): Promise<Choice[]> {
    // The documentation is silent on how a list is spread: one video each in turn, the same images for all.
    const paths = kind === 'video' ? list.slice(position % list.length).slice(0, 1) : list.slice(0, count);
    const choices: Choice[] = [];
    for (const path of paths) {
      const roots = this.#parts.roots();
      const real = await resolveMedia(mayBeRelative ? await findBelowRoots(path, roots) : path, roots);
      const media = await probeMedia(real, { kind, maxBytes: this.#parts.maxBytes(), called: path });
      choices.push({ media: { ...media, path: real }, use: { source: 'list', again: true } });
    }
    return choices;
  }
}

const takenAway = (name: string): DroverError =>
  new DroverError('media.none-left', {
    message: `${name} was taken by another task of the same account at this moment; retry, or add media`,
  });
