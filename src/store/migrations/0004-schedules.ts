import type { Dialect } from '../dialect.ts';

/** Recurring create calls; and what the audit trail is searched by. */
export const schedules = {
  name: '0004-schedules',
  statements: ({ id, int, strict }: Dialect): readonly string[] => [
    `create table schedule (
      id ${id},
      name text not null,
      cron text not null,
      time_zone text not null,
      missed_rule text not null check (missed_rule in ('skip','run-once','run-all')),
      body text not null,
      enabled ${int} not null default 1 check (enabled in (0, 1)),
      next_at ${int},
      last_at ${int},
      last_submission_id ${int},
      last_error text,
      created_at ${int} not null,
      changed_at ${int} not null,
      check (enabled = 1 or next_at is null)
    )${strict}`,
    `create index schedule_due on schedule (next_at) where next_at is not null`,
    `create index event_by_type on event (type, id)`,
    `create index event_by_person on event (person, id) where person is not null`,
    `create index event_by_time on event (at)`,
  ],
};
