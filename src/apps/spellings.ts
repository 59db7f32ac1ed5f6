/** By key: the spellings of one language, the usual one first. */
export type Words<Key extends string> = Readonly<Partial<Record<Key, readonly string[]>>>;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const anyOf = (words: readonly string[]): string => words.map(escaped).join('|');

/** What an app writes on its buttons, in every language that is known. Selectors look for all of them at once. */
export class Spellings<Key extends string> {
  readonly languages: Readonly<Record<string, Words<Key>>>;

  constructor(languages: Readonly<Record<string, Words<Key>>>) {
    this.languages = languages;
  }

  /** All spellings of all languages for these keys, for a selector that compares whole texts. */
  of(...keys: readonly Key[]): string[] {
    return [...new Set(keys.flatMap((key) => Object.values(this.languages).flatMap((words) => words[key] ?? [])))];
  }

  /** A label that begins with one of the spellings, as counters do: "Like video. 22 likes". */
  startingWith(...keys: readonly Key[]): RegExp {
    return new RegExp(`^(?:${anyOf(this.of(...keys))})`);
  }

  /** A label that holds one of the spellings anywhere, whatever its case: for whole sentences whose rest differs. */
  holding(...keys: readonly Key[]): RegExp {
    return new RegExp(anyOf(this.of(...keys)), 'i');
  }

  /** The spelling with a count behind it or without: "Next", "Next (1)". */
  counted(...keys: readonly Key[]): RegExp {
    return new RegExp(`^(?:${anyOf(this.of(...keys))})(?: ?\\(\\d+\\))?$`);
  }

  /** A count with one of the words before or behind it, as the language has it: "3 comments", "コメント3件", "댓글 3개". */
  counting(...keys: readonly Key[]): RegExp {
    const words = anyOf(this.of(...keys));
    const count = '\\d[\\d.,\\sKMkm]*';
    return new RegExp(`^(?:${count}\\s?(?:${words})|(?:${words})\\s?${count}\\p{L}{0,2})$`, 'iu');
  }

  /** Labels that one language alone has, per language: by these the language of a screen is told. */
  distinctWords(): Record<string, string[]> {
    const owners = new Map<string, Set<string>>();
    for (const [language, words] of Object.entries(this.languages)) {
      for (const word of Object.values<readonly string[] | undefined>(words).flatMap((list) => list ?? [])) {
        owners.set(word, (owners.get(word) ?? new Set()).add(language));
      }
    }
    const distinct: Record<string, string[]> = {};
    for (const [word, [...languages]] of owners) {
      const [only, other] = languages;
      if (only === undefined || other !== undefined) continue;
      const words = distinct[only] ?? [];
      words.push(word);
      distinct[only] = words;
    }
    return distinct;
  }
}
