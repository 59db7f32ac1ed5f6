import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { EncodedPacketSink, FilePathSource, Input, type InputVideoTrack, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny';
import { DroverError } from '../base/error.ts';
import type { MediaKind } from '../store/media.ts';
import { fromFileSystem, mediaProblem, missing } from './problem.ts';
import { sniffFile } from './sniff.ts';

/** A file that was opened and read: what it is by its content, not by its name. */
export interface ProbedMedia {
  /** As given; absolute. */
  path: string;
  name: string;
  kind: MediaKind;
  mime: string;
  bytes: number;
  sha256: string;
  width: number;
  height: number;
  codec: string;
  /** Videos only. */
  durationMs?: number;
}

export interface ProbeOptions {
  /** What is due; left out: either will do. */
  kind?: MediaKind;
  /** Left out: any size. */
  maxBytes?: number;
  /** How sentences name it; default: its path. */
  called?: string;
  /** Known already; left out: the whole file is read to hash it. */
  sha256?: string;
}

/** Kinds of container that are tried. Playlists are left out on purpose: reading one would follow its addresses. */
const containers = [MP4, QTFF, WEBM, MATROSKA];

const exportVideo = 'export it as MP4, MOV, WebM or Matroska';
const exportImage = 'export it as JPEG, PNG or WebP';
const exportAgain = 'copy or export it again';

/**
 * Throws `media.missing`, `media.too-large`, `media.wrong-kind` or `media.unusable`, each naming the file, the finding and
 * what would help.
 */
export async function probeMedia(path: string, options: ProbeOptions = {}): Promise<ProbedMedia> {
  const called = options.called ?? path;
  const bytes = await sizeOfFile(path, options);
  const kind = await kindOf(path, called, options.kind);
  const facts = kind === 'video' ? await probeVideo(path, called) : await probeImage(path, called);
  const sha256 = options.sha256 ?? (await hashFile(path, called));
  return { path, name: basename(called), kind, bytes, sha256, ...facts };
}

/** Throws as `probeMedia` does, for what can be said without reading it. */
export async function sizeOfFile(path: string, { called = path, maxBytes }: ProbeOptions = {}): Promise<number> {
  let file: FileHandle | undefined;
  try {
    // asked before it is opened: opening a pipe would wait for somebody to write
    const facts = await stat(path);
    if (facts.isDirectory()) throw missing(called, 'is a folder, not a file', 'name a file in it');
    if (!facts.isFile()) throw missing(called, 'is not a regular file', 'name a file that lies on a disk');
    if (facts.size === 0) throw missing(called, 'is empty (0 bytes)', exportAgain);
    if (maxBytes !== undefined && facts.size > maxBytes) throw tooLarge(called, maxBytes, facts.size);
    file = await open(path, 'r');
    return facts.size;
  } catch (cause) {
    throw fromFileSystem(called, cause);
  } finally {
    await file?.close();
  }
}

export const tooLarge = (called: string, maxBytes: number, bytes?: number): DroverError =>
  mediaProblem('media.too-large', called, {
    finding: `is larger than the ${inMb(maxBytes)} MB that are allowed${bytes === undefined ? '' : ` (${inMb(bytes)} MB)`}`,
    remedy: 'make it smaller, or raise media.max_file_mb in the settings',
  });

const inMb = (bytes: number): number => Math.round((bytes / 1_048_576) * 10) / 10;

async function kindOf(path: string, called: string, due: MediaKind | undefined): Promise<MediaKind> {
  const sniffed = await sniffFile(path).catch((cause: unknown) => {
    throw fromFileSystem(called, cause);
  });
  if (sniffed.is === 'other') {
    const wanted = due ? `is not ${articled[due]}` : 'is neither a video nor an image';
    throw mediaProblem('media.unusable', called, {
      finding: `${wanted} but ${sniffed.what}, by its content`,
      remedy: due === 'image' || sniffed.what.startsWith('an image') ? exportImage : exportVideo,
    });
  }
  if (due && sniffed.is !== due) {
    throw mediaProblem('media.wrong-kind', called, {
      finding: `is ${articled[sniffed.is]} by its content, and not ${articled[due]}, which is due here`,
      remedy: `name ${articled[due]}, or set content_type to ${sniffed.is === 'video' ? '0' : '1'}`,
    });
  }
  return sniffed.is;
}

const articled: Readonly<Record<MediaKind, string>> = { video: 'a video', image: 'an image' };

type Facts = Omit<ProbedMedia, 'path' | 'name' | 'kind' | 'bytes' | 'sha256'>;

const unusable = (called: string, finding: string, remedy: string, cause?: unknown): DroverError =>
  mediaProblem('media.unusable', called, { finding, remedy, cause });

async function probeVideo(path: string, called: string): Promise<Facts> {
  // Errors of reads that nobody waits for any more are those of reads that somebody did wait for.
  const source = new FilePathSource(path, { handleUnhandledError: () => {} });
  const input = new Input({ source, formats: containers });
  try {
    if (!(await input.canRead())) {
      throw unusable(called, 'is not a video (no MP4, MOV, WebM or Matroska by its content)', exportVideo);
    }
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw await withoutPictures(input, called);
    const durationMs = Math.round((await input.computeDuration([track])) * 1000);
    if (!(durationMs > 0)) throw unusable(called, 'is a video of no length', exportAgain);
    await assertWhole(track, durationMs, called);
    const mime = (await input.getFormat()).mimeType;
    return { mime, codec: track.codec ?? 'unknown', width: track.codedWidth, height: track.codedHeight, durationMs };
  } catch (cause) {
    if (cause instanceof DroverError) throw cause;
    throw unusable(called, 'is damaged or cut short: it cannot be read to its end as a video', exportAgain, cause);
  } finally {
    input.dispose();
  }
}

async function withoutPictures(input: Input, called: string): Promise<DroverError> {
  const tracks = await input.getTracks();
  return tracks.length === 0
    ? unusable(called, 'is cut short: its index is not in the file', exportAgain)
    : unusable(called, 'holds no picture track, so it is not a video', 'export it with its pictures');
}

/** The index may promise more than the file holds: the last picture has to be there. */
async function assertWhole(track: InputVideoTrack, durationMs: number, called: string): Promise<void> {
  const last = await new EncodedPacketSink(track).getPacket(durationMs / 1000);
  if (last && last.data.byteLength > 0) return;
  throw unusable(called, 'is cut short: its last pictures are not in the file', exportAgain);
}

const imageMimes: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

async function probeImage(path: string, called: string): Promise<Facts> {
  // Loaded here: it brings a native library along that a server which posts videos only never needs.
  const { default: sharp } = await import('sharp');
  try {
    const image = sharp(path, { failOn: 'truncated' });
    const { format, width, height } = await image.metadata();
    const mime = imageMimes[format];
    if (!mime) throw unusable(called, `is an image of the format ${format}`, exportImage);
    await image.stats(); // reads every pixel, so that a cut file is noticed here and not on the phone
    return { mime, codec: format, width, height };
  } catch (cause) {
    if (cause instanceof DroverError) throw cause;
    throw unusable(
      called,
      'is not an image that can be read to its end: it is damaged or cut short',
      exportAgain,
      cause,
    );
  }
}

async function hashFile(path: string, called: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  } catch (cause) {
    throw fromFileSystem(called, cause);
  }
  return hash.digest('hex');
}
