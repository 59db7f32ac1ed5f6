import type { Selectable } from 'kysely';
import { type EventType, eventTypes } from '../contract/event.ts';
import { lastEventId } from './events.ts';
import { parseStrings } from './json.ts';
import type { WebhookTable } from './schema.ts';
import { pin, type Reader, type Tx } from './store.ts';

export interface Webhook {
  id: number;
  name: string;
  url: string;
  /** Empty: all of them. */
  types: readonly EventType[];
  enabled: boolean;
  /** Sealed, as the next. */
  secret: string;
  /** Signs along until `formerUntil`. */
  formerSecret: string | null;
  formerUntil: number | null;
  /** The last event that was looked at for it. */
  eventId: number;
  /** Why it was switched off, when nobody did. */
  disabledReason: string | null;
  createdAt: number;
  createdBy: string | null;
  changedAt: number;
}

const isEventType = (text: string): text is EventType => (eventTypes as readonly string[]).includes(text);

const fromRow = (row: Selectable<WebhookTable>): Webhook => ({
  id: row.id,
  name: row.name,
  url: row.url,
  types: parseStrings(row.types).filter(isEventType),
  enabled: row.enabled === 1,
  secret: row.secret,
  formerSecret: row.former_secret,
  formerUntil: row.former_until,
  eventId: row.event_id,
  disabledReason: row.disabled_reason,
  createdAt: row.created_at,
  createdBy: row.created_by,
  changedAt: row.changed_at,
});

/** By id. */
export async function listWebhooks(db: Reader): Promise<Webhook[]> {
  return (await db.selectFrom('webhook').selectAll().orderBy('id').execute()).map(fromRow);
}

export async function findWebhook(db: Reader, id: number): Promise<Webhook | undefined> {
  const row = await db.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

export type NewWebhook = Pick<Webhook, 'name' | 'url' | 'types' | 'enabled' | 'secret'>;

/** It gets what happens from now on. */
export async function insertWebhook(tx: Tx, webhook: NewWebhook, person?: string): Promise<Webhook> {
  const row = await tx.db
    .insertInto('webhook')
    .values({
      name: webhook.name,
      url: webhook.url,
      types: JSON.stringify(webhook.types),
      enabled: webhook.enabled ? 1 : 0,
      secret: webhook.secret,
      event_id: await lastEventId(tx.db),
      created_at: tx.now,
      created_by: person ?? null,
      changed_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await webhookEvent(tx, row, { change: 'created', person });
  return fromRow(row);
}

export type WebhookUpdate = Partial<
  Pick<Webhook, 'name' | 'url' | 'types' | 'enabled' | 'secret' | 'formerSecret' | 'formerUntil' | 'disabledReason'>
>;

/** One that is switched on again gets what happens from then on. Undefined when there is none. */
export async function updateWebhook(
  tx: Tx,
  id: number,
  update: WebhookUpdate,
  { change, person }: { change: string; person?: string | undefined },
): Promise<Webhook | undefined> {
  const before = await findWebhook(tx.db, id);
  if (!before) return undefined;
  const isSwitchedOn = update.enabled === true && !before.enabled;
  const row = await tx.db
    .updateTable('webhook')
    .set({
      changed_at: tx.now,
      ...(update.name !== undefined && { name: update.name }),
      ...(update.url !== undefined && { url: update.url }),
      ...(update.types !== undefined && { types: JSON.stringify(update.types) }),
      ...(update.enabled !== undefined && {
        enabled: update.enabled ? 1 : 0,
        disabled_reason: update.disabledReason ?? null,
      }),
      ...(update.secret !== undefined && { secret: update.secret }),
      ...(update.formerSecret !== undefined && { former_secret: update.formerSecret }),
      ...(update.formerUntil !== undefined && { former_until: update.formerUntil }),
      ...(isSwitchedOn && { event_id: await lastEventId(tx.db) }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await webhookEvent(tx, row, { change, person });
  return fromRow(row);
}

/** With its deliveries. False when there is none. */
export async function deleteWebhook(tx: Tx, id: number, person?: string): Promise<boolean> {
  const row = await tx.db.deleteFrom('webhook').where('id', '=', id).returningAll().executeTakeFirst();
  if (!row) return false;
  await webhookEvent(tx, row, { change: 'deleted', person });
  return true;
}

/** Bookkeeping: no event. */
export async function moveWebhookCursor(tx: Tx, id: number, eventId: number): Promise<void> {
  await tx.hot(`update webhook set event_id = ? where id = ${pin}`, [eventId, id]);
}

async function webhookEvent(
  tx: Tx,
  row: Selectable<WebhookTable>,
  { change, person }: { change: string; person: string | undefined },
): Promise<void> {
  const facts = { key: 'webhook', id: row.id, name: row.name, enabled: row.enabled === 1, change };
  await tx.event(
    'settingChanged',
    `webhook:${row.id}`,
    row.disabled_reason === null ? facts : { ...facts, reason: row.disabled_reason },
    person,
  );
}
