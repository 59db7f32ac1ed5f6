/** Char of XML 1.0: everything else cannot be written into a document, not even as a reference. */
export const isXmlCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x1_0000 && code <= 0x10_ffff);

/** `text` with `replacement` for each character that XML cannot hold. Lone surrogates are such. */
export function toXmlText(text: string, replacement: string): string {
  if (isPlain(text)) return text;
  let safe = '';
  for (const character of text) {
    safe += isXmlCharacter(character.codePointAt(0) ?? 0) ? character : replacement;
  }
  return safe;
}

/**
 * An attribute's value as Android's KXmlSerializer writes it (libcore, org.kxml2.io.KXmlSerializer.writeEscaped): line
 * breaks, tabs and everything beyond the basic plane as decimal references.
 */
export function xmlAttribute(value: string): string {
  if (isPlain(value)) return value;
  let written = '';
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0x9 || code === 0xa || code === 0xd || code > 0xffff) written += `&#${code};`;
    else written += named[character] ?? character;
  }
  return written;
}

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Nothing in it needs a second look: true of nearly every attribute, and a page source has thousands. */
const isPlain = (text: string): boolean => /^[ !#-%'-;=?-~]*$/.test(text);
