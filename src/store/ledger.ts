/**
 * What the conduct limits count: effects that stand (intended, done, unconfirmed), by the time their intent was written.
 * Windows have no upper end: after a clock was set back, what was written "in the future" still counts.
 */
import type { EffectKind } from '../contract/task-states.ts';
import { pin, type Tx } from './store.ts';

export interface LedgerQuestion {
  actor: string;
  kind: EffectKind;
  target: string;
  /** Its other name, if any. What is known by one of the two alone is the same target; two addresses never are. */
  alias: string | null;
  textHash: string | null;
  /** Start of the window of the daily limits, exclusive. */
  daySince: number;
  /** Start of the window of the limit on accounts per target, exclusive. */
  targetSince: number;
}

export interface LedgerCounts {
  /** Times of this actor's effects of this kind within the day, oldest first. */
  sameKindAt: readonly number[];
  /** When this actor last acted at all; undefined when never. */
  lastActionAt: number | undefined;
  /** Other actors of this database that acted on this target within the target window. */
  othersOnTarget: readonly string[];
  /** This text stands on this target already, whoever wrote it. */
  isTextOnTarget: boolean;
  /** How often this actor published this text within the day. */
  sameTextByActor: number;
}

const stands = "state in ('intended', 'done', 'unconfirmed')";

export async function readLedger(tx: Pick<Tx, 'hot'>, question: LedgerQuestion): Promise<LedgerCounts> {
  const { actor, kind, target, alias, textHash, daySince, targetSince } = question;
  const sameKind = await tx.hot<{ at: number }>(
    `select intended_at as at from effect where actor = ${pin} and kind = ? and intended_at > ${pin} and ${stands}
     order by intended_at`,
    [actor, kind, daySince],
  );
  const [last] = await tx.hot<{ at: number }>(
    `select intended_at as at from effect where actor = ${pin} and ${stands} order by intended_at desc limit 1`,
    [actor],
  );
  // A post goes to the own profile, so it never makes one a visitor there.
  const onTarget = await tx.hot<{ actor: string }>(
    `select actor from effect where target in (${pin}, ${pin}) and intended_at > ${pin} and kind <> 'post' and ${stands}
     union select actor from effect where alias = ${pin} and intended_at > ${pin} and kind <> 'post' and ${stands}`,
    [target, alias ?? target, targetSince, target, targetSince],
  );
  const sameText =
    textHash === null
      ? []
      : await tx.hot<{ actor: string; target: string; alias: string | null; at: number }>(
          `select actor, target, alias, intended_at as at from effect where text_hash = ${pin} and ${stands}
           and (target in (?, ?) or alias = ? or (actor = ? and intended_at > ?))`,
          [textHash, target, alias ?? target, target, actor, daySince],
        );
  return {
    sameKindAt: sameKind.map((row) => row.at),
    lastActionAt: last?.at,
    othersOnTarget: onTarget.map((row) => row.actor).filter((one) => one !== actor),
    isTextOnTarget: sameText.some((row) => row.target === target || row.target === alias || row.alias === target),
    sameTextByActor: sameText.filter((row) => row.actor === actor && row.at > daySince).length,
  };
}
