/** What a hidden value reads as in a trace. */
export const mask = '***';

/** Names of fields whose text never goes into a trace. */
const secretKey =
  /^(x-)?(api[-_]?key|(access|refresh|auth|session)?[-_]?token|pass(word|wd|code|phrase)?|secret|totp|authorization|(set-)?cookie)$/i;

/** Secrets by their own shape, wherever they stand in a text. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${mask}`],
  [/\bsk-[\w-]{12,}/g, mask],
  // Eight characters at least: a page source says password="false" of every node.
  [/\b(api[-_]?key|access[-_]?token|password|passwd)([\\"']*\s*[=:]\s*[\\"']*)[^\s\\"'&,;}]{8,}/gi, `$1$2${mask}`],
];

/** Texts shorter than this are not searched for: replacing every "1" would hide nothing and garble all. */
const shortestSecret = 6;

/** Takes secrets out of what is about to be written: by the name of a field, by shape, and the ones it was told. */
export class Redactor {
  readonly #known: readonly string[];

  constructor(known: readonly string[] = []) {
    // Longest first, so that a secret that contains another goes as a whole.
    this.#known = [...known].filter((text) => text.length >= shortestSecret).sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    let clean = text;
    for (const secret of this.#known) clean = clean.replaceAll(secret, mask);
    for (const [shape, replacement] of shapes) clean = clean.replace(shape, replacement);
    return clean;
  }

  /** A copy of a JSON value. Numbers under a secret's name stay: a lease token is one and no secret. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((entry) => this.value(entry));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) =>
        typeof entry === 'string' && entry !== '' && secretKey.test(key) ? [key, mask] : [key, this.value(entry)],
      ),
    );
  }

  /** A page source without what stands in password fields. */
  hierarchy(xml: string): string {
    const blanked = xml.replace(openTag, (tag) =>
      isPasswordField.test(tag) ? tag.replace(textAttribute, `$1"${mask}"`) : tag,
    );
    return this.text(blanked);
  }
}

// A value may hold ">" and, quoted the other way, quotes: Android's serializer takes ' when the value holds ".
const openTag = /<[\w.$:-]+(?:\s+[\w.:-]+=(?:"[^"]*"|'[^']*'))*\s*\/?>/g;
const isPasswordField = /\spassword=["']true["']/;
const textAttribute = /(\s(?:text|content-desc)=)(?:"[^"]+"|'[^']+')/g;
