import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tooLarge } from './probe.ts';
import { fromFileSystem } from './problem.ts';

/** Ends of file names: phones tell by them what to put into their gallery. */
const endings: Readonly<Record<string, string>> = {
  'video/mp4': '.mp4',
  'video/quicktime': '.mov',
  'video/webm': '.webm',
  'video/x-matroska': '.mkv',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
};

export interface StoredFile {
  sha256: string;
  mime: string;
}

/**
 * The bytes of the library, each content once, below its hash: `ab/abcdef….mp4`, its small picture beside it. What comes in
 * is written under a name of its own in `incoming` and renamed when it is whole, so nothing half ever stands in its place.
 */
export class MediaFiles {
  readonly #folder: string;
  readonly #incoming: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#incoming = join(folder, 'incoming');
  }

  /** Makes the folders; what an earlier process left unfinished is removed. */
  async open(): Promise<void> {
    await rm(this.#incoming, { recursive: true, force: true });
    await mkdir(this.#incoming, { recursive: true, mode: 0o700 });
  }

  pathOf({ sha256, mime }: StoredFile): string {
    return join(this.#folder, sha256.slice(0, 2), `${sha256}${endings[mime] ?? ''}`);
  }

  thumbnailOf({ sha256 }: Pick<StoredFile, 'sha256'>): string {
    return join(this.#folder, sha256.slice(0, 2), `${sha256}.small.jpg`);
  }

  /**
   * Takes a stream in, hashing on the way; one chunk at a time, so memory stays flat. Durable when it resolves. When the
   * stream fails or grows beyond `maxBytes` (`media.too-large`), nothing is left.
   */
  async receive(
    content: AsyncIterable<Uint8Array>,
    { called, maxBytes }: { called: string; maxBytes: number },
  ): Promise<{ path: string; sha256: string; bytes: number }> {
    const path = join(this.#incoming, randomUUID());
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      await writing(path, called, async (write) => {
        for await (const chunk of content) {
          bytes += chunk.byteLength;
          if (bytes > maxBytes) throw tooLarge(called, maxBytes);
          hash.update(chunk);
          await write(chunk);
        }
      });
    } catch (error) {
      await this.discard(path);
      throw error;
    }
    return { path, sha256: hash.digest('hex'), bytes };
  }

  /** A copy to be looked at; where the file system can share the blocks, it takes no room of its own. */
  async copy(from: string, called: string): Promise<string> {
    const path = join(this.#incoming, randomUUID());
    try {
      await copyFile(from, path, constants.COPYFILE_FICLONE);
      await chmod(path, 0o600); // not the rights of the original: it may be read-only
      const file = await open(path, 'r+');
      await file.sync().finally(() => file.close());
      return path;
    } catch (cause) {
      await this.discard(path);
      throw fromFileSystem(called, cause);
    }
  }

  /** Puts what came in where it belongs. Content that is there already, and whole, stays. */
  async place(incoming: string, file: StoredFile): Promise<void> {
    const path = this.pathOf(file);
    const bytes = await sizeOf(path);
    if (bytes !== undefined && bytes === (await sizeOf(incoming))) return await this.discard(incoming);
    await mkdir(join(this.#folder, file.sha256.slice(0, 2)), { recursive: true, mode: 0o700 });
    await rename(incoming, path);
  }

  async discard(incoming: string): Promise<void> {
    await rm(incoming, { force: true });
  }

  /** Undefined when the file is not there. */
  sizeOf(file: StoredFile): Promise<number | undefined> {
    return sizeOf(this.pathOf(file));
  }

  /** The file and its small picture. */
  async remove(file: StoredFile): Promise<void> {
    await rm(this.pathOf(file), { force: true });
    await rm(this.thumbnailOf(file), { force: true });
  }

  /** Writes a file beside the content, whole or not at all. */
  async writeThumbnail(file: Pick<StoredFile, 'sha256'>, jpeg: Uint8Array): Promise<void> {
    const path = join(this.#incoming, randomUUID());
    await writing(path, 'the small picture', (write) => write(jpeg));
    await rename(path, this.thumbnailOf(file));
  }

  /** Removes files whose content `keeps` does not know; a crash between file and row leaves such. */
  async sweep(keeps: ReadonlySet<string>): Promise<{ files: number; bytes: number }> {
    const removed = { files: 0, bytes: 0 };
    const shelves = (await readdir(this.#folder)).filter((name) => /^[0-9a-f]{2}$/.test(name));
    for (const shelf of shelves) {
      for (const name of await readdir(join(this.#folder, shelf))) {
        const sha256 = /^[0-9a-f]{64}(?=\.|$)/.exec(name)?.[0];
        if (sha256 === undefined || keeps.has(sha256)) continue; // what is not ours stays
        const path = join(this.#folder, shelf, name);
        removed.bytes += (await sizeOf(path)) ?? 0;
        removed.files += 1;
        await rm(path, { force: true });
      }
    }
    return removed;
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return await stat(path).then(
    (facts) => facts.size,
    () => undefined, // not there, or not readable: not usable either way
  );
}

async function writing(
  path: string,
  called: string,
  work: (write: (chunk: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  let file: FileHandle | undefined;
  const onDisk = async <T>(step: Promise<T>): Promise<T> =>
    await step.catch((cause: unknown) => {
      throw fromFileSystem(called, cause);
    });
  try {
    const opened = await onDisk(open(path, 'wx', 0o600));
    file = opened;
    await work(async (chunk) => {
      for (let at = 0; at < chunk.byteLength; ) {
        at += (await onDisk(opened.write(chunk, at, chunk.byteLength - at))).bytesWritten;
      }
    });
    await onDisk(opened.sync());
  } finally {
    await file?.close();
  }
}
