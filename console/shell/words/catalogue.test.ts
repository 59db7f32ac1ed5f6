import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCodes } from '../../../src/contract/error-codes.ts';
import { scriptInputs } from '../../../src/contract/script-inputs.ts';
import { scriptNames } from '../../../src/contract/script-names.ts';
import { sentences } from '../../../src/contract/sentence.ts';
import { settingSchemas } from '../../../src/contract/settings.ts';
import { waitingReasons } from '../../../src/contract/task.ts';
import { deviceStates, effectKinds } from '../../../src/contract/task-states.ts';
import type { Catalogue } from '../i18n.ts';
import type { FieldSchema } from '../schema.ts';
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

const wordsOf = async (code: string): Promise<Map<string, string>> =>
  flatten(code === 'en' ? en : ((await import(join(import.meta.dirname, `${code}.ts`))) as { words: Catalogue }).words);

test.each(codes)('%s says everything that English says, with the same values in it', async (code) => {
  const english = flatten(en);
  const other = await wordsOf(code);
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

/** Names of the words for fields of a form: label and help of each, and of each choice. */
function fieldKeys(properties: Readonly<Record<string, FieldSchema>>): string[] {
  return Object.entries(properties).flatMap(([name, schema]) =>
    schema.properties
      ? fieldKeys(schema.properties)
      : [
          `fields.${name}.label`,
          `fields.${name}.help`,
          ...(schema.enum ?? schema.items?.enum ?? []).map((choice) => `options.${name}.${choice}`),
        ],
  );
}

/** What the server may say or ask for by name, each as the key of its words. */
const named: Readonly<Record<string, readonly string[]>> = {
  settings: fieldKeys(settingSchemas as Readonly<Record<string, FieldSchema>>),
  ...Object.fromEntries(
    scriptNames.map((name) => [
      `fields of ${name}`,
      fieldKeys((scriptInputs[name].schema as FieldSchema).properties ?? {}),
    ]),
  ),
  failures: Object.keys(errorCodes).flatMap((code) => [`server.causes.${code}`, `server.next.${code}`]),
  sentences: Object.keys(sentences).map((code) => `server.sentences.${code}`),
  'reasons to wait': waitingReasons.map((reason) => `tasks.waiting.${reason}`),
  'public actions': effectKinds.map((kind) => `server.kinds.${kind}`),
  'states of a phone': deviceStates.map((state) => `devices.states.${state}`),
};

test.each(['en', ...codes].flatMap((code) => Object.keys(named).map((group) => [code, group] as const)))(
  '%s has words for all %s',
  async (code, group) => {
    const words = await wordsOf(code);
    expect(named[group]?.filter((key) => !words.has(key))).toEqual([]);
  },
);
