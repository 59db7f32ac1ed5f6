import { extname } from 'node:path';
import type { Ctx } from '../base/context.ts';
import { DroverError, hasCode } from '../base/error.ts';
import { waitFor } from '../base/wait.ts';
import { askForIndex } from './media-index.ts';
import { inHand, type Phone } from './phone.ts';

export interface MediaSource {
  /** Absolute path on this host. */
  path: string;
  /** What the content must hash to; a file that changed since it was chosen is not pushed on. */
  sha256: string;
  mime: string;
  kind: 'video' | 'image';
}

export interface PushedMedia {
  remotePath: string;
  /** `content://media/external/video/media/ID`, as proven by the phone's own index. */
  uri: string;
  id: number;
}

/** The folder is ours alone: whatever lies in it between two attempts is a leftover. Apps show it as an album "Drover". */
const folder = '/sdcard/DCIM/Drover';
/** The same place as the media store writes it. */
const indexedFolder = '/storage/emulated/0/DCIM/Drover';

const collectionOf = { video: 'content://media/external/video/media', image: 'content://media/external/images/media' };

/**
 * Puts a file into the phone's gallery: pushed by sync to a name of its own, indexed, and proven there by its row and size.
 * Throws `media.push-failed` (no room, not indexed in time, content changed under way); then nothing of it stays behind.
 */
export async function pushMedia(
  ctx: Ctx,
  phone: Phone,
  source: MediaSource,
  { timeoutMs = 300_000, indexTimeoutMs = 30_000 } = {},
): Promise<PushedMedia> {
  return await inHand(ctx, phone, async (bound) => {
    const name = `drover-${source.sha256.slice(0, 12)}-${bound.random.int(0, 0xffff_ffff).toString(36)}${extname(source.path)}`;
    const remotePath = `${folder}/${name}`;
    try {
      const pushed = await phone.device.push(bound, source.path, remotePath, { timeoutMs });
      if (pushed.sha256 !== source.sha256) throw failed('the file changed while it was sent', { name });
      await askForIndex(bound, phone.device, `${indexedFolder}/${name}`);
      const row = await waitFor(
        bound,
        `${name} in the gallery of the phone`,
        () => findRow(bound, phone, source.kind, { name, bytes: pushed.bytes }),
        { timeoutMs: indexTimeoutMs, delayMs: 100, maxDelayMs: 1_000 },
      );
      return { remotePath, uri: `${collectionOf[source.kind]}/${row}`, id: row };
    } catch (error) {
      // A lost phone cannot be cleaned now; `sweepMedia` does it before the next attempt.
      if (!bound.signal.aborted) await removeFile(bound, phone, remotePath).catch(() => {});
      if (bound.signal.aborted) throw bound.signal.reason;
      if (hasCode(error, 'media.push-failed', 'device.lost', 'adb.unreachable')) throw error;
      throw failed(error instanceof Error ? error.message : String(error), { name }, error);
    }
  });
}

/** Takes the file and its row away again. What is gone already is fine. */
export async function removeMedia(ctx: Ctx, phone: Phone, pushed: PushedMedia): Promise<void> {
  await inHand(ctx, phone, async (bound) => {
    await phone.device.shell(bound, ['content', 'delete', '--uri', pushed.uri]);
    await removeFile(bound, phone, pushed.remotePath);
  });
}

/** Removes what dead attempts left. Only while nobody else works on the phone. Returns how many files there were. */
export async function sweepMedia(ctx: Ctx, phone: Phone): Promise<number> {
  return await inHand(ctx, phone, async (bound) => {
    const { stdout, exitCode } = await phone.device.shell(bound, ['ls', folder]);
    const names = exitCode === 0 ? stdout.split('\n').filter((name) => name.startsWith('drover-')) : [];
    for (const name of names) {
      for (const uri of Object.values(collectionOf)) {
        await phone.device.shell(bound, [
          'content',
          'delete',
          '--uri',
          uri,
          '--where',
          `_display_name='${name.trim()}'`,
        ]);
      }
      await removeFile(bound, phone, `${folder}/${name.trim()}`);
    }
    return names.length;
  });
}

async function findRow(
  ctx: Ctx,
  phone: Phone,
  kind: 'video' | 'image',
  { name, bytes }: { name: string; bytes: number },
): Promise<number | undefined> {
  const projection = '_id:_size:_display_name';
  const query = ['content', 'query', '--uri', collectionOf[kind], '--projection', projection];
  const { stdout } = await phone.device.shell(ctx, [...query, '--where', `_display_name='${name}'`]);
  for (const line of stdout.split('\n')) {
    const [, id, size] = /_id=(\d+), _size=(\d+|NULL)/.exec(line) ?? [];
    // a row with another size is of a scan that ran while the file was still coming in
    if (id !== undefined && line.includes(name) && Number(size) === bytes) return Number(id);
  }
  return undefined;
}

async function removeFile(ctx: Ctx, phone: Phone, remotePath: string): Promise<void> {
  await phone.device.shell(ctx, ['rm', '-f', remotePath]);
}

const failed = (why: string, details: Record<string, unknown>, cause?: unknown): DroverError =>
  new DroverError('media.push-failed', {
    message: `the file did not reach the phone's gallery: ${why}`,
    details,
    ...(cause === undefined ? {} : { cause }),
  });
