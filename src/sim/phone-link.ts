import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { CancelTimer, Clock } from '../base/clock.ts';
import {
  A_AUTH,
  A_CLSE,
  A_CNXN,
  A_OKAY,
  A_OPEN,
  A_WRTE,
  AUTH_RSAPUBLICKEY,
  AUTH_TOKEN,
  encodePacket,
  MAX_PAYLOAD,
  type Packet,
  PacketParser,
  VERSION_SKIP_CHECKSUM,
  WireError,
} from './wire.ts';
import { type StreamCarrier, WireStream } from './wire-stream.ts';

export type LinkState = 'offline' | 'unauthorized' | 'device';

/** What the phone said of itself in CNXN. */
export interface PhoneBanner {
  product: string;
  model: string;
  device: string;
  features: string[];
}

export interface PhoneLinkOptions {
  host: string;
  port: number;
  clock: Clock;
  /** What this side can do, sent in our CNXN. */
  features: readonly string[];
  /** The state changed. The socket's end is told as `offline`. */
  onState: (state: LinkState) => void;
  /** A connection that stood is gone. */
  onClosed: () => void;
}

const empty = Buffer.alloc(0);
const connectMs = 10_000;

/**
 * One connection to one phone, seen from an adb server. Offline until the phone answered our CNXN; unauthorized while it
 * waits for somebody to allow our key; device while streams can be opened; offline for good once the socket is gone.
 */
export class PhoneLink implements StreamCarrier {
  readonly clock: Clock;
  readonly thinkMs = 0;
  readonly #options: PhoneLinkOptions;
  #parser = new PacketParser();
  readonly #streams = new Map<number, WireStream>();
  #socket: Socket | undefined;
  #state: LinkState = 'offline';
  #banner: PhoneBanner = { product: '', model: '', device: '', features: [] };
  #maxPayload = MAX_PAYLOAD;
  #phoneVersion = VERSION_SKIP_CHECKSUM;
  #nextId = 1;

  constructor(options: PhoneLinkOptions) {
    this.#options = options;
    this.clock = options.clock;
  }

  get state(): LinkState {
    return this.#state;
  }

  get banner(): PhoneBanner {
    return this.#banner;
  }

  get maxPayload(): number {
    return this.#maxPayload;
  }

  /** False once the socket is gone. */
  get isConnected(): boolean {
    return this.#socket !== undefined && !this.#socket.destroyed;
  }

