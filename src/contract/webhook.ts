import { type Static, Type } from 'typebox';
import { eventTypes } from './event.ts';
import { isoTime, listOf, nullable, pageQuery } from './page.ts';

const fields = {
  name: Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9 ._@-]{0,63}$',
    description: 'What it is called: letters, digits, space and . _ @ -, at most 64',
  }),
  url: Type.String({
    minLength: 8,
    maxLength: 2000,
    description:
      'Where events are posted to, http or https. An address of a private network is refused unless `webhooks.allowed_networks` names it',
  }),
  types: Type.Array(Type.Enum([...eventTypes]), {
    maxItems: eventTypes.length,
    uniqueItems: true,
    description: 'Which events are delivered; an empty list means all of them',
  }),
  enabled: Type.Boolean({ description: 'Switched off, nothing is delivered and nothing is kept for later' }),
};

export const Webhook = Type.Object({
  id: Type.Integer(),
  ...fields,
  disabled_reason: nullable(Type.String({ description: 'Why it was switched off, when nobody did' })),
  pending: Type.Integer({ description: 'Deliveries that wait, for their time or for another try' }),
  dead: Type.Integer({ description: 'Deliveries that were given up; they can be sent again' }),
  created_at: isoTime('When it was made'),
  created_by: nullable(Type.String()),
  changed_at: isoTime('When it was changed last'),
});
export type Webhook = Static<typeof Webhook>;

export const WebhookList = listOf('webhooks', Webhook);
export type WebhookList = Static<typeof WebhookList>;

export const NewWebhook = Type.Object({
  name: fields.name,
  url: fields.url,
  types: Type.Array(fields.types.items, { ...fields.types, default: [] }),
  enabled: Type.Boolean({ ...fields.enabled, default: true }),
});
export type NewWebhook = Static<typeof NewWebhook>;

export const WebhookChange = Type.Object({
  name: Type.Optional(fields.name),
  url: Type.Optional(fields.url),
  types: Type.Optional(fields.types),
  enabled: Type.Optional(fields.enabled),
});
export type WebhookChange = Static<typeof WebhookChange>;

export const WebhookSecret = Type.Object({
  ...Webhook.properties,
  signing_secret: Type.String({
    description:
      'What signatures are checked with (Standard Webhooks, `whsec_…`). It is shown in this answer and nowhere else',
  }),
});
export type WebhookSecret = Static<typeof WebhookSecret>;

export const deliveryStates = ['pending', 'delivered', 'dead'] as const;

export const Delivery = Type.Object({
  id: Type.Integer(),
  message_id: Type.String({ description: 'The header `webhook-id`: the same for every try' }),
  event_id: nullable(Type.Integer({ description: 'Of `GET /events`; null for a test' })),
  type: Type.String(),
  state: Type.Enum([...deliveryStates], {
    description: '`pending` waits for its time or another try, `dead` was given up',
  }),
  tries: Type.Integer(),
  status: nullable(Type.Integer({ description: 'HTTP status of the last answer' })),
  error: nullable(Type.String({ description: 'What was wrong with the last try' })),
  next_try_at: nullable(isoTime('When it is tried next')),
  created_at: isoTime('When the event happened'),
  tried_at: nullable(isoTime('When it was tried last')),
  ended_at: nullable(isoTime('When it was delivered or given up')),
});
export type Delivery = Static<typeof Delivery>;

export const DeliveryList = listOf('deliveries', Delivery);
export type DeliveryList = Static<typeof DeliveryList>;

export const ListDeliveriesQuery = Type.Object({
  ...pageQuery,
  state: Type.Optional(Type.Enum([...deliveryStates], { description: 'Only those; `dead` lists what was given up' })),
});
export type ListDeliveriesQuery = Static<typeof ListDeliveriesQuery>;

/** What a receiver gets: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, and this as its body. */
export const WebhookMessage = Type.Object({
  type: Type.String({ description: 'An event type, or `webhookTest`' }),
  timestamp: isoTime('When it happened'),
  data: Type.Object({
    event_id: nullable(Type.Integer({ description: 'Rising: events can be put in order by it' })),
    subject: Type.String({ description: 'What changed, as `task:101`' }),
    person: nullable(Type.String({ description: 'Who did it, as far as a person did' })),
    body: Type.Record(Type.String(), Type.Unknown(), { description: 'As in `GET /events`' }),
  }),
});
export type WebhookMessage = Static<typeof WebhookMessage>;
