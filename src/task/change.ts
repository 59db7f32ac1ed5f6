import { type Clock, sleep } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import { openEffectOf } from '../store/effects.ts';
import type { Store, Tx } from '../store/store.ts';
import { askStop, findTask, moveTask, type Task } from '../store/tasks.ts';
import type { Doubts } from './park.ts';
import type { Runner } from './runner.ts';
import { next, type TaskState } from './state.ts';

export interface ChangeParts {
  store: Store;
  clock: Clock;
  doubts: Doubts;
  runner: Pick<Runner, 'stop' | 'isRunning'>;
}

/** The answer to a stop waits this long for the end of a running attempt. */
const stopWaitMs = 5_000;

export async function getTask(store: Store, id: number): Promise<Task> {
  const task = await findTask(store.read, id);
  if (!task) throw notFound(id);
  return task;
}

const notFound = (id: number): DroverError =>
  new DroverError('input.not-found', { message: `there is no task ${id}`, details: { task: id } });

/**
 * Stops a pending task at once, or asks a running one to end and waits up to 5 s for it. Returns the task as it is then.
 * Throws `input.not-found`, `task.wrong-state` for one that has ended.
 */
export async function stopTask(
  { store, clock, doubts, runner }: ChangeParts,
  id: number,
  person?: string,
): Promise<Task> {
  const wasRunning = await store.write(async (tx) => {
    const task = await findTask(tx.db, id);
    if (!task) throw notFound(id);
    if (task.state === 'running') return askStop(tx, id, person);
    await stopWaiting(tx, task, { doubts, person });
    return false;
  });
  if (wasRunning) {
    const patience = new AbortController();
    await Promise.race([
      runner.stop(id).finally(() => patience.abort()),
      sleep(clock, stopWaitMs, patience.signal),
    ]).catch(() => {}); // only the patience can reject
  }
  return getTask(store, id);
}

async function stopWaiting(
  tx: Tx,
  task: Task,
  { doubts, person }: { doubts: Doubts; person: string | undefined },
): Promise<void> {
  if (task.state !== 'pending' && task.state !== 'held') {
    throw new DroverError('task.wrong-state', {
      message: `task ${task.id} has ended already (${task.state}); only a pending or running task can be stopped`,
      details: { task: task.id, state: task.state },
    });
  }
  const open = await openEffectOf(tx.db, task.id);
  if (open) await doubts.park(tx, open.id, 'the task was stopped before anybody could look');
  const before: TaskState = task.state === 'held' ? { is: 'held' } : { is: 'pending', dueAt: task.dueAt };
  const after = next(before, { is: 'stop', ...(open && { openEffect: open.id }) });
  await moveTask(tx, task.id, {
    from: task.state,
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
