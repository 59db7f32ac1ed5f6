import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DroverError } from '../base/error.ts';

export interface FileAnswer {
  path: string;
  bytes: number;
  mime: string;
  /** Strong, with its quotes. */
  etag: string;
  /** What it is saved as. */
  name: string;
}

/** Sends a file, or the one range of it that was asked for (RFC 9110, section 14). Throws `input.range`. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, file: FileAnswer): FastifyReply {
  const { path, bytes, mime, etag, name } = file;
  const ifRange = request.headers['if-range'];
  const asked = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
  const range = asked === undefined ? undefined : parseRange(asked, bytes);
  void reply
    .type(mime)
    .header('accept-ranges', 'bytes')
    .header('etag', etag)
    .header('content-disposition', `inline; filename*=UTF-8''${encodeName(name)}`);
  if (range === 'beyond') {
    void reply.header('content-range', `bytes */${bytes}`);
    throw new DroverError('input.range', {
      message: `the file has ${bytes} bytes: the range ${String(asked).slice(0, 60)} is beyond them`,
    });
  }
  const { from, to } = range ?? { from: 0, to: bytes - 1 };
  void reply.header('content-length', to - from + 1);
  if (range) void reply.code(206).header('content-range', `bytes ${from}-${to}/${bytes}`);
  // an empty stream: nothing is read, and the length stays as it was said
  if (request.method === 'HEAD') return reply.send(Readable.from([]));
  return reply.send(createReadStream(path, { start: from, end: to }));
}

/** Undefined for what is no single range of bytes: the whole is sent then. `to` is included. */
export function parseRange(header: string, bytes: number): { from: number; to: number } | 'beyond' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header.trim()) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const suffix = Number(last);
    return suffix === 0 ? 'beyond' : { from: Math.max(0, bytes - suffix), to: bytes - 1 };
  }
  const from = Number(first);
  const to = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < from) return undefined;
  return from >= bytes ? 'beyond' : { from, to };
}

/** RFC 8187. */
export const encodeName = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
