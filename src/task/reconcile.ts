import { say } from '../contract/sentence.ts';
import { closeAttemptsOfFormerBoot, type LostAttempt } from '../store/attempts.ts';
import { openEffectOf } from '../store/effects.ts';
import type { Store, Tx } from '../store/store.ts';
import { moveTask, putOffBy } from '../store/tasks.ts';
import type { Doubts } from './park.ts';
import { next } from './state.ts';

/**
 * At start, before anything listens: what the former process of this host left running is queued again, in one
 * transaction. A task that died inside its effect keeps its open intent, so its next attempt begins by looking.
 * Returns how many tasks that were.
 */
export function reconcile(store: Store, host: { id: string; bootId: string }, doubts: Doubts): Promise<number> {
  return store.write(async (tx) => {
    const lost = await closeAttemptsOfFormerBoot(tx, host.id, host.bootId);
    for (const attempt of lost) await requeue(tx, attempt, doubts);
    return lost.length;
  });
}

async function requeue(tx: Tx, { task }: LostAttempt, doubts: Doubts): Promise<void> {
  const open = await openEffectOf(tx.db, task.id);
  const isStopped = task.stopAskedAt !== null;
  const count = task.interruptCount + 1;
  const after = next(
    { is: 'running', token: 0 },
    isStopped && !open
      ? { is: 'stop' }
      : { is: 'interrupt', code: 'server.host-lost', count, dueAt: task.dueAt, ...(open && { openEffect: open.id }) },
  );
  if (open && after.is === 'unconfirmed') await doubts.park(tx, open.id, 'interrupted too often to look');
  await moveTask(tx, task.id, {
    from: 'running',
    to: after.is,
    set: {
      interruptCount: count,
      ...(after.is === 'pending' ? putOffBy(say('scheduled.server-stopped', {})) : { endedAt: tx.now }),
      ...(after.is === 'failed'
        ? { code: after.code, remark: isStopped ? 'stopped' : 'interrupted too often; see the traces of its attempts' }
        : {}),
      ...(after.is === 'unconfirmed'
        ? {
            code: 'task.needs-review',
            remark: 'interrupted too often in the middle of the action; look at the evidence and decide',
          }
        : {}),
    },
  });
}
