import { DroverError } from '../base/error.ts';
import * as operations from '../contract/operations/review.ts';
import { maxPageSize } from '../contract/page.ts';
import { type Decision, type Draft, type Evidence, type ReviewItem, reviewVerbs } from '../contract/review.ts';
import { effectKinds } from '../contract/task-states.ts';
import { countReviews, findReview, listReviews, type Review, type ReviewDecision } from '../store/reviews.ts';
import { type BoundOperation, bind } from './bind.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';

export const reviewRoutes = (parts: HttpParts): BoundOperation[] => [
  bind(operations.listReview, async ({ query }) => {
    const { page, kind, state, task_id: taskId } = query;
    const pageSize = Math.min(query.page_size, maxPageSize);
    const filter = {
      ...(kind !== undefined && { kind }),
      ...(state !== 'all' && { isOpen: state === 'open' }),
      ...(taskId !== undefined && { taskId }),
    };
    const { read } = parts.store;
    const [items, total] = await Promise.all([
      listReviews(read, { ...filter, page, pageSize }),
      countReviews(read, filter),
    ]);
    return { items: items.map((item) => itemOf(parts, item)), total, page, page_size: pageSize };
  }),
  bind(operations.getReview, async ({ params }) => {
    const item = await findReview(parts.store.read, params.id);
    if (!item) throw new DroverError('input.not-found', { message: `there is no review item ${params.id}` });
    return itemOf(parts, item);
  }),
  bind(operations.approveReview, ({ params, body, caller }) =>
    decide(parts, params.id, { decision: 'approved', person: caller.name, text: body.text }),
  ),
  bind(operations.rejectReview, ({ params, caller }) =>
    decide(parts, params.id, { decision: 'rejected', person: caller.name }),
  ),
  bind(operations.confirmReview, ({ params, caller }) =>
    decide(parts, params.id, { decision: 'done', person: caller.name }),
  ),
  bind(operations.denyReview, ({ params, caller }) =>
    decide(parts, params.id, { decision: 'not-done', person: caller.name }),
  ),
];

async function decide(
  parts: HttpParts,
  id: number,
  verdict: { decision: ReviewDecision; person: string; text?: string | undefined },
): Promise<Decision> {
  const { review, taskId } = await parts.reviews.decide(id, verdict);
  return { item: itemOf(parts, review), task_id: taskId };
}

function itemOf(parts: HttpParts, item: Review): ReviewItem {
  const { timeZone } = parts.settings();
  return {
    id: item.id,
    kind: item.kind,
    task_id: item.taskId,
    text: wordsOf(item.body.text) ?? '',
    verbs: item.decidedAt === null ? [...reviewVerbs[item.kind]] : [],
    evidence: item.kind === 'doubt' ? evidenceOf(item) : [],
    draft: item.kind === 'draft' ? draftOf(item.body) : null,
    made_at: isoTime(item.madeAt, timeZone),
    decided_at: item.decidedAt === null ? null : isoTime(item.decidedAt, timeZone),
    decision: item.decision,
    decided_by: item.person,
  };
}

/** The moment before the act and the one after it, as far as each was seen. */
function evidenceOf({ taskId, body }: Review): Evidence[] {
  const proof = body.evidence;
  const moments = [
    { when: 'before' as const, at: read(proof, 'before'), seen: body.baseline },
    { when: 'after' as const, at: proof, seen: read(proof, 'seen') },
  ];
  const path = (name: unknown): string | null =>
    typeof name === 'string' && taskId !== null ? `/api/v1/task/${taskId}/trace/${encodeURIComponent(name)}` : null;
  return moments
    .map(({ when, at, seen }) => ({
      when,
      picture: path(read(at, 'picture')),
      hierarchy: path(read(at, 'hierarchy')),
      seen: wordsOf(seen),
    }))
    .filter(({ picture, hierarchy, seen }) => picture !== null || hierarchy !== null || seen !== null);
}

function draftOf(body: Readonly<Record<string, unknown>>): Draft {
  const { state } = body;
  return {
    kind: effectKinds.find((kind) => kind === body.kind) ?? 'comment',
    target: wordsOf(body.target) ?? '',
    prompt: wordsOf(body.prompt) ?? '',
    device: wordsOf(body.serial),
    username: wordsOf(body.username),
    state: state === 'ready' || state === 'failed' ? state : 'asking',
    content: wordsOf(body.content),
    problem: wordsOf(body.problem),
  };
}

const read = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

function wordsOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
