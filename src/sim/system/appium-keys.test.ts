import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appiumKeys, type Typed } from './appium-keys.ts';

/** Modified UTF-7 as RFC 3501 writes it, and as Appium's client sends it. */
function encode(text: string): string {
  return text.replaceAll('&', '&-').replace(/[^\x20-\x7e]+/g, (run) => {
    const bytes = Buffer.from(run, 'utf16le').swap16();
    return `&${bytes.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`;
  });
}

function press(inputMethod: string, text: string): Typed[] {
  const keys = appiumKeys(inputMethod);
  return [...text].flatMap((character) => keys?.press(character) ?? []);
}

const textOf = (typed: readonly Typed[]): string => typed.map((each) => (each.is === 'text' ? each.text : '')).join('');

test('any text comes out of the keys that Appium presses for it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(textOf(press('io.appium.settings/.UnicodeIME', encode(text)))).toBe(text);
    }),
  );
});

test.each([
  ['/search/', [{ is: 'action', code: 3 }]],
  ['/6/', [{ is: 'action', code: 6 }]],
  [
    'a/GO/b',
    [
      { is: 'text', text: 'a' },
      { is: 'action', code: 2 },
      { is: 'text', text: 'b' },
    ],
  ],
  ['/nothing/', [{ is: 'text', text: 'nothing' }]],
  ['/done', []],
])('the keys %s', (text, typed) => {
  expect(press('io.appium.settings/.AppiumIME', text)).toEqual(typed);
});

test('other input methods are none of its business', () => {
  expect(appiumKeys('io.appium.settings/.EmptyIME')).toBeUndefined();
});
