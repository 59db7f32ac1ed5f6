import type { Effect } from '../store/effects.ts';
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
