import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { DroverError } from '../base/error.ts';
import { readCreateBody } from '../contract/create-task.ts';
import * as operations from '../contract/operations/tasks.ts';
import { maxPageSize } from '../contract/page.ts';
import type { ChangedTask, ListTasksQuery, Task as TaskBody, TaskList } from '../contract/task.ts';
import { statusTexts, wireStatus } from '../contract/task-states.ts';
import { countTasks, listTasks, type TaskFilter, taskStats } from '../store/task-lists.ts';
import { findTask, type Task } from '../store/tasks.ts';
import { type BoundOperation, bind, bindUnread } from './bind.ts';
import { dryRun } from './dry-run.ts';
import { warnUnknown } from './envelope.ts';
import { isOwnOrigin, type OwnAddress } from './guard.ts';
import { canonicalJson } from './json-body.ts';
import type { CreateOptions, HttpParts } from './parts.ts';
import { taskBodies } from './task-view.ts';

export const taskRoutes = (parts: HttpParts, own: () => OwnAddress): BoundOperation[] => [
  bindUnread(operations.createTasks, async ({ body, query, request, reply }) => {
    const read = readCreateBody(body);
    if ('error' in read) {
      const { code, message, path } = read.error;
      throw new DroverError(code, { message, details: { path } });
    }
    warnUnknown(reply, read.unknownKeys);
    if (query.dry_run) return dryRun(parts, read.request);
    return parts.createTasks(read.request, createOptions(request, own()));
  }),
  bind(operations.listTasks, ({ query }) => listPage(parts, query)),
  bind(operations.taskStats, () => taskStats(parts.store.read)),
  bind(operations.getTask, async ({ params }) => taskOf(parts, await getTask(parts, params.task_id))),
  bind(operations.stopTask, async ({ params, caller }) =>
    changedBody(await parts.tasks.stop(params.task_id, caller.name)),
  ),
  bind(operations.retryTask, async ({ params, caller }) =>
    changedBody(await parts.tasks.retry(params.task_id, caller.name)),
  ),
  bind(operations.retryAllTasks, async ({ caller }) => {
    const ids = await parts.tasks.retryAll(caller.name);
    return { task_ids: ids, retried_count: ids.length };
  }),
  bind(operations.deleteTask, async ({ params, caller }) => {
    await parts.tasks.delete(params.task_id, caller.name);
    return { task_id: params.task_id };
  }),
  bind(operations.deleteTasks, async ({ body, caller }) => {
    const ids = await parts.tasks.deleteAll(body.task_ids, caller.name);
    return { task_ids: ids, deleted_count: ids.length };
  }),
  bind(operations.rescheduleTask, async ({ params, body, caller }) => {
    const { start_time, due_at, time_zone } = body;
    const change = { startTime: start_time, dueAt: due_at, timeZone: time_zone };
    const task = await parts.tasks.reschedule(params.task_id, change, caller.name);
    return taskOf(parts, task);
  }),
];

async function taskOf(parts: HttpParts, task: Task): Promise<TaskBody | undefined> {
  return (await taskBodies(parts, [task]))[0];
}

async function listPage(parts: HttpParts, query: ListTasksQuery): Promise<TaskList> {
  const { status, serial, script_name, source, before_id, page } = query;
  const pageSize = Math.min(query.page_size, maxPageSize);
  const filter: TaskFilter = {
    ...(status !== undefined && { status: status as 0 | 1 | 2 | 3 }),
    ...(serial !== undefined && { serial }),
    ...(script_name !== undefined && { scriptName: script_name }),
    ...(source !== undefined && { source }),
  };
  const { read } = parts.store;
  const [tasks, total] = await Promise.all([
    listTasks(read, { ...filter, page, pageSize, ...(before_id !== undefined && { beforeId: before_id }) }),
    countTasks(read, filter),
  ]);
  return { tasks: await taskBodies(parts, tasks), total, page, page_size: pageSize };
}

/** Throws `input.not-found`. */
export async function getTask(parts: HttpParts, id: number): Promise<Task> {
  const task = await findTask(parts.store.read, id);
  if (!task) throw new DroverError('input.not-found', { message: `there is no task ${id}`, details: { task: id } });
  return task;
}

function changedBody({ id, state }: Task): ChangedTask {
  return { task_id: id, status: wireStatus[state], status_text: statusTexts[wireStatus[state]] };
}

function createOptions(request: FastifyRequest, own: OwnAddress): CreateOptions {
  const isConsole = request.headers['x-drover-source'] === 'ui' && isOwnOrigin(request, own);
  const source = isConsole ? 'ui' : 'api';
  const key = request.headers['idempotency-key'];
  if (key === undefined) return { source };
  if (typeof key !== 'string' || key.trim() === '' || key.length > 255) {
    throw new DroverError('input.invalid', { message: 'Idempotency-Key must be a text of 1 to 255 characters' });
  }
  const bodyHash = createHash('sha256').update(canonicalJson(request.body)).digest('hex');
  return { source, idempotency: { key: key.trim(), bodyHash } };
}
