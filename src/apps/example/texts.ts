import { en, type TextKey } from './texts/en.ts';
import { fr } from './texts/fr.ts';

/** By language tag. */
export const texts = { en, fr };

/** Every spelling of these labels, in all languages: selectors take any of them. */
export const t = (...keys: readonly TextKey[]): string[] =>
  Object.values(texts).flatMap((labels) => keys.flatMap((key) => labels[key]));

/** Labels by language, to tell in which one the app speaks. */
export const words = { en: en.followers, fr: fr.followers };
