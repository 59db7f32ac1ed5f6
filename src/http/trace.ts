import type { FastifyReply } from 'fastify';
import { DroverError } from '../base/error.ts';
import * as operations from '../contract/operations/tasks.ts';
import { exportTrace, readViewer } from '../trace/export.ts';
import { type BoundOperation, bind } from './bind.ts';
import type { HttpParts } from './parts.ts';
import { taskBodies } from './task-view.ts';
import { getTask } from './tasks.ts';
import { isoTime } from './time.ts';

export const traceRoutes = (parts: HttpParts): BoundOperation[] => [
  bind(operations.getTrace, async ({ params }) => {
    const task = await getTask(parts, params.task_id);
    return parts.traces.readTrace(task.id);
  }),
  bind(operations.exportTrace, async ({ params, reply }) => {
    const task = await getTask(parts, params.task_id);
    const [shown] = await taskBodies(parts, [task]);
    const [trace, viewer] = await Promise.all([parts.traces.readTrace(task.id), readViewer(parts.viewerFolder)]);
    const page = await exportTrace(
      {
        taskId: task.id,
        scriptName: task.scriptName,
        failure: shown?.failure,
        trace,
        exportedAt: isoTime(parts.clock.now(), parts.settings().timeZone),
        openFile: (name) => parts.traces.openPicture(task.id, name),
      },
      viewer,
    );
    return asFile(reply, `drover-task-${task.id}.html`).send(page);
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

/** A page with what a phone showed in it is saved, never run on our own address. */
const asFile = (reply: FastifyReply, name: string): FastifyReply =>
  reply
    .type('text/html; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('content-security-policy', "default-src 'none'; sandbox");
