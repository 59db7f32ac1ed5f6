import { expect, test } from 'vitest';
import { textHash } from './text-hash.ts';

test.each([
  ['Nice video!', 'nice  VIDEO !'],
  ['Nice video!', 'Nice 🔥 video!'],
  ['Nice video!', 'Nice video!❤️👍🏽👨‍👩‍👧🇩🇪'],
  ['Nice video!', 'Ni\u200bce video!'],
  ['Number 1', 'Number 1\ufe0f\u20e3'],
  ['ﬁne', 'fine'],
  ['e\u0301t\u00e9', 'été'],
])('%j and %j are the same text', (a, b) => {
  expect(textHash(a)).toBe(textHash(b));
});

test.each([
  ['Nice video!', 'Nice video'],
  ['🔥🔥', '👍'],
  ['route 66', 'route 67'],
  ['שלום', 'שלומ'],
  ['été', 'ete'],
])('%j and %j are different texts', (a, b) => {
  expect(textHash(a)).not.toBe(textHash(b));
});

test.each(['', '   ', '\n\u200b'])('a blank text (%j) is no text', (text) => {
  expect(textHash(text)).toBeUndefined();
});
