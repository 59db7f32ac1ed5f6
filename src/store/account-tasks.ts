import type { TaskStateName } from '../contract/task-states.ts';
import type { Reader } from './store.ts';

/** A task of an account that has not ended. */
export interface OpenTask {
  id: number;
  state: Extract<TaskStateName, 'held' | 'pending' | 'running'>;
  /** It may have acted in public already: an intent of it is not settled. */
  hasOpenIntent: boolean;
}

/** By id. Tasks that act as whoever is logged in on a phone belong to no account. */
export async function listOpenTasks(db: Reader, accountId: number): Promise<OpenTask[]> {
  const rows = await db
    .selectFrom('task')
    .select(['id', 'state'])
    .select((e) =>
      e
        .exists(
          e
            .selectFrom('effect')
            .select('effect.id')
            .whereRef('effect.task_id', '=', 'task.id')
            .where('effect.state', '=', 'intended'),
        )
        .as('intent'),
    )
    .where('account_id', '=', accountId)
    .where('state', 'in', ['held', 'pending', 'running'])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    state: row.state as OpenTask['state'],
    hasOpenIntent: Number(row.intent) === 1,
  }));
}

/** When an actor's newest public action that counts was begun; undefined when there is none. */
export async function lastActedAt(db: Reader, accountId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('effect')
    .select((e) => e.fn.max<number | null>('intended_at').as('at'))
    .where('actor', '=', `account:${accountId}`)
    .where('state', 'in', ['intended', 'done', 'unconfirmed'])
    .executeTakeFirst();
  return row?.at ?? undefined;
}
