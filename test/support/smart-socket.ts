import { connect, type Socket } from 'node:net';

/** The server said FAIL. */
export class Refused extends Error {}

export interface ServerRequest {
  port: number;
  /** Chooses the phone first. */
  serial?: string;
  service: string;
}

/**
 * The barest client of an adb server: asks, and hands out the socket behind the OKAY. Rejects with Refused and the
 * server's words.
 */
export async function askServer({ port, serial, service }: ServerRequest): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  try {
    if (serial !== undefined) await ask(socket, `host:transport:${serial}`);
    await ask(socket, service);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function ask(socket: Socket, service: string): Promise<void> {
  socket.write(Buffer.byteLength(service).toString(16).padStart(4, '0') + service);
  const status = (await readExactly(socket, 4)).toString();
  if (status === 'OKAY') return;
  const length = Number.parseInt((await readExactly(socket, 4)).toString(), 16);
  throw new Refused((await readExactly(socket, length)).toString());
}

/** A message as the server frames it: four hexadecimal digits, then so many bytes. */
export async function readMessage(socket: Socket): Promise<string> {
  const length = Number.parseInt((await readExactly(socket, 4)).toString(), 16);
  return (await readExactly(socket, length)).toString();
}

export async function readExactly(socket: Socket, count: number): Promise<Buffer> {
  if (count === 0) return Buffer.alloc(0);
  for (;;) {
    const chunk: Buffer | null = socket.read(count);
    if (chunk?.length === count) return chunk;
    if (chunk || socket.readableEnded || socket.destroyed) throw socket.errored ?? new Error('the server hung up');
    await new Promise<void>((resolve) => {
      const go = () => {
        for (const event of ['readable', 'end', 'close']) socket.off(event, go);
        resolve();
      };
      for (const event of ['readable', 'end', 'close']) socket.on(event, go);
    });
  }
}

/** True when the server refused what was asked, false when it gave a socket (which is closed again). */
export async function isRefused(asked: Promise<Socket>): Promise<boolean> {
  try {
    (await asked).destroy();
    return false;
  } catch (error) {
    if (error instanceof Refused) return true;
    throw error;
  }
}
