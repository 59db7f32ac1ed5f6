import { Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import { pageQuery } from '../page.ts';
import {
  Delivery,
  DeliveryList,
  ListDeliveriesQuery,
  NewWebhook,
  Webhook,
  WebhookChange,
  WebhookList,
  WebhookSecret,
} from '../webhook.ts';

const tag = 'Webhooks';
const webhook_id = Type.Integer({ minimum: 1, description: 'Id of the webhook' });
const params = Type.Object({ webhook_id });
const deliveryParams = Type.Object({
  webhook_id,
  delivery_id: Type.Integer({ minimum: 1, description: 'Id of the delivery' }),
});
const errors = ['input.not-found'] as const;

export const listWebhooks = defineOperation({
  id: 'listWebhooks',
  method: 'GET',
  path: '/webhooks',
  tag,
  scope: 'admin',
  summary: 'List the webhooks',
  query: Type.Object(pageQuery),
  data: WebhookList,
});

export const createWebhook = defineOperation({
  id: 'createWebhook',
  method: 'POST',
  path: '/webhooks',
  tag,
  scope: 'admin',
  summary: 'Have events delivered to an address',
  description:
    'Each event is posted with the headers of Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`), at least once; whatever is not answered with 2xx is tried again ten times over three days, then kept as a dead letter. The answer shows the secret, this once.',
  body: NewWebhook,
  data: WebhookSecret,
  examples: [
    {
      name: 'the end of tasks',
      body: { name: 'my backend', url: 'https://hooks.example.com/drover', types: ['taskChanged'] },
    },
  ],
});

export const getWebhook = defineOperation({
  id: 'getWebhook',
  method: 'GET',
  path: '/webhooks/{webhook_id}',
  tag,
  scope: 'admin',
  summary: 'Look one webhook up',
  params,
  data: Webhook,
  errors,
});

export const changeWebhook = defineOperation({
  id: 'changeWebhook',
  method: 'PATCH',
  path: '/webhooks/{webhook_id}',
  tag,
  scope: 'admin',
  summary: 'Change a webhook, or switch it off and on',
  description: 'What waits is sent to the new address. One that is switched on gets what happens from then on.',
  params,
  body: WebhookChange,
  data: Webhook,
  errors,
  examples: [{ name: 'switched off', params: { webhook_id: 1 }, body: { enabled: false } }],
});

export const deleteWebhook = defineOperation({
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/webhooks/{webhook_id}',
  tag,
  scope: 'admin',
  summary: 'Delete a webhook and what waits for it',
  params,
  data: params,
  errors,
});

export const rotateWebhookSecret = defineOperation({
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/webhooks/{webhook_id}/rotate-secret',
  tag,
  scope: 'admin',
  summary: 'Give a webhook a new secret',
  description: 'For 24 hours deliveries carry both signatures, so that the receiver can change over in peace.',
  params,
  data: WebhookSecret,
  errors,
});

export const testWebhook = defineOperation({
  id: 'testWebhook',
  method: 'POST',
  path: '/webhooks/{webhook_id}/test',
  tag,
  scope: 'admin',
  summary: 'Send a test event now, and see what came of it',
  description: 'It is sent once, also to a webhook that is switched off.',
  params,
  data: Delivery,
  errors,
});

export const listDeliveries = defineOperation({
  id: 'listDeliveries',
  method: 'GET',
  path: '/webhooks/{webhook_id}/deliveries',
  tag,
  scope: 'admin',
  summary: 'List deliveries, newest first',
  description: 'Delivered ones are kept for 7 days, dead letters for 30.',
  params,
  query: ListDeliveriesQuery,
  data: DeliveryList,
  errors,
});

export const redeliver = defineOperation({
  id: 'redeliver',
  method: 'POST',
  path: '/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver',
  tag,
  scope: 'admin',
  summary: 'Send one delivery again',
  description: 'With all its tries before it. It keeps its `webhook-id`, so a receiver that has it knows it.',
  params: deliveryParams,
  data: Delivery,
  errors,
});

export const redeliverDead = defineOperation({
  id: 'redeliverDead',
  method: 'POST',
  path: '/webhooks/{webhook_id}/redeliver-dead',
  tag,
  scope: 'admin',
  summary: 'Send all dead letters again',
  params,
  data: Type.Object({ redelivered_count: Type.Integer() }),
  errors,
});
