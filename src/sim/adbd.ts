import type { OpenService, PhoneHost } from './parts.ts';
import type { StreamRegistry } from './registry.ts';

export interface AdbdOptions {
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  port: number;
  host: PhoneHost;
  openService: OpenService;
  /** As sent in CNXN, see `createBanner`. */
  banner: string;
  /** Where `reverse:` ports become addresses of the phone. Without it reverse is refused. */
  registry?: StreamRegistry;
}

/** The phone's adbd: listens on TCP as `adb tcpip` makes a phone do. */
export class Adbd {
  readonly #options: AdbdOptions;

  constructor(options: AdbdOptions) {
    this.#options = options;
  }

  /** Resolves with the port once hosts can connect. */
  async start(): Promise<number> {
    return this.#options.port;
  }

  async stop(): Promise<void> {}

  /** Cuts every host's connection; the listener stays. */
  dropConnections(): void {}
}
