import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** How long a browser stays logged in. */
export const sessionMs = 30 * 86_400_000;
/** How long a printed link is good. */
export const loginLinkMs = 10 * 60_000;

export const createSessionText = (): string => randomBytes(32).toString('base64url');

export const createLoginCode = (): string => `drover_login_${randomBytes(32).toString('base64url')}`;

/** Cookies know no ports: two servers of one machine must not share one. */
const cookieName = (request: FastifyRequest): string => `drover_session_${request.socket.localPort ?? 0}`;

/** What the browser sent; undefined without. */
export function readSessionCookie(request: FastifyRequest): string | undefined {
  const name = cookieName(request);
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key = '', value = ''] = part.split('=', 2).map((text) => text.trim());
    if (key === name && /^[\w-]{20,100}$/.test(value)) return value;
  }
  return undefined;
}

/**
 * Not for scripts (HttpOnly), never sent along by other sites (SameSite=Strict), and over TLS only where there is TLS. An
 * empty text takes it away.
 */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { text, isSecure }: { text: string; isSecure: boolean },
): void {
  const seconds = text === '' ? 0 : Math.floor(sessionMs / 1000);
  const secure = isSecure ? '; Secure' : '';
  void reply.header(
    'set-cookie',
    `${cookieName(request)}=${text}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`,
  );
}
