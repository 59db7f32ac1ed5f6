import { en } from './texts/en.ts';
import { fr } from './texts/fr.ts';
import type { Texts } from './texts/words.ts';

/** The phone's language as far as this app speaks it; everything else is English. */
export const textsFor = (language: string): Texts => (language.toLowerCase().startsWith('fr') ? fr : en);
