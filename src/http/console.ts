import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ConsoleFile, ConsoleFolder } from './console-files.ts';
import { nonceMark } from './docs/page.ts';
import { pathOf } from './envelope.ts';

/** Paths that belong to programs: a wrong one among them is told so in JSON, never answered with a page. */
const ofPrograms = /^\/(api|healthz|metrics|openapi\.json|docs|phones)(\/|$)/;

/**
 * The console's pages, from the folder that its build writes. They hold nothing secret and answer always; what they show
 * they fetch as any other client does. Whatever is no file and was asked for by somebody who navigates is `index.html`:
 * the page itself knows its paths.
 */
export class Console {
  readonly #folder: ConsoleFolder;

  constructor(folder: string) {
    this.#folder = new ConsoleFolder(folder);
  }

  /** Whether a request without any right may have this answer. */
  isOpen(request: FastifyRequest): boolean {
    return isRead(request) && !ofPrograms.test(pathOf(request));
  }

  /** Undefined when this is nothing of the console. */
  answer(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
    if (!this.isOpen(request)) return undefined;
    const path = decoded(pathOf(request));
    if (path === undefined) return undefined;
    const build = this.#folder.current();
    const file = build?.files.get(path);
    if (file) return sendFile(request, reply, file);
    if (path !== '/' && path !== '/index.html' && !isNavigation(request)) return undefined;
    return build ? sendPage(reply, build.index) : path === '/' ? sendPage(reply, notBuilt) : undefined;
  }
}

const isRead = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

/**
 * A link on a page of another site may open a page of ours: nothing changes by being opened, and the opener can neither
 * frame nor read it.
 */
export const isOpenedByLink = (request: FastifyRequest): boolean =>
  request.method === 'GET' &&
  request.headers['sec-fetch-mode'] === 'navigate' &&
  request.headers['sec-fetch-dest'] === 'document' &&
  (!ofPrograms.test(pathOf(request)) || /^\/docs\/?$/.test(pathOf(request)));

/** A browser that opens an address, not a script, an image or a program that misspelt one. */
function isNavigation({ headers }: FastifyRequest): boolean {
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined && mode !== 'navigate') return false;
  return (headers.accept ?? '').split(',').some((type) => type.trim().startsWith('text/html'));
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: ConsoleFile): FastifyReply {
  void reply
    .header('cache-control', file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('etag', file.etag)
    .header('vary', 'accept-encoding')
    .type(file.mime);
  // A picture opened on its own runs nothing; a worker would be bound by the policy of its file.
  if (!file.mime.startsWith('text/javascript')) {
    void reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
  }
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  const isPacked = file.gzip !== undefined && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  return isPacked ? reply.header('content-encoding', 'gzip').send(file.gzip) : reply.send(file.content);
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy(nonce))
    .header('cross-origin-opener-policy', 'same-origin')
    .header('referrer-policy', 'same-origin')
    .header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
    .send(withNonce(page, nonce));
}

/**
 * Scripts and styles come from this server; what stands in the page itself, and what its scripts add to it, carries the
 * nonce of this one answer.
 */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The build marks its tags (Vite's `html.cspNonce`); tags that it forgot get theirs here. */
const withNonce = (page: string, nonce: string): string =>
  page
    .replaceAll(nonceMark, nonce)
    .replaceAll(/<(script|style)(?![^>]*\snonce=)(?=[\s>])/gi, (tag) => `${tag} nonce="${nonce}"`);

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined; // broken escapes name no file
  }
}

const notBuilt = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Drover</title>
<style>body { font: 16px/1.55 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; color-scheme: light dark; }</style></head>
<body><h1>Drover is running</h1>
<p>The pages of the console are not in <code>dist/console</code> yet: run <code>npm run build</code> and load this page again.</p>
<p>The API is at <code>/api/v1</code>; it is described at <a href="/docs">/docs</a>.</p></body>
</html>
`;
