/**
 * What may go after a while. Rows that a rule still asks about stay, however old: uses of media ("never twice"), texts on a
 * stranger's post ("never the same text there again"), actions that nobody has settled, and whatever a person has yet to
 * decide.
 */
import type { Reader, Tx } from './store.ts';
import { deleteTask } from './tasks.ts';

export interface PruneWish {
  /** Epoch ms. */
  before: number;
  /** At most so many in one unit: others wait for its commit. */
  limit: number;
}

/** Completed and failed tasks that ended before; their ids. */
export async function pruneTasks(tx: Tx, { before, limit }: PruneWish): Promise<number[]> {
  const rows = await tx.hot<{ id: number }>(
    `select id from task where ended_at is not null and ended_at < ? and state in ('completed', 'failed')
     and not exists (select 1 from review where review.task_id = task.id and review.decided_at is null)
     and not exists (select 1 from effect where effect.task_id = task.id and effect.state = 'intended')
     order by ended_at limit ?`,
    [before, limit],
  );
  for (const { id } of rows) await deleteTask(tx, id);
  return rows.map(({ id }) => id);
}

/** Events are in order of time, but for a clock that was set: only what stands before the first younger one goes. */
export async function pruneEvents(tx: Tx, { before, limit }: PruneWish): Promise<number> {
  const rows = await tx.hot<{ id: number; at: number }>('select id, at from event order by id limit ?', [limit]);
  const younger = rows.findIndex(({ at }) => at >= before);
  const old = younger < 0 ? rows : rows.slice(0, younger);
  const last = old.at(-1);
  if (last) await tx.hot('delete from event where id <= ?', [last.id]);
  return old.length;
}

/** Public actions that no limit counts any more, of tasks that are gone. */
export async function pruneEffects(tx: Tx, { before, limit }: PruneWish): Promise<number> {
  const rows = await tx.hot<{ id: number }>(
    `delete from effect where id in (
       select id from effect where intended_at < ? and state <> 'intended'
       and not (state = 'unconfirmed' and minor = 0)
       and (text_hash is null or kind = 'post' or state in ('not-done', 'refused'))
       and not exists (select 1 from task where task.id = effect.task_id)
       and not exists (select 1 from review where review.effect_id = effect.id and review.decided_at is null)
       and not exists (select 1 from media_use where media_use.attempt_id = effect.attempt_id and media_use.state = 'taken')
       order by id limit ?
     ) returning id`,
    [before, limit],
  );
  return rows.length;
}

/** Decisions and create calls of which nothing else is left. */
export async function pruneLeavings(tx: Tx, { before, limit }: PruneWish): Promise<number> {
  const reviews = await tx.hot<{ id: number }>(
    `delete from review where id in (
       select id from review where decided_at < ?
       and (task_id is null or not exists (select 1 from task where task.id = review.task_id))
       order by id limit ?
     ) returning id`,
    [before, limit],
  );
  const submissions = await tx.hot<{ id: number }>(
    `delete from submission where id in (
       select id from submission where created_at < ?
       and not exists (select 1 from task where task.submission_id = submission.id)
       and not exists (select 1 from schedule where schedule.last_submission_id = submission.id)
       order by id limit ?
     ) returning id`,
    [before, limit],
  );
  return reviews.length + submissions.length;
}

/** What is known of these tasks; those that are gone are absent. `isNeeded`: it runs, or a person has to look at it. */
export async function traceStanding(
  db: Reader,
  taskIds: readonly number[],
): Promise<Map<number, { isNeeded: boolean }>> {
  const standing = new Map<number, { isNeeded: boolean }>();
  for (let from = 0; from < taskIds.length; from += 500) {
    const ids = taskIds.slice(from, from + 500);
    const tasks = await db.selectFrom('task').select(['id', 'state']).where('id', 'in', ids).execute();
    const reviews = await db
      .selectFrom('review')
      .select('task_id')
      .where('task_id', 'in', ids)
      .where('decided_at', 'is', null)
      .execute();
    const open = new Set(reviews.map(({ task_id }) => task_id));
    for (const { id, state } of tasks) {
      standing.set(id, { isNeeded: state === 'running' || state === 'unconfirmed' || open.has(id) });
    }
  }
  return standing;
}
