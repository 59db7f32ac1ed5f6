import { describe, expect, test } from 'vitest';
import { chooseComment, commentLines, withoutEmoji } from '../../src/apps/comment-text.ts';
import { seededRandom } from '../../src/base/random.ts';

const choice = (seed = 'x') => seededRandom(seed);
const wish = { lines: 'one\n\n two \r\nthree', order: 'sequential', insertEmoji: false } as const;

test('sequential comments go round, without empty lines', () => {
  expect([0, 1, 2, 3, 7].map((turn) => chooseComment(wish, turn, choice()))).toEqual([
    'one',
    'two',
    'three',
    'one',
    'two',
  ]);
  expect(commentLines('\n \r\n')).toEqual([]);
  expect(chooseComment({ ...wish, lines: ' \n' }, 0, choice())).toBeUndefined();
});

test('random ones come from the lines, all of them in time, and the same for the same seed', () => {
  const random = { ...wish, order: 'random' } as const;
  const seen = new Set(Array.from({ length: 60 }, (_, n) => chooseComment(random, 0, choice(`${n}`))));
  expect([...seen].sort()).toEqual(['one', 'three', 'two']);
  expect(chooseComment(random, 3, choice('a'))).toBe(chooseComment(random, 3, choice('a')));
});

describe('an emoji', () => {
  test('stands behind the words and leaves them as they are', () => {
    const texts = Array.from({ length: 80 }, (_, n) =>
      chooseComment({ ...wish, insertEmoji: true }, 0, choice(`${n}`)),
    );
    for (const text of texts) {
      expect(text).toMatch(/^one \P{ASCII}+$/u);
      expect(withoutEmoji(text ?? '')).toBe('one');
    }
    expect(new Set(texts).size).toBeGreaterThan(10);
  });

  test.each([
    ['so nice 👩‍🚀❤️', 'so nice'],
    ['🇫🇷 bravo 👍🏽', 'bravo'],
    ['5 stars #1', '5 stars #1'],
  ])('%s without it is %s', (text, bare) => {
    expect(withoutEmoji(text)).toBe(bare);
  });
});
