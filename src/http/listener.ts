import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import { findPortHolder } from './port-holder.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ListenOptions {
  /** `127.0.0.1` and `localhost` mean both address families, because `localhost` may resolve to either. */
  host: string;
  /** 0 takes a free one. */
  port: number;
}

/** The sockets of one server: the same handler, port and life on every address. */
export class Listener {
  readonly #handler: RequestHandler;
  readonly #log: Log;
  readonly #servers: Server[] = [];
  readonly #closing = new Set<Server>();

  constructor(handler: RequestHandler, log: Log) {
    this.#handler = handler;
    this.#log = log;
  }

  /** Throws `input.invalid` for an address beyond loopback and for a port that is taken, naming who has it. */
  async open({ host, port }: ListenOptions): Promise<{ port: number; addresses: string[] }> {
    const isBoth = host === '127.0.0.1' || host === 'localhost';
    if (!isBoth && host !== '::1') {
      throw new DroverError('input.invalid', {
        message: `host: cannot listen on ${host}: this server has no passwords yet, so it answers this machine only; use 127.0.0.1`,
      });
    }
    try {
      const taken = await this.#listen(isBoth ? '127.0.0.1' : '::1', port);
      const addresses = [isBoth ? '127.0.0.1' : '::1'];
      if (isBoth && (await this.#tryIpv6(taken))) addresses.push('::1');
      return { port: taken, addresses };
    } catch (cause) {
      await this.close();
      throw await explain(cause, port);
    }
  }

  /** Accepts nothing new; resolves when the last connection has ended. Idle connections are ended at once. */
  async close(): Promise<void> {
    await Promise.all(
      this.#servers.splice(0).map(async (server) => {
        this.#closing.add(server);
        const closed = once(server, 'close');
        server.close();
        server.closeIdleConnections();
        await closed;
        this.#closing.delete(server);
      }),
    );
  }

  /** Cuts what is still open. */
  cut(): void {
    for (const server of this.#closing) server.closeAllConnections();
  }

  async #listen(host: string, port: number): Promise<number> {
    const server = createServer(this.#handler);
    server.listen({ host, port, ipv6Only: host === '::1' });
    await once(server, 'listening');
    this.#servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  /** A machine without IPv6 is served on IPv4 alone; a stranger on our port there would get half of our calls. */
  async #tryIpv6(port: number): Promise<boolean> {
    try {
      await this.#listen('::1', port);
      return true;
    } catch (cause) {
      if (errno(cause) === 'EADDRINUSE') throw cause;
      this.#log.info({ error: cause }, 'no IPv6 on this machine: listening on 127.0.0.1 only');
      return false;
    }
  }
}

const errno = (cause: unknown): unknown => (cause instanceof Error && 'code' in cause ? cause.code : undefined);

async function explain(cause: unknown, port: number): Promise<unknown> {
  switch (errno(cause)) {
    case 'EADDRINUSE': {
      const holder = await findPortHolder(port);
      return new DroverError('input.invalid', {
        message: `port ${port} is taken by ${holder ?? 'another program'}; stop it, or choose another port with --port`,
        details: { port, ...(holder !== undefined && { holder }) },
        cause,
      });
    }
    case 'EACCES':
      return new DroverError('input.invalid', {
        message: `port ${port} may not be used by this user; choose one above 1023 with --port`,
        details: { port },
        cause,
      });
    default:
      return cause;
  }
}
