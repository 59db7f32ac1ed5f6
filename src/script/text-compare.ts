import { DroverError } from '../base/error.ts';

/**
 * Text as a field may give it back: one kind of line end and of space, composed, without the marks that keyboards and
 * fields add or drop (bidi, zero width, emoji presentation), nothing at the end. Letters, digits, emoji, line breaks and
 * case all count.
 */
const asRead = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|\ufe0e|\ufe0f/g, '')
    .replace(/[^\S\n]/g, ' ')
    .replace(/ +(?=\n|$)/g, '')
    .trim();

export const isSameText = (typed: string, read: string): boolean => asRead(typed) === asRead(read);

/** Throws `phone.text-mismatch` that says where the two part. */
export function assertSameText(typed: string, read: string, field: string): void {
  const [wanted, got] = [asRead(typed), asRead(read)];
  if (wanted === got) return;
  let at = 0;
  while (at < wanted.length && wanted[at] === got[at]) at++;
  const what =
    got === ''
      ? 'the field is empty'
      : wanted.startsWith(got)
        ? `the field ends after ${got.length} of ${wanted.length} characters`
        : got.startsWith(wanted)
          ? `the field holds ${got.length - wanted.length} characters more`
          : `the texts part at character ${at}`;
  throw new DroverError('phone.text-mismatch', {
    message: `the text read back from ${field} differs from the text typed: ${what}`,
    details: { field, typedLength: wanted.length, readLength: got.length, differsAt: at },
  });
}
