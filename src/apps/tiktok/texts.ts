import { Spellings } from '../spellings.ts';
import { ar } from './texts/ar.ts';
import { de } from './texts/de.ts';
import { en, type TextKey } from './texts/en.ts';
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
export const spellings = new Spellings<TextKey>({ en, ar, de, es, fr, id, it, ja, ko, pt, ru, th, tr, vi, zh });

export const t = (...keys: readonly TextKey[]): string[] => spellings.of(...keys);
export const startingWith = (...keys: readonly TextKey[]): RegExp => spellings.startingWith(...keys);
export const holding = (...keys: readonly TextKey[]): RegExp => spellings.holding(...keys);
export const counted = (...keys: readonly TextKey[]): RegExp => spellings.counted(...keys);
export const counting = (...keys: readonly TextKey[]): RegExp => spellings.counting(...keys);
