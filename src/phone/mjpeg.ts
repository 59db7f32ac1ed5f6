import type { Socket } from 'node:net';
import type { Ctx } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import type { Phone } from './phone.ts';

/** What stands between two parts, without the two hyphens before it. The server itself announces it with them. */
export const partBoundary = 'BoundaryString';

/** Far more than a full-size picture of a large phone has. */
const maxPictureBytes = 16 * 1024 * 1024;
const maxHeadBytes = 8 * 1024;

/**
 * The stream of pictures that the automation server gives on the phone's port 7810 (10 a second, half the size of the
 * screen), as a plain socket that is the caller's. It says nothing until the client has sent something.
 * [MjpegScreenshotServer of appium-uiautomator2-server]
 */
export async function openPictures(ctx: Ctx, phone: Phone, { timeoutMs = 3_000 } = {}): Promise<Socket> {
  const socket = await phone.device.open(ctx, 'tcp:7810', { timeoutMs });
  socket.write('GET / HTTP/1.0\r\n\r\n');
  return socket;
}

const headEnd = Buffer.from('\r\n\r\n');

/**
 * Cuts the stream into whole parts, each with its head and the line breaks before it, byte for byte as they came: put
 * together again they are the stream. What stands before the first part (the head of the answer) is left out.
 */
export class PartCutter {
  #waiting: Buffer = Buffer.alloc(0);
  #isInside = false;

  /** The parts that `chunk` completed. Throws `phone.agent-down` for what is no such stream. */
  push(chunk: Uint8Array): Buffer[] {
    this.#waiting = Buffer.concat([this.#waiting, chunk]);
    const parts: Buffer[] = [];
    for (let part = this.#next(); part; part = this.#next()) parts.push(part);
    return parts;
  }

  #next(): Buffer | undefined {
    if (!this.#isInside) {
      const end = this.#waiting.indexOf(headEnd);
      if (end < 0) return this.#wait(this.#waiting.length);
      const head = this.#waiting.toString('latin1', 0, end);
      if (!/^HTTP\/1\.\d 200 /.test(head)) throw malformed(head);
      this.#waiting = this.#waiting.subarray(end + headEnd.length);
      this.#isInside = true;
    }
    let start = 0;
    while (this.#waiting[start] === 13 || this.#waiting[start] === 10) start++;
    const end = this.#waiting.indexOf(headEnd, start);
    if (end < 0) return this.#wait(this.#waiting.length - start);
    const head = this.#waiting.toString('latin1', start, end);
    const length = Number(/^content-length: *(\d{1,9}) *$/im.exec(head)?.[1] ?? Number.NaN);
    if (!head.startsWith(`--${partBoundary}`) || !(length <= maxPictureBytes)) throw malformed(head);
    const size = end + headEnd.length + length;
    if (this.#waiting.length < size) return undefined;
    const part = Buffer.from(this.#waiting.subarray(0, size));
    this.#waiting = this.#waiting.subarray(size);
    return part;
  }

  #wait(headBytes: number): undefined {
    if (headBytes > maxHeadBytes) throw malformed(this.#waiting.toString('latin1', 0, 100));
    return undefined;
  }
}

const malformed = (head: string): DroverError =>
  new DroverError('phone.agent-down', {
    message: `the screen stream of the phone cannot be read: ${JSON.stringify(head.slice(0, 100))}`,
  });

/** A part of our own making, for phones that only give single pictures. */
export function pictureAsPart(picture: Uint8Array, mime: string): Buffer {
  const head = `--${partBoundary}\r\nContent-type: ${mime}\r\nContent-Length: ${picture.byteLength}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), picture, Buffer.from('\r\n\r\n')]);
}
