import type { Selectable } from 'kysely';
import { DroverError } from '../base/error.ts';
import { parseObject } from './json.ts';
import type { ReviewTable } from './schema.ts';
import { pin, type Reader, type Tx } from './store.ts';

export type ReviewKind = 'hold' | 'draft' | 'doubt';
export type ReviewDecision = 'approved' | 'rejected' | 'done' | 'not-done';

/** Something a person has to decide, with what there is to decide it by. */
export interface Review {
  id: number;
  kind: ReviewKind;
  taskId: number | null;
  effectId: number | null;
  /** `text` is the question as a sentence; the rest is evidence and, for a draft, what it would become. */
  body: Record<string, unknown>;
  madeAt: number;
  decidedAt: number | null;
  decision: ReviewDecision | null;
  person: string | null;
}

export interface NewReview {
  kind: ReviewKind;
  taskId?: number;
  effectId?: number;
  body: Readonly<Record<string, unknown>>;
}

const reviewFromRow = (row: Selectable<ReviewTable>): Review => ({
  id: row.id,
  kind: row.kind,
  taskId: row.task_id,
  effectId: row.effect_id,
  body: parseObject(row.body),
  madeAt: row.made_at,
  decidedAt: row.decided_at,
  decision: row.decision as ReviewDecision | null,
  person: row.person,
});

export async function insertReview(tx: Tx, review: NewReview): Promise<number> {
  const [row] = await tx.hot<{ id: number }>(
    'insert into review (kind, task_id, effect_id, body, made_at) values (?, ?, ?, ?, ?) returning id',
    [review.kind, review.taskId ?? null, review.effectId ?? null, JSON.stringify(review.body), tx.now],
  );
  if (!row) throw new Error('insert into review returned no id');
  await tx.event('reviewOpened', `review:${row.id}`, {
    id: row.id,
    kind: review.kind,
    task_id: review.taskId ?? null,
  });
  return row.id;
}

/**
 * Writes the decision down. The caller moves effect and task in the same unit.
 * Throws `input.not-found`, or `task.wrong-state` when it was decided before.
 */
export async function decideReview(
  tx: Tx,
  id: number,
  { decision, person }: { decision: ReviewDecision; person: string },
): Promise<Review> {
  const [row] = await tx.hot<Selectable<ReviewTable>>(
    `update review set decided_at = ?, decision = ?, person = ? where id = ${pin} and decided_at is null returning *`,
    [tx.now, decision, person, id],
  );
  if (!row) {
    const known = await findReview(tx.db, id);
    if (!known) throw new DroverError('input.not-found', { message: `there is no review item ${id}` });
    throw new DroverError('task.wrong-state', { message: `review item ${id} was decided already: ${known.decision}` });
  }
  await tx.event('reviewDecided', `review:${id}`, { id, kind: row.kind, task_id: row.task_id, decision }, person);
  return reviewFromRow(row);
}

export async function findReview(db: Reader, id: number): Promise<Review | undefined> {
  const row = await db.selectFrom('review').selectAll().where('id', '=', id).executeTakeFirst();
  return row && reviewFromRow(row);
}

/** The item that a task waits for, if any. */
export async function findOpenReviewOfTask(db: Reader, taskId: number): Promise<Review | undefined> {
  const row = await db
    .selectFrom('review')
    .selectAll()
    .where('task_id', '=', taskId)
    .where('decided_at', 'is', null)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row && reviewFromRow(row);
}

export interface ReviewFilter {
  kind?: ReviewKind;
  isOpen?: boolean;
  taskId?: number;
}

/** Undecided items come first and the oldest of them foremost, then decided ones, the latest foremost; `page` counts from 1. */
export async function listReviews(
  db: Reader,
  { page, pageSize, ...filter }: ReviewFilter & { page: number; pageSize: number },
): Promise<Review[]> {
  const rows = await filtered(db, filter)
    .selectAll()
    .orderBy((e) => e.case().when('decided_at', 'is', null).then(0).else(1).end())
    .orderBy('decided_at', 'desc')
    .orderBy('id')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return rows.map(reviewFromRow);
}

export async function countReviews(db: Reader, filter: ReviewFilter = {}): Promise<number> {
  const row = await filtered(db, filter)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

function filtered(db: Reader, { kind, isOpen, taskId }: ReviewFilter) {
  let query = db.selectFrom('review');
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (isOpen !== undefined) query = query.where('decided_at', isOpen ? 'is' : 'is not', null);
  if (taskId !== undefined) query = query.where('task_id', '=', taskId);
  return query;
}

/** Undecided drafts, oldest first. */
export async function listOpenDrafts(db: Reader): Promise<Review[]> {
  const rows = await filtered(db, { kind: 'draft', isOpen: true }).selectAll().orderBy('id').execute();
  return rows.map(reviewFromRow);
}

/** What there is to decide by has changed: the text of a draft is there. False when it was decided meanwhile. */
export async function changeReview(tx: Tx, id: number, body: Readonly<Record<string, unknown>>): Promise<boolean> {
  const [row] = await tx.hot<{ kind: string; task_id: number | null }>(
    `update review set body = ? where id = ${pin} and decided_at is null returning kind, task_id`,
    [JSON.stringify(body), id],
  );
  if (row) await tx.event('reviewChanged', `review:${id}`, { id, kind: row.kind, task_id: row.task_id });
  return row !== undefined;
}
