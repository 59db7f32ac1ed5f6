import { describe, expect, test } from 'vitest';
import { captionInTurn, showsText } from './caption.ts';

test.each([
  [0, 'one'],
  [1, 'two\nstill two'],
  [2, 'one'],
])('caption %i of several lines', (position, expected) => {
  expect(captionInTurn('one\n\ntwo###still two\r\n', position)).toBe(expected);
});

describe('what an app shows back', () => {
  const caption = 'Morning run 🏃‍♀️ by the river — “five” kilometres…\n#run #ערב';
  test.each([
    ['as typed', caption, true],
    ['with direction marks and a space behind it', `\u200e${caption.replaceAll(' ', '\u00a0')} `, true],
    ['with plain quotes and dots', caption.replace('“five”', '"five"').replace('…', '...'), true],
    ['in one line', caption.replace('\n', ' '), true],
    ['cut short', 'Morning run 🏃‍♀️ by the river... more', true],
    ['cut short in French', 'Morning run 🏃‍♀️ by the river… Voir plus', true],
    ['cut too short to tell', 'Morn... more', false],
    ['another caption that begins alike', 'Morning run 🏃‍♀️ by the river', false],
    ['another caption', 'Evening swim', false],
    ['nothing', '', false],
  ])('%s', (_, shown, expected) => {
    expect(showsText(shown, caption, ['more', 'See more', 'Voir plus'])).toBe(expected);
  });

  test('a short caption may be cut as a whole', () => {
    expect(showsText('Hi more', 'Hi', ['more'])).toBe(true);
    expect(showsText('', '', ['more'])).toBe(true);
    expect(showsText('... more', 'Hi', ['more'])).toBe(false);
  });
});
