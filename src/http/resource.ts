import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DroverError } from '../base/error.ts';

export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** One path and what can be done there; every other method is answered 40501 with an Allow header. */
export function resource(app: FastifyInstance, url: string, handlers: Partial<Record<Method, Handler>>): void {
  const allowed = methods.filter((method) => handlers[method]);
  const allow = allowed.includes('GET') ? ['GET', 'HEAD', ...allowed.slice(1)] : allowed;
  for (const method of methods) {
    app.route({ method, url, handler: handlers[method] ?? refuse(allow) });
  }
}

const refuse =
  (allow: readonly string[]): Handler =>
  async (request, reply) => {
    void reply.header('allow', allow.join(', '));
    throw new DroverError('input.method', {
      message: `${request.method} is not possible here; this path takes ${allow.join(', ')}`,
    });
  };

/** A part of the path, as text. */
export function pathPart(request: FastifyRequest, name: string): string {
  const params: unknown = request.params;
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  return typeof value === 'string' ? value : '';
}
