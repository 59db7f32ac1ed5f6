/** Letters that run from right to left, and the marks that steer direction. */
const turning = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const isolating = /[\u2066-\u2069]/g;

/**
 * A value as it may stand inside a sentence: one that could turn the words around it stands between the marks that keep
 * that to itself. Marks inside it that would end them early are left out.
 */
export const isolate = (text: string): string =>
  turning.test(text) ? `\u2068${text.replace(isolating, '')}\u2069` : text;
