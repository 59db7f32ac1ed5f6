import type { Tx } from '../store/store.ts';

/** Whoever owns reviews: makes an intent that is still open `unconfirmed` and puts it before a person, in this transaction. */
export interface Doubts {
  park(tx: Tx, effectId: number, why: string): Promise<void>;
}
