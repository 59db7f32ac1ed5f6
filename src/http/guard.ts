import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DroverError } from '../base/error.ts';
import { isOpenedByLink } from './console.ts';
import type { Door } from './door.ts';
import { parseJsonBody } from './json-body.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Content types that a body of this route may have; default: JSON alone. What is not JSON arrives as bytes. */
    takes?: readonly string[];
  }
}

/** Which pages are the server's own. */
export type OwnAddress = Pick<Door, 'isOwnOrigin'>;

export interface GuardParts {
  /** `api.cors_origins`, as it is now. */
  corsOrigins(): readonly string[];
}

/**
 * Keeps foreign web pages away from a server without a password on loopback: a page that made its own name resolve to
 * 127.0.0.1 (DNS rebinding) is stopped by Host, a plain cross-site request by Origin or Sec-Fetch-Site. Programs send
 * neither of the last two.
 */
export function guard(app: FastifyInstance, door: Door, { corsOrigins }: GuardParts): void {
  app.addHook('onRequest', async (request, reply) => {
    // Set on the raw answer, which event streams write to as well.
    reply.raw.setHeader('cross-origin-resource-policy', 'same-origin');
    const problem = doorProblem(request, door, corsOrigins());
    if (problem) throw problem;
    const { origin } = request.headers;
    if (origin === undefined || door.isOwnOrigin(origin)) return;
    allowOrigin(reply, origin);
    if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
      return answerPreflight(reply);
    }
  });
  acceptJsonOnly(app);
}

/** Why this request may not come in at all; undefined when it may. */
export function doorProblem(
  request: FastifyRequest,
  door: Door,
  corsOrigins: readonly string[],
): DroverError | undefined {
  const { host, origin } = request.headers;
  if (!door.isOwnHost(host)) return refuse(`the Host header must be one of ${door.hosts.join(', ')}`);
  if (namesAnotherHost(request.raw)) {
    return refuse('the request names its host twice: send a path alone in the first line, and one Host header');
  }
  if (!door.mayBePlain({ headers: request.headers, remoteAddress: request.socket.remoteAddress })) {
    return refuse('beyond this machine plain HTTP is answered for the trusted proxy only; use its https address');
  }
  if (origin !== undefined && corsOrigins.includes(origin)) return undefined;
  if (origin !== undefined && !door.isOwnOrigin(origin)) {
    return refuse('requests from web pages of another origin are refused');
  }
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isOpenedByLink(request)) {
    return refuse('requests from web pages of another site are refused');
  }
  return undefined;
}

/** Node takes the first of several Host headers, and leaves a host in the request line to us; a proxy may do otherwise. */
function namesAnotherHost({ url = '/', rawHeaders }: IncomingMessage): boolean {
  if (!url.startsWith('/')) return true;
  let hosts = 0;
  for (let n = 0; n < rawHeaders.length; n += 2) if (rawHeaders[n]?.toLowerCase() === 'host') hosts++;
  return hosts > 1;
}

const refuse = (message: string): DroverError => new DroverError('auth.origin', { message });

/** Whether the request comes from a page that this server itself has served. */
export const isOwnOrigin = (request: FastifyRequest, own: OwnAddress): boolean =>
  own.isOwnOrigin(request.headers.origin);

function allowOrigin({ raw }: FastifyReply, origin: string): void {
  raw.setHeader('access-control-allow-origin', origin);
  raw.setHeader('cross-origin-resource-policy', 'cross-origin');
  raw.setHeader('access-control-expose-headers', 'warning, retry-after, x-request-id, x-error-code, etag');
  raw.setHeader('vary', 'origin');
}

/** No credentials: a page that may call us sends a token of its own or none. */
function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .headers({
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key, if-none-match, last-event-id',
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '600',
    })
    .send();
}

function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: FastifyRequest, body: Buffer) =>
    parseJsonBody(body),
  );
  // A POST without a body is accepted whatever its content type says: PowerShell sends its form type along.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const { takes } = request.routeOptions.config;
    if (takes?.includes(contentTypeOf(request))) return body;
    if (body.length === 0) return undefined;
    const type = request.headers['content-type'] ?? 'none';
    const wanted = (takes ?? ['application/json']).join(' or ');
    throw new DroverError('input.content-type', {
      message: `the body must be sent with the content type ${wanted}, not ${type.slice(0, 60)}`,
    });
  });
}

/** Without its parameters, in lower case; empty when there is none. */
export const contentTypeOf = (request: FastifyRequest): string =>
  request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
