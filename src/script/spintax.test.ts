import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { countChoices, spin } from './spintax.ts';

/** Every text a template can become. */
const all = (template: string): string[] =>
  [...new Set(Array.from({ length: 300 }, (_, seed) => spin(template, seededRandom(seed))))].sort();

test.each([
  ['plain words', 'plain words'],
  ['{a|b} c', 'a c', 'b c'],
  ['{Hi|Hello {dear|old} friend}!', 'Hello dear friend!', 'Hello old friend!', 'Hi!'],
  ['so{| very} good', 'so good', 'so very good'],
  ['{{a|b}|c}{d|e}', 'ad', 'ae', 'bd', 'be', 'cd', 'ce'],
  ['a \\{b\\|c\\} \\\\', 'a {b|c} \\'],
  ['a|b', 'a|b'],
  ['{name} and {{x|y}}', '{name} and {x}', '{name} and {y}'],
  ['open {a|b', 'open {a|b'],
  ['open {a|{b|c}', 'open {a|b', 'open {a|c'],
  ['shut a|b}', 'shut a|b}'],
  ['C:\\new', 'C:\\new'],
  ['ends with \\', 'ends with \\'],
  ['{🔥|مرحبا\nبك}', 'مرحبا\nبك', '🔥'],
  ['', ''],
])('%j becomes one of its texts', (template, ...texts) => {
  expect(all(template)).toEqual([...texts].sort());
});

interface Tree {
  template: string;
  texts: readonly string[];
}

const escaped = (text: string) => text.replace(/[\\{}|]/g, '\\$&');
const word = fc
  .string({ unit: 'grapheme', maxLength: 6 })
  .map((text): Tree => ({ template: escaped(text), texts: [text] }));
const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree; choice: Tree }>((tie) => ({
  choice: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((parts) => ({
    template: `{${parts.map(({ template }) => template).join('|')}}`,
    texts: parts.flatMap(({ texts }) => texts),
  })),
  tree: fc
    .array(fc.oneof({ depthSize: 'small' }, word, tie('choice')), { minLength: 1, maxLength: 3 })
    .map((parts) => ({
      template: parts.map(({ template }) => template).join(''),
      texts: parts.reduce<readonly string[]>(
        (done, { texts }) => done.flatMap((a) => texts.map((b) => a + b)).slice(0, 5_000),
        [''],
      ),
    })),
})).tree;

test('a template built from texts gives one of them, always the same for a seed', () => {
  fc.assert(
    fc.property(tree, fc.integer(), ({ template, texts }, seed) => {
      const text = spin(template, seededRandom(seed));
      if (texts.length < 5_000) expect(texts).toContain(text);
      expect(spin(template, seededRandom(seed))).toBe(text);
      if (texts.length < 5_000) expect(countChoices(template)).toBe(texts.length);
    }),
  );
});

test('any text at all gives a text, and an escaped one gives itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('{', '}', '|', '\\', 'a', '🔥', '\n') }), (text) => {
      expect(typeof spin(text, seededRandom(1))).toBe('string');
      expect(spin(escaped(text), seededRandom(1))).toBe(text);
    }),
  );
});

test('a hundred thousand open braces are text', () => {
  expect(() => spin('{'.repeat(100_000), seededRandom(1))).toThrow('nests braces');
  expect(spin(`${'x|'.repeat(100_000)}{`, seededRandom(1))).toHaveLength(200_001);
});
