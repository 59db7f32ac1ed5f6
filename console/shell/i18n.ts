import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isolate } from './isolate.ts';
import { en } from './words/en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** Every text with the same keys, each free to be worded anew. */
type Texts<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> };
export type Catalogue = Texts<typeof en>;

/** A file of `words/` is a language: a new one needs no other change. */
const files = import.meta.glob<{ words: Catalogue; name: string }>([
  './words/*.ts',
  '!./words/en.ts',
  '!./words/*.test.ts',
]);

const codeOf = (path: string): string => path.replace(/^.*\/(.+)\.ts$/, '$1');
export const languageCodes: readonly string[] = ['en', ...Object.keys(files).map(codeOf)].sort();

/** What a language calls itself. */
export const languageName = (code: string): string => {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
};

const remembered = 'drover.language';

// A page that was opened from disk may have no storage: then the browser's language counts, and a choice holds until it is closed.
function readChoice(): string {
  try {
    return localStorage.getItem(remembered) ?? '';
  } catch {
    return '';
  }
}

function writeChoice(code: string): void {
  try {
    localStorage.setItem(remembered, code);
  } catch {
    // As above.
  }
}

function preferred(): string {
  const wanted = [readChoice(), ...navigator.languages];
  for (const tag of wanted) {
    const code = languageCodes.find((known) => tag === known || tag.startsWith(`${known}-`));
    if (code) return code;
  }
  return 'en';
}

/** `?dir=rtl` turns the page round in any language, to look at it before there is one that needs it. */
const forced = new URLSearchParams(window.location.search).get('dir');

export const directionOf = (words: i18n): 'ltr' | 'rtl' =>
  forced === 'rtl' || forced === 'ltr' ? forced : words.dir(words.language);

export async function startWords(): Promise<i18n> {
  const words = createInstance();
  await words.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes markup; here only the direction of a value is kept to itself.
    interpolation: { escape: isolate },
    returnNull: false,
  });
  await speak(words, preferred());
  return words;
}

export async function speak(words: i18n, code: string): Promise<void> {
  const load = files[`./words/${code}.ts`];
  if (load && !words.hasResourceBundle(code, 'translation')) {
    words.addResourceBundle(code, 'translation', (await load()).words);
  }
  await words.changeLanguage(code);
  document.documentElement.lang = code;
  document.documentElement.dir = directionOf(words);
}

export async function choose(words: i18n, code: string): Promise<void> {
  writeChoice(code);
  await speak(words, code);
}
