import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import { type ProbedMedia, probeMedia } from './probe.ts';
import { type MediaRoots, resolveMedia } from './roots.ts';

/** What a task wants: the documented fields of the post script, in their order of precedence. */
export interface MediaWish {
  kind: 'video' | 'image';
  /** Images: how many. */
  count: number;
  list: readonly string[];
  source: 'materialLibrary' | 'localFolder';
  /** Position of the task in its create call. */
  position: number;
}

export interface ShelfParts {
  roots: MediaRoots;
  log: Log;
}

/** Chooses a task's media: list, then folder, then library. What it returns was read to its end a moment ago. */
export class MediaShelf {
  readonly #parts: ShelfParts;

  constructor(parts: ShelfParts) {
    this.#parts = parts;
  }

  /** Throws `media.missing`, `media.outside-roots`, `media.none-left`; the phone has not been touched then. */
  async pick(wish: MediaWish): Promise<readonly ProbedMedia[]> {
    const media: ProbedMedia[] = [];
    for (const path of this.#choose(wish)) {
      const real = await resolveMedia(path, this.#parts.roots);
      media.push(await probeMedia(real, { kind: wish.kind }));
    }
    this.#parts.log.debug({ count: media.length, bytes: media.map(({ bytes }) => bytes) }, 'media chosen');
    return media;
  }

  /** As `pick`. */
  async take(wish: MediaWish): Promise<readonly ProbedMedia[]> {
    return await this.pick(wish);
  }

  async settle(): Promise<void> {}

  #choose({ kind, count, list, source, position }: MediaWish): readonly string[] {
    if (list.length === 0) throw new DroverError('media.none-left', { message: noneLeft(source) });
    // The documentation is silent on how a list is spread: one video each in turn, the same images for all.
    return kind === 'video' ? list.slice(position % list.length).slice(0, 1) : list.slice(0, count);
  }
}

const noneLeft = (source: MediaWish['source']): string =>
  source === 'localFolder'
    ? 'media from a folder (material_source localFolder) is not supported yet: list the files in material_list'
    : 'the media library holds nothing yet: list the files to post in material_list (absolute paths on the server)';
