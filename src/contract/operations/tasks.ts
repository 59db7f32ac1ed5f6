import { Type } from 'typebox';
import { CreateTaskBody, CreateTaskReply, CreateTasksQuery, DryRunReply } from '../create-task.ts';
import { defineOperation } from '../operation.ts';
import {
  ChangedTask,
  DeletedTask,
  DeletedTasks,
  ListTasksQuery,
  RetriedTasks,
  Task,
  TaskIds,
  TaskList,
  TaskReschedule,
  TaskStats,
} from '../task.ts';
import { Trace } from '../trace.ts';

const tag = 'Tasks';
const params = Type.Object({ task_id: Type.Integer({ minimum: 0, description: 'Id of the task' }) });

export const createTasks = defineOperation({
  id: 'createTasks',
  method: 'POST',
  path: '/task',
  tag,
  scope: 'tasks',
  summary: 'Create tasks',
  description:
    'One task per executor and target, all or none. The answer comes when they are on disk. An `Idempotency-Key` header makes a repeated call give the first answer again. With `dry_run=true` nothing is created: the answer lists the tasks that would be, each with what the conduct limits would say to it when it is due, as far as the request tells.',
  query: CreateTasksQuery,
  headers: ['Idempotency-Key'],
  body: CreateTaskBody,
  data: Type.Union([CreateTaskReply, DryRunReply]),
  errors: [
    'input.script-missing',
    'input.script-unknown',
    'input.not-found',
    'conflict.idempotency',
    'server.disk-full',
  ],
  examples: [
    {
      name: 'publish a video',
      body: {
        serials: ['R58M123ABCD'],
        script_name: 'post',
        script_config: {
          content_type: 0,
          captions: '{Hello|Hi} from the workshop',
          material_list: ['/home/me/first.mp4'],
        },
      },
      data: { task_ids: [101], created_count: 1 },
    },
    {
      name: 'ask first',
      query: { dry_run: true },
      body: { usernames: ['@lena'], script_name: 'follow', script_config: { target_users: ['@harbour.news'] } },
      data: {
        tasks: [
          {
            serial: 'R58M123ABCD',
            username: '@lena',
            platform: 'tiktok',
            script_name: 'follow',
            target: '@harbour.news',
            due_at: '2026-01-02T14:30:00+01:00',
            verdict: 'wait',
            rule: 'conduct: @lena made 30 of 30 follows within 24 hours',
            rule_code: 'conduct.daily-limit',
            rule_params: { account: 'lena', count: 30, limit: 30, kind: 'follow' },
            until: '2026-01-03T09:12:44+01:00',
          },
        ],
        created_count: 0,
      },
    },
  ],
});

export const listTasks = defineOperation({
  id: 'listTasks',
  method: 'GET',
  path: '/task',
  tag,
  scope: 'read',
  summary: 'List tasks, newest first',
  query: ListTasksQuery,
  data: TaskList,
});

export const taskStats = defineOperation({
  id: 'taskStats',
  method: 'GET',
  path: '/task/stats',
  tag,
  scope: 'read',
  summary: 'Count tasks by status',
  data: TaskStats,
});

export const getTask = defineOperation({
  id: 'getTask',
  method: 'GET',
  path: '/task/{task_id}',
  tag,
  scope: 'read',
  summary: 'Look one task up',
  params,
  data: Task,
  errors: ['input.not-found'],
});

export const stopTask = defineOperation({
  id: 'stopTask',
  method: 'POST',
  path: '/task/{task_id}/stop',
  tag,
  scope: 'tasks',
  summary: 'Stop a pending or running task',
  description: 'No touch is sent to the phone afterwards. The answer waits up to 5 s for the end.',
  params,
  data: ChangedTask,
  errors: ['input.not-found', 'task.wrong-state'],
});

export const deleteTask = defineOperation({
  id: 'deleteTask',
  method: 'DELETE',
  path: '/task/{task_id}',
  tag,
  scope: 'tasks',
  summary: 'Delete a task',
  description:
    'A running task is stopped first, and no touch is sent to its phone afterwards. What it did in public stays counted, and an open review item stays to be decided.',
  params,
  data: DeletedTask,
  errors: ['input.not-found', 'task.wrong-state'],
});

export const deleteTasks = defineOperation({
  id: 'deleteTasks',
  method: 'DELETE',
  path: '/task/batch',
  tag,
  scope: 'tasks',
  summary: 'Delete many tasks',
  description:
    'Running ones are stopped first. Unknown ids are skipped; `task_ids` of the answer has those that are gone.',
  body: TaskIds,
  data: DeletedTasks,
  examples: [{ name: 'delete three', body: { task_ids: [1, 2, 3] }, data: { task_ids: [1, 2, 3], deleted_count: 3 } }],
});

export const retryTask = defineOperation({
  id: 'retryTask',
  method: 'POST',
  path: '/task/{task_id}/retry',
  tag,
  scope: 'tasks',
  summary: 'Run a failed task again',
  description:
    'It keeps its id. The setting `max_retry_count` limits how often. A task of which nobody knows whether its action happened is not repeated: its review item has to be decided first.',
  params,
  data: ChangedTask,
  errors: ['input.not-found', 'task.wrong-state', 'task.retry-limit', 'task.needs-review'],
});

export const retryAllTasks = defineOperation({
  id: 'retryAllTasks',
  method: 'POST',
  path: '/task/retry-all',
  tag,
  scope: 'tasks',
  summary: 'Run all failed tasks again',
  description: 'All but those at the limit of retries and those that wait for the decision of a person.',
  data: RetriedTasks,
});

export const rescheduleTask = defineOperation({
  id: 'rescheduleTask',
  method: 'PATCH',
  path: '/task/{task_id}',
  tag,
  scope: 'tasks',
  summary: 'Give a pending task another time',
  params,
  body: TaskReschedule,
  data: Task,
  errors: ['input.not-found', 'task.wrong-state'],
  examples: [
    { name: 'this afternoon', params: { task_id: 101 }, body: { start_time: '16:30' } },
    { name: 'on a day', params: { task_id: 101 }, body: { due_at: '2026-12-24T18:00:00+01:00' } },
  ],
});

export const getTrace = defineOperation({
  id: 'getTrace',
  method: 'GET',
  path: '/task/{task_id}/trace',
  tag,
  scope: 'read',
  summary: 'Read the trace of a task, attempt by attempt',
  params,
  data: Trace,
  errors: ['input.not-found'],
});

export const exportTrace = defineOperation({
  id: 'exportTrace',
  method: 'GET',
  path: '/task/{task_id}/trace.html',
  tag,
  scope: 'read',
  summary: 'Save the trace of a task as one page',
  description:
    'Opens from disk without a network: viewer, pictures and hierarchies are inside. Sent as a file to save; it does not run as a page of this server.',
  params,
  raw: { content: ['text/html'], description: 'The page' },
  errors: ['input.not-found'],
});

export const getTraceFile = defineOperation({
  id: 'getTraceFile',
  method: 'GET',
  path: '/task/{task_id}/trace/{file}',
  tag,
  scope: 'read',
  summary: 'Read a picture or hierarchy of a trace',
  params: Type.Object({
    ...params.properties,
    file: Type.String({ description: 'As the steps of the trace name it' }),
  }),
  raw: { content: ['image/png', 'image/jpeg', 'application/xml'], description: 'The file. It never changes.' },
  errors: ['input.not-found'],
});
