import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DroverError } from '../base/error.ts';
import { readCreateBody } from '../contract/create-task.ts';
import { type ChangedTask, ListTasksQuery, maxPageSize, type TaskList } from '../contract/task.ts';
import { statusTexts, wireStatus } from '../contract/task-states.ts';
import { countTasks, listTasks, type TaskFilter, taskStats } from '../store/task-lists.ts';
import { findTask, type Task } from '../store/tasks.ts';
import { success, warnUnknown } from './envelope.ts';
import { isOwnOrigin, type OwnAddress } from './guard.ts';
import { canonicalJson } from './json-body.ts';
import type { CreateOptions, HttpParts } from './parts.ts';
import { readId, readQuery } from './query.ts';
import { pathPart, resource } from './resource.ts';
import { taskBodies } from './task-view.ts';

export function taskRoutes(app: FastifyInstance, parts: HttpParts, own: () => OwnAddress): void {
  resource(app, '/task', {
    async POST(request, reply) {
      refuseDryRun(request);
      const read = readCreateBody(request.body);
      if ('error' in read) {
        const { code, message, path } = read.error;
        throw new DroverError(code, { message, details: { path } });
      }
      warnUnknown(reply, read.unknownKeys);
      return success(await parts.createTasks(read.request, createOptions(request, own())));
    },

    async GET(request, reply) {
      const { query, unknown } = readQuery(ListTasksQuery, request.query);
      warnUnknown(reply, unknown);
      return success(await listPage(parts, query));
    },
  });

  resource(app, '/task/stats', {
    GET: async () => success(await taskStats(parts.store.read)),
  });

  resource(app, '/task/:id', {
    async GET(request) {
      const [body] = await taskBodies(parts, [await getTask(parts, request)]);
      return success(body);
    },
  });

  resource(app, '/task/:id/stop', {
    POST: async (request) => success(changedBody(await parts.stopTask(taskIdOf(request)))),
  });
}

async function listPage(parts: HttpParts, query: ListTasksQuery): Promise<TaskList> {
  const { status, serial, script_name, source, page } = query;
  const pageSize = Math.min(query.page_size, maxPageSize);
  const filter: TaskFilter = {
    ...(status !== undefined && { status: status as 0 | 1 | 2 | 3 }),
    ...(serial !== undefined && { serial }),
    ...(script_name !== undefined && { scriptName: script_name }),
    ...(source !== undefined && { source }),
  };
  const { read } = parts.store;
  const [tasks, total] = await Promise.all([listTasks(read, { ...filter, page, pageSize }), countTasks(read, filter)]);
  return { tasks: await taskBodies(parts, tasks), total, page, page_size: pageSize };
}

export const taskIdOf = (request: FastifyRequest): number => readId(pathPart(request, 'id'), 'task_id');

/** Throws `input.not-found`. */
export async function getTask(parts: HttpParts, request: FastifyRequest): Promise<Task> {
  const id = taskIdOf(request);
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

/** Until the answer to "what would happen" is built, asking must not make it happen. */
function refuseDryRun(request: FastifyRequest): void {
  const query: unknown = request.query;
  const wanted: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, 'dry_run') : undefined;
  if (wanted === undefined || wanted === 'false') return;
  throw new DroverError('input.invalid', {
    message: 'dry_run is not supported yet; nothing was created',
    details: { path: 'dry_run' },
  });
}
