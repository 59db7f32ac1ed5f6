/**
 * The conduct limits, as a pure decision: settings and what the ledger says in, "go" or the rule that refuses out. Rules
 * are sentences for the operator; they stand in the task as the reason why it waits or failed.
 */
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
  /** How the actor is called in a sentence: `@lena`, or `phone ABC123`. */
  actorName: string;
  /** Somebody stated that this account is theirs. */
  isOwned: boolean;
  pausedUntil: number | undefined;
  /** The operator paused the account before this attempt began, or disabled it. */
  pausedRule: string | undefined;
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
  | { is: 'wait'; ms: number; rule: string }
  /** With `until` it may be asked again then; without, never. */
  | { is: 'refused'; rule: string; until?: number };

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
  const refused = (rule: string): Verdict => ({ is: 'refused', rule: `conduct: ${rule}` });
  if (settings[dailyLimitKey(kind)] === 0) return refused(`${kindNames[kind]} are switched off (limit 0 a day)`);
  // A post goes to the own profile: neither that profile nor a caption used there before is a stranger's concern.
  if (kind !== 'post' && !standing.isOwnTarget) {
    const accounts = settings['conduct.accounts_per_target'];
    // Also for one of those that acted there before: after a clock was set back its first time counts longer than it should.
    if (standing.othersOnTarget >= accounts) {
      return refused(`at most ${accounts} of your accounts may act on ${target} within 7 days`);
    }
  }
  if (!hasText) return undefined;
  if (kind !== 'post' && standing.isTextOnTarget) return refused(`this text stands on ${target} already`);
  const times = settings['conduct.same_text_per_day'];
  if (standing.sameTextByActor >= times) {
    return refused(`${standing.actorName} published this text ${times} times within 24 hours`);
  }
  return undefined;
}

function putOff(settings: Settings, standing: Standing, now: number): Verdict | undefined {
  if (!standing.isOwned) {
    return {
      is: 'refused',
      rule: `conduct: confirm that ${standing.actorName} is yours`,
      until: now + ownershipRetryMs,
    };
  }
  if (standing.pausedUntil !== undefined && standing.pausedUntil > now) {
    return { is: 'refused', rule: `conduct: ${standing.actorName} is paused`, until: standing.pausedUntil };
  }
  if (standing.pausedRule !== undefined) {
    return { is: 'refused', rule: standing.pausedRule, until: now + ownershipRetryMs };
  }
  const zone = settings.time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  const quiet = parseQuietHours(settings['conduct.quiet_from'], settings['conduct.quiet_to'], zone);
  const until = quiet && quietUntil(quiet, now);
  if (until === undefined) return undefined;
  const hours = `${settings['conduct.quiet_from']} to ${settings['conduct.quiet_to']}`;
  return { is: 'refused', rule: `conduct: quiet hours from ${hours}`, until };
}

function overDailyLimit(settings: Settings, standing: Standing, { kind }: Action, now: number): Verdict | undefined {
  const limit = settings[dailyLimitKey(kind)];
  const { sameKindAt } = standing;
  // The slot that has to become free for one more: later than all that are over the limit, should it have been lowered.
  const holder = sameKindAt[sameKindAt.length - limit];
  if (sameKindAt.length < limit || holder === undefined) return undefined;
  return {
    is: 'refused',
    rule: `conduct: ${standing.actorName} made ${sameKindAt.length} of ${limit} ${kindNames[kind]} within 24 hours`,
    until: Math.max(holder + dayMs, now + 1),
  };
}

function tooSoon(settings: Settings, standing: Standing, now: number): Verdict | undefined {
  if (standing.lastActionAt === undefined) return undefined;
  const seconds = settings['conduct.min_gap_s'];
  const ms = standing.lastActionAt + seconds * 1000 - now;
  if (ms <= 0) return undefined;
  return { is: 'wait', ms, rule: `conduct: ${seconds} s between two public actions of ${standing.actorName}` };
}
