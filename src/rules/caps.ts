/**
 * The conduct limits, as a pure decision: settings and what the ledger says in, "go" or the rule that refuses out. Rules
 * are sentences for the operator; they stand in the task as the reason why it waits or failed.
 */
import { type Sentence, say } from '../contract/sentence.ts';
import type { Settings } from '../contract/settings.ts';
import { dailyLimitKey } from '../contract/settings.ts';
import type { EffectKind } from '../contract/task-states.ts';
import { parseQuietHours, quietUntil } from './quiet-hours.ts';

export const dayMs = 24 * 3_600_000;
export const targetWindowMs = 7 * dayMs;
/** How long a task rests that waits for a person: confirming or resuming wakes it at once, so this only bounds a lost wake-up. */
const ownershipRetryMs = 3_600_000;

export interface Action {
  kind: EffectKind;
  target: string;
  hasText: boolean;
}

/** What is known about the actor and the ledger at the moment of the decision. */
export interface Standing {
  /** Who acts: the username, or the phone while nobody knows the account. */
  actor: { account: string } | { phone: string };
  /** Somebody stated that this account is theirs. */
  isOwned: boolean;
  pausedUntil: number | undefined;
  /** The operator paused the account before this attempt began, or disabled it. */
  pausedRule: Sentence | undefined;
  /** The target is an account of the operator's own. */
  isOwnTarget: boolean;
  /** Times of the actor's effects of this kind that count, oldest first. */
  sameKindAt: readonly number[];
  lastActionAt: number | undefined;
  othersOnTarget: number;
  isTextOnTarget: boolean;
  sameTextByActor: number;
}

export type Verdict =
  | { is: 'go' }
  /** Only the gap to the last action is missing. */
  | { is: 'wait'; ms: number; rule: Sentence }
  /** With `until` it may be asked again then; without, never. */
  | { is: 'refused'; rule: Sentence; until?: number };

/** A sentence about the actor: in English by name, in parameters by what it is. */
const actorName = (actor: Standing['actor']): string =>
  'account' in actor ? `@${actor.account}` : `the account on phone ${actor.phone}`;

const kindNames: Readonly<Record<EffectKind, string>> = {
  post: 'posts',
  follow: 'follows',
  unfollow: 'unfollows',
  comment: 'comments',
  like: 'likes',
  favourite: 'favourites',
};

/** Rules that will never allow it come first: a task should not wait a day to be told so. */
export function decide(settings: Settings, standing: Standing, action: Action, now: number): Verdict {
  return (
    forbidden(settings, standing, action) ??
    putOff(settings, standing, now) ??
    overDailyLimit(settings, standing, action, now) ??
    tooSoon(settings, standing, now) ?? { is: 'go' }
  );
}

function forbidden(settings: Settings, standing: Standing, { kind, target, hasText }: Action): Verdict | undefined {
  const refused = (rule: Sentence): Verdict => ({ is: 'refused', rule });
  if (settings[dailyLimitKey(kind)] === 0) {
    return refused(say('conduct.switched-off', { kinds: kindNames[kind] }, { kind }));
  }
  // A post goes to the own profile: neither that profile nor a caption used there before is a stranger's concern.
  if (kind !== 'post' && !standing.isOwnTarget) {
    const limit = settings['conduct.accounts_per_target'];
    // Also for one of those that acted there before: after a clock was set back its first time counts longer than it should.
    if (standing.othersOnTarget >= limit) return refused(say('conduct.accounts-per-target', { limit, target }));
  }
  if (!hasText) return undefined;
  if (kind !== 'post' && standing.isTextOnTarget) return refused(say('conduct.text-on-target', { target }));
  const times = settings['conduct.same_text_per_day'];
  if (standing.sameTextByActor >= times) {
    return refused(say('conduct.same-text', { actor: actorName(standing.actor), times }, { ...standing.actor, times }));
  }
  return undefined;
}

function putOff(settings: Settings, standing: Standing, now: number): Verdict | undefined {
  if (!standing.isOwned) {
    return {
      is: 'refused',
      rule: say('conduct.unowned', { actor: actorName(standing.actor) }, standing.actor),
      until: now + ownershipRetryMs,
    };
  }
  if (standing.pausedUntil !== undefined && standing.pausedUntil > now) {
    return {
      is: 'refused',
      rule: say('conduct.resting', { actor: actorName(standing.actor) }, standing.actor),
      until: standing.pausedUntil,
    };
  }
  if (standing.pausedRule !== undefined) {
    return { is: 'refused', rule: standing.pausedRule, until: now + ownershipRetryMs };
  }
  const zone = settings.time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const quiet = parseQuietHours(settings['conduct.quiet_from'], settings['conduct.quiet_to'], zone);
  const until = quiet && quietUntil(quiet, now);
  if (until === undefined) return undefined;
  const hours = { from: settings['conduct.quiet_from'], to: settings['conduct.quiet_to'] };
  return { is: 'refused', rule: say('conduct.quiet-hours', hours), until };
}

function overDailyLimit(settings: Settings, standing: Standing, { kind }: Action, now: number): Verdict | undefined {
  const limit = settings[dailyLimitKey(kind)];
  const { sameKindAt } = standing;
  // The slot that has to become free for one more: later than all that are over the limit, should it have been lowered.
  const holder = sameKindAt[sameKindAt.length - limit];
  if (sameKindAt.length < limit || holder === undefined) return undefined;
  return {
    is: 'refused',
    rule: say(
      'conduct.daily-limit',
      { actor: actorName(standing.actor), count: sameKindAt.length, limit, kinds: kindNames[kind] },
      { ...standing.actor, count: sameKindAt.length, limit, kind },
    ),
    until: Math.max(holder + dayMs, now + 1),
  };
}

function tooSoon(settings: Settings, standing: Standing, now: number): Verdict | undefined {
  if (standing.lastActionAt === undefined) return undefined;
  const seconds = settings['conduct.min_gap_s'];
  const ms = standing.lastActionAt + seconds * 1000 - now;
  if (ms <= 0) return undefined;
  return {
    is: 'wait',
    ms,
    rule: say('conduct.gap', { actor: actorName(standing.actor), seconds }, { ...standing.actor, seconds }),
  };
}
