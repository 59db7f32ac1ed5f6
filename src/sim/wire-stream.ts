import type { Duplex } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import { A_CLSE, A_OKAY, A_WRTE } from './wire.ts';

const empty = Buffer.alloc(0);

/** What a stream needs from the connection it runs over. */
export interface StreamCarrier {
  send(command: number, arg0: number, arg1: number, payload: Buffer): void;
  /** The stream is over on both sides and its id is free. */
  forget(localId: number): void;
  /** How long this side thinks before it answers; 0 unless the phone is slow. */
  readonly thinkMs: number;
  readonly maxPayload: number;
  readonly clock: Clock;
}

export interface WireStreamOptions {
  localId: number;
  /** 0: the other side has yet to accept our OPEN. */
  remoteId: number;
  /** Told once what became of our OPEN, before any data passes. Without it a refused stream is just closed. */
  onAnswer?: (isAccepted: boolean) => void;
}

/**
 * One stream of an ADB connection, on either side, joined to a Duplex. States: opening (we asked, no OKAY yet), open,
 * closed. At most one WRTE is unanswered in either direction; our OKAY waits until the Duplex has taken the data.
 */
export class WireStream {
  readonly localId: number;
  readonly #carrier: StreamCarrier;
  readonly #service: Duplex;
  readonly #onAnswer: ((isAccepted: boolean) => void) | undefined;
  #remoteId: number;
  #isOpen: boolean;
  #isClosed = false;
  #hasUnansweredWrite = false;
  /** The other side spoke last: a slow phone thinks before it answers. */
  #owesAnswer = true;
  #isThinking = false;
  #cancelTimer = () => {};

  constructor(carrier: StreamCarrier, options: WireStreamOptions, service: Duplex) {
    this.#carrier = carrier;
    this.localId = options.localId;
    this.#remoteId = options.remoteId;
    this.#isOpen = options.remoteId !== 0;
    this.#onAnswer = options.onAnswer;
    this.#service = service;
    service.on('readable', () => this.#pump());
    service.on('end', () => this.#pump());
    service.on('error', () => this.#close());
    service.on('close', () => this.#pump());
  }

  /** OKAY: the other side accepted our OPEN, or took our last WRTE. */
  onOkay(remoteId: number): void {
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#remoteId = remoteId;
      this.#onAnswer?.(true);
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
   * CLSE from the other side. What it wrote before is still delivered, then the service sees the end of its input and, right
   * after, that nobody reads its output.
   */
  onClose(): void {
    if (this.#isClosed) return;
    this.#finish();
    if (!this.#isOpen && this.#onAnswer) {
      this.#onAnswer(false);
      return;
    }
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
    if (this.#isClosed) return;
    this.#finish();
    if (!this.#isOpen && this.#onAnswer) this.#onAnswer(false);
    else this.#service.destroy();
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
