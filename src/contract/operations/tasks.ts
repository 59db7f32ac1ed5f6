import { Type } from 'typebox';
import { CreateTaskBody, CreateTaskReply } from '../create-task.ts';
import { defineOperation } from '../operation.ts';
import { ChangedTask, ListTasksQuery, Task, TaskList, TaskStats } from '../task.ts';
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
    'One task per executor and target, all or none. The answer comes when they are on disk. An `Idempotency-Key` header makes a repeated call give the first answer again.',
  body: CreateTaskBody,
  data: CreateTaskReply,
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
