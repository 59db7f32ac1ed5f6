import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assertSameText, isSameText } from './text-compare.ts';

test.each([
  ['spaces that do not break', 'a b', 'a\u00a0b'],
  ['a space behind a hashtag', 'hi #tag', 'hi #tag '],
  ['line ends', 'a\r\nb', 'a\nb'],
  ['composed letters', 'caf\u00e9', 'cafe\u0301'],
  ['marks around right-to-left text', 'שלום', '\u2067שלום\u2069'],
  ['the emoji form', '❤️', '❤'],
  ['an empty field', '', ' '],
])('%s make no difference', (_, typed, read) => {
  expect(isSameText(typed, read)).toBe(true);
});

test.each([
  ['cut off', 'hello world', 'hello wor', 'ends after 9 of 11'],
  ['more of it', 'hello', 'hello hello', '6 characters more'],
  ['another case', 'Hello', 'hello', 'part at character 0'],
  ['a lost line break', 'a\nb', 'a b', 'part at character 1'],
  ['a lost emoji', 'go 🔥 now', 'go  now', 'part at character 3'],
  ['nothing', 'hello', '', 'is empty'],
])('%s is a mismatch that says where', (_, typed, read, sentence) => {
  expect(() => assertSameText(typed, read, 'composer.caption')).toThrow(sentence);
  expect(() => assertSameText(typed, read, 'composer.caption')).toThrow(
    expect.objectContaining({ code: 'phone.text-mismatch' }),
  );
});

test('what is the same to a reader is the same both ways', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      expect(isSameText(a, a)).toBe(true);
      expect(isSameText(a, b)).toBe(isSameText(b, a));
    }),
  );
});
