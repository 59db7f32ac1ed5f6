import { readFile } from 'node:fs/promises';
import { DroverError } from '../base/error.ts';
import { KeyedQueue } from '../base/keyed-queue.ts';
import type { Log } from '../base/log.ts';
import {
  changeMedia,
  deleteMedia,
  findMedia,
  findMediaByHash,
  insertMedia,
  listMediaHashes,
  type MediaChange,
  type MediaItem,
  mediaTotals,
} from '../store/media.ts';
import { findOpenUse, forgetUses, listUsedBefore, settleUses } from '../store/media-uses.ts';
import type { Store } from '../store/store.ts';
import { MediaFiles } from './files.ts';
import { mediaName } from './name.ts';
import { type ProbedMedia, probeMedia, sizeOfFile } from './probe.ts';
import { errnoOf, missing } from './problem.ts';
import { type MediaRoots, resolveMedia } from './roots.ts';
import { drawThumbnail } from './thumbnail.ts';

export interface LibraryParts {
  store: Store;
  log: Log;
  /** Below the data folder; made when missing. */
  folder: string;
  roots(): MediaRoots;
  /** `media.max_file_mb`, in bytes. */
  maxBytes(): number;
  hostId: string;
}

/** What is said about files that come in together. */
export interface MediaNotes {
  tags: readonly string[];
  caption: string | null;
  /** Who sent them. */
  person?: string;
}

export interface AddedMedia {
  item: MediaItem;
  /** The library held this content already; the item is as it was. */
  isDuplicate: boolean;
}

interface Staged {
  path: string;
  name: string;
  origin: string;
  probed: ProbedMedia;
}

/**
 * The media library: rows in the database, bytes below the data folder, each content once. Files come in through an
 * `Intake`, which keeps all of its files or none.
 */
export class Library {
  readonly files: MediaFiles;
  readonly #parts: LibraryParts;
  /** Placing and removing files happens one after the other: between a file and its row nobody else looks. */
  readonly #changes = new KeyedQueue<'files'>();

  constructor(parts: LibraryParts) {
    this.#parts = parts;
    this.files = new MediaFiles(parts.folder);
  }

  /** To be awaited before anything else. Uses of attempts that died with the former process are settled. */
  async start(): Promise<void> {
    await this.files.open();
    await this.#parts.store.write((tx) => settleUses(tx));
    const { files, bytes } = await this.sweepFiles();
    if (files > 0) this.#parts.log.info({ files, bytes }, 'media files without an item were removed');
  }

