import type { Reader, Tx } from './store.ts';

export type Source = 'ui' | 'api';

export interface NewSubmission {
  source: Source;
  idempotencyKey?: string;
  /** Tells the same request from another one under the same key. */
  bodyHash?: string;
  /** Pause between consecutive tasks of this submission on one device. */
  minGapMs: number;
  maxGapMs: number;
}

export interface Submission {
  id: number;
  source: Source;
  bodyHash: string | null;
  /** The answer that was given, JSON; null when none was kept. */
  reply: string | null;
  createdAt: number;
}

/** Throws `conflict.idempotency` when the key is taken: look with findSubmissionByKey first, in the same unit. */
export async function insertSubmission(tx: Tx, submission: NewSubmission): Promise<number> {
  const [row] = await tx.hot<{ id: number }>(
    `insert into submission (source, idempotency_key, body_hash, min_gap_ms, max_gap_ms, created_at)
     values (?, ?, ?, ?, ?, ?) returning id`,
    [
      submission.source,
      submission.idempotencyKey ?? null,
      submission.bodyHash ?? null,
      submission.minGapMs,
      submission.maxGapMs,
      tx.now,
    ],
  );
  if (!row) throw new Error('insert into submission returned no id');
  await tx.event('submissionCreated', `submission:${row.id}`, { id: row.id, source: submission.source });
  return row.id;
}

export async function setSubmissionReply(tx: Tx, id: number, reply: string): Promise<void> {
  await tx.hot('update submission set reply = ? where id = ?', [reply, id]);
}

export async function findSubmissionByKey(db: Reader, key: string): Promise<Submission | undefined> {
  const row = await db
    .selectFrom('submission')
    .select(['id', 'source', 'body_hash', 'reply', 'created_at'])
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  return (
    row && { id: row.id, source: row.source, bodyHash: row.body_hash, reply: row.reply, createdAt: row.created_at }
  );
}

/** The tasks each of these submissions made and that still exist, in order. */
export async function listTaskIds(db: Reader, ids: readonly number[]): Promise<Map<number, number[]>> {
  const found = new Map<number, number[]>();
  if (ids.length === 0) return found;
  const rows = await db
    .selectFrom('task')
    .select(['id', 'submission_id'])
    .where('submission_id', 'in', [...ids])
    .orderBy('submission_id')
    .orderBy('position')
    .execute();
  for (const row of rows) found.set(row.submission_id, [...(found.get(row.submission_id) ?? []), row.id]);
  return found;
}
