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

export interface EventFilter {
  type?: EventType | undefined;
  /** Exactly, or all of a kind: `task:` */
  subject?: string | undefined;
  person?: string | undefined;
  /** Only what people did. */
  byPeople?: boolean | undefined;
  /** Epoch ms, from and to (the latter not included). */
  since?: number | undefined;
  until?: number | undefined;
  /** Only events before this id. */
  before?: number | undefined;
}

/** Newest first. */
export async function listEvents(db: Reader, filter: EventFilter, limit: number): Promise<StoredEvent[]> {
  const { type, subject, person, byPeople, since, until, before } = filter;
  let query = db.selectFrom('event').select(['id', 'at', 'person', 'type', 'subject', 'body']).orderBy('id', 'desc');
  if (type !== undefined) query = query.where('type', '=', type);
  if (subject?.endsWith(':'))
    query = query.where('subject', '>=', subject).where('subject', '<', `${subject.slice(0, -1)};`);
  else if (subject !== undefined) query = query.where('subject', '=', subject);
  if (person !== undefined) query = query.where('person', '=', person);
  if (byPeople) query = query.where('person', 'is not', null);
  if (since !== undefined) query = query.where('at', '>=', since);
  if (until !== undefined) query = query.where('at', '<', until);
  if (before !== undefined) query = query.where('id', '<', before);
  const rows = await query.limit(limit).execute();
  return rows.map((row) => ({ ...row, type: row.type as EventType, body: parseObject(row.body) }));
}
