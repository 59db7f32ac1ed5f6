/** One caption per line, used in turn; `###` stands for a line break. Empty lines do not count. */
export function captionInTurn(text: string, position: number): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return (lines[position % Math.max(1, lines.length)] ?? '').replaceAll('###', '\n');
}

/** What apps add to or change in a text of their own accord: direction marks, kinds of space, quotes, dots, a trailing space. */
const compact = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|\ufe0e|\ufe0f/g, '')
    .replace(/[\u2018\u2019\u02bc\uff07]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\u2026/g, '...')
    .replace(/\s+/g, '');

/** Shorter beginnings would fit too many captions. */
const enough = 8;

/**
 * Is `shown` our caption, whole or cut short by the app ("… more")? `moreWords` are the app's own words at such a cut.
 * Only a cut that is marked as one counts: an unmarked shorter text is another caption.
 */
export function showsText(shown: string, whole: string, moreWords: readonly string[] = []): boolean {
  const wanted = compact(whole);
  const seen = compact(shown);
  if (seen === wanted) return true;
  const words = moreWords.map(compact).sort((a, b) => b.length - a.length);
  const word = words.find((candidate) => candidate !== '' && seen.endsWith(candidate));
  const body = word === undefined ? seen : seen.slice(0, seen.length - word.length);
  const start = body.replace(/\.{3}$/, '');
  if (word === undefined && start === body) return false;
  return start.length >= Math.min(enough, wanted.length) && wanted.startsWith(start) && start !== '';
}
