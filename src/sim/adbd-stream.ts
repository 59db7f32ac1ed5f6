import type { Duplex } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import { A_CLSE, A_OKAY, A_WRTE } from './wire.ts';

const empty = Buffer.alloc(0);

/** What a stream needs from the connection it runs over. */
export interface StreamCarrier {
  send(command: number, arg0: number, arg1: number, payload: Buffer): void;
  /** The stream is over on both sides and its id is free. */
  forget(localId: number): void;
  /** How long the phone thinks before it answers; 0 unless it is slow. */
  readonly thinkMs: number;
  readonly maxPayload: number;
  readonly clock: Clock;
}

/**
 * One stream of an ADB connection, joined to a service of the phone. States: opening (we asked the host, no OKAY yet),
 * open, closed. At most one WRTE is unanswered in either direction; our OKAY waits until the service has taken the data.
 */
export class AdbdStream {
  readonly localId: number;
  readonly #carrier: StreamCarrier;
  readonly #service: Duplex;
  #remoteId: number;
  #isOpen: boolean;
  #isClosed = false;
  #hasUnansweredWrite = false;
  /** The host spoke last: a slow phone thinks before it answers. */
  #owesAnswer = true;
  #isThinking = false;
  #cancelTimer = () => {};

  /** `remoteId` 0 means that the host has yet to accept our OPEN. */
  constructor(carrier: StreamCarrier, ids: { localId: number; remoteId: number }, service: Duplex) {
    this.#carrier = carrier;
    this.localId = ids.localId;
    this.#remoteId = ids.remoteId;
    this.#isOpen = ids.remoteId !== 0;
    this.#service = service;
    service.on('readable', () => this.#pump());
    service.on('end', () => this.#pump());
    service.on('error', () => this.#close());
    service.on('close', () => this.#pump());
  }

  /** OKAY from the host: it accepted our OPEN, or took our last WRTE. */
  onOkay(remoteId: number): void {
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#remoteId = remoteId;
    }
    this.#hasUnansweredWrite = false;
    this.#pump();
  }

  onWrite(payload: Buffer): void {
    if (this.#isClosed) return;
    this.#owesAnswer = true;
    const okay = () => {
      if (!this.#isClosed) this.#carrier.send(A_OKAY, this.localId, this.#remoteId, empty);
    };
    if (this.#service.destroyed || this.#service.writableEnded) {
      this.#close();
    } else if (this.#service.write(payload)) {
      okay();
    } else {
      this.#service.once('drain', okay);
    }
  }

  /**
   * CLSE from the host. What it wrote before is still delivered, then the service sees the end of its input and, right
   * after, that nobody reads its output.
   */
  onClose(): void {
    if (this.#isClosed) return;
    this.#finish();
    // adbd answers a CLSE with its own (AOSP adb/sockets.cpp, local_socket_close); Tango waits for it.
    this.#carrier.send(A_CLSE, this.localId, this.#remoteId, empty);
    const service = this.#service;
    const isTaken = service.writableLength === 0;
    service.end();
    if (isTaken) setImmediate(() => service.destroy());
    else service.once('finish', () => service.destroy());
  }

  /** The connection is gone. */
  abandon(): void {
    if (!this.#isClosed) this.#finish();
    this.#service.destroy();
  }

  #pump(): void {
    if (!this.#isOpen || this.#isClosed || this.#hasUnansweredWrite || this.#isThinking) return;
    const thinkMs = this.#owesAnswer ? this.#carrier.thinkMs : 0;
    if (thinkMs > 0) {
      this.#isThinking = true;
      this.#cancelTimer = this.#carrier.clock.after(thinkMs, () => {
        this.#isThinking = false;
        this.#owesAnswer = false;
        this.#pump();
      });
      return;
    }
    const size = Math.min(this.#service.readableLength, this.#carrier.maxPayload);
    const chunk: Buffer | null = size > 0 ? this.#service.read(size) : this.#service.read();
    if (chunk !== null && chunk.length > 0) {
      this.#owesAnswer = false;
      this.#hasUnansweredWrite = true;
      this.#carrier.send(A_WRTE, this.localId, this.#remoteId, chunk);
      return;
    }
    if (this.#service.readableEnded || this.#service.destroyed) this.#close();
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#finish();
    this.#carrier.send(A_CLSE, this.localId, this.#remoteId, empty);
    this.#service.destroy();
  }

  #finish(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#carrier.forget(this.localId);
  }
}
