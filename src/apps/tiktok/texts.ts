import { ar } from './texts/ar.ts';
import { de } from './texts/de.ts';
import { en, type TextKey, type Texts } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { id } from './texts/id.ts';
import { it } from './texts/it.ts';
import { ja } from './texts/ja.ts';
import { ko } from './texts/ko.ts';
import { pt } from './texts/pt.ts';
import { ru } from './texts/ru.ts';
import { th } from './texts/th.ts';
import { tr } from './texts/tr.ts';
import { vi } from './texts/vi.ts';
import { zh } from './texts/zh.ts';

/** By language tag. English is complete; the others hold what is known. */
export const texts: Readonly<Record<string, Texts>> = { en, ar, de, es, fr, id, it, ja, ko, pt, ru, th, tr, vi, zh };

/** All spellings of all languages for these keys, for a selector that compares whole texts. */
export const t = (...keys: readonly TextKey[]): string[] => [
  ...new Set(keys.flatMap((key) => Object.values(texts).flatMap((words) => words[key] ?? []))),
];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A label that begins with one of the spellings, as counters do: "Like video. 22 likes". */
export const startingWith = (...keys: readonly TextKey[]): RegExp =>
  new RegExp(
    `^(?:${t(...keys)
      .map(escaped)
      .join('|')})`,
  );

/** A label that holds one of the spellings anywhere, whatever its case: for whole sentences whose rest differs. */
export const holding = (...keys: readonly TextKey[]): RegExp =>
  new RegExp(
    t(...keys)
      .map(escaped)
      .join('|'),
    'i',
  );

/** The spelling with a count behind it or without: "Next", "Next (1)". */
export const counted = (...keys: readonly TextKey[]): RegExp =>
  new RegExp(
    `^(?:${t(...keys)
      .map(escaped)
      .join('|')})(?: ?\\(\\d+\\))?$`,
  );

/** A count with one of the words before or behind it, as the language has it: "3 comments", "コメント3件", "댓글 3개". */
export const counting = (...keys: readonly TextKey[]): RegExp => {
  const words = t(...keys)
    .map(escaped)
    .join('|');
  const count = '\\d[\\d.,\\sKMkm]*';
  return new RegExp(`^(?:${count}\\s?(?:${words})|(?:${words})\\s?${count}\\p{L}{0,2})$`, 'iu');
};

/** Labels that one language alone has, per language: by these the language of a screen is told. */
export function distinctWords(): Record<string, string[]> {
  const owners = new Map<string, Set<string>>();
  for (const [language, words] of Object.entries(texts)) {
    for (const word of Object.values(words).flat()) owners.set(word, (owners.get(word) ?? new Set()).add(language));
  }
  const distinct: Record<string, string[]> = {};
  for (const [word, languages] of owners) {
    const [only] = languages;
    if (languages.size === 1 && only !== undefined) distinct[only] = [...(distinct[only] ?? []), word];
  }
  return distinct;
}
