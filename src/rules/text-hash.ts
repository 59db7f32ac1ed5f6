import { createHash } from 'node:crypto';

const spaces = /[\s\p{Cf}\p{Zs}]+/gu; // Cf: joiners and marks that do not show
// The last three choose how the character before them is drawn: as text, as emoji, in a key cap.
const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\ufe0e|\ufe0f|\u20e3/gu;

/**
 * Two texts with one hash are the same text to the limits: case, spaces, invisible marks and emoji are ignored, so that an
 * inserted emoji makes no new text. A text of emoji alone is compared as it is. Undefined for a blank text: no rule is
 * about it.
 */
export function textHash(text: string): string | undefined {
  const plain = text.normalize('NFKC').toLowerCase().replace(spaces, '');
  if (plain === '') return undefined;
  const words = plain.replace(emoji, '');
  return createHash('sha256')
    .update(words === '' ? plain : words)
    .digest('hex');
}
