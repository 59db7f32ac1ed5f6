import type { i18n, TFunction } from 'i18next';
import { isErrorCode } from '../../src/contract/error-codes.ts';
import { type Facts, isSentenceCode } from '../../src/contract/sentence.ts';
import type { Failure } from '../../src/contract/task.ts';
import { deviceStates, effectKinds } from '../../src/contract/task-states.ts';
import { ApiError } from './api-error.ts';
import { instant } from './format.ts';

/** The server says everything in English, with its code: what has words here is said in the reader's language. */

export type Words = Pick<i18n, 't' | 'language'>;

/** What it says is English already, and about this one case. */
const readsEnglish = ({ language }: Words): boolean => language === 'en';

/** A sentence of the server. One that is newer than the catalogue, or that an older server wrote, stays as it came. */
export function sentenceText(
  words: Words,
  { code, params, text }: { code?: string | null | undefined; params?: Facts | null | undefined; text: string },
): string {
  if (!code || !isSentenceCode(code)) return text;
  return words.t(`server.sentences.${code}`, gapsOf(words, params ?? {}));
}

/** What stands in the gaps: names and numbers as they are, the rest in words. */
function gapsOf({ t, language }: Words, params: Facts): Record<string, string | number> {
  const textOf = (name: string): string => String(params[name] ?? '');
  const time = (name: string): string =>
    params[name] === undefined ? '' : instant(language, Date.parse(textOf(name)), Date.now());
  const known = <T extends string>(values: readonly T[], name: string) => values.find((one) => one === params[name]);
  const state = known(deviceStates, 'state');
  const kind = known(effectKinds, 'kind');
  const failure = textOf('failure');
  return {
    ...(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])) as Record<
      string,
      string
    >),
    // `count` means something else to the catalogue: it chooses plural forms.
    made: textOf('count'),
    at: time('at'),
    until: time('until'),
    state: state ? t(`devices.states.${state}`) : textOf('state'),
    kinds: kind ? t(`server.kinds.${kind}`) : textOf('kind'),
    cause: isErrorCode(failure) ? t(`server.causes.${failure}`) : failure,
    actor:
      params.account === undefined ? t('server.phoneAccount', { phone: textOf('phone') }) : `@${textOf('account')}`,
    person: textOf('person') || t('server.somebody'),
    by: params.person === undefined ? '' : t('server.by', { person: textOf('person') }),
    why: params.reason === undefined ? '' : `: ${textOf('reason')}`,
    since: params.since === undefined ? '' : t('server.since', { at: time('since') }),
  };
}

/** Why a task failed: in English what the server says of this case, else what its code means. */
export function causeText(words: Words, { code, message, params }: Pick<Failure, 'code' | 'message' | 'params'>) {
  if (readsEnglish(words)) return message;
  if (code === 'conduct.refused' && typeof params.rule === 'string')
    return sentenceText(words, { code: params.rule, params, text: message });
  return causeOf(words.t, code) ?? message;
}

/** What a code means. Undefined: it is newer than the catalogue. */
export const causeOf = (t: TFunction, code: string): string | undefined =>
  isErrorCode(code) ? t(`server.causes.${code}`) : undefined;

/** What the operator can do. */
export const nextText = (t: TFunction, { next_code: code, next_action }: Pick<Failure, 'next_code' | 'next_action'>) =>
  isErrorCode(code) ? t(`server.next.${code}`) : next_action;

/** What went wrong with a call, and what can be done about it. */
export function errorText(words: Words, error: unknown): { said: string; next: string | undefined } {
  const { t } = words;
  if (!(error instanceof ApiError))
    return { said: error instanceof Error ? error.message : String(error), next: undefined };
  if (error.isUnreachable) return { said: t('errors.unreachable'), next: t('errors.unreachableNext') };
  const { errorCode: code, message } = error;
  if (code === undefined) return { said: message, next: undefined };
  // Which field, which name, which number: only the server's own words say it.
  const said = readsEnglish(words) ? message : `${t(`server.causes.${code}`)}: ${message}`;
  return { said, next: t(`server.next.${code}`) };
}
