import type { Platform } from './script-names.ts';

/** What people say about an account, tidied; what is left out stays as it is. */
export interface AccountValues {
  username?: string;
  device?: string | null;
  packagename?: string | null;
  email?: string | null;
  tags?: string[];
  owned?: boolean;
  /** 0 enabled, 1 disabled. */
  status?: number;
}

export type AccountField = keyof AccountValues;

/** Instagram allows 30 characters, TikTok 24. */
const longestUsername = 30;
const mostTags = 50;
const longestTag = 40;

/** Lower case, without blanks around it and the leading @. */
export const tidyUsername = (text: string): string => text.trim().replace(/^@/, '').toLowerCase();

/** What is wrong with a tidied name, as the end of a sentence; undefined when nothing is. */
export function usernameProblem(username: string): string | undefined {
  if (/^[a-z0-9._]+$/.test(username) && username.length <= longestUsername) return undefined;
  return `must be 1 to ${longestUsername} letters, digits, dots or underscores, with or without @`;
}

/**
 * Folds the spellings of one value into one: blanks around it go, an empty text means none. A complaint is the end of a
 * sentence that begins with the name of the field.
 */
export function tidyValues(
  given: AccountValues,
): { values: AccountValues } | { field: AccountField; complaint: string } {
  const values: AccountValues = {};
  for (const field of Object.keys(given) as AccountField[]) {
    const complaint = given[field] === undefined ? undefined : tidyInto(values, field, given);
    if (complaint !== undefined) return { field, complaint };
  }
  return { values };
}

function tidyInto(values: AccountValues, field: AccountField, given: AccountValues): string | undefined {
  switch (field) {
    case 'username':
      values.username = tidyUsername(given.username ?? '');
      return usernameProblem(values.username);
    case 'device':
      values.device = tidyText(given.device);
      return values.device === null || /^[\x21-\x7e]{1,128}$/.test(values.device)
        ? undefined
        : 'must be a serial as adb lists it: no blanks, at most 128 characters';
    case 'packagename':
      values.packagename = tidyText(given.packagename);
      // It reaches the phone's shell, as an argument; nothing but the letters that Android itself allows gets that far.
      return values.packagename === null ||
        (values.packagename.length <= 200 && /^[a-z]\w*(\.[a-z]\w*)+$/i.test(values.packagename))
        ? undefined
        : 'must be the name of an Android package, such as com.example.app';
    case 'email':
      values.email = tidyText(given.email);
      return values.email === null ||
        (values.email.length <= 254 && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(values.email))
        ? undefined
        : 'must be an address such as name@example.com';
    case 'tags':
      values.tags = [...new Set((given.tags ?? []).map((tag) => tag.trim()))].filter((tag) => tag !== '');
      return tagsProblem(values.tags);
    case 'owned':
      values.owned = given.owned === true;
      return undefined;
    case 'status':
      values.status = given.status === 1 ? 1 : 0;
      return undefined;
  }
}

function tagsProblem(tags: readonly string[]): string | undefined {
  if (tags.length > mostTags) return `must be at most ${mostTags} tags`;
  const bad = tags.find((tag) => tag.length > longestTag || /[,;\p{Cc}\u2028\u2029]/u.test(tag) || !tag.isWellFormed());
  return bad === undefined
    ? undefined
    : `must be tags of at most ${longestTag} characters without commas, semicolons and line breaks`;
}

const tidyText = (text: string | null | undefined): string | null => text?.trim() || null;

/** How an account is called in a sentence. */
export const accountLabel = ({ platform, username }: { platform: Platform; username: string }): string =>
  `@${username} (${platform})`;
