import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import { isLoopbackAddress } from './door.ts';
import { findPortHolder } from './port-holder.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ListenOptions {
  /** `127.0.0.1` and `localhost` mean both address families, because `localhost` may resolve to either. */
  host: string;
  /** 0 takes a free one. */
  port: number;
  tls?: TlsFiles;
}

/** PEM texts. */
export interface TlsFiles {
  cert: string;
  key: string;
}

export interface Bound {
  port: number;
  /** What it listens on. */
  addresses: string[];
  /** Addresses beyond loopback under which it is reached: of every network card when it listens on all. */
  reachable: string[];
}

/** How long one request may take to arrive: an upload of 2 GB over a slow line; headers have Node's own 60 s. */
const requestTimeoutMs = 60 * 60_000;

/** Whether this address, or name, means nothing but this machine. */
export const isLoopbackHost = (host: string): boolean => host === 'localhost' || isLoopbackAddress(host);

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

  /** Throws `input.invalid` for what is no address, and for a port that is taken, naming who has it. */
  async open({ host, port, tls }: ListenOptions): Promise<Bound> {
    const isBoth = host === '127.0.0.1' || host === 'localhost';
    if (!isBoth && isIP(host) === 0) {
      throw new DroverError('input.invalid', {
        message: `host: ${host} is no address; give one of this machine, 127.0.0.1, or 0.0.0.0 for all`,
      });
    }
    const first = isBoth ? '127.0.0.1' : host;
    try {
      const taken = await this.#listen({ host: first, port, tls });
      const addresses = [first];
      if (isBoth && (await this.#tryIpv6({ port: taken, tls }))) addresses.push('::1');
      return { port: taken, addresses, reachable: reachableAt(first) };
    } catch (cause) {
      await this.close();
      throw await explain(cause, { host, port });
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

  async #listen({ host, port, tls }: Socket): Promise<number> {
    const server = tls ? createTlsServer(tls, this.#handler) : createServer(this.#handler);
    server.requestTimeout = requestTimeoutMs;
    // A client that speaks something else than TLS is its own fault, and its address is of no use to us.
    if (tls) server.on('tlsClientError', (error) => this.#log.debug({ error }, 'a TLS handshake failed'));
    server.listen({ host, port, ipv6Only: host === '::1' });
    await once(server, 'listening');
    this.#servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  /** A machine without IPv6 is served on IPv4 alone; a stranger on our port there would get half of our calls. */
  async #tryIpv6({ port, tls }: Omit<Socket, 'host'>): Promise<boolean> {
    try {
      await this.#listen({ host: '::1', port, tls });
      return true;
    } catch (cause) {
      if (errno(cause) === 'EADDRINUSE') throw cause;
      this.#log.info({ error: cause }, 'no IPv6 on this machine: listening on 127.0.0.1 only');
      return false;
    }
  }
}

interface Socket {
  host: string;
  port: number;
  tls: TlsFiles | undefined;
}

function reachableAt(host: string): string[] {
  if (isLoopbackHost(host)) return [];
  if (host !== '0.0.0.0' && host !== '::') return [host];
  return Object.values(networkInterfaces())
    .flatMap((cards) => cards ?? [])
    .filter(({ internal, family }) => !internal && (host === '::' || family === 'IPv4'))
    .map(({ address }) => address);
}

const errno = (cause: unknown): unknown => (cause instanceof Error && 'code' in cause ? cause.code : undefined);

async function explain(cause: unknown, { host, port }: Omit<Socket, 'tls'>): Promise<unknown> {
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
    case 'EADDRNOTAVAIL':
      return new DroverError('input.invalid', { message: `host: ${host} is no address of this machine`, cause });
    default:
      return cause;
  }
}
