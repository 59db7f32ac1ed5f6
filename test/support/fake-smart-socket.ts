import { createServer, type Socket } from 'node:net';

/** Speaks to one client after its request was understood. */
export type Serve = (socket: Socket, request: { serial: string | undefined; service: string }) => void;

export interface FakeSmartSocket extends AsyncDisposable {
  readonly address: { host: string; port: number };
  /** Every request in order, transports included. */
  readonly requests: string[];
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>;
}

export const hex = (text: string): string => Buffer.byteLength(text).toString(16).padStart(4, '0') + text;
export const fail = (text: string): string => `FAIL${hex(text)}`;

/**
 * The adb server's side of the smart socket protocol, as strict as adb 29: a request that is sent before the OKAY of the
 * one before is lost.
 */
export async function startFakeSmartSocket(serve: Serve): Promise<FakeSmartSocket> {
  const requests: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    let serial: string | undefined;
    const onData = (chunk: Buffer) => {
      const length = Number.parseInt(chunk.toString('latin1', 0, 4), 16);
      const service = chunk.toString('utf8', 4, 4 + length);
      requests.push(service);
      const [, chosen] = /^host:transport:(.*)$/.exec(service) ?? [];
      if (chosen !== undefined && serial === undefined) {
        serial = chosen;
        socket.write('OKAY');
        return;
      }
      socket.off('data', onData);
      serve(socket, { serial, service });
    };
    socket.on('data', onData);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    address: { host: '127.0.0.1', port: address.port },
    requests,
    open,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
