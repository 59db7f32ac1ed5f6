import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DroverError } from '../base/error.ts';
import type { Scope } from '../contract/operation.ts';

export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** What a call that reads no body may send all the same: PowerShell's form type, an empty object. */
const bodylessLimitBytes = 16 * 1024;

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export interface RouteLimits {
  /** What a caller must be allowed to do; default `read`. */
  scope?: Scope;
  bodyLimitBytes?: number;
  /** Content types of its body; default JSON. */
  takes?: readonly string[];
}

/** One path and what can be done there; every other method is answered 40501 with an Allow header. */
export function resource(
  app: FastifyInstance,
  url: string,
  handlers: Partial<Record<Method, Handler>>,
  limits: Partial<Record<Method, RouteLimits>> = {},
): void {
  const allowed = methods.filter((method) => handlers[method]);
  const allow = allowed.includes('GET') ? ['GET', 'HEAD', ...allowed.slice(1)] : allowed;
  for (const method of methods) {
    const { scope, takes, bodyLimitBytes = bodylessLimitBytes } = limits[method] ?? {};
    app.route({
      method,
      url,
      handler: handlers[method] ?? refuse(allow),
      bodyLimit: bodyLimitBytes,
      config: { ...(scope !== undefined && { scope }), ...(takes && { takes }) },
    });
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
