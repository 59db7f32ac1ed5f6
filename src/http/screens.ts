import { hash } from 'node:crypto';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import sharp from 'sharp';
import * as operations from '../contract/operations/devices.ts';
import { getSighting } from '../contract/operations/sighting.ts';
import { type BoundOperation, bind } from './bind.ts';
import { getDevice } from './devices.ts';
import type { HttpParts } from './parts.ts';

/** What comes from a phone must not run as a page of ours, whatever it is opened as. */
export const asContent = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

export const screenRoutes = (parts: HttpParts): BoundOperation[] => [
  bind(operations.getScreenshot, async ({ params, reply }) => {
    const { serial } = await getDevice(parts, params.serial);
    const picture = await parts.deviceDesk.picture(serial);
    return reply.headers(asContent).type('image/png').send(Buffer.from(picture));
  }),
  bind(operations.getThumbnail, async ({ params, query, request, reply }) => {
    const { serial } = await getDevice(parts, params.serial);
    const picture = await parts.deviceDesk.picture(serial);
    // Named by what the phone sent: a screen that has not changed is not even made smaller.
    const tag = `"${hash('sha1', picture, 'base64url')}-${query.height}"`;
    void reply.headers(asContent).header('etag', tag).header('cache-control', 'private, no-cache');
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    const small = await sharp(picture).resize({ height: query.height }).jpeg({ quality: 70 }).toBuffer();
    return reply.type('image/jpeg').send(small);
  }),
  bind(operations.getHierarchy, async ({ params, reply }) => {
    const { serial } = await getDevice(parts, params.serial);
    const xml = await parts.deviceDesk.hierarchy(serial);
    return reply.headers(asContent).type('application/xml; charset=utf-8').send(xml);
  }),
  bind(getSighting, async ({ params }) => {
    const { serial } = await getDevice(parts, params.serial);
    return { serial, ...(await parts.deviceDesk.sighting(serial)) };
  }),
  bind(operations.streamScreen, async ({ params, request, reply }) => {
    const { serial } = await getDevice(parts, params.serial);
    if (request.method === 'HEAD') return reply.headers(asContent).type(streamType).send();
    const relay = new Relay(reply.raw, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...asContent });
    // Throws while there is nothing to see, so that the answer can still be an error.
    const leave = parts.deviceDesk.watch(serial, relay);
    reply.hijack();
    relay.start(leave);
    return undefined;
  }),
];

// The phone announces its boundary with two hyphens before it, as its parts have it; the name alone is what RFC 2046 asks for.
const streamType = 'multipart/x-mixed-replace; boundary=BoundaryString';

/** One who watches. A picture is passed on whole, or not at all while an earlier one has not left yet: nothing is queued. */
class Relay {
  readonly #response: ServerResponse;
  readonly #headers: OutgoingHttpHeaders;
  #hasStarted = false;

  constructor(response: ServerResponse, headers: OutgoingHttpHeaders) {
    this.#response = response;
    this.#headers = headers;
  }

  start(leave: () => void): void {
    const response = this.#response;
    this.#hasStarted = true;
    if (response.destroyed) {
      leave();
      return;
    }
    response.once('close', leave);
    response.on('error', leave);
    response.writeHead(200, { ...this.#headers, 'content-type': streamType, 'x-accel-buffering': 'no' });
    response.flushHeaders();
  }

  onPart(part: Buffer): void {
    const response = this.#response;
    if (this.#hasStarted && !response.writableEnded && response.writableLength === 0) response.write(part);
  }

  onEnd(): void {
    const response = this.#response;
    // A viewer that has stopped reading would keep the connection, and our own end, waiting.
    if (response.writableNeedDrain) response.destroy();
    else response.end();
  }
}
