import { type FileHandle, open } from 'node:fs/promises';

/** What a file is by its first bytes, whatever its name says. `other` carries words for a sentence. */
export type Sniffed = { is: 'video' | 'image' } | { is: 'other'; what: string };

const headBytes = 512;

export async function sniffFile(path: string): Promise<Sniffed> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return sniff(buffer.subarray(0, bytesRead));
  } finally {
    await file?.close();
  }
}

const video: Sniffed = { is: 'video' };
const image: Sniffed = { is: 'image' };
const other = (what: string): Sniffed => ({ is: 'other', what });

/** Signatures: the registrations of the formats themselves (RFC 2083, ISO/IEC 14496-12, Matroska, RIFF and so on). */
export function sniff(head: Uint8Array): Sniffed {
  const ascii = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  const hex = Buffer.from(head.subarray(0, 8)).toString('hex');
  if (hex.startsWith('ffd8ff') || hex.startsWith('89504e470d0a1a0a')) return image;
  if (ascii.startsWith('RIFF')) return riff(ascii.slice(8, 12));
  if (ascii.slice(4, 8) === 'ftyp') return branded(ascii.slice(8, 12));
  if (/^.{4}(moov|mdat|free|wide|skip|pnot|moof|styp)/s.test(ascii)) return video;
  if (hex.startsWith('1a45dfa3')) return video;
  for (const [start, what] of signatures) if (ascii.startsWith(start)) return other(what);
  if (head[0] === 0x47 && head[188] === 0x47) return other('a video stream (MPEG-TS)');
  return other(isText(head) ? 'text' : 'data that no video or image begins with');
}

const signatures: readonly (readonly [string, string])[] = [
  ['GIF8', 'an image of the format GIF'],
  ['BM', 'an image of the format BMP'],
  ['II*\0', 'an image of the format TIFF'],
  ['MM\0*', 'an image of the format TIFF'],
  ['#EXTM3U', 'a playlist'],
  ['%PDF', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['FLV', 'a video of the format FLV'],
  ['\x30\x26\xb2\x75', 'a video or sound of the format WMV/WMA'],
  ['\0\0\x01\xba', 'a video of the format MPEG-PS'],
  ['ID3', 'sound (MP3)'],
  ['OggS', 'sound or video of the format Ogg'],
  ['fLaC', 'sound (FLAC)'],
];

function riff(form: string): Sniffed {
  if (form === 'WEBP') return image;
  return other(form === 'AVI ' ? 'a video of the format AVI' : form === 'WAVE' ? 'sound (WAV)' : 'a RIFF file');
}

function branded(brand: string): Sniffed {
  if (/^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand)) return other('an image of the format HEIC');
  if (/^avi[fs]$/.test(brand)) return other('an image of the format AVIF');
  if (/^M4[AB] $/.test(brand)) return other('sound (M4A)');
  return video;
}

function isText(head: Uint8Array): boolean {
  // a character may be cut in two at the end
  const text = new TextDecoder('utf-8').decode(head, { stream: true });
  return [...text].every((char) => {
    const code = char.codePointAt(0) ?? 0;
    return code > 0x1f ? code !== 0xfffd : code > 0x08 && code < 0x0e;
  });
}
