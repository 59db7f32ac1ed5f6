import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { operationList } from '../contract/all-operations.ts';
import { namedSchemas } from '../contract/all-schemas.ts';
import { siteOperations } from '../contract/site.ts';
import { tagDescriptions } from '../contract/tags.ts';
import { baseMark } from './docs/operation.ts';
import { docsPage, nonceMark } from './docs/page.ts';
import { buildOpenApi, type OpenApiDocument } from './openapi.ts';
import { resource } from './resource.ts';

/** `/openapi.json` and the readable page made from it. Both are made when they are first asked for. */
export function siteRoutes(app: FastifyInstance, { version }: { version: string }): void {
  const document = once(() => describeApi(version));
  const json = once(() => JSON.stringify(document()));
  const page = once(() => docsPage(document()));

  resource(app, '/openapi.json', {
    GET: async (_, reply) => reply.type('application/json; charset=utf-8').send(json()),
  });

  resource(app, '/docs', {
    async GET(request, reply) {
      const nonce = randomBytes(16).toString('base64');
      // The Host header is one of our own names: the guard has seen to that.
      const base = `${request.protocol}://${request.headers.host ?? ''}`;
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', policy(nonce))
        .header('referrer-policy', 'no-referrer')
        .send(
          page()
            .replaceAll(nonceMark, nonce)
            .replaceAll(baseMark, base.replaceAll(/[^\w.:/[\]-]/g, '')),
        );
    },
  });
}

export const describeApi = (version: string): OpenApiDocument =>
  buildOpenApi({
    version,
    operations: operationList,
    site: siteOperations,
    named: namedSchemas,
    tags: tagDescriptions,
  });

/** The page may run what it was sent with, and fetch nothing at all. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
