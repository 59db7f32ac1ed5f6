import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DroverError } from '../base/error.ts';
import { parseJsonBody } from './json-body.ts';

/** Where the server answers, known once it listens. */
export interface OwnAddress {
  port: number;
}

/**
 * Keeps foreign web pages away from a server without a password on loopback: a page that made its own name resolve to
 * 127.0.0.1 (DNS rebinding) is stopped by Host, a plain cross-site request by Origin or Sec-Fetch-Site. Programs send
 * neither of the last two.
 */
export function guard(app: FastifyInstance, own: () => OwnAddress): void {
  app.addHook('onRequest', async (request) => {
    const hosts = ownHosts(own().port);
    const { host, origin } = request.headers;
    if (host === undefined || !hosts.includes(host.toLowerCase())) {
      throw refuse(`the Host header must be one of ${hosts.join(', ')}`);
    }
    if (origin !== undefined && !isOwnOrigin(request, own())) {
      throw refuse('requests from web pages of another origin are refused');
    }
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      throw refuse('requests from web pages of another site are refused');
    }
  });
  acceptJsonOnly(app);
}

const refuse = (message: string): DroverError => new DroverError('auth.origin', { message });

function ownHosts(port: number): string[] {
  const names = ['localhost', '127.0.0.1', '[::1]'];
  return names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}

/** Whether the request comes from a page that this server itself has served. */
export function isOwnOrigin(request: FastifyRequest, { port }: OwnAddress): boolean {
  const { origin } = request.headers;
  return origin !== undefined && ownHosts(port).some((host) => origin.toLowerCase() === `http://${host}`);
}

function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: FastifyRequest, body: Buffer) =>
    parseJsonBody(body),
  );
  // A POST without a body is accepted whatever its content type says: PowerShell sends its form type along.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    if (body.length === 0) return undefined;
    const type = request.headers['content-type'] ?? 'none';
    throw new DroverError('input.content-type', {
      message: `the body must be sent with the content type application/json, not ${type.slice(0, 60)}`,
    });
  });
}
