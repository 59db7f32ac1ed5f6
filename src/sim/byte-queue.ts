import type { Readable } from 'node:stream';

/** Beyond this much unread input the source is paused. */
const highWaterBytes = 2 * 1024 * 1024;

/** Bytes on their way from one writer to one reader, read by count, by line or to the end. */
export class ByteQueue {
  #parts: Buffer[] = [];
  #bytes = 0;
  #isEnded = false;
  #wake = () => {};
  readonly #onTaken: () => void;

  /** `onTaken` is called when bytes were taken out, with the queue's new length readable from `length`. */
  constructor(onTaken: () => void = () => {}) {
    this.#onTaken = onTaken;
  }

  /** Everything that `source` will say; pauses it while the reader is behind. */
  static from(source: Readable): ByteQueue {
    const queue = new ByteQueue(() => {
      if (source.isPaused() && queue.length < highWaterBytes) source.resume();
    });
    source.on('data', (chunk: Buffer) => {
      queue.push(chunk);
      if (queue.length >= highWaterBytes) source.pause();
    });
    source.on('end', () => queue.end());
    source.on('close', () => queue.end());
    return queue;
  }

  static of(bytes: Uint8Array): ByteQueue {
    const queue = new ByteQueue();
    queue.push(Buffer.from(bytes));
    queue.end();
    return queue;
  }

  get length(): number {
    return this.#bytes;
  }

  push(chunk: Buffer): void {
    if (this.#isEnded || chunk.length === 0) return;
    this.#parts.push(chunk);
    this.#bytes += chunk.length;
    this.#wake();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  /** The next bytes, however many came; undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    while (this.#parts.length === 0 && !this.#isEnded) await this.#more();
    const part = this.#parts.shift();
    if (part) this.#taken(part.length);
    return part;
  }

  /** Exactly `count` bytes, or undefined when the input ends before. */
  async read(count: number): Promise<Buffer | undefined> {
    while (this.#bytes < count && !this.#isEnded) await this.#more();
    if (this.#bytes < count) return undefined;
    const first = this.#parts[0];
    if (first && first.length > count) {
      this.#parts[0] = first.subarray(count);
      this.#taken(count);
      return first.subarray(0, count);
    }
    const taken: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const part = this.#parts.shift();
      if (!part) break;
      if (part.length > missing) this.#parts.unshift(part.subarray(missing));
      taken.push(part.subarray(0, missing));
      missing -= Math.min(missing, part.length);
    }
    this.#taken(count);
    return taken.length === 1 && taken[0] ? taken[0] : Buffer.concat(taken);
  }

  async readAll(): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let part = await this.next(); part; part = await this.next()) parts.push(part);
    return Buffer.concat(parts);
  }

  /** The next line without its end; undefined when nothing is left. */
  async readLine(): Promise<string | undefined> {
    const parts: Buffer[] = [];
    for (;;) {
      const part = await this.next();
      if (!part) return parts.length > 0 ? Buffer.concat(parts).toString() : undefined;
      const at = part.indexOf(10);
      if (at < 0) {
        parts.push(part);
        continue;
      }
      parts.push(part.subarray(0, at));
      if (at + 1 < part.length) {
        this.#parts.unshift(part.subarray(at + 1));
        this.#bytes += part.length - at - 1;
      }
      return Buffer.concat(parts).toString().replace(/\r$/, '');
    }
  }

  #taken(count: number): void {
    this.#bytes -= count;
    this.#onTaken();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