  /** `await using`: what was not kept is removed at the end of the block. */
  intake(): Intake {
    return new Intake(this.#parts, this.files, (staged, notes) => this.#keep(staged, notes));
  }

  /** Throws `input.not-found`. */
  async change(id: number, change: MediaChange & { isUsed?: false }, person?: string): Promise<MediaItem> {
    return await this.#parts.store.write(async (tx) => {
      const { isUsed, ...rest } = change;
      const before = await findMedia(tx.db, id);
      if (!before) throw noItem(id);
      if (isUsed === false) await forgetUses(tx, before.sha256);
      return (await changeMedia(tx, id, rest, person)) ?? before;
    });
  }

  /** Throws `input.not-found`, and `media.in-use` while a running task posts it. */
  async remove(id: number, person?: string): Promise<void> {
    await this.#changes.run('files', async () => {
      const item = await this.#parts.store.write(async (tx) => {
        const found = await findMedia(tx.db, id);
        if (!found) throw noItem(id);
        await settleUses(tx);
        const use = await findOpenUse(tx.db, found.sha256);
        if (use) {
          throw new DroverError('media.in-use', {
            message: `task ${use.taskId} is posting ${found.name}; wait until it has ended, or stop it first`,
            details: { task: use.taskId },
          });
        }
        await deleteMedia(tx, id, person);
        return found;
      });
      await this.files.remove(item);
    });
  }

  /** A small JPEG; drawn once. Throws `input.not-found`, `media.missing`. */
  async thumbnail(id: number): Promise<Uint8Array> {
    const { item, path } = await this.contentOf(id);
    try {
      return await readFile(this.files.thumbnailOf(item));
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
    const drawn = await drawThumbnail(path, item);
    await this.files.writeThumbnail(item, drawn);
    return drawn;
  }

  /** Where its bytes lie on this host. Throws `input.not-found`, `media.missing`. */
  async contentOf(id: number): Promise<{ item: MediaItem; path: string }> {
    const item = await findMedia(this.#parts.store.read, id);
    if (!item) throw noItem(id);
    if ((await this.files.sizeOf(item)) !== item.bytes) {
      throw missing(item.name, 'is not in the data folder any more', 'upload the file again');
    }
    return { item, path: this.files.pathOf(item) };
  }

  /** How much the library holds; `bytes` counts each content once. */
  sizeOfLibrary(): Promise<{ items: number; bytes: number }> {
    return mediaTotals(this.#parts.store.read);
  }

  /** Removes files that belong to no item. */
  sweepFiles(): Promise<{ files: number; bytes: number }> {
    return this.#changes.run('files', async () => this.files.sweep(await listMediaHashes(this.#parts.store.read)));
  }

  /**
   * Deletes items that were posted, last before `usedBefore` (epoch ms); at most `limit`. Items nobody has posted stay.
   * Returns how many, and their bytes.
   */
  async pruneUsed({ usedBefore, limit = 100 }: { usedBefore: number; limit?: number }): Promise<{
    items: number;
    bytes: number;
  }> {
    const pruned = { items: 0, bytes: 0 };
    for (const { id, bytes } of await listUsedBefore(this.#parts.store.read, usedBefore, limit)) {
      try {
        await this.remove(id);
        pruned.items += 1;
        pruned.bytes += bytes;
      } catch (error) {
        // being posted again at this moment, or deleted by somebody else: both are fine
        if (!(error instanceof DroverError && ['media.in-use', 'input.not-found'].includes(error.code))) throw error;
      }
    }
    return pruned;
  }

  #keep(staged: readonly Staged[], notes: MediaNotes): Promise<AddedMedia[]> {
    return this.#changes.run('files', async () => {
      const { store, hostId } = this.#parts;
      try {
        for (const { path, probed } of staged) await this.files.place(path, probed);
        return await store.write(async (tx) => {
          const added: AddedMedia[] = [];
          for (const { name, origin, probed } of staged) {
            const { sha256, kind, mime, bytes, width, height, codec, durationMs = null } = probed;
            const facts = { sha256, kind, mime, bytes, width, height, codec, durationMs };
            const { caption, tags, person } = notes;
            const item = await insertMedia(
              tx,
              { ...facts, name, origin, hostId, number: null, caption, tags: [...tags] },
              person,
            );
            const known = item ?? (await findMediaByHash(tx.db, sha256));
            if (known) added.push({ item: known, isDuplicate: !item });
          }
          return added;
        });
      } catch (error) {
        // no row, no file: an answer that was never given leaves nothing behind
        for (const { probed } of staged) {
          if (!(await findMediaByHash(store.read, probed.sha256))) await this.files.remove(probed);
        }
        throw error;
      }
    });
  }
}

/** Files of one request on their way into the library. */
export class Intake implements AsyncDisposable {
  readonly #parts: LibraryParts;
  readonly #files: MediaFiles;
  readonly #keep: (staged: readonly Staged[], notes: MediaNotes) => Promise<AddedMedia[]>;
  readonly #staged: Staged[] = [];

  constructor(
    parts: LibraryParts,
    files: MediaFiles,
    keep: (staged: readonly Staged[], notes: MediaNotes) => Promise<AddedMedia[]>,
  ) {
    this.#parts = parts;
    this.#files = files;
    this.#keep = keep;
  }

  get count(): number {
    return this.#staged.length;
  }

  /** An upload. Its name is kept as a label. Throws `media.too-large`, `media.missing` (empty), `media.unusable`. */
  async receive(sentName: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const name = mediaName(sentName);
    const maxBytes = this.#parts.maxBytes();
    const { path, sha256 } = await this.#files.receive(content, { called: name, maxBytes });
    await this.#stage(path, { name, origin: 'upload', called: name, sha256 });
  }

  /**
   * A file of this machine, copied: what is posted later is what was looked at now, whatever becomes of the original.
   * Throws also `media.outside-roots`.
   */
  async copy(path: string): Promise<void> {
    const real = await resolveMedia(path, this.#parts.roots());
    await sizeOfFile(real, { called: path, maxBytes: this.#parts.maxBytes() });
    const copied = await this.#files.copy(real, path);
    await this.#stage(copied, { name: mediaName(real), origin: path, called: path });
  }

  /** All of them in one transaction. */
  async keep(notes: MediaNotes): Promise<AddedMedia[]> {
    const staged = this.#staged.splice(0);
    try {
      return await this.#keep(staged, notes);
    } finally {
      for (const { path } of staged) await this.#files.discard(path);
    }
  }

  async #stage(
    path: string,
    { name, origin, called, sha256 }: { name: string; origin: string; called: string; sha256?: string },
  ): Promise<void> {
    try {
      const maxBytes = this.#parts.maxBytes();
      const probed = await probeMedia(path, { called, maxBytes, ...(sha256 !== undefined && { sha256 }) });
      this.#staged.push({ path, name, origin, probed });
    } catch (error) {
      await this.#files.discard(path);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { path } of this.#staged.splice(0)) await this.#files.discard(path);
  }
}

const noItem = (id: number): DroverError =>
  new DroverError('input.not-found', { message: `there is no media item ${id}` });
