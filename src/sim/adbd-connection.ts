import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { CancelTimer, Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import type { OpenService, PhoneFaults } from './parts.ts';
import type { StreamRegistry } from './registry.ts';
import { ReverseForwards } from './reverse.ts';
import {
  A_AUTH,
  A_CLSE,
  A_CNXN,
  A_OKAY,
  A_OPEN,
  A_WRTE,
  AUTH_SIGNATURE,
  AUTH_TOKEN,
  encodePacket,
  MAX_PAYLOAD,
  type Packet,
  PacketParser,
  VERSION_SKIP_CHECKSUM,
  WireError,
} from './wire.ts';
import { type StreamCarrier, WireStream } from './wire-stream.ts';

/** Long enough to be noticed, short enough for an adb command without a limit of its own. */
const slowMs = 1_000;
const empty = Buffer.alloc(0);

export interface ConnectionParts {
  banner: string;
  clock: Clock;
  random: Random;
  log: Log;
  faults: Pick<PhoneFaults, 'isOn'>;
  openService: OpenService;
  registry: StreamRegistry | undefined;
}

/**
 * One adb server at the other end of a socket. `waiting` for its CNXN → `silent` (a fault keeps us from answering),
 * `unauthorized` (we asked for a key) or `online`. A fault that ends moves silent and unauthorized on; a socket that
 * breaks ends everything. Only an online connection has streams.
 */
export class AdbdConnection implements StreamCarrier {
  readonly clock: Clock;
  readonly #socket: Socket;
  readonly #parts: ConnectionParts;
  readonly #parser = new PacketParser();
  readonly #streams = new Map<number, WireStream>();
  readonly #opening = new Set<CancelTimer>();
  readonly #reverse: ReverseForwards;
  #state: 'waiting' | 'silent' | 'unauthorized' | 'online' = 'waiting';
  #hostVersion = VERSION_SKIP_CHECKSUM;
  #maxPayload = MAX_PAYLOAD;
  #nextId = 1;

  constructor(socket: Socket, parts: ConnectionParts) {
    this.#socket = socket;
    this.#parts = parts;
    this.clock = parts.clock;
    this.#reverse = new ReverseForwards(parts.registry, (stream, destination) => this.#openToHost(stream, destination));
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    // The reason of a broken connection does not matter; 'close' follows.
    socket.on('error', () => {});
    socket.on('close', () => this.#onClosed());
  }

  get maxPayload(): number {
    return this.#maxPayload;
  }

  get thinkMs(): number {
    return this.#parts.faults.isOn('slow') ? slowMs : 0;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** A fault ended that may have kept us from answering the host. */
  wake(): void {
    if (this.#state === 'silent' || this.#state === 'unauthorized') this.#greet();
  }

  send(command: number, arg0: number, arg1: number, payload: Buffer): void {
    if (this.#socket.destroyed) return;
    const withChecksum = this.#hostVersion < VERSION_SKIP_CHECKSUM;
    const [header, body] = encodePacket({ command, arg0, arg1, payload }, { withChecksum });
    this.#socket.cork();
    this.#socket.write(header);
    if (body.length > 0) this.#socket.write(body);
    this.#socket.uncork();
  }

  forget(localId: number): void {
    this.#streams.delete(localId);
  }

  #onData(chunk: Buffer): void {
    try {
      for (const packet of this.#parser.push(chunk)) this.#onPacket(packet);
    } catch (thrown) {
      if (!(thrown instanceof WireError)) throw thrown;
      this.#parts.log.debug({ reason: thrown.message }, 'sim adbd: dropped a host');
      this.#socket.destroy();
    }
  }

  #onPacket({ command, arg0, arg1, payload }: Packet): void {
    if (command === A_CNXN) {
      this.#hostVersion = Math.min(arg0, VERSION_SKIP_CHECKSUM);
      this.#maxPayload = Math.min(arg1, MAX_PAYLOAD);
      this.#greet();
    } else if (command === A_AUTH) {
      // A signature never satisfies a phone that does not know the key; after the public key it waits for its person.
      if (this.#state === 'unauthorized' && arg0 === AUTH_SIGNATURE) this.#askForKey();
    } else if (this.#state !== 'online') {
      return;
    } else if (command === A_OPEN) {
      this.#onOpen(arg0, payload.toString('utf8').replace(/\0$/, ''));
    } else if (command === A_OKAY) {
      this.#streams.get(arg1)?.onOkay(arg0);
    } else if (command === A_WRTE) {
      this.#streams.get(arg1)?.onWrite(payload);
    } else if (command === A_CLSE) {
      this.#streams.get(arg1)?.onClose();
    }
  }

  #greet(): void {
    const { faults, banner } = this.#parts;
    this.#dropStreams();
    if (faults.isOn('silent-connect') || faults.isOn('offline')) {
      this.#state = 'silent';
    } else if (faults.isOn('unauthorized')) {
      this.#state = 'unauthorized';
      this.#askForKey();
    } else {
      this.#state = 'online';
      this.send(A_CNXN, VERSION_SKIP_CHECKSUM, MAX_PAYLOAD, Buffer.from(banner));
      this.#parser.verifiesChecksum = this.#hostVersion < VERSION_SKIP_CHECKSUM;
    }
  }

  #askForKey(): void {
    const token = Buffer.from(Array.from({ length: 20 }, () => this.#parts.random.int(0, 255)));
    this.send(A_AUTH, AUTH_TOKEN, 0, token);
  }

  #onOpen(remoteId: number, service: string): void {
    if (this.thinkMs === 0) {
      this.#answerOpen(remoteId, service);
      return;
    }
    const cancel = this.clock.after(this.thinkMs, () => {
      this.#opening.delete(cancel);
      this.#answerOpen(remoteId, service);
    });
    this.#opening.add(cancel);
  }

  #answerOpen(remoteId: number, service: string): void {
    const stream = service.startsWith('reverse:')
      ? this.#reverse.answer(service.slice('reverse:'.length))
      : this.#parts.openService(service);
    if (!stream) {
      this.send(A_CLSE, 0, remoteId, empty);
      return;
    }
    const localId = this.#nextId++;
    // Before the stream exists, so that no WRTE of the service gets ahead of it.
    this.send(A_OKAY, localId, remoteId, empty);
    this.#streams.set(localId, new WireStream(this, { localId, remoteId }, stream));
  }

  /** Somebody on the phone connected to a reversed port: the host is asked to carry it on. */
  #openToHost(stream: Duplex, destination: string): void {
    const localId = this.#nextId++;
    this.#streams.set(localId, new WireStream(this, { localId, remoteId: 0 }, stream));
    this.send(A_OPEN, localId, 0, Buffer.from(`${destination}\0`));
  }

  #dropStreams(): void {
    for (const cancel of this.#opening) cancel();
    this.#opening.clear();
    for (const stream of [...this.#streams.values()]) stream.abandon();
    this.#reverse.removeAll();
  }

  #onClosed(): void {
    this.#state = 'waiting';
    this.#dropStreams();
  }
}
