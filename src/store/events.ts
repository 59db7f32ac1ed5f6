import type { EventType } from '../contract/event.ts';
import { parseObject } from './json.ts';
import type { Reader } from './store.ts';

/** One line of the event log. */
export interface StoredEvent {
  id: number;
  at: number;
  person: string | null;
  type: EventType;
  subject: string;
  body: Record<string, unknown>;
}

/**
 * The events after `afterId`, oldest first. Ids commit in order here because one connection writes at a time; a database
 * in which they do not reads below its oldest open transaction.
 */
export async function tailEvents(db: Reader, afterId: number, limit: number): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('event')
    .select(['id', 'at', 'person', 'type', 'subject', 'body'])
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, type: row.type as EventType, body: parseObject(row.body) }));
}

/** Where a tail without a past begins; 0 in an empty log. */
export async function lastEventId(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('event')
    .select((e) => e.fn.max<number | null>('id').as('id'))
    .executeTakeFirst();
  return row?.id ?? 0;
}
