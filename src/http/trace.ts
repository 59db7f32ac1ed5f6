import { DroverError } from '../base/error.ts';
import * as operations from '../contract/operations/tasks.ts';
import { type BoundOperation, bind } from './bind.ts';
import type { HttpParts } from './parts.ts';
import { getTask } from './tasks.ts';

export const traceRoutes = (parts: HttpParts): BoundOperation[] => [
  bind(operations.getTrace, async ({ params }) => {
    const task = await getTask(parts, params.task_id);
    return parts.traces.readTrace(task.id);
  }),
  bind(operations.getTraceFile, async ({ params, reply }) => {
    const task = await getTask(parts, params.task_id);
    const file = await parts.traces.openPicture(task.id, params.file);
    if (!file) {
      throw new DroverError('input.not-found', {
        message: `the trace of task ${task.id} has no file ${params.file.slice(0, 60)}`,
      });
    }
    // Content named by its hash never changes. What a phone showed must not run as a page of ours.
    void reply.header('content-type', file.mime);
    void reply.header('cache-control', 'private, max-age=31536000, immutable');
    void reply.header('content-security-policy', "default-src 'none'; sandbox");
    return reply.send(Buffer.from(file.content));
  }),
];
