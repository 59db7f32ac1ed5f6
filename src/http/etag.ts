import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Sends what was read with an ETag, or 304 without a body when the caller has it already. Weak, because the same state
 * may be spelled differently by a later version. Stored copies are asked about before each use.
 */
export function sendRead(request: FastifyRequest, reply: FastifyReply, body: unknown): FastifyReply {
  const text = JSON.stringify(body);
  const tag = `W/"${hash('sha1', text, 'base64url')}"`;
  void reply.header('etag', tag).header('cache-control', 'private, no-cache').header('vary', 'authorization, origin');
  if (names(request.headers['if-none-match'], tag)) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(text);
}

/** RFC 9110, 13.1.2: a list of tags, or a star for any; compared weakly. */
function names(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const strong = (text: string): string => text.trim().replace(/^W\//, '');
  return header.split(',').some((one) => one.trim() === '*' || strong(one) === strong(tag));
}
