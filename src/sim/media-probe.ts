/** What a media scanner reads from a file: kind by name, size and duration from the content. Own minimal parsers. */
export interface MediaFacts {
  kind: 'video' | 'image';
  mime: string;
  width: number;
  height: number;
  durationMs: number;
}

const mimes: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  '3gp': 'video/3gpp',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
};

/** As on Android the name's ending decides what a file is; undefined for what no gallery shows. */
export function mimeOf(name: string): string | undefined {
  return mimes[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
}

/** Facts of a media file. A file whose content cannot be read still counts by its name, with zero size and duration. */
export function probeMedia(name: string, content: Uint8Array): MediaFacts | undefined {
  const mime = mimeOf(name);
  if (!mime) return undefined;
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (mime.startsWith('video/')) return { kind: 'video', mime, ...probeMp4(bytes) };
  return { kind: 'image', mime, durationMs: 0, ...probePicture(bytes) };
}

interface Box {
  type: string;
  body: Buffer;
}

function* boxes(bytes: Buffer): Generator<Box> {
  for (let at = 0; at + 8 <= bytes.length; ) {
    const small = bytes.readUInt32BE(at);
    const isLarge = small === 1 && at + 16 <= bytes.length;
    const size = isLarge ? Number(bytes.readBigUInt64BE(at + 8)) : small === 0 ? bytes.length - at : small;
    const start = at + (isLarge ? 16 : 8);
    if (size < start - at || at + size > bytes.length) return;
    yield { type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(start, at + size) };
    at += size;
  }
}

/** Duration from `mvhd`, size from the largest `tkhd` (ISO/IEC 14496-12). Anything broken reads as zero. */
export function probeMp4(bytes: Buffer): { width: number; height: number; durationMs: number } {
  const facts = { width: 0, height: 0, durationMs: 0 };
  const moov = [...boxes(bytes)].find((box) => box.type === 'moov');
  for (const box of moov ? boxes(moov.body) : []) {
    if (box.type === 'mvhd') facts.durationMs = durationOf(box.body);
    if (box.type !== 'trak') continue;
    const tkhd = [...boxes(box.body)].find((inner) => inner.type === 'tkhd');
    // Width and height are the last two 16.16 numbers of the box, whatever its version.
    if (!tkhd || tkhd.body.length < 84) continue;
    const width = tkhd.body.readUInt32BE(tkhd.body.length - 8) / 65_536;
    const height = tkhd.body.readUInt32BE(tkhd.body.length - 4) / 65_536;
    if (width * height > facts.width * facts.height)
      Object.assign(facts, { width: Math.round(width), height: Math.round(height) });
  }
  return facts;
}

function durationOf(mvhd: Buffer): number {
  const isLong = mvhd[0] === 1;
  if (mvhd.length < (isLong ? 32 : 20)) return 0;
  const scale = mvhd.readUInt32BE(isLong ? 20 : 12);
  const duration = isLong ? Number(mvhd.readBigUInt64BE(24)) : mvhd.readUInt32BE(16);
  return scale === 0 ? 0 : Math.round((duration * 1000) / scale);
}

const nothing = { width: 0, height: 0 };

export function probePicture(bytes: Buffer): { width: number; height: number } {
  if (bytes.length >= 24 && bytes.readUInt32BE(0) === 0x8950_4e47) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return nothing;
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    // SOF0..SOF15 hold the size; C4, C8 and CC in that range are other tables.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return nothing;
}
