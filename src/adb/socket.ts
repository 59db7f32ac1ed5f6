import { connect, type Socket } from 'node:net';
import { type Ctx, withDeadline } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import { AdbFail, EndedEarly, fromFail } from './from-fail.ts';

/** Where an adb server listens. */
export interface AdbAddress {
  readonly host: string;
  readonly port: number;
}

export interface OpenOptions {
  timeoutMs: number;
}

/**
 * Reads a socket piece by piece without ever letting it flow. What was read too much goes back with `release`, for whoever
 * gets the socket next. (`pause()` would be no way: an explicit pause outlives the hand-over, and an HTTP client on the
 * socket would then wait for ever.)
 */
export class SocketReader {
  readonly #socket: Socket;
  /** Taken out of the socket as it comes: one that holds some bytes, but too few, would call us again and again. */
  #taken: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Throws EndedEarly when the stream ends before `length` bytes, or the socket's own error. */
  async exactly(length: number): Promise<Buffer> {
    while (this.#taken.length < length) {
      if (!(await this.#take())) throw new EndedEarly();
    }
    const bytes = this.#taken.subarray(0, length);
    this.#taken = this.#taken.subarray(length);
    return bytes;
  }

  /** Everything to the end of the stream. */
  async rest(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    do {
      chunks.push(this.#taken);
      this.#taken = Buffer.alloc(0);
    } while (await this.#take());
    return Buffer.concat(chunks);
  }

  /** A text with its length in four hex digits before it. */
  async text(): Promise<string> {
    const length = Number.parseInt((await this.exactly(4)).toString('latin1'), 16);
    if (Number.isNaN(length)) throw new Error('an answer without a length');
    return (await this.exactly(length)).toString('utf8');
  }

  async okay(): Promise<void> {
    const status = (await this.exactly(4)).toString('latin1');
    if (status === 'OKAY') return;
    if (status === 'FAIL') throw new AdbFail(await this.text());
    throw new Error(`unexpected answer ${JSON.stringify(status)}`);
  }

  /** Puts back what was read too much. */
  release(): void {
    if (this.#taken.length > 0) this.#socket.unshift(this.#taken);
    this.#taken = Buffer.alloc(0);
  }

  /** Waits for bytes; false at the end of the stream. */
  async #take(): Promise<boolean> {
    for (;;) {
      const chunk: Buffer | null = this.#socket.read();
      if (chunk !== null) {
        this.#taken = this.#taken.length === 0 ? chunk : Buffer.concat([this.#taken, chunk]);
        return true;
      }
      if (this.#socket.readableEnded || this.#socket.destroyed) {
        if (this.#socket.errored) throw this.#socket.errored;
        return false;
      }
      await this.#event();
    }
  }

  #event(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        for (const event of ['readable', 'end', 'close', 'error']) this.#socket.off(event, done);
        resolve();
      };
      for (const event of ['readable', 'end', 'close', 'error']) this.#socket.on(event, done);
    });
  }
}

/**
 * Asks the adb server for a service and hands over the socket after its OKAY; from then on its end of life is the
 * caller's. With a serial the service runs on that phone: the transport is chosen first, and the service is asked for
 * only after that OKAY, because adb drops a service that was sent along (measured with 29.0.6: the stream hangs).
 * The host is told to go no further when `ctx` aborts.
 */
export async function openService(
  ctx: Ctx,
  address: AdbAddress,
  request: { serial?: string; service: string },
  { timeoutMs }: OpenOptions,
): Promise<Socket> {
  const { serial, service } = request;
  using limited = withDeadline(ctx, timeoutMs, () => tooLong(request, timeoutMs));
  limited.signal.throwIfAborted();
  const socket = connect({ host: address.host, port: address.port, noDelay: true });
  socket.on('error', () => {}); // told through the reader; a late one has no reader any more
  const onAbort = () => socket.destroy();
  limited.signal.addEventListener('abort', onAbort, { once: true });
  try {
    await connected(socket);
    const reader = new SocketReader(socket);
    if (serial !== undefined) {
      socket.write(frame(`host:transport:${serial}`));
      await reader.okay();
    }
    socket.write(frame(service));
    await reader.okay();
    limited.signal.throwIfAborted();
    reader.release();
    return socket;
  } catch (error) {
    socket.destroy();
    if (limited.signal.aborted) throw limited.signal.reason;
    throw fromFail(error, request);
  } finally {
    limited.signal.removeEventListener('abort', onAbort);
  }
}

/** `openService`, then `use` under the same limit; the socket is destroyed in the end, or as soon as `ctx` aborts. */
export async function askService<T>(
  ctx: Ctx,
  address: AdbAddress,
  request: { serial?: string; service: string },
  options: OpenOptions,
  use: (reader: SocketReader, socket: Socket) => Promise<T>,
): Promise<T> {
  using limited = withDeadline(ctx, options.timeoutMs, () => tooLong(request, options.timeoutMs));
  const socket = await openService(limited, address, request, options);
  const onAbort = () => socket.destroy();
  limited.signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await use(new SocketReader(socket), socket);
  } catch (error) {
    if (limited.signal.aborted) throw limited.signal.reason;
    throw fromFail(error, request);
  } finally {
    limited.signal.removeEventListener('abort', onAbort);
    socket.destroy();
  }
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) => {
      socket.off('connect', onConnect);
      reject(error);
    };
    const onClose = () => reject(new EndedEarly());
    const onConnect = () => {
      socket.off('error', onError);
      socket.off('close', onClose);
      resolve();
    };
    socket.once('connect', onConnect);
    socket.once('error', onError);
    socket.once('close', onClose);
  });
}

function frame(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from(bytes.length.toString(16).padStart(4, '0'), 'latin1'), bytes]);
}

const tooLong = ({ serial, service }: { serial?: string; service: string }, timeoutMs: number): DroverError =>
  new DroverError('phone.timeout', {
    message: `adb did not answer ${service} within ${timeoutMs} ms`,
    details: { ...(serial === undefined ? {} : { serial }), service, timeoutMs },
  });
