import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitText } from './text.ts';

test('a text in pieces is the same text, in pieces that fit, and none of them presses Enter', () => {
  const piece = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\\n', '\\', 'n', '👨‍👩‍👧‍👦', '\n'));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const pieces = splitText(text, 40);
      expect(pieces.join('')).toBe(text);
      for (const part of pieces) {
        // one grapheme may be larger than the limit, and is not cut
        if ([...new Intl.Segmenter('en').segment(part)].length > 1)
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(40);
        expect(part.endsWith('\\n')).toBe(false);
      }
    }),
  );
});

test('an ordinary caption goes in one piece', () => {
  expect(splitText('Hello 🌊\nworld')).toEqual(['Hello 🌊\nworld']);
  expect(splitText('')).toEqual(['']);
});
