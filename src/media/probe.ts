import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { EncodedPacketSink, FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny';
import { DroverError } from '../base/error.ts';
import { errnoSentence, missing } from './roots.ts';

/** A file that was opened and read: what it is by its content, not by its name. */
export interface ProbedMedia {
  /** As given; absolute. */
  path: string;
  name: string;
  kind: 'video' | 'image';
  mime: string;
  bytes: number;
  sha256: string;
  width: number;
  height: number;
  codec: string;
  /** Videos only. */
  durationMs?: number;
}

/** Kinds of container that are tried. Playlists are left out on purpose: reading one would follow its addresses. */
const containers = [MP4, QTFF, WEBM, MATROSKA];

/** Throws `media.missing` saying what is wrong when the file is no readable, whole `kind`. */
export async function probeMedia(path: string, kind: 'video' | 'image'): Promise<ProbedMedia> {
  const bytes = await sizeOf(path);
  const facts = kind === 'video' ? await probeVideo(path) : await probeImage(path);
  return { path, name: basename(path), kind, bytes, sha256: await hashFile(path), ...facts };
}

async function sizeOf(path: string): Promise<number> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const stat = await file.stat();
    if (stat.isDirectory()) throw missing(path, 'is a folder, not a file');
    if (!stat.isFile()) throw missing(path, 'is not a regular file');
    if (stat.size === 0) throw missing(path, 'is empty (0 bytes)');
    return stat.size;
  } catch (cause) {
    throw cause instanceof DroverError ? cause : missing(path, errnoSentence(cause), cause);
  } finally {
    await file?.close();
  }
}

type Facts = Omit<ProbedMedia, 'path' | 'name' | 'kind' | 'bytes' | 'sha256'>;

async function probeVideo(path: string): Promise<Facts> {
  // Errors of reads that nobody waits for any more are those of reads that somebody did wait for.
  const source = new FilePathSource(path, { handleUnhandledError: () => {} });
  const input = new Input({ source, formats: containers });
  try {
    if (!(await input.canRead())) {
      throw missing(path, 'is not a video (no MP4, MOV, WebM or Matroska by its content)');
    }
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw missing(path, 'holds no picture track, so it is not a video');
    const durationMs = Math.round((await input.computeDuration([track])) * 1000);
    if (!(durationMs > 0)) throw missing(path, 'is a video of no length');
    // The index may promise more than the file holds: the last picture has to be there.
    const last = await new EncodedPacketSink(track).getPacket(durationMs / 1000);
    if (!last || last.data.byteLength === 0) throw missing(path, 'is cut short: its last pictures are not in the file');
    const mime = (await input.getFormat()).mimeType;
    return { mime, codec: track.codec ?? 'unknown', width: track.codedWidth, height: track.codedHeight, durationMs };
  } catch (cause) {
    if (cause instanceof DroverError) throw cause;
    throw missing(path, 'is damaged or cut short: it cannot be read to its end as a video', cause);
  } finally {
    input.dispose();
  }
}

const imageMimes: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

async function probeImage(path: string): Promise<Facts> {
  // Loaded here: it brings a native library along that a server which posts videos only never needs.
  const { default: sharp } = await import('sharp');
  try {
    const image = sharp(path, { failOn: 'truncated' });
    const { format, width, height } = await image.metadata();
    const mime = imageMimes[format];
    if (!mime) throw missing(path, `is an image of the format ${format}; give JPEG, PNG or WebP`);
    await image.stats(); // reads every pixel, so that a cut file is noticed here and not on the phone
    return { mime, codec: format, width, height };
  } catch (cause) {
    if (cause instanceof DroverError) throw cause;
    throw missing(path, 'is not an image, or is damaged', cause);
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
