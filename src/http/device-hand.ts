import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DroverError } from '../base/error.ts';
import type { DeviceFolder } from '../contract/device-files.ts';
import type { DeviceLogLine } from '../contract/device-hand.ts';
import * as operations from '../contract/operations/device-hand.ts';
import { type BoundOperation, bind } from './bind.ts';
import { getDevice } from './devices.ts';
import { encodeName } from './file-answer.ts';
import type { HttpParts } from './parts.ts';
import { asContent } from './screens.ts';
import { isoTime, preciseTime } from './time.ts';

/** In a scope of its own: bodies of files are handed on as the streams they are, whatever their size. */
export function takeStreams(scope: FastifyInstance): void {
  for (const { bodyContent } of [operations.uploadFile, operations.installApp]) {
    scope.addContentTypeParser(String(bodyContent), async (_: FastifyRequest, body: unknown) => body);
  }
}

/** What people do with a phone they have in hand, and what lies on it. */
export const deviceHandRoutes = (parts: HttpParts): BoundOperation[] => {
  const { inputs, transfers, logs } = parts;
  const zone = () => parts.settings().timeZone;
  return [
    bind(operations.listFiles, async ({ params, query }) => {
      const { serial } = await getDevice(parts, params.serial);
      return folderBody(serial, await transfers.list(serial, query.path), zone());
    }),
    bind(operations.uploadFile, async ({ params, query, request, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      const { hold, folder, name, replace } = query;
      const claim = { hold, person: caller.name };
      return streamed(request, async (content) => ({
        serial,
        ...(await transfers.put(serial, claim, { folder, name, replaces: replace, content })),
      }));
    }),
    bind(operations.removeFile, async ({ params, query, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      const claim = { hold: query.hold, person: caller.name };
      return { serial, path: await transfers.remove(serial, claim, query.path) };
    }),
    bind(operations.getFile, async ({ params, query, request, reply }) => {
      const { serial } = await getDevice(parts, params.serial);
      const { name, content } = await transfers.open(serial, query.path);
      if (request.method === 'HEAD') content.destroy();
      return reply
        .headers(asContent)
        .type('application/octet-stream')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeName(name)}`)
        .send(request.method === 'HEAD' ? Readable.from([]) : content);
    }),
    bind(operations.installApp, async ({ params, query, request, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      const bytes = lengthOf(request);
      const claim = { hold: query.hold, person: caller.name };
      return streamed(request, async (content) => {
        await transfers.install(serial, claim, { name: query.name, bytes, content });
        return { serial, bytes };
      });
    }),
    bind(operations.readClipboard, async ({ params }) => {
      const { serial } = await getDevice(parts, params.serial);
      const { text, isCertain } = await inputs.readClipboard(serial);
      return { serial, text, certain: isCertain };
    }),
    bind(operations.setClipboard, async ({ params, body, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      await inputs.writeClipboard(serial, { hold: body.hold, person: caller.name }, body.text);
      return { serial };
    }),
    bind(operations.rotateDevice, async ({ params, body, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      const { hold, rotation } = body;
      const screen = await inputs.turn(serial, { hold, person: caller.name }, rotation);
      return { serial, rotation, screen };
    }),
    bind(operations.streamLog, async ({ params, query, request, reply }) => {
      const { serial } = await getDevice(parts, params.serial);
      const gone = new AbortController();
      const lines = logs.follow(serial, query, gone.signal);
      void reply.headers(asContent).header('x-accel-buffering', 'no').type('application/x-ndjson');
      if (request.method === 'HEAD') return reply.send();
      // Whoever reads no longer may not keep the log of the phone open.
      reply.raw.once('close', () => gone.abort(new DroverError('server.stopping')));
      return reply.send(Readable.from(asText(lines, zone), { objectMode: false }));
    }),
  ];
};

async function* asText(
  lines: AsyncIterable<readonly (Omit<DeviceLogLine, 'at'> & { at: number })[]>,
  zone: () => string,
): AsyncGenerator<string> {
  yield '\n'; // the answer begins now, not with the first line of the phone
  for await (const some of lines) {
    yield some.map((line) => `${JSON.stringify({ ...line, at: preciseTime(line.at, zone()) })}\n`).join('');
  }
}

type Folder = Awaited<ReturnType<HttpParts['transfers']['list']>>;

function folderBody(serial: string, { path, entries, isWhole }: Folder, zone: string): DeviceFolder {
  const parent = path.slice(0, path.lastIndexOf('/'));
  return {
    serial,
    path,
    parent: parent === '' ? null : parent,
    entries: entries.map(({ modifiedAt, ...entry }) => ({ ...entry, modified_at: isoTime(modifiedAt, zone) })),
    whole: isWhole,
  };
}

/** Hands the body on as it comes. What is still sent after a failure is read and thrown away, so that the client hears the answer. */
async function streamed<T>(
  request: FastifyRequest,
  work: (content: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  try {
    return await work(bodyOf(request));
  } finally {
    request.raw.resume();
  }
}

async function* bodyOf({ raw }: FastifyRequest): AsyncGenerator<Uint8Array> {
  try {
    // Destroyed, it would take the answer along.
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) yield chunk as Uint8Array;
  } catch (cause) {
    throw new DroverError('input.invalid', { message: 'the file did not arrive whole', cause });
  }
}

/** Android asks for the size before the first byte. Throws `input.invalid`. */
function lengthOf({ headers }: FastifyRequest): number {
  const bytes = Number(headers['content-length'] ?? 0);
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new DroverError('input.invalid', {
    message: 'send the app with its length in Content-Length, not in chunks',
    details: { path: '' },
  });
}
