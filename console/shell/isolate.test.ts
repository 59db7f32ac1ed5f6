import { expect, test } from 'vitest';
import { isolate } from './isolate.ts';

test.each([
  ['lena', 'lena'],
  ['שלום', '\u2068שלום\u2069'],
  ['a\u202Egnp.exe', '\u2068a\u202Egnp.exe\u2069'],
  ['\u2069breaks out', '\u2068breaks out\u2069'],
])('%j stands in a sentence as %j', (text, isolated) => expect(isolate(text)).toBe(isolated));
