import { createServer, type Server, type Socket } from 'node:net';
import { AdbdConnection } from './adbd-connection.ts';
import type { FaultKind, OpenService, PhoneHost } from './parts.ts';
import type { StreamRegistry } from './registry.ts';

/** What this adbd can do; nothing is offered that is not built (compression, delayed acknowledgement). */
export const deviceFeatures = [
  'shell_v2',
  'cmd',
  'stat_v2',
  'ls_v2',
  'fixed_push_mkdir',
  'apex',
  'abb',
  'fixed_push_symlink_timestamp',
  'abb_exec',
  'remount_shell',
  'sendrecv_v2',
];

/** The banner of CNXN; adb shows its model in `adb devices -l`. */
export function createBanner(props: Readonly<Record<string, string>>): string {
  const shown = ['ro.product.name', 'ro.product.model', 'ro.product.device'];
  return `device::${shown.map((name) => `${name}=${props[name] ?? ''};`).join('')}features=${deviceFeatures.join(',')}`;
}

export interface AdbdOptions {
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  port: number;
  host: Pick<PhoneHost, 'clock' | 'random' | 'log' | 'faults'>;
  openService: OpenService;
  /** As sent in CNXN, see `createBanner`. */
  banner: string;
  /** Where `reverse:` ports become addresses of the phone. Without it reverse is refused. */
  registry?: StreamRegistry;
}

/**
 * The phone's adbd: listens on TCP as `adb tcpip` makes a phone do. Faults: under `unplug` nobody listens; `offline` and
 * `silent-connect` accept but do not answer (the first also cuts who is connected); `unauthorized` asks for a key until
 * it ends; `slow` thinks before each answer.
 */
export class Adbd {
  readonly #options: AdbdOptions;
  readonly #connections = new Set<AdbdConnection>();
  #server: Server | undefined;
  #port: number;
  #isStarted = false;
  #isDown = false;
  #stopListening = () => {};
  #cancelRetry = () => {};

  constructor(options: AdbdOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  /** The port it listens on; before `start` the one that was asked for. */
  get port(): number {
    return this.#port;
  }

  /** Resolves with the port once hosts can connect (or could, were the phone plugged in). */
  async start(): Promise<number> {
    this.#isStarted = true;
    await this.#listen();
    this.#stopListening = this.#options.host.faults.onChange((kind, isOn) => this.#onFault(kind, isOn));
    if (this.#options.host.faults.isOn('unplug')) this.#goAway();
    return this.#port;
  }

  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#stopListening();
    this.#cancelRetry();
    await this.#close();
  }

  /** Cuts every host's connection; the listener stays. */
  dropConnections(): void {
    for (const connection of this.#connections) connection.destroy();
    this.#connections.clear();
  }

  /** Off the network for `ms`, as during a reboot. */
  vanishFor(ms: number): void {
    this.#isDown = true;
    this.#goAway();
    this.#cancelRetry();
    this.#cancelRetry = this.#options.host.clock.after(ms, () => {
      this.#isDown = false;
      this.#comeBack();
    });
  }

  #onFault(kind: FaultKind, isOn: boolean): void {
    if (kind === 'unplug') {
      if (isOn) this.#goAway();
      else this.#comeBack();
    } else if (kind === 'offline' || kind === 'unauthorized') {
      if (isOn) this.dropConnections();
      else this.#wake();
    } else if (kind === 'silent-connect' && !isOn) {
      this.#wake();
    }
  }

  #wake(): void {
    for (const connection of this.#connections) connection.wake();
  }

  #goAway(): void {
    // Nobody waits for the listener to be gone: no new connection is accepted from here on.
    void this.#close();
  }

  #comeBack(): void {
    if (!this.#isStarted || this.#server || this.#isDown || this.#options.host.faults.isOn('unplug')) return;
    this.#listen().catch(() => {
      // Another program may hold the port for a moment (an outgoing connection's own port); the phone keeps trying.
      this.#cancelRetry = this.#options.host.clock.after(100, () => this.#comeBack());
    });
  }

  #listen(): Promise<void> {
    const server = createServer((socket) => this.#onSocket(socket));
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once('error', (error) => {
        if (this.#server === server) this.#server = undefined;
        reject(error);
      });
      server.listen(this.#port, '127.0.0.1', () => {
        const address = server.address();
        if (address && typeof address === 'object') this.#port = address.port;
        resolve();
      });
    });
  }

  #close(): Promise<void> {
    this.dropConnections();
    const server = this.#server;
    this.#server = undefined;
    if (!server) return Promise.resolve();
    return new Promise((resolve) => server.close(() => resolve()));
  }

  #onSocket(socket: Socket): void {
    const { banner, openService, registry, host } = this.#options;
    const { clock, random, log, faults } = host;
    const connection = new AdbdConnection(socket, { banner, clock, random, log, faults, openService, registry });
    this.#connections.add(connection);
    socket.once('close', () => this.#connections.delete(connection));
  }
}
