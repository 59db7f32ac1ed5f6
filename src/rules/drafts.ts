import type { EffectKind } from '../contract/task-states.ts';
import { insertReview } from '../store/reviews.ts';
import type { Store } from '../store/store.ts';

export interface DraftInput {
  kind: EffectKind;
  target: string;
  prompt: string;
}

/** Texts that a model is asked for. They wait for a person; no script ever gets one back. */
export class ReviewDrafts {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Resolves with the id of the review item. */
  propose(draft: DraftInput): Promise<number> {
    return this.#store.write((tx) =>
      insertReview(tx, {
        kind: 'draft',
        body: {
          text: `A ${draft.kind} on ${draft.target} is proposed.`,
          kind: draft.kind,
          target: draft.target,
          prompt: draft.prompt,
        },
      }),
    );
  }
}
