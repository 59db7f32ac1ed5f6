import { type Static, Type } from 'typebox';

/**
 * What the server says to people about a task that waits or may not run, as templates. Each sentence travels as its code,
 * its named parameters and the English text, so that a client can say it in another language.
 */
export const sentences = {
  'scheduled.now': 'due now; starts in a moment',
  'scheduled.at': 'due at {at}',
  'scheduled.gap': 'pause between the tasks of one call (min_interval, max_interval)',
  'scheduled.server-stopped': 'the server stopped in the middle of it',
  /** An attempt failed or was interrupted; `failure` is its error code. */
  'scheduled.after-failure': '{failure}: {message}',
  /** A reason that a former version wrote down, in its words. */
  'scheduled.because': '{reason}',
  'review.held': 'waits for a person to approve it',
  'review.will-hold': 'review: a person approves it before it runs',
  'paused.all': 'everything was paused{by} at {at}, until somebody resumes it',
  'paused.device': 'phone {phone} was paused{by} at {at}, until somebody resumes it',
  'paused.account': '@{account} was paused{by} at {at}, until somebody resumes it',
  'paused.disabled': '@{account} is disabled',
  'phone.none': 'no phone is known for its account',
  'phone.unseen': 'phone {phone} has not been seen yet',
  'phone.away': 'phone {phone} is {state}{why}{since}',
  'phone.unauthorized': 'phone {phone} has not allowed USB debugging for this computer{why}',
  'phone.not-ready': 'phone {phone} is {state}{why}{since}',
  'phone.busy': 'phone {phone} is busy with task {task}',
  'phone.held': 'phone {phone} is held by {person}',
  'phone.queue': 'task {task} is before it on phone {phone}',
  'plan.limit': '{are} at work, which is the limit of the plan {plan}',
  'conduct.rests': 'conduct: @{account} rests until {until}, because the platform asked to slow down',
  'conduct.switched-off': 'conduct: {kinds} are switched off (limit 0 a day)',
  'conduct.accounts-per-target': 'conduct: at most {limit} of your accounts may act on {target} within 7 days',
  'conduct.text-on-target': 'conduct: this text stands on {target} already',
  'conduct.same-text': 'conduct: {actor} published this text {times} times within 24 hours',
  'conduct.unowned': 'conduct: confirm that {actor} is yours',
  'conduct.resting': 'conduct: {actor} is paused',
  'conduct.paused': 'conduct: @{account} is paused until somebody resumes it',
  'conduct.disabled': 'conduct: @{account} is disabled',
  'conduct.quiet-hours': 'conduct: quiet hours from {from} to {to}',
  'conduct.daily-limit': 'conduct: {actor} made {count} of {limit} {kinds} within 24 hours',
  'conduct.gap': 'conduct: {seconds} s between two public actions of {actor}',
} as const;

export type SentenceCode = keyof typeof sentences;

export const SentenceCode = Type.Enum(Object.keys(sentences) as SentenceCode[], {
  description: 'Which sentence it is; what it is about stands in the parameters',
});

/** Named parameters: plain values only. */
export const Facts = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]), {
  description:
    'Named parameters, to say it in another language: times are ISO 8601 with offset, usernames come without the @',
});
export type Facts = Readonly<Static<typeof Facts>>;

export interface Sentence {
  readonly code: SentenceCode;
  readonly params: Facts;
  /** In English. */
  readonly text: string;
}

type NamesIn<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What stands in the gaps of the English text; `params` where a client gets something else to say it with. */
export function say<Code extends SentenceCode>(
  code: Code,
  shown: Readonly<Record<NamesIn<(typeof sentences)[Code]>, string | number>>,
  params: Facts = shown,
): Sentence {
  const gaps: Facts = shown;
  return { code, params, text: sentences[code].replace(/\{(\w+)\}/g, (_, name: string) => String(gaps[name])) };
}

export const isSentenceCode = (text: string): text is SentenceCode => Object.hasOwn(sentences, text);
