/** Attributes that people write in: labels, names, messages. Ids, classes and bounds are the app's own. */
const written = ['text', 'content-desc', 'hint', 'tooltip-text', 'pane-title', 'state-description', 'error'] as const;
const attribute = new RegExp(`(\\s(?:${written.join('|')})=")([^"]*)(")`, 'g');

/**
 * The same hierarchy without what people wrote: letters of unknown words become x, digits 0; length, case, punctuation and
 * emoji stay, so that screens are still recognised by their labels and shapes. `known` holds labels of apps; a word counts
 * as known when any of them contains it. Names behind an @ are masked whatever they are.
 */
export function maskHierarchy(xml: string, known: Iterable<string>): string {
  const words = new Set<string>();
  for (const label of known) for (const [word] of label.matchAll(/[\p{L}\p{M}]+/gu)) words.add(word.toLowerCase());
  return xml.replaceAll(
    attribute,
    (_, head: string, value: string, tail: string) => `${head}${maskText(readEntities(value), words)}${tail}`,
  );
}

/** Numbers of letters would slip through; those of characters that XML needs stay as they are. */
const readEntities = (value: string): string =>
  value.replaceAll(/&#(x?)([0-9a-f]+);/gi, (whole, hex: string, digits: string) => {
    const code = Number.parseInt(digits, hex === '' ? 10 : 16);
    return code > 0x7f && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

function maskText(text: string, words: ReadonlySet<string>): string {
  return text.replaceAll(/&#?\w+;|@[\p{L}\p{M}\p{N}_.]+|[\p{L}\p{M}]+|\p{N}+/gu, (part) => {
    if (part.startsWith('&') || words.has(part.toLowerCase())) return part;
    return part
      .replaceAll(/\p{Lu}/gu, 'X')
      .replaceAll(/[\p{L}\p{M}]/gu, (letter) => (letter === 'X' ? letter : 'x'))
      .replaceAll(/\p{N}/gu, '0');
  });
}
