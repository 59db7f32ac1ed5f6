import type { Duplex } from 'node:stream';
import { type Clock, sleep } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import { PartCutter, pictureAsPart } from '../phone/mjpeg.ts';

/** Whoever looks at a screen that moves. */
export interface Viewer {
  /** One whole part of the multipart stream. What the viewer cannot pass on at once it drops: the next one is newer. */
  onPart(part: Buffer): void;
  /** Nothing more comes. */
  onEnd(): void;
}

export interface LiveScreenParts {
  clock: Clock;
  log: Log;
  /** The phone's own stream; undefined while its automation server is not up. */
  openPictures(signal: AbortSignal): Promise<Duplex | undefined>;
  /** One picture, PNG. */
  takePicture(signal: AbortSignal): Promise<Uint8Array>;
  /** The last viewer has left, or the screen is gone. */
  onOver(): void;
}

/** The server sends ten pictures a second, whatever the screen does: silence is a fault. */
const silenceMs = 5_000;
/** Single pictures cost the phone much more than the stream does. */
const pictureEveryMs = 1_000;
/** After this many single pictures the stream is tried again. */
const picturesAtATime = 5;
/** So many single pictures in a row that fail are the end. */
const mostFailures = 3;

/**
 * The screen of one phone for all who look at it: one stream from the phone, however many there are. It is read as fast
 * as it comes, so nothing piles up on the way, and a viewer that is slow misses pictures. Modes: the phone's own stream;
 * single pictures while there is none; over, when these fail too.
 */
export class LiveScreen {
  readonly #parts: LiveScreenParts;
  readonly #viewers = new Set<Viewer>();
  readonly #over = new AbortController();
  #run: Promise<void> | undefined;

  constructor(parts: LiveScreenParts) {
    this.#parts = parts;
  }

  get isOver(): boolean {
    return this.#over.signal.aborted;
  }

  /** Returns a function that ends it for this viewer, without `onEnd`. */
  add(viewer: Viewer): () => void {
    this.#viewers.add(viewer);
    this.#run ??= this.#show();
    return () => {
      this.#viewers.delete(viewer);
      if (this.#viewers.size === 0) this.#end();
    };
  }

  async stop(): Promise<void> {
    this.#end();
    await this.#run;
  }

  #end(): void {
    if (this.isOver) return;
    this.#over.abort(new DroverError('server.stopping'));
    this.#parts.onOver();
    for (const viewer of [...this.#viewers]) viewer.onEnd();
    this.#viewers.clear();
  }

  #tell(part: Buffer): void {
    for (const viewer of this.#viewers) viewer.onPart(part);
  }

  async #show(): Promise<void> {
    const { log } = this.#parts;
    try {
      for (;;) {
        await this.#relay();
        await this.#takeSome();
      }
    } catch (error) {
      if (!this.isOver) log.info({ error }, 'a live screen has ended');
    } finally {
      this.#end();
    }
  }

  /** Until the phone's stream ends. Throws only when the whole is over. */
  async #relay(): Promise<void> {
    const { clock, log, openPictures } = this.#parts;
    const { signal } = this.#over;
    let stream: Duplex | undefined;
    try {
      stream = await openPictures(signal);
      if (!stream) return;
      await this.#pass(stream, clock, signal);
    } catch (error) {
      signal.throwIfAborted();
      log.debug({ error }, 'the screen stream of a phone ended');
    } finally {
      stream?.destroy();
    }
  }

  #pass(stream: Duplex, clock: Clock, signal: AbortSignal): Promise<void> {
    const cutter = new PartCutter();
    return new Promise((resolve, reject) => {
      const silent = () =>
        end(() => reject(new DroverError('phone.timeout', { message: 'the screen stream is silent' })));
      let cancel = clock.after(silenceMs, silent);
      const end = (settle: () => void) => {
        cancel();
        signal.removeEventListener('abort', onAbort);
        stream.off('data', onData);
        settle();
      };
      const onAbort = () => end(() => reject(signal.reason));
      const onData = (chunk: Buffer) => {
        try {
          for (const part of cutter.push(chunk)) {
            cancel();
            cancel = clock.after(silenceMs, silent);
            this.#tell(part);
          }
        } catch (error) {
          end(() => reject(error));
        }
      };
      signal.addEventListener('abort', onAbort, { once: true });
      stream.on('data', onData);
      stream.once('close', () => end(resolve));
      stream.on('error', (error) => end(() => reject(error)));
    });
  }

  async #takeSome(): Promise<void> {
    const { clock, takePicture } = this.#parts;
    const { signal } = this.#over;
    let failures = 0;
    for (let taken = 0; taken < picturesAtATime; ) {
      const startedAt = clock.monotonic();
      try {
        this.#tell(pictureAsPart(await takePicture(signal), 'image/png'));
        taken++;
        failures = 0;
      } catch (error) {
        signal.throwIfAborted();
        if (++failures >= mostFailures) throw error;
      }
      await sleep(clock, Math.max(0, pictureEveryMs - (clock.monotonic() - startedAt)), signal);
    }
  }
}
