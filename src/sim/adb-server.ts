import { createServer, type Server, type Socket } from 'node:net';
import type { CancelTimer, Clock } from '../base/clock.ts';
import { AdbClientSession, type Forward, type KnownPhone, type ServedPhones, serverFeatures } from './adb-session.ts';
import { type LinkState, PhoneLink } from './phone-link.ts';

/** The real server's ReconnectHandler (AOSP adb/transport.cpp): every 10 s, 60 times, then the phone is forgotten. */
const redialMs = 10_000;
const redials = 60;

/** A phone the server was told to connect to, reachable or not. */
interface Entry extends KnownPhone {
  state: LinkState;
  cancelRedial: CancelTimer;
}

interface Listener extends Forward {
  server: Server;
  sockets: Set<Socket>;
}

export interface StandInAdbServerOptions {
  /** Port on 127.0.0.1; 0 takes a free one. */
  port: number;
  clock: Clock;
}

/**
 * Stands in for the adb server where no adb is installed: TCP phones only, no keys of its own, cannot be killed from
 * outside. It copies what the real one does wrong too: who tracks devices hears nothing when a TCP phone drops, only when
 * it is back (measured with adb 29.0.6), and a dropped phone is redialled every 10 s.
 */
export class StandInAdbServer implements ServedPhones {
  readonly clock: Clock;
  readonly #phones = new Map<string, Entry>();
  readonly #forwards = new Map<string, Listener>();
  readonly #sessions = new Set<AdbClientSession>();
  readonly #listWatchers = new Set<() => void>();
  readonly #stateWatchers = new Set<() => void>();
  #server: Server | undefined;
  #port: number;
  #nextTransportId = 1;

  constructor({ port, clock }: StandInAdbServerOptions) {
    this.#port = port;
    this.clock = clock;
  }

  get port(): number {
    return this.#port;
  }

  async start(): Promise<number> {
    const server = createServer((socket) => {
      const session = new AdbClientSession(socket, this);
      this.#sessions.add(session);
      socket.once('close', () => this.#sessions.delete(session));
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address && typeof address === 'object') this.#port = address.port;
    return this.#port;
  }

  async stop(): Promise<void> {
    for (const phone of this.#phones.values()) this.#forget(phone);
    for (const session of this.#sessions) session.destroy();
    const server = this.#server;
    this.#server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  phones(): readonly KnownPhone[] {
    return [...this.#phones.values()];
  }

  /** Called on each change that the real server tells trackers of. Returns a function that ends it. */
  watchList(watcher: () => void): () => void {
    this.#listWatchers.add(watcher);
    return () => this.#listWatchers.delete(watcher);
  }

  /** Called on every change of state, drops included. */
  watchState(watcher: () => void): () => void {
    this.#stateWatchers.add(watcher);
    return () => this.#stateWatchers.delete(watcher);
  }

  /** `adb connect`: the sentence that adb prints. A phone that is known stays as it is, offline or not. */
  async connect(address: string): Promise<string> {
    const [, host = '', portText = '5555'] = /^(.*?)(?::(\d+))?$/.exec(address) ?? [];
    const serial = `${host}:${portText}`;
    if (this.#phones.has(serial)) return `already connected to ${serial}`;
    const phone = this.#add(serial, { host, port: Number(portText) });
    const outcome = await phone.link.dial();
    if (outcome === 'device') return `connected to ${serial}`;
    if (outcome === 'refused') {
      this.#forget(phone);
      return `failed to connect to '${serial}': Connection refused`;
    }
    this.#changed({ isTold: true });
    return outcome === 'unauthorized' ? `failed to authenticate to ${serial}` : `failed to connect to ${serial}`;
  }

  /** `adb disconnect`: false when there is no such phone. Without a serial all go. */
  disconnect(serial?: string): boolean {
    const gone = [...this.#phones.values()].filter((phone) => serial === undefined || phone.serial === serial);
    for (const phone of gone) this.#forget(phone);
    if (gone.length > 0) this.#changed({ isTold: true });
    return serial === undefined || gone.length > 0;
  }

  /** `adb reconnect`: hangs up; the redial brings it back. */
  kick(phone: KnownPhone): void {
    phone.link.close();
  }

  forwards(): readonly Forward[] {
    return [...this.#forwards.values()];
  }

  /** Listens on `local` and carries each connection to `remote` of the phone. Resolves with the port; rejects when it is taken. */
  async forward(phone: KnownPhone, local: string, remote: string): Promise<number> {
    this.removeForward(local);
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => sockets.delete(socket));
      const current = this.#phones.get(phone.serial);
      // As the real server does, the connection is accepted first and cut when the phone refuses.
      void current?.link
        .open(remote, socket, () => {})
        .then((isOpen) => {
          if (!isOpen) socket.destroy();
        });
    });
    const [, port = '0'] = /^tcp:(\d+)$/.exec(local) ?? [];
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(Number(port), '127.0.0.1', resolve);
    });
    const address = server.address();
    const bound = address && typeof address === 'object' ? address.port : 0;
    const name = `tcp:${bound}`;
    this.#forwards.set(name, { serial: phone.serial, local: name, remote, server, sockets });
    return bound;
  }

  removeForward(local: string): boolean {
    const forward = this.#forwards.get(local);
    if (!forward) return false;
    this.#forwards.delete(local);
    forward.server.close();
    for (const socket of forward.sockets) socket.destroy();
    return true;
  }

  #add(serial: string, { host, port }: { host: string; port: number }): Entry {
    const link = new PhoneLink({
      host,
      port,
      clock: this.clock,
      features: serverFeatures,
      onState: (state) => this.#onState(phone, state),
      onClosed: () => this.#redial(phone, redials),
    });
    const phone: Entry = {
      serial,
      transportId: this.#nextTransportId++,
      link,
      state: 'offline',
      cancelRedial: () => {},
    };
    this.#phones.set(serial, phone);
    return phone;
  }

  #onState(phone: Entry, state: LinkState): void {
    phone.state = state;
    if (this.#phones.get(phone.serial) === phone) this.#changed({ isTold: state !== 'offline' });
  }

  /** The same phone keeps its transport id over a redial, as in adb 29. */
  #redial(phone: Entry, left: number): void {
    if (this.#phones.get(phone.serial) !== phone) return;
    phone.cancelRedial();
    phone.cancelRedial = this.clock.after(
      redialMs,
      () => {
        if (left === 0) {
          this.disconnect(phone.serial);
          return;
        }
        void phone.link.dial().then((outcome) => {
          if (outcome === 'refused') this.#redial(phone, left - 1);
        });
      },
      { idle: true },
    );
  }

  #forget(phone: Entry): void {
    this.#phones.delete(phone.serial);
    phone.cancelRedial();
    phone.link.close();
    for (const forward of this.forwards()) if (forward.serial === phone.serial) this.removeForward(forward.local);
  }

  #changed({ isTold }: { isTold: boolean }): void {
    for (const watcher of [...this.#stateWatchers]) watcher();
    if (isTold) for (const watcher of [...this.#listWatchers]) watcher();
  }
}
