/**
 * The tables as the database knows them: snake_case, only integer and text (JSON as text, times as epoch ms, flags 0/1),
 * so that rows are the same in every database. Each table file turns its rows into camelCase objects.
 */
import type { ColumnType, Generated } from 'kysely';
import type { Scope } from '../contract/operation.ts';
import type { DeviceStateName, EffectKind, EffectState, TaskStateName } from '../contract/task-states.ts';

/** A column that the database computes; never written. */
type Computed<T> = ColumnType<T, never, never>;
/** Nullable, may be left out on insert. */
type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>;

export interface HostTable {
  id: string;
  boot_id: string;
  url: Optional<string>;
  alive_until: number;
  version: string;
}

export interface DeviceTable {
  serial: string;
  host_id: Optional<string>;
  name: Optional<string>;
  tags: Generated<string>;
  adb_state: Optional<string>;
  state: DeviceStateName;
  reason: Optional<string>;
  model: Optional<string>;
  android: Optional<string>;
  last_proof_at: Optional<number>;
  next_token: Generated<number>;
  disabled: Generated<number>;
  virtual: Generated<number>;
  owned_by: Optional<string>;
  owned_at: Optional<number>;
}

export interface LeaseTable {
  serial: string;
  token: number;
  holder: 'task' | 'person';
  task_id: Optional<number>;
  attempt_id: Optional<number>;
  person: Optional<string>;
  host_id: string;
  boot_id: string;
  expires_at: number;
}

export interface AccountTable {
  id: Generated<number>;
  platform: string;
  username: string;
  email: Optional<string>;
  package: Optional<string>;
  serial: Optional<string>;
  logined: Generated<number>;
  status: Generated<number>;
  owned_by: Optional<string>;
  owned_at: Optional<number>;
  paused_until: Optional<number>;
  tags: Generated<string>;
  created_at: number;
  bound_by: Optional<string>;
  deleted_at: Optional<number>;
}

export interface DeviceGroupTable {
  id: Generated<number>;
  name: string;
  name_key: string;
  created_at: number;
}

export interface DeviceGroupMemberTable {
  group_id: number;
  serial: string;
}

export interface SubmissionTable {
  id: Generated<number>;
  source: 'ui' | 'api';
  idempotency_key: Optional<string>;
  body_hash: Optional<string>;
  reply: Optional<string>;
  min_gap_ms: number;
  max_gap_ms: number;
  created_at: number;
}

export interface TaskTable {
  id: Generated<number>;
  submission_id: number;
  position: number;
  source: 'ui' | 'api';
  script_name: string;
  platform: string;
  serial: Optional<string>;
  account_id: Optional<number>;
  username: Optional<string>;
  target: Optional<string>;
  config: string;
  multi_account: Generated<number>;
  state: TaskStateName;
  /** The documented status, 0–3, computed from `state` by the database. */
  status: Computed<number>;
  due_at: number;
  time_zone: Optional<string>;
  attempts: Generated<number>;
  retry_count: Generated<number>;
  interrupt_count: Generated<number>;
  code: Optional<string>;
  remark: Generated<string>;
  step: Optional<string>;
  wait_rule: Optional<string>;
  facts: Optional<string>;
  stop_asked_at: Optional<number>;
  created_at: number;
  started_at: Optional<number>;
  ended_at: Optional<number>;
}

export interface TaskCountTable {
  serial: string;
  script_name: string;
  source: string;
  state: TaskStateName;
  n: number;
}

export interface AttemptTable {
  id: Generated<number>;
  task_id: number;
  n: number;
  serial: string;
  host_id: string;
  token: number;
  seed: string;
  app_version: Optional<string>;
  started_at: number;
  ended_at: Optional<number>;
  outcome: Optional<string>;
  code: Optional<string>;
  trace: Optional<string>;
}

export interface EffectTable {
  id: Generated<number>;
  task_id: number;
  attempt_id: number;
  key: string;
  actor: string;
  kind: EffectKind;
  target: string;
  alias: Optional<string>;
  text_hash: Optional<string>;
  minor: number;
  state: EffectState;
  rule: Optional<string>;
  baseline: Optional<string>;
  act_before: number;
  intended_at: number;
  settled_at: Optional<number>;
  proof: Optional<string>;
  person: Optional<string>;
}

