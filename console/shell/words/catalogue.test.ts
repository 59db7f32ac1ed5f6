import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Catalogue } from '../i18n.ts';
import { en } from './en.ts';

/** Key → text, with the parts of the key joined by dots. */
function flatten(texts: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value as object, `${prefix}${key}.`)],
    ),
  );
}

/** Plural forms differ between languages; what they are forms of does not. */
const base = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort();

const codes = globSync('*.ts', { cwd: import.meta.dirname })
  .map((name) => name.replace(/\.ts$/, ''))
  .filter((name) => name !== 'en' && !name.endsWith('.test'));

test.each(codes)('%s says everything that English says, with the same values in it', async (code) => {
  const { words } = (await import(join(import.meta.dirname, `${code}.ts`))) as { words: Catalogue };
  const english = flatten(en);
  const other = flatten(words);
  expect(new Set([...other.keys()].map(base))).toEqual(new Set([...english.keys()].map(base)));
  for (const category of new Intl.PluralRules(code).resolvedOptions().pluralCategories) {
    const plurals = [...english.keys()].filter((key) => key.endsWith('_other')).map(base);
    for (const key of plurals) expect(other.has(`${key}_${category}`), `${key}_${category}`).toBe(true);
  }
  for (const [key, text] of other) {
    const model = english.get(key) ?? english.get(`${base(key)}_other`) ?? '';
    expect(text.trim() === '', key).toBe(model.trim() === '');
    expect(placeholders(text), key).toEqual(placeholders(model));
  }
});
