import type { Dialect } from '../dialect.ts';

/**
 * The tables of ARCHITECTURE.md section 6 that the first path needs. What the database itself enforces stands here; the
 * code's own checks only give better sentences.
 */
export const first = {
  name: '0001-first',
  statements: ({ id, int, strict }: Dialect): readonly string[] => [
    `create table host (
      id text not null primary key,
      boot_id text not null,
      url text,
      alive_until ${int} not null,
      version text not null
    )${strict}`,

    `create table device (
      serial text not null primary key,
      host_id text references host (id),
      name text,
      tags text not null default '[]',
      adb_state text,
      state text not null check (state in ('absent','offline','unauthorized','preparing','ready','ailing','disabled')),
      reason text,
      model text,
      android text,
      last_proof_at ${int},
      next_token ${int} not null default 1,
      disabled ${int} not null default 0 check (disabled in (0, 1)),
      virtual ${int} not null default 0 check (virtual in (0, 1)),
      owned_by text,
      owned_at ${int}
    )${strict}`,

    `create table account (
      id ${id},
      platform text not null,
      username text not null,
      email text,
      package text,
      serial text,
      logined ${int} not null default 0 check (logined in (0, 1)),
      status ${int} not null default 0 check (status in (0, 1)),
      owned_by text,
      owned_at ${int},
      paused_until ${int},
      tags text not null default '[]',
      created_at ${int} not null,
      unique (platform, username)
    )${strict}`,

    `create table submission (
      id ${id},
      source text not null check (source in ('ui','api')),
      idempotency_key text unique,
      body_hash text,
      reply text,
      min_gap_ms ${int} not null check (min_gap_ms >= 0),
      max_gap_ms ${int} not null check (max_gap_ms >= min_gap_ms),
      created_at ${int} not null
    )${strict}`,

    // `status` is computed here so that no writer can let the documented status and the state drift apart.
    `create table task (
      id ${id},
      submission_id ${int} not null references submission (id),
      position ${int} not null,
      source text not null check (source in ('ui','api')),
      script_name text not null,
      platform text not null,
      serial text,
      account_id ${int} references account (id) on delete set null,
      username text,
      target text,
      config text not null,
      multi_account ${int} not null default 0 check (multi_account in (0, 1)),
      state text not null check (state in ('held','pending','running','completed','failed','unconfirmed')),
      status ${int} not null generated always as (
        case state when 'held' then 0 when 'pending' then 0 when 'running' then 1 when 'completed' then 2 else 3 end
      ) stored,
      due_at ${int} not null,
      time_zone text,
      attempts ${int} not null default 0,
      retry_count ${int} not null default 0,
      interrupt_count ${int} not null default 0,
      code text,
      remark text not null default '',
      step text,
      wait_rule text,
      stop_asked_at ${int},
      created_at ${int} not null,
      started_at ${int},
      ended_at ${int},
      unique (submission_id, position),
      check (state <> 'running' or serial is not null)
    )${strict}`,
    `create unique index task_one_running on task (serial) where state = 'running'`,
    `create index task_due on task (serial, due_at, id) where state = 'pending'`,
    `create index task_by_status on task (status, id)`,
    `create index task_by_serial on task (serial, id)`,

    `create table task_count (
      serial text not null,
      script_name text not null,
      source text not null,
      state text not null,
      n ${int} not null check (n >= 0),
      primary key (serial, script_name, source, state)
    )${strict}`,

    `create table attempt (
      id ${id},
      task_id ${int} not null references task (id) on delete cascade,
      n ${int} not null,
      serial text not null,
      host_id text not null,
      token ${int} not null,
      seed text not null,
      app_version text,
      started_at ${int} not null,
      ended_at ${int},
      outcome text,
      code text,
      trace text,
      unique (task_id, n)
    )${strict}`,

    // A lease names its task without a cascade: a task cannot be deleted while it holds a phone.
    `create table lease (
      serial text not null primary key references device (serial),
      token ${int} not null,
      holder text not null check (holder in ('task','person')),
      task_id ${int} unique references task (id),
      attempt_id ${int} references attempt (id),
      person text,
      host_id text not null,
      boot_id text not null,
      expires_at ${int} not null,
      check (
        (holder = 'task' and task_id is not null and attempt_id is not null and person is null)
        or (holder = 'person' and task_id is null and attempt_id is null and person is not null)
      )
    )${strict}`,
    `create index lease_by_host on lease (host_id)`,

    // No reference to task: effects outlive it, they are the conduct ledger.
    `create table effect (
      id ${id},
      task_id ${int} not null,
      attempt_id ${int} not null,
      key text not null,
      actor text not null,
      kind text not null check (kind in ('post','follow','unfollow','comment','like','favourite')),
      target text not null,
      text_hash text,
      minor ${int} not null check (minor in (0, 1)),
      state text not null check (state in ('intended','done','not-done','unconfirmed','refused')),
      rule text,
      baseline text,
      act_before ${int} not null,
      intended_at ${int} not null,
      settled_at ${int},
      proof text,
      person text,
      check (state <> 'refused' or rule is not null),
      check (state in ('intended') or settled_at is not null)
    )${strict}`,
    `create unique index effect_once on effect (task_id, key) where state in ('intended','done','unconfirmed')`,
    `create index effect_by_task on effect (task_id)`,
    `create index effect_by_actor on effect (actor, intended_at)`,
    `create index effect_by_target on effect (target, intended_at)`,
    `create index effect_by_text on effect (text_hash, intended_at) where text_hash is not null`,

    `create table review (
      id ${id},
      kind text not null check (kind in ('hold','draft','doubt')),
      task_id ${int},
      effect_id ${int},
      body text not null,
      made_at ${int} not null,
      decided_at ${int},
      decision text,
      person text,
      check ((decided_at is null) = (decision is null)),
      check (kind <> 'doubt' or effect_id is not null)
    )${strict}`,
    `create unique index review_one_open on review (effect_id) where decided_at is null`,
    `create index review_open on review (made_at) where decided_at is null`,
    `create index review_by_task on review (task_id)`,

    `create table event (
      id ${id},
      txn ${int} not null default 0,
      at ${int} not null,
      person text,
      type text not null,
      subject text not null,
      body text not null
    )${strict}`,
    `create index event_by_subject on event (subject, id)`,

    `create table setting (
      key text not null primary key,
      value text not null,
      changed_at ${int} not null,
      person text
    )${strict}`,
  ],
};
