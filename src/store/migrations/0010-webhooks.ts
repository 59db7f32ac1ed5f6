import type { Dialect } from '../dialect.ts';

/** Where events are delivered to, and each delivery until it is old. */
export const webhooks = {
  name: '0010-webhooks',
  statements: ({ id, int, strict }: Dialect): readonly string[] => [
    // `event_id` is the last event that was looked at; `former_secret` signs along until `former_until`.
    `create table webhook (
      id ${id},
      name text not null,
      url text not null,
      types text not null,
      enabled ${int} not null default 1 check (enabled in (0,1)),
      secret text not null,
      former_secret text,
      former_until ${int},
      event_id ${int} not null,
      disabled_reason text,
      created_at ${int} not null,
      created_by text,
      changed_at ${int} not null
    )${strict}`,

    // What is sent stands here itself: an event may be cleared away before its delivery is.
    `create table delivery (
      id ${id},
      webhook_id ${int} not null references webhook (id) on delete cascade,
      event_id ${int},
      type text not null,
      body text not null,
      state text not null check (state in ('pending','delivered','dead')),
      due_at ${int} not null,
      tries ${int} not null default 0,
      status ${int},
      error text,
      created_at ${int} not null,
      tried_at ${int},
      ended_at ${int},
      unique (webhook_id, event_id)
    )${strict}`,
    `create index delivery_due on delivery (webhook_id, due_at, id) where state = 'pending'`,
    `create index delivery_list on delivery (webhook_id, state, id)`,
    `create index delivery_old on delivery (ended_at) where ended_at is not null`,
  ],
};
