import { type Effect, settleEffect } from '../store/effects.ts';
import { insertReview } from '../store/reviews.ts';
import type { Tx } from '../store/store.ts';

/** An effect of which nobody can tell whether it happened: a person looks at the evidence and decides. */
export function openDoubt(tx: Tx, effect: Effect): Promise<number> {
  return insertReview(tx, {
    kind: 'doubt',
    taskId: effect.taskId,
    effectId: effect.id,
    body: {
      text: `Did the ${effect.kind} on ${effect.target} happen? It was begun, but what was seen afterwards proves neither.`,
      effect: { id: effect.id, attempt: effect.attemptId, kind: effect.kind, target: effect.target, key: effect.key },
      actor: effect.actor,
      intended_at: new Date(effect.intendedAt).toISOString(),
      baseline: effect.baseline,
      evidence: effect.proof,
    },
  });
}

/**
 * Gives up on looking: an intent that is still open becomes unconfirmed, with a review item, because its task ends another
 * way (stopped, or interrupted too often). `why` is added to the evidence.
 */
export async function parkEffect(tx: Tx, effectId: number, why: string): Promise<void> {
  const effect = await settleEffect(tx, effectId, { is: 'seen', sight: 'unconfirmed' }, { proof: { seen: why } });
  await openDoubt(tx, effect);
}
