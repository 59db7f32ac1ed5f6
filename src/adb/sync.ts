import { type AdbSync, LinuxFileType } from '@yume-chan/adb';
import { type MaybeConsumable, ReadableStream } from '@yume-chan/stream-extra';
import { DroverError } from '../base/error.ts';

/** What stands at a path of the phone. A link is one, whatever it leads to. */
export interface RemoteEntry {
  name: string;
  kind: 'file' | 'folder' | 'link' | 'other';
  bytes: number;
  /** Epoch ms, in whole seconds. */
  modifiedAt: number;
}

interface SyncStat {
  type: number;
  size: bigint;
  mtime: bigint;
}

/** Without its name. Undefined when nothing is there; a path that ends with a slash is followed to a folder. */
export async function statRemote(sync: AdbSync, path: string): Promise<Omit<RemoteEntry, 'name'> | undefined> {
  try {
    return entryOf(await sync.lstat(path));
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    // The first protocol has no numbers: all zeros say that it failed, whatever the reason.
    if (/^(ENOENT|ENOTDIR|lstat error)$/.test(text)) return undefined;
    if (/^E[A-Z0-9]+$/.test(text)) throw new DroverError('phone.file-refused', { message: `${path}: ${text}` });
    throw error;
  }
}

/** At most `limit` entries, in no order. A folder that cannot be opened looks empty: the protocol has no word for it. */
export async function listRemote(sync: AdbSync, path: string, limit: number): Promise<RemoteEntry[]> {
  const entries: RemoteEntry[] = [];
  for await (const entry of sync.opendir(path)) {
    if (entry.name === '.' || entry.name === '..') continue;
    if (entries.length === limit) break;
    entries.push({ name: entry.name, ...entryOf(entry) });
  }
  return entries;
}

/** The content as it is asked for. Throws `phone.file-refused` in the words of adbd. */
export async function* readRemote(sync: AdbSync, path: string): AsyncGenerator<Buffer, void, void> {
  const reader = sync.read(path).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
}

/**
 * Writes a file. When the content breaks off the connection is closed, which makes adbd remove what it has; told only that
 * nothing more comes, it would keep the half.
 */
export async function writeRemote(
  sync: AdbSync,
  remote: string,
  content: AsyncIterable<Uint8Array>,
  mtimeMs: number,
): Promise<void> {
  let broken: { cause: unknown } | undefined;
  const file = streamOf(content, (cause) => {
    broken = { cause };
    closeSync(sync);
  });
  try {
    await sync.write({ filename: remote, file, permission: 0o660, mtime: Math.floor(mtimeMs / 1000) });
  } catch (error) {
    throw broken ? broken.cause : error;
  }
}

/** An end that fails is an end all the same. */
export function closeSync(sync: AdbSync): void {
  sync.dispose().catch(() => {});
}

function streamOf(
  content: AsyncIterable<Uint8Array>,
  onBroken: (cause: unknown) => void,
): ReadableStream<MaybeConsumable<Uint8Array>> {
  const chunks = content[Symbol.asyncIterator]();
  return new ReadableStream<MaybeConsumable<Uint8Array>>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (cause) {
        onBroken(cause);
        controller.error(cause);
      }
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}

function entryOf({ type, size, mtime }: SyncStat): Omit<RemoteEntry, 'name'> {
  return { kind: kindOf(type), bytes: Number(size), modifiedAt: Number(mtime) * 1000 };
}

function kindOf(type: number): RemoteEntry['kind'] {
  if (type === LinuxFileType.Directory) return 'folder';
  if (type === LinuxFileType.File) return 'file';
  return type === LinuxFileType.Link ? 'link' : 'other';
}
