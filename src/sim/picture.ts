import sharp from 'sharp';
import type { Paint, Rect, UiNode, UiWindow } from './parts.ts';
import { drawPattern } from './pattern.ts';
import { drawingOrder } from './screen.ts';
import { symbolPath } from './symbols.ts';
import { isXmlCharacter } from './xml.ts';

export interface PictureOptions {
  format: 'png' | 'jpeg';
  /** 0 < s ≤ 1 */
  scale?: number;
  /** JPEG, 1–100. */
  quality?: number;
}

/** Of the font size: how wide a letter is on average, and how far lines lie apart. */
const glyphWidth = 0.56;
const lineSpacing = 1.3;

/** Draws screens, keeping the last picture of each kind: a screen that has not changed costs nothing. */
export class Pictures {
  readonly #kept = new Map<string, { svg: string; picture: Promise<Uint8Array> }>();

  draw(
    windows: readonly UiWindow[],
    size: { width: number; height: number },
    { format, scale = 1, quality = 80 }: PictureOptions,
  ): Promise<Uint8Array> {
    const svg = drawSvg(windows, size);
    const kind = `${format} ${scale} ${quality}`;
    const before = this.#kept.get(kind);
    if (before?.svg === svg) return before.picture;
    const picture = encode(svg, size, { format, scale, quality });
    if (this.#kept.size >= 4) this.#kept.clear(); // clients ask for one or two kinds; the rest would only hold memory
    this.#kept.set(kind, { svg, picture });
    picture.catch(() => this.#kept.delete(kind));
    return picture;
  }
}

/** The work is done in libvips' own threads; the loop only waits. */
async function encode(
  svg: string,
  size: { width: number; height: number },
  { format, scale, quality }: Required<PictureOptions>,
): Promise<Uint8Array> {
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  // The drawing is scaled as vectors: rendering it large and shrinking it would cost several times as much.
  const sized = svg.replace('<svg ', `<svg width="${width}" height="${height}" `);
  const image = sharp(Buffer.from(sized), { limitInputPixels: 100_000_000 }).flatten({ background: '#ffffff' });
  return format === 'png'
    ? image.png({ compressionLevel: 3, palette: false }).toBuffer()
    : image.jpeg({ quality: Math.min(100, Math.max(1, Math.round(quality))) }).toBuffer();
}

/** The whole screen as SVG in the phone's own pixels. Exported for tests. */
export function drawSvg(windows: readonly UiWindow[], size: { width: number; height: number }): string {
  const parts: string[] = [];
  const defs = new Map<string, string>();
  let clips = 0;
  const clip = (bounds: Rect, radius: number): string => {
    const id = `c${clips++}`;
    defs.set(id, `<clipPath id="${id}">${box(bounds, radius)}</clipPath>`);
    return id;
  };

  const draw = (node: UiNode): void => {
    const paint = node.paint ?? {};
    const { bounds } = node;
    if (bounds.right <= bounds.left || bounds.bottom <= bounds.top) return;
    if (bounds.bottom <= 0 || bounds.top >= size.height) return;
    const radius = paint.radiusPx ?? 0;
    if (paint.fill) parts.push(box(bounds, radius, colour(paint.fill)));
    if (paint.pictureSeed !== undefined) {
      const pattern = drawPattern(paint.pictureSeed, bounds);
      for (const [id, text] of pattern.defs) defs.set(id, text);
      parts.push(`<g clip-path="url(#${clip(bounds, radius)})">${pattern.body}</g>`);
    }
    if (paint.symbol) parts.push(symbol(paint.symbol, bounds, colour(paint.ink ?? '#161823')));
    else drawText(node, paint);
    if (!node.children || node.children.length === 0) return;
    if (node.scrollable) {
      parts.push(`<g clip-path="url(#${clip(bounds, 0)})">`);
      for (const child of drawingOrder(node.children)) draw(child);
      parts.push('</g>');
    } else {
      for (const child of drawingOrder(node.children)) draw(child);
    }
  };

  const drawText = (node: UiNode, paint: Paint): void => {
    const isHint = !node.text && node.hint !== undefined;
    const text =
      node.password && node.text ? '•'.repeat([...node.text].length) : (node.text ?? '') || (node.hint ?? '');
    if (text.trim() === '') return;
    const height = node.bounds.bottom - node.bounds.top;
    const width = node.bounds.right - node.bounds.left;
    const wanted = Math.max(6, Math.min(paint.textPx ?? Math.min(height * 0.42, 40), height));
    const isOneLine = Math.floor(height / (wanted * lineSpacing)) <= 1;
    const fitting = width / ([...text].length * glyphWidth);
    // a label that is a little too long for its one line gets smaller letters before it loses any
    const fontPx = isOneLine ? Math.min(wanted, Math.max(fitting, wanted * 0.65)) : wanted;
    const align = paint.align ?? (node.class.endsWith('Button') ? 'center' : 'left');
    const anchor = align === 'center' ? 'middle' : align === 'right' ? 'end' : 'start';
    const x =
      align === 'center'
        ? (node.bounds.left + node.bounds.right) / 2
        : align === 'right'
          ? node.bounds.right
          : node.bounds.left;
    const lineHeight = fontPx * lineSpacing;
    const maxLines = Math.max(1, Math.floor(height / lineHeight));
    const lines = wrap(text, Math.max(1, Math.floor(width / (fontPx * glyphWidth) + 0.01)), maxLines);
    const isTop = node.onText !== undefined && lines.length > 1;
    const firstMiddle = isTop
      ? node.bounds.top + lineHeight / 2
      : (node.bounds.top + node.bounds.bottom) / 2 - ((lines.length - 1) * lineHeight) / 2;
    const ink = colour(isHint ? '#8a8b91' : (paint.ink ?? '#161823'));
    lines.forEach((line, index) => {
      const y = firstMiddle + index * lineHeight + fontPx * 0.35;
      parts.push(
        `<text x="${num(x)}" y="${num(y)}" font-family="sans-serif" font-size="${num(fontPx)}"${paint.bold ? ' font-weight="bold"' : ''} fill="${ink}" text-anchor="${anchor}">${escapeXml(line)}</text>`,
      );
    });
  };

  for (const window of windows) {
    // what lies below a dialog is dimmed, as Android does
    if (window.modal && window.kind !== 'system' && !covers(window.root.bounds, size)) {
      parts.push(box({ left: 0, top: 0, right: size.width, bottom: size.height }, 0, 'rgba(0,0,0,0.5)'));
    }
    draw(window.root);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}"><defs>${[...defs.values()].join('')}</defs><rect width="100%" height="100%" fill="#ffffff"/>${parts.join('')}</svg>`;
}

const covers = (bounds: Rect, size: { width: number; height: number }): boolean =>
  bounds.left <= 0 && bounds.top <= 0 && bounds.right >= size.width && bounds.bottom >= size.height;

const num = (value: number): string => (Math.round(value * 10) / 10).toString();

function box({ left, top, right, bottom }: Rect, radius: number, fill?: string): string {
  const round = radius > 0 ? ` rx="${num(radius)}"` : '';
  const paint = fill === undefined ? '' : ` fill="${fill}"`;
  return `<rect x="${num(left)}" y="${num(top)}" width="${num(right - left)}" height="${num(bottom - top)}"${round}${paint}/>`;
}

/** Only what is a colour gets into the drawing. */
const colour = (text: string): string =>
  /^(#[0-9a-f]{3,8}|[a-z]+|rgba?\([\d.,% ]+\)|hsla?\([\d.,% ]+\))$/i.test(text) ? text : '#ff00ff';

function symbol(name: NonNullable<Paint['symbol']>, bounds: Rect, ink: string): string {
  const side = Math.min(bounds.right - bounds.left, bounds.bottom - bounds.top);
  const size = side * 0.6;
  const x = (bounds.left + bounds.right - size) / 2;
  const y = (bounds.top + bounds.bottom - size) / 2;
  return `<g transform="translate(${num(x)} ${num(y)}) scale(${(size / 24).toFixed(4)})" fill="${ink}">${symbolPath(name, ink)}</g>`;
}

/** Greedy lines; what does not fit ends in an ellipsis. Counted in code points, so that no emoji is cut in half. */
function wrap(text: string, perLine: number, maxLines: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r\n|[\n\r]/)) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      let rest = [...word];
      const joined = line === '' ? word : `${line} ${word}`;
      if ([...joined].length <= perLine) {
        line = joined;
        continue;
      }
      if (line !== '') lines.push(line);
      while (rest.length > perLine && lines.length <= maxLines) {
        lines.push(rest.slice(0, perLine).join(''));
        rest = rest.slice(perLine);
      }
      line = rest.join('');
      if (lines.length > maxLines) break;
    }
    lines.push(line);
    if (lines.length > maxLines) break;
  }
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  const last = [...(kept.at(-1) ?? '')];
  kept[maxLines - 1] = `${last.slice(0, Math.max(0, perLine - 1)).join('')}…`;
  return kept;
}

/**
 * Text of an app may hold anything. XML 1.0 has no way to write most control characters and lone surrogates, so they are
 * drawn as a replacement mark; markup is escaped.
 */
export function escapeXml(text: string): string {
  let escaped = '';
  for (const character of text.toWellFormed()) {
    escaped += entities[character] ?? (isXmlCharacter(character.codePointAt(0) ?? 0) ? character : '\ufffd');
  }
  return escaped;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
