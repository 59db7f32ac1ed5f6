import { type Static, Type } from 'typebox';
import { pageQuery } from './page.ts';
import { platforms, scriptNames } from './script-names.ts';
import { Facts, SentenceCode } from './sentence.ts';
import { statusTexts } from './task-states.ts';

/** Query of `GET /task`. Query values arrive as text and are converted; `page_size` over 100 is served as 100. */
export const ListTasksQuery = Type.Object({
  status: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 3, description: '0 pending, 1 running, 2 completed, 3 failed' }),
  ),
  serial: Type.Optional(Type.String()),
  script_name: Type.Optional(Type.String({ description: scriptNames.join(', ') })),
  source: Type.Optional(Type.Enum(['ui', 'api'])),
  before_id: Type.Optional(
    Type.Integer({
      minimum: 0,
      description:
        'Only tasks with a smaller id. With the smallest id of the page before, pages do not shift while tasks are added, and the last is as quick as the first; total stays that of the whole list',
    }),
  ),
  ...pageQuery,
});
export type ListTasksQuery = Static<typeof ListTasksQuery>;

/** Why a pending task does not run yet. */
export const waitingReasons = [
  'scheduled',
  'phone-offline',
  'phone-unauthorized',
  'phone-not-ready',
  'behind-task',
  'held-by-person',
  'plan-limit',
  'conduct',
  'review',
  'paused',
] as const;
export type WaitingReason = (typeof waitingReasons)[number];

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Waiting = Type.Object({
  reason: Type.Enum([...waitingReasons]),
  code: SentenceCode,
  params: Facts,
  text: Type.String({ description: 'For a person: "phone ABC123 offline since 14:02"' }),
  until: nullable(Type.String({ description: 'ISO 8601 with offset; null: not known' })),
});
export type Waiting = Static<typeof Waiting>;

export const Failure = Type.Object({
  code: Type.String({ description: 'Typed cause, such as app.unexpected-screen' }),
  params: Facts,
  message: Type.String(),
  step: nullable(Type.String({ description: 'The step of the script that was under way' })),
  next_action: Type.String({ description: 'What the operator can do' }),
  next_code: Type.String({
    description: 'The code whose advice next_action is: that of the failure, or task.needs-review while it is in doubt',
  }),
  unconfirmed: Type.Boolean({ description: 'The action may or may not have happened; a person has to look' }),
});
export type Failure = Static<typeof Failure>;

export const Progress = Type.Object({
  step: Type.String(),
  percent: nullable(Type.Integer({ minimum: 0, maximum: 100 })),
});
export type Progress = Static<typeof Progress>;

/** A task as clients see it. `start_time`, `end_time`, `create_time`: `YYYY-MM-DD HH:MM:SS` in the server's time zone. */
export const Task = Type.Object({
  id: Type.Integer(),
  serial: Type.String(),
  username: nullable(Type.String()),
  platform: Type.Enum([...platforms]),
  script_name: Type.Enum([...scriptNames]),
  script_config: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Reduced to the one target of this task; secrets read ***',
  }),
  enable_multi_account: Type.Boolean(),
  status: Type.Integer({ minimum: 0, maximum: 3 }),
  status_text: Type.Enum([...statusTexts]),
  source: Type.Enum(['ui', 'api']),
  start_time: Type.String({ description: 'When it started; before that: when it is due' }),
  end_time: nullable(Type.String()),
  retry_count: Type.Integer(),
  remark: Type.String(),
  create_time: Type.String(),
  due_at: Type.String({ description: 'ISO 8601 with offset' }),
  time_zone: Type.String({ description: 'IANA name' }),
  priority: Type.Integer(),
  job_count: Type.Integer({ description: 'Zero-based position of the task in its create call' }),
  attempts: Type.Integer(),
  trace: Type.String({ description: 'Path of the trace' }),
  waiting: Type.Optional(Waiting),
  failure: Type.Optional(Failure),
  progress: Type.Optional(Progress),
});
export type Task = Static<typeof Task>;

export const TaskList = Type.Object({
  tasks: Type.Array(Task),
  total: Type.Integer(),
  page: Type.Integer(),
  page_size: Type.Integer(),
});
export type TaskList = Static<typeof TaskList>;

export const TaskStats = Type.Object({
  total: Type.Integer(),
  pending: Type.Integer(),
  running: Type.Integer(),
  completed: Type.Integer(),
  failed: Type.Integer(),
});
export type TaskStats = Static<typeof TaskStats>;

/** Body of `DELETE /task/batch`. */
export const TaskIds = Type.Object({
  task_ids: Type.Array(Type.Integer(), { minItems: 1, maxItems: 10_000, description: 'Unknown ones are skipped' }),
});
export type TaskIds = Static<typeof TaskIds>;

export const DeletedTask = Type.Object({ task_id: Type.Integer() });

export const DeletedTasks = Type.Object({
  task_ids: Type.Array(Type.Integer(), { description: 'Those that are gone, in the order given' }),
  deleted_count: Type.Integer(),
});

export const RetriedTasks = Type.Object({
  task_ids: Type.Array(Type.Integer(), { description: 'Those that run again, ascending' }),
  retried_count: Type.Integer(),
});

/** Body of `PATCH /task/{task_id}`: `start_time` or `due_at`. */
export const TaskReschedule = Type.Object({
  start_time: Type.Optional(
    Type.String({ description: 'HH:MM as for a new task (its next occurrence), or an ISO 8601 date-time with offset' }),
  ),
  due_at: Type.Optional(Type.String({ description: 'ISO 8601 date-time with offset' })),
  time_zone: Type.Optional(Type.String({ description: 'IANA name that HH:MM is meant in' })),
});
export type TaskReschedule = Static<typeof TaskReschedule>;

/** Answer of stop and of the other calls that change one task. `status` is the one it has when the answer is sent. */
export const ChangedTask = Type.Object({
  task_id: Type.Integer(),
  status: Type.Integer({ minimum: 0, maximum: 3 }),
  status_text: Type.Enum([...statusTexts]),
});
export type ChangedTask = Static<typeof ChangedTask>;