export interface ReviewTable {
  id: Generated<number>;
  kind: 'hold' | 'draft' | 'doubt';
  task_id: Optional<number>;
  effect_id: Optional<number>;
  body: string;
  made_at: number;
  decided_at: Optional<number>;
  decision: Optional<string>;
  person: Optional<string>;
}

export interface EventTable {
  id: Generated<number>;
  txn: Generated<number>;
  at: number;
  person: Optional<string>;
  type: string;
  subject: string;
  body: string;
}

export interface ScheduleTable {
  id: Generated<number>;
  name: string;
  cron: string;
  time_zone: string;
  missed_rule: 'skip' | 'run-once' | 'run-all';
  body: string;
  enabled: Generated<number>;
  next_at: Optional<number>;
  last_at: Optional<number>;
  last_submission_id: Optional<number>;
  last_error: Optional<string>;
  created_at: number;
  changed_at: number;
}

export interface SettingTable {
  key: string;
  value: string;
  changed_at: number;
  person: Optional<string>;
}

export interface TokenTable {
  id: Generated<number>;
  name: string;
  hash: string;
  scope: Scope;
  created_at: number;
  created_by: Optional<string>;
  used_at: Optional<number>;
}

export interface LicenseTable {
  id: number;
  key: string;
  installed_at: number;
  person: Optional<string>;
}

export interface MediaTable {
  id: Generated<number>;
  sha256: string;
  kind: 'video' | 'image';
  name: string;
  mime: string;
  bytes: number;
  width: number;
  height: number;
  codec: string;
  duration_ms: Optional<number>;
  caption: Optional<string>;
  number: Optional<number>;
  origin: string;
  host_id: Optional<string>;
  added_at: number;
  allow_reuse: Generated<number>;
}

export interface MediaTagTable {
  media_id: number;
  tag: string;
}

export interface MediaUseTable {
  id: Generated<number>;
  sha256: string;
  actor: string;
  task_id: number;
  attempt_id: number;
  source: 'list' | 'folder' | 'library';
  mark: Optional<string>;
  again: number;
  state: 'taken' | 'used';
  taken_at: number;
}

export interface PauseTable {
  id: Generated<number>;
  scope: 'all' | 'account' | 'device';
  account_id: Optional<number>;
  serial: Optional<string>;
  paused_at: number;
  person: Optional<string>;
}

export interface LoginLinkTable {
  hash: string;
  name: string;
  scope: Scope;
  expires_at: number;
}

export interface SessionTable {
  id: Generated<number>;
  hash: string;
  name: string;
  scope: Scope;
  token_id: Optional<number>;
  created_at: number;
  expires_at: number;
}

export interface WebhookTable {
  id: Generated<number>;
  name: string;
  url: string;
  types: string;
  enabled: Generated<number>;
  secret: string;
  former_secret: Optional<string>;
  former_until: Optional<number>;
  event_id: number;
  disabled_reason: Optional<string>;
  created_at: number;
  created_by: Optional<string>;
  changed_at: number;
}

export interface DeliveryTable {
  id: Generated<number>;
  webhook_id: number;
  event_id: Optional<number>;
  type: string;
  body: string;
  state: 'pending' | 'delivered' | 'dead';
  due_at: number;
  tries: Generated<number>;
  status: Optional<number>;
  error: Optional<string>;
  created_at: number;
  tried_at: Optional<number>;
  ended_at: Optional<number>;
}

export interface Database {
  login_link: LoginLinkTable;
  session: SessionTable;
  webhook: WebhookTable;
  delivery: DeliveryTable;
  host: HostTable;
  device: DeviceTable;
  lease: LeaseTable;
  account: AccountTable;
  device_group: DeviceGroupTable;
  device_group_member: DeviceGroupMemberTable;
  submission: SubmissionTable;
  task: TaskTable;
  task_count: TaskCountTable;
  attempt: AttemptTable;
  effect: EffectTable;
  review: ReviewTable;
  event: EventTable;
  schedule: ScheduleTable;
  setting: SettingTable;
  pause: PauseTable;
  media: MediaTable;
  media_tag: MediaTagTable;
  media_use: MediaUseTable;
  token: TokenTable;
  license: LicenseTable;
}
