import { DroverError } from '../base/error.ts';
import type { CreateRequest } from '../contract/create-task.ts';
import { readCreateBody } from '../contract/create-task.ts';
import { type ReviewVerb, reviewVerbs } from '../contract/review.ts';
import { settleEffect } from '../store/effects.ts';
import { decideReview, findReview, type Review, type ReviewDecision } from '../store/reviews.ts';
import type { Store, Tx } from '../store/store.ts';
import { findTask, moveTask } from '../store/tasks.ts';
import { type CreateRules, createTasksIn } from './create.ts';
import { next } from './state.ts';

export interface ReviewDeskParts {
  store: Store;
  rules: CreateRules;
}

export interface Verdict {
  decision: ReviewDecision;
  person: string;
  /** Of a draft: what is to be written instead of the model's words. */
  text?: string | undefined;
}

export interface Decided {
  review: Review;
  /** The task that an approved draft became. */
  taskId: number | null;
}

const verbs: Readonly<Record<ReviewDecision, ReviewVerb>> = {
  approved: 'approve',
  rejected: 'reject',
  done: 'done',
  'not-done': 'not-done',
};

/** Where people decide what waits for them: item, effect and task change together, or not at all. */
export class ReviewDesk {
  readonly #parts: ReviewDeskParts;

  constructor(parts: ReviewDeskParts) {
    this.#parts = parts;
  }

  /**
   * Resolves after the commit. Throws `input.not-found`, `task.wrong-state` (decided before, or a verb that does not fit
   * its kind), `input.invalid` for a draft without a text, and what a create call throws for what a draft would become.
   */
  decide(id: number, verdict: Verdict): Promise<Decided> {
    return this.#parts.store.write(async (tx) => {
      const item = await findReview(tx.db, id);
      if (!item) throw new DroverError('input.not-found', { message: `there is no review item ${id}` });
      assertFits(item, verdict.decision);
      const review = await decideReview(tx, id, verdict);
      const taskId = await this.#carryOut(tx, review, verdict);
      return { review, taskId };
    });
  }

  async #carryOut(tx: Tx, review: Review, verdict: Verdict): Promise<number | null> {
    if (review.kind === 'doubt') await settleDoubt(tx, review, verdict);
    if (review.kind === 'hold') await settleHold(tx, review, verdict);
    if (review.kind === 'draft' && verdict.decision === 'approved') return this.#makeTask(tx, review, verdict);
    return null;
  }

  /** Once, however often it is asked for: the key names the item. */
  async #makeTask(tx: Tx, { id, body }: Review, { text }: Verdict): Promise<number> {
    const words = (text ?? (typeof body.content === 'string' ? body.content : '')).replaceAll(/\s+/g, ' ').trim();
    if (words === '') {
      throw new DroverError('input.invalid', {
        message: `text: draft ${id} has no text${typeof body.problem === 'string' ? ` (${body.problem})` : ' yet'}; send the one to publish as "text"`,
        details: { path: 'text' },
      });
    }
    const request = requestOf(body, words);
    const { task_ids } = await createTasksIn(tx, this.#parts.rules, request, {
      source: 'ui',
      isReviewed: true,
      idempotency: { key: `review:${id}`, bodyHash: '' },
    });
    return task_ids[0] ?? 0;
  }
}

function requestOf({ target, serial, username }: Readonly<Record<string, unknown>>, text: string): CreateRequest {
  const read = readCreateBody({
    ...(typeof username === 'string' ? { usernames: [username] } : { serials: [serial] }),
    script_name: 'comment',
    script_config: { target_post_url: target, comment_content: text },
  });
  if ('error' in read) {
    throw new DroverError(read.error.code, { message: `this draft cannot become a comment: ${read.error.message}` });
  }
  return read.request;
}

function assertFits({ id, kind }: Review, decision: ReviewDecision): void {
  const right: readonly ReviewVerb[] = reviewVerbs[kind];
  if (right.includes(verbs[decision])) return;
  throw new DroverError('task.wrong-state', {
    message: `review item ${id} is a ${kind}: decide it with ${right.join(' or ')}, not with ${verbs[decision]}`,
    details: { review: id, kind },
  });
}

/** The task may be gone; the effect outlives it. */
async function settleDoubt(tx: Tx, { effectId, taskId }: Review, { decision, person }: Verdict): Promise<void> {
  const sight = decision === 'done' ? 'done' : 'not-done';
  if (effectId !== null) await settleEffect(tx, effectId, { is: 'decided', verdict: sight }, { person });
  const task = taskId === null ? undefined : await findTask(tx.db, taskId);
  if (task?.state !== 'unconfirmed') return;
  const after = next({ is: 'unconfirmed', effectId: effectId ?? 0 }, { is: 'settled', sight });
  const set =
    after.is === 'failed'
      ? { code: after.code, remark: `${person} looked and saw that it did not happen` }
      : { code: null, remark: '' };
  await moveTask(tx, task.id, { from: 'unconfirmed', to: after.is, set: { ...set, endedAt: tx.now }, person });
}

async function settleHold(tx: Tx, { taskId }: Review, { decision, person }: Verdict): Promise<void> {
  const task = taskId === null ? undefined : await findTask(tx.db, taskId);
  if (task?.state !== 'held') return; // stopped or deleted meanwhile
  if (decision === 'approved') {
    const after = next({ is: 'held' }, { is: 'approve', dueAt: Math.max(task.dueAt, tx.now) });
    const dueAt = after.is === 'pending' ? after.dueAt : tx.now;
    return moveTask(tx, task.id, { from: 'held', to: after.is, set: { dueAt }, person });
  }
  const after = next({ is: 'held' }, { is: 'reject' });
  const set = { code: 'conduct.rejected', remark: `rejected by ${person}`, endedAt: tx.now };
  return moveTask(tx, task.id, { from: 'held', to: after.is, set, person });
}
