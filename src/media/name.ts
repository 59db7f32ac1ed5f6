/** Longest name that is kept, in characters. */
const longest = 120;

/** Marks that reorder or hide text: a name must read as what it is. */
const invisible = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * What people call a file, out of whatever a client sent as its name. It is a label and never a path: no separators, no
 * characters that a file system or a header gives a meaning to, no leading dots. Files are stored by their hash.
 */
export function mediaName(sent: string): string {
  const last = sent.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(invisible, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  const chars = [...plain];
  if (chars.length <= longest) return plain === '' ? 'unnamed' : plain;
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(plain)?.[0] ?? '';
  return (
    chars
      .slice(0, longest - ending.length)
      .join('')
      .trimEnd() + ending
  );
}

/** The number that a name begins with or else holds first: `2.jpg`, `beach 10.png`. It orders the images of a post. */
export function numberInName(name: string): number | undefined {
  const digits = /\d{1,9}/.exec(name)?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** By number, then by name as people sort: 2 before 10. */
export function byNumberThenName(
  a: { name: string; number?: number | null },
  b: { name: string; number?: number | null },
): number {
  const numberOf = ({ name, number }: typeof a): number => number ?? numberInName(name) ?? Number.MAX_SAFE_INTEGER;
  return numberOf(a) - numberOf(b) || names.compare(a.name, b.name);
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** `Summer`, ` summer ` and `#summer` are one tag. */
export const mediaTag = (text: string): string => text.trim().replace(/^#/, '').toLowerCase();

/** Tags as a request names them, in a list or with commas; no empty ones, each once. */
export function mediaTags(given: readonly string[]): string[] {
  const tags = given.flatMap((text) => text.split(',')).map(mediaTag);
  return [...new Set(tags)].filter((tag) => tag !== '');
}
