import { openEffectOf } from '../store/effects.ts';
import { decideReview, findOpenReviewOfTask } from '../store/reviews.ts';
import type { Tx } from '../store/store.ts';
import { moveTask, type Task } from '../store/tasks.ts';
import type { Doubts } from './park.ts';
import { next, type TaskState } from './state.ts';

/**
 * Ends a task that is pending or held: failed `task.stopped`, or unconfirmed when an earlier attempt left an intent open. A
 * hold that waited for a person is closed with it, or it would be asked about for ever.
 */
export async function giveUpWaiting(
  tx: Tx,
  task: Task,
  { doubts, person }: { doubts: Doubts; person: string | undefined },
): Promise<void> {
  const from = task.state;
  if (from !== 'pending' && from !== 'held') throw new Error(`task ${task.id} does not wait, it is ${from}`);
  if (from === 'held') {
    const hold = await findOpenReviewOfTask(tx.db, task.id);
    if (hold?.kind === 'hold') await decideReview(tx, hold.id, { decision: 'rejected', person: person ?? 'operator' });
  }
  const open = await openEffectOf(tx.db, task.id);
  if (open) await doubts.park(tx, open.id, 'the task was stopped before anybody could look');
  const before: TaskState = from === 'held' ? { is: 'held' } : { is: 'pending', dueAt: task.dueAt };
  const after = next(before, { is: 'stop', ...(open && { openEffect: open.id }) });
  await moveTask(tx, task.id, {
    from,
    to: after.is,
    set: {
      code: after.is === 'failed' ? after.code : 'task.needs-review',
      remark:
        after.is === 'failed'
          ? 'stopped'
          : 'stopped while nobody could tell whether the action happened; look at the evidence and decide',
      endedAt: tx.now,
      waitRule: null,
    },
    ...(person === undefined ? {} : { person }),
  });
}
