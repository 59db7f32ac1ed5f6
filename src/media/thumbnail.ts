import { FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny';
import type { MediaItem } from '../store/media.ts';

/** Longer side, px. */
const side = 320;
const jpegOptions = { quality: 72, mozjpeg: false } as const;

/**
 * A small JPEG. Of an image: itself. Of a video: the cover embedded in it, else a drawn placeholder with its length,
 * because no frame can be decoded without a video codec, and Drover brings none along.
 */
export async function drawThumbnail(path: string, item: Pick<MediaItem, 'kind' | 'durationMs' | 'width' | 'height'>) {
  const { default: sharp } = await import('sharp');
  const shrink = (input: string | Uint8Array): Promise<Buffer> =>
    sharp(input, { failOn: 'none' })
      .rotate() // as its camera says
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg(jpegOptions)
      .toBuffer();
  if (item.kind === 'image') return await shrink(path);
  const cover = await coverOf(path).catch(() => undefined); // a film without a readable cover is a film all the same
  const drawn = cover && (await shrink(cover).catch(() => undefined));
  return (
    drawn ??
    (await sharp(Buffer.from(placeholder(item)))
      .jpeg(jpegOptions)
      .toBuffer())
  );
}

async function coverOf(path: string): Promise<Uint8Array | undefined> {
  const source = new FilePathSource(path, { handleUnhandledError: () => {} });
  const input = new Input({ source, formats: [MP4, QTFF, WEBM, MATROSKA] });
  try {
    const { images = [] } = await input.getMetadataTags();
    return (images.find(({ kind }) => kind === 'coverFront') ?? images[0])?.data;
  } finally {
    input.dispose();
  }
}

/** A grey card in the film's own shape with a triangle and its length. */
function placeholder({ durationMs, width, height }: Pick<MediaItem, 'durationMs' | 'width' | 'height'>): string {
  const scale = side / Math.max(width, height, 1);
  const w = Math.max(96, Math.round(width * scale));
  const h = Math.max(96, Math.round(height * scale));
  const [x, y] = [w / 2, h / 2 - 12];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">
    <rect width="100%" height="100%" fill="#3b424c"/>
    <circle cx="${x}" cy="${y}" r="26" fill="#59626f"/>
    <path d="M${x - 8} ${y - 14} L${x + 16} ${y} L${x - 8} ${y + 14} Z" fill="#e8ebef"/>
    ${drawLength(lengthText(durationMs ?? 0), x, h - 34)}
  </svg>`;
}

/** `0:07`, `12:30`, `1:02:03`. */
export function lengthText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Bars of a seven-segment digit: top, upper right, lower right, bottom, lower left, upper left, middle. */
const segments = ['0 0 10 2', '8 0 2 9', '8 9 2 9', '0 16 10 2', '0 9 2 9', '0 0 2 9', '0 8 10 2'];
const digits = ['012345', '12', '01643', '01623', '5612', '05623', '056234', '012', '0123456', '012356'];

/** Drawn as bars: a machine without fonts has no letters to set. */
function drawLength(text: string, centre: number, top: number): string {
  const advance = (char: string): number => (char === ':' ? 7 : 14);
  let x = centre - [...text].reduce((sum, char) => sum + advance(char), 0) / 2;
  const bar = (numbers: string): string => {
    const [dx = 0, dy = 0, w = 0, h = 0] = numbers.split(' ').map(Number);
    return `<rect x="${x + dx}" y="${top + dy}" width="${w}" height="${h}" fill="#e8ebef"/>`;
  };
  let drawn = '';
  for (const char of text) {
    const bars =
      char === ':' ? ['1 5 2 2', '1 11 2 2'] : [...(digits[Number(char)] ?? '')].map((n) => segments[Number(n)]);
    for (const numbers of bars) if (numbers) drawn += bar(numbers);
    x += advance(char);
  }
  return drawn;
}
