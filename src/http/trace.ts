import type { FastifyInstance } from 'fastify';
import { DroverError } from '../base/error.ts';
import { success } from './envelope.ts';
import type { HttpParts } from './parts.ts';
import { pathPart, resource } from './resource.ts';
import { getTask } from './tasks.ts';

export function traceRoutes(app: FastifyInstance, parts: HttpParts): void {
  resource(app, '/task/:id/trace', {
    async GET(request) {
      const task = await getTask(parts, request);
      return success(await parts.traces.readTrace(task.id));
    },
  });

  resource(app, '/task/:id/trace/:file', {
    async GET(request, reply) {
      const task = await getTask(parts, request);
      const name = pathPart(request, 'file');
      const file = await parts.traces.openPicture(task.id, name);
      if (!file) {
        throw new DroverError('input.not-found', {
          message: `the trace of task ${task.id} has no file ${name.slice(0, 60)}`,
        });
      }
      // Content named by its hash never changes. What a phone showed must not run as a page of ours.
      void reply.header('content-type', file.mime);
      void reply.header('cache-control', 'private, max-age=31536000, immutable');
      void reply.header('content-security-policy', "default-src 'none'; sandbox");
      return reply.send(Buffer.from(file.content));
    },
  });
}
