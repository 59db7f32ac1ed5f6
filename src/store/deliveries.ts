import type { Selectable } from 'kysely';
import type { DeliveryTable } from './schema.ts';
import { pin, type Reader, type Tx } from './store.ts';

export type DeliveryState = 'pending' | 'delivered' | 'dead';

/** One event on its way to one webhook. */
export interface Delivery {
  id: number;
  webhookId: number;
  /** Null: somebody tried the webhook out. */
  eventId: number | null;
  type: string;
  /** JSON, exactly as it is sent. */
  body: string;
  state: DeliveryState;
  /** When it is tried next. */
  dueAt: number;
  tries: number;
  /** Of the last answer. */
  status: number | null;
  /** What was wrong with the last try. */
  error: string | null;
  createdAt: number;
  triedAt: number | null;
  endedAt: number | null;
}

const fromRow = (row: Selectable<DeliveryTable>): Delivery => ({
  id: row.id,
  webhookId: row.webhook_id,
  eventId: row.event_id,
  type: row.type,
  body: row.body,
  state: row.state,
  dueAt: row.due_at,
  tries: row.tries,
  status: row.status,
  error: row.error,
  createdAt: row.created_at,
  triedAt: row.tried_at,
  endedAt: row.ended_at,
});

export type NewDelivery = Pick<Delivery, 'webhookId' | 'eventId' | 'type' | 'body'>;

/** Due at once. An event that was put in before is left as it is: one delivery a webhook and event. */
export async function insertDelivery(tx: Tx, delivery: NewDelivery): Promise<Delivery | undefined> {
  const [row] = await tx.hot<Selectable<DeliveryTable>>(
    `insert into delivery (webhook_id, event_id, type, body, state, due_at, created_at)
     values (?, ?, ?, ?, 'pending', ?, ?) on conflict do nothing returning *`,
    [delivery.webhookId, delivery.eventId, delivery.type, delivery.body, tx.now, tx.now],
  );
  return row && fromRow(row);
}

/**
 * Takes up to `limit` due deliveries, oldest first, and puts each off by `holdMs`: should this process die with them in
 * hand, they are tried again then.
 */
export async function takeDeliveries(
  tx: Tx,
  { webhookId, limit, holdMs }: { webhookId: number; limit: number; holdMs: number },
): Promise<Delivery[]> {
  const rows = await tx.hot<Selectable<DeliveryTable>>(
    `update delivery set due_at = ?, tries = tries + 1, tried_at = ?, status = null, error = null
     where id in (select id from delivery where state = 'pending' and webhook_id = ${pin} and due_at <= ?
       order by due_at, id limit ?) returning *`,
    [tx.now + holdMs, tx.now, webhookId, tx.now, limit],
  );
  return rows.map(fromRow).sort((a, b) => a.id - b.id);
}

/** One that somebody waits for, whatever it is due; undefined when it is not pending. */
export async function takeDelivery(tx: Tx, id: number, holdMs: number): Promise<Delivery | undefined> {
  const [row] = await tx.hot<Selectable<DeliveryTable>>(
    `update delivery set due_at = ?, tries = tries + 1, tried_at = ?, status = null, error = null where id = ${pin} and state = 'pending' returning *`,
    [tx.now + holdMs, tx.now, id],
  );
  return row && fromRow(row);
}

export interface DeliveryOutcome {
  state: DeliveryState;
  status: number | null;
  error: string | null;
  /** Of the next try, while it is pending. */
  dueAt: number;
}

export async function settleDelivery(tx: Tx, id: number, outcome: DeliveryOutcome): Promise<Delivery | undefined> {
  const { state, status, error, dueAt } = outcome;
  const [row] = await tx.hot<Selectable<DeliveryTable>>(
    `update delivery set state = ?, status = ?, error = ?, due_at = ?, ended_at = ?
     where id = ${pin} and state = 'pending' returning *`,
    [state, status, error, dueAt, state === 'pending' ? null : tx.now, id],
  );
  return row && fromRow(row);
}

/** Due again at once, with all its tries before it: one, or all that are dead. Returns how many. */
export async function reviveDeliveries(tx: Tx, { webhookId, id }: { webhookId: number; id?: number }): Promise<number> {
  let query = tx.db
    .updateTable('delivery')
    .set({ state: 'pending', due_at: tx.now, tries: 0, ended_at: null })
    .where('webhook_id', '=', webhookId);
  query = id === undefined ? query.where('state', '=', 'dead') : query.where('id', '=', id);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

export async function findDelivery(db: Reader, id: number): Promise<Delivery | undefined> {
  const row = await db.selectFrom('delivery').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

export interface DeliveryFilter {
  webhookId: number;
  state?: DeliveryState | undefined;
}

/** Newest first; `page` counts from 1. */
export async function listDeliveries(
  db: Reader,
  { webhookId, state, page, pageSize }: DeliveryFilter & { page: number; pageSize: number },
): Promise<Delivery[]> {
  let query = db.selectFrom('delivery').selectAll().where('webhook_id', '=', webhookId).orderBy('id', 'desc');
  if (state !== undefined) query = query.where('state', '=', state);
  const rows = await query
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  return rows.map(fromRow);
}

export async function countDeliveries(db: Reader, { webhookId, state }: DeliveryFilter): Promise<number> {
  let query = db
    .selectFrom('delivery')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('webhook_id', '=', webhookId);
  if (state !== undefined) query = query.where('state', '=', state);
  return Number((await query.executeTakeFirst())?.n ?? 0);
}

/** How many wait and how many were given up, by webhook. */
export async function countBacklog(db: Reader): Promise<{ webhookId: number; state: DeliveryState; n: number }[]> {
  const rows = await db
    .selectFrom('delivery')
    .select(['webhook_id', 'state'])
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('state', 'in', ['pending', 'dead'])
    .groupBy(['webhook_id', 'state'])
    .execute();
  return rows.map(({ webhook_id, state, n }) => ({ webhookId: webhook_id, state, n: Number(n) }));
}

/** When the first delivery of a webhook that is on is due. */
export async function nextDeliveryAt(db: Reader): Promise<number | undefined> {
  const row = await db
    .selectFrom('delivery')
    .innerJoin('webhook', 'webhook.id', 'delivery.webhook_id')
    .select((e) => e.fn.min<number | null>('delivery.due_at').as('at'))
    .where('delivery.state', '=', 'pending')
    .where('webhook.enabled', '=', 1)
    .executeTakeFirst();
  return row?.at ?? undefined;
}

/** Clears away what ended before. Returns how many. */
export async function pruneDeliveries(
  tx: Tx,
  { deliveredBefore, deadBefore }: { deliveredBefore: number; deadBefore: number },
): Promise<number> {
  const rows = await tx.hot<{ id: number }>(
    `delete from delivery where (state = 'delivered' and ended_at < ?) or (state = 'dead' and ended_at < ?) returning id`,
    [deliveredBefore, deadBefore],
  );
  return rows.length;
}
