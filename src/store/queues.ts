/** What stands before a task that is due: read for the answer to "why does it not run". */
import { sql } from 'kysely';
import type { Reader } from './store.ts';

/**
 * The task that each of these phones takes next, as claim would choose, were the phone free; phones without one are
 * absent. One look into the index a phone.
 */
export async function listNextTasks(db: Reader, serials: readonly string[], now: number): Promise<Map<string, number>> {
  const first = new Map<string, number>();
  for (const serial of serials) {
    const { rows } = await sql<{ id: number }>`
      select task.id from task
      where task.state = 'pending' and task.serial = ${serial} and task.due_at <= ${now}
        and not exists (select 1 from account where account.id = task.account_id
          and (account.paused_until > ${now} or account.status = 1))
        and not exists (select 1 from pause where pause.account_id = task.account_id)
      order by task.due_at, task.id limit 1`.execute(db);
    if (rows[0]) first.set(serial, rows[0].id);
  }
  return first;
}
