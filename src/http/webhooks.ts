import { DroverError } from '../base/error.ts';
import * as operations from '../contract/operations/webhooks.ts';
import { maxPageSize } from '../contract/page.ts';
import type { Delivery as DeliveryBody, Webhook as WebhookBody } from '../contract/webhook.ts';
import {
  countBacklog,
  countDeliveries,
  type Delivery,
  findDelivery,
  listDeliveries,
  reviveDeliveries,
} from '../store/deliveries.ts';
import {
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  updateWebhook,
  type Webhook,
} from '../store/webhooks.ts';
import { type BoundOperation, bind } from './bind.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';
import { messageIdOf } from './webhook/dispatcher.ts';
import { createWebhookSecret } from './webhook/signature.ts';

/** How long the secret before the last one signs along. */
const overlapMs = 86_400_000;

export const webhookRoutes = (parts: HttpParts): BoundOperation[] => {
  const { store, webhooks } = parts;
  return [
    bind(operations.listWebhooks, async ({ query: { page, page_size } }) => {
      const pageSize = Math.min(page_size, maxPageSize);
      const all = await listWebhooks(store.read);
      const shown = all.slice((page - 1) * pageSize, page * pageSize);
      return { webhooks: await bodiesOf(parts, shown), total: all.length, page, page_size: pageSize };
    }),
    bind(operations.createWebhook, async ({ body, caller }) => {
      const url = await webhooks.addresses.read(body.url);
      const secret = createWebhookSecret();
      const sealed = parts.sealer.seal(secret);
      const webhook = await store.write((tx) => insertWebhook(tx, { ...body, url, secret: sealed }, caller.name));
      return { ...(await bodyOf(parts, webhook)), signing_secret: secret };
    }),
    bind(operations.getWebhook, async ({ params }) => bodyOf(parts, await getWebhook(parts, params.webhook_id))),
    bind(operations.changeWebhook, async ({ params: { webhook_id }, body, caller }) => {
      await getWebhook(parts, webhook_id);
      const { url, ...rest } = body;
      const update = { ...rest, ...(url !== undefined && { url: await webhooks.addresses.read(url) }) };
      const note = { change: 'changed', person: caller.name };
      const webhook = await store.write((tx) => updateWebhook(tx, webhook_id, update, note));
      webhooks.wake();
      return bodyOf(parts, webhook ?? missing(webhook_id));
    }),
    bind(operations.deleteWebhook, async ({ params: { webhook_id }, caller }) => {
      if (!(await store.write((tx) => deleteWebhook(tx, webhook_id, caller.name)))) missing(webhook_id);
      return { webhook_id };
    }),
    bind(operations.rotateWebhookSecret, async ({ params: { webhook_id }, caller }) => {
      const secret = createWebhookSecret();
      const sealed = parts.sealer.seal(secret);
      const webhook = await store.write(async (tx) => {
        const before = await findWebhook(tx.db, webhook_id);
        const update = { secret: sealed, formerSecret: before?.secret ?? null, formerUntil: tx.now + overlapMs };
        return updateWebhook(tx, webhook_id, update, { change: 'given a new secret', person: caller.name });
      });
      return { ...(await bodyOf(parts, webhook ?? missing(webhook_id))), signing_secret: secret };
    }),
    bind(operations.testWebhook, async ({ params }) => deliveryBody(parts, await webhooks.test(params.webhook_id))),
    bind(operations.listDeliveries, async ({ params: { webhook_id }, query: { state, page, page_size } }) => {
      await getWebhook(parts, webhook_id);
      const pageSize = Math.min(page_size, maxPageSize);
      const filter = { webhookId: webhook_id, state };
      const [deliveries, total] = await Promise.all([
        listDeliveries(store.read, { ...filter, page, pageSize }),
        countDeliveries(store.read, filter),
      ]);
      const shown = deliveries.map((delivery) => deliveryBody(parts, delivery));
      return { deliveries: shown, total, page, page_size: pageSize };
    }),
    bind(operations.redeliver, async ({ params: { webhook_id, delivery_id } }) => {
      await getWebhook(parts, webhook_id);
      const n = await store.write((tx) => reviveDeliveries(tx, { webhookId: webhook_id, id: delivery_id }));
      const delivery = n === 0 ? undefined : await findDelivery(store.read, delivery_id);
      if (!delivery) {
        throw new DroverError('input.not-found', { message: `webhook ${webhook_id} has no delivery ${delivery_id}` });
      }
      webhooks.wake();
      return deliveryBody(parts, delivery);
    }),
    bind(operations.redeliverDead, async ({ params: { webhook_id } }) => {
      await getWebhook(parts, webhook_id);
      const count = await store.write((tx) => reviveDeliveries(tx, { webhookId: webhook_id }));
      webhooks.wake();
      return { redelivered_count: count };
    }),
  ];
};

async function getWebhook(parts: HttpParts, id: number): Promise<Webhook> {
  return (await findWebhook(parts.store.read, id)) ?? missing(id);
}

function missing(id: number): never {
  throw new DroverError('input.not-found', { message: `there is no webhook ${id}` });
}

async function bodyOf(parts: HttpParts, webhook: Webhook): Promise<WebhookBody> {
  const [body] = await bodiesOf(parts, [webhook]);
  if (!body) throw new Error('a webhook without a body');
  return body;
}

async function bodiesOf(parts: HttpParts, webhooks: readonly Webhook[]): Promise<WebhookBody[]> {
  const backlog = await countBacklog(parts.store.read);
  const { timeZone } = parts.settings();
  const countOf = (webhookId: number, state: Delivery['state']): number =>
    backlog.find((row) => row.webhookId === webhookId && row.state === state)?.n ?? 0;
  return webhooks.map((webhook) => ({
    id: webhook.id,
    name: webhook.name,
    url: webhook.url,
    types: [...webhook.types],
    enabled: webhook.enabled,
    disabled_reason: webhook.disabledReason,
    pending: countOf(webhook.id, 'pending'),
    dead: countOf(webhook.id, 'dead'),
    created_at: isoTime(webhook.createdAt, timeZone),
    created_by: webhook.createdBy,
    changed_at: isoTime(webhook.changedAt, timeZone),
  }));
}

function deliveryBody(parts: HttpParts, delivery: Delivery): DeliveryBody {
  const { timeZone } = parts.settings();
  const at = (ms: number | null): string | null => (ms === null ? null : isoTime(ms, timeZone));
  return {
    id: delivery.id,
    message_id: messageIdOf(delivery),
    event_id: delivery.eventId,
    type: delivery.type,
    state: delivery.state,
    tries: delivery.tries,
    status: delivery.status,
    error: delivery.error,
    next_try_at: delivery.state === 'pending' ? at(delivery.dueAt) : null,
    created_at: isoTime(delivery.createdAt, timeZone),
    tried_at: at(delivery.triedAt),
    ended_at: at(delivery.endedAt),
  };
}