  /**
   * Dials and says hello. Resolves with what came of it: `refused` leaves nothing behind, `silent` (no answer for 10 s)
   * and `unauthorized` leave the connection open.
   */
  dial(): Promise<'device' | 'unauthorized' | 'silent' | 'refused'> {
    return new Promise((resolve) => {
      let cancel: CancelTimer = () => {};
      const settle = (outcome: 'device' | 'unauthorized' | 'silent' | 'refused') => {
        cancel();
        this.#onGreeting = () => {};
        resolve(outcome);
      };
      cancel = this.clock.after(connectMs, () => settle('silent'), { idle: true });
      this.#onGreeting = (state) => settle(state);
      const socket = connect({ host: this.#options.host, port: this.#options.port, noDelay: true });
      this.#socket = socket;
      this.#parser = new PacketParser();
      let wasConnected = false;
      socket.once('connect', () => {
        wasConnected = true;
        const banner = `host::features=${this.#options.features.join(',')}`;
        this.send(A_CNXN, VERSION_SKIP_CHECKSUM, MAX_PAYLOAD, Buffer.from(banner));
      });
      socket.on('data', (chunk: Buffer) => this.#onData(chunk));
      // The reason of a broken connection does not matter; 'close' follows.
      socket.on('error', () => {});
      socket.once('close', () => {
        settle('refused');
        if (this.#socket === socket) this.#dropStreams();
        if (wasConnected) this.#options.onClosed();
      });
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  /** Joins `stream` to a service of the phone; false when the phone refuses it (the stream is left as it was). */
  open(service: string, stream: Duplex, onAccepted: () => void): Promise<boolean> {
    if (this.#state !== 'device') return Promise.resolve(false);
    return new Promise((resolve) => {
      const localId = this.#nextId++;
      const onAnswer = (isAccepted: boolean) => {
        if (isAccepted) onAccepted();
        resolve(isAccepted);
      };
      this.#streams.set(localId, new WireStream(this, { localId, remoteId: 0, onAnswer }, stream));
      this.send(A_OPEN, localId, 0, Buffer.from(`${service}\0`));
    });
  }

  send(command: number, arg0: number, arg1: number, payload: Buffer): void {
    const socket = this.#socket;
    if (!socket || socket.destroyed) return;
    const withChecksum = this.#phoneVersion < VERSION_SKIP_CHECKSUM;
    const [header, body] = encodePacket({ command, arg0, arg1, payload }, { withChecksum });
    socket.cork();
    socket.write(header);
    if (body.length > 0) socket.write(body);
    socket.uncork();
  }

  forget(localId: number): void {
    this.#streams.delete(localId);
  }

  #onGreeting: (state: 'device' | 'unauthorized') => void = () => {};

  #onData(chunk: Buffer): void {
    try {
      for (const packet of this.#parser.push(chunk)) this.#onPacket(packet);
    } catch (thrown) {
      if (!(thrown instanceof WireError)) throw thrown;
      this.close();
    }
  }

  #onPacket({ command, arg0, arg1, payload }: Packet): void {
    if (command === A_CNXN) {
      this.#phoneVersion = Math.min(arg0, VERSION_SKIP_CHECKSUM);
      this.#maxPayload = Math.min(arg1, MAX_PAYLOAD);
      this.#banner = parseBanner(payload.toString());
      this.#become('device');
      this.#onGreeting('device');
    } else if (command === A_AUTH && arg0 === AUTH_TOKEN) {
      // We hold no key that the phone could know already: offer one and wait for its person.
      this.send(A_AUTH, AUTH_RSAPUBLICKEY, 0, Buffer.from('QAAAAA== drover@stand-in\0'));
      this.#become('unauthorized');
      this.#onGreeting('unauthorized');
    } else if (command === A_OPEN) {
      this.#dialOut(arg0, payload.toString().replace(/\0$/, ''));
    } else if (command === A_OKAY) {
      this.#streams.get(arg1)?.onOkay(arg0);
    } else if (command === A_WRTE) {
      this.#streams.get(arg1)?.onWrite(payload);
    } else if (command === A_CLSE) {
      this.#streams.get(arg1)?.onClose();
    }
  }

  /** `adb reverse`: the phone wants a port of this machine. Only this machine's own, unlike the real server. */
  #dialOut(remoteId: number, destination: string): void {
    const [, port] = /^tcp:(?:(?:127\.0\.0\.1|localhost|\[?::1\]?):)?(\d+)$/.exec(destination) ?? [];
    if (port === undefined) {
      this.send(A_CLSE, 0, remoteId, empty);
      return;
    }
    const socket = connect({ host: '127.0.0.1', port: Number(port), noDelay: true });
    const onRefused = () => this.send(A_CLSE, 0, remoteId, empty);
    socket.once('error', onRefused);
    socket.once('connect', () => {
      socket.off('error', onRefused);
      const localId = this.#nextId++;
      this.send(A_OKAY, localId, remoteId, empty);
      this.#streams.set(localId, new WireStream(this, { localId, remoteId }, socket));
    });
  }

  #become(state: LinkState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state);
  }

  #dropStreams(): void {
    for (const stream of [...this.#streams.values()]) stream.abandon();
    this.#become('offline');
  }
}

function parseBanner(text: string): PhoneBanner {
  const fields = new Map<string, string>();
  for (const pair of text.slice(text.indexOf('::') + 2).split(';')) {
    const at = pair.indexOf('=');
    if (at > 0) fields.set(pair.slice(0, at), pair.slice(at + 1).replace(/\0.*$/s, ''));
  }
  return {
    product: fields.get('ro.product.name') ?? '',
    model: fields.get('ro.product.model') ?? '',
    device: fields.get('ro.product.device') ?? '',
    features: (fields.get('features') ?? '').split(',').filter((name) => name !== ''),
  };
}
