import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DroverError, toDroverError } from '../base/error.ts';
import type { Envelope } from '../contract/envelope.ts';
import { errorCodeRow } from '../contract/error-codes.ts';
import type { HttpParts } from './parts.ts';

export const success = <Data>(data: Data): Envelope<Data> => ({ code: 0, message: 'success', data });

const bugWire = 50001;
/** Several codes share one number; this header tells them apart. */
const errorCodeHeader = 'x-error-code';

/** Every error of a route ends here: code to wire number, wire number to status, one envelope. */
export function sendError(parts: HttpParts, request: FastifyRequest, reply: FastifyReply, thrown: unknown): void {
  const error = fromFastify(thrown, request);
  const wire = errorCodeRow(error.code).wire ?? bugWire;
  let { message } = error;
  if (wire === bugWire) {
    parts.log.error(
      { request: request.id, method: request.method, path: pathOf(request), code: error.code, error },
      'a request failed on our side',
    );
    message = `internal error; the log of the server says more under request ${request.id}`;
  } else {
    message = advised(error);
  }
  const { data = null } = error.details;
  const body: Envelope<unknown> = { code: wire, message, data: error.code === 'licence.plan' ? data : null };
  void reply.header(errorCodeHeader, error.code).code(statusOf(wire, parts)).send(body);
}

/** Many codes have messages that name the remedy themselves; to those of the others it is added. */
function advised({ code, message }: DroverError): string {
  const { next, adviseOverHttp } = errorCodeRow(code);
  if (!adviseOverHttp || message === next) return message;
  return `${message}; ${next.charAt(0).toLowerCase()}${next.slice(1).replace(/\.$/, '')}`;
}

function statusOf(wire: number, parts: HttpParts): number {
  return parts.settings().alwaysHttp200 ? 200 : Math.floor(wire / 100);
}

/** What Fastify itself refuses, in our codes. */
function fromFastify(thrown: unknown, request: FastifyRequest): DroverError {
  if (!isFastifyError(thrown)) return toDroverError(thrown);
  const { code, statusCode = 500, message } = thrown;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new DroverError('input.too-large', {
      message: `the body is larger than ${sizeText(request.routeOptions.bodyLimit)}; send less in one request`,
    });
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new DroverError('input.content-type', { message: 'the content type must be application/json' });
  }
  if (statusCode >= 400 && statusCode < 500) return new DroverError('input.invalid', { message, cause: thrown });
  return toDroverError(thrown);
}

const sizeText = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${Math.floor(bytes / (1024 * 1024))} MiB` : `${Math.floor(bytes / 1024)} KiB`;

const isFastifyError = (thrown: unknown): thrown is FastifyError =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.startsWith('FST_');

/** Without the query: it may hold what does not belong into a log. */
export const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '';

/** Names what was sent and not read, so that a typo is seen. The value is plain ASCII, as headers are. */
export function warnUnknown(reply: FastifyReply, keys: readonly string[]): void {
  if (keys.length === 0) return;
  const shown = keys.slice(0, 20).map((key) => key.slice(0, 80).replace(/[^\x20-\x7e]|["\\]/g, '?'));
  const more = keys.length > shown.length ? `, and ${keys.length - shown.length} more` : '';
  void reply.header('warning', `299 drover "ignored, because unknown: ${shown.join(', ')}${more}"`);
}
