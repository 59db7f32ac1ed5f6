import type { Duplex } from 'node:stream';
import type { CancelTimer } from '../base/clock.ts';
import type { AgentSettings } from './agent/settings.ts';
import type { PhoneHost } from './parts.ts';

/** As MjpegScreenshotClient of the server writes it, once the client has sent anything at all. */
const greeting = [
  'HTTP/1.0 200 OK',
  'Server: Android Screenshot Socket Server',
  'Connection: close',
  'Max-Age: 0',
  'Expires: 0',
  'Cache-Control: no-cache, private',
  'Pragma: no-cache',
  'Content-Type: multipart/x-mixed-replace; boundary=--BoundaryString',
  '',
  '',
].join('\r\n');

/**
 * The phone's own screen stream (tcp:7810): JPEGs at the framerate, scale and quality of the settings, drawn only while
 * somebody reads. All readers get the same frames; one that does not keep up misses some.
 */
export class MjpegServer {
  readonly #host: PhoneHost;
  readonly #settings: AgentSettings;
  readonly #readers = new Set<Duplex>();
  readonly #streams = new Set<Duplex>();
  #cancel: CancelTimer | undefined;
  #isDrawing = false;

  constructor({ host, settings }: { host: PhoneHost; settings: AgentSettings }) {
    this.#host = host;
    this.#settings = settings;
  }

  connect(stream: Duplex): void {
    this.#streams.add(stream);
    const leave = () => {
      this.#streams.delete(stream);
      this.#readers.delete(stream);
      if (this.#readers.size === 0) this.#rest();
    };
    stream.once('close', leave);
    stream.once('end', () => {
      leave();
      stream.end();
    });
    stream.on('error', () => stream.destroy());
    stream.once('data', () => {
      stream.resume();
      stream.write(greeting);
      this.#readers.add(stream);
      if (!this.#cancel && !this.#isDrawing) void this.#frame();
    });
  }

  stop(): void {
    this.#rest();
    for (const stream of [...this.#streams]) stream.destroy();
  }

  #rest(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  async #frame(): Promise<void> {
    const { clock, ui, log, serial } = this.#host;
    const startedAt = clock.monotonic();
    this.#isDrawing = true;
    this.#cancel = undefined;
    try {
      const jpeg = await ui.picture('jpeg', {
        scale: Math.min(100, Math.max(1, this.#settings.number('mjpegScalingFactor'))) / 100,
        quality: this.#settings.number('mjpegServerScreenshotQuality'),
      });
      const head = `--BoundaryString\r\nContent-type: image/jpg\r\nContent-Length: ${jpeg.length}\r\n\r\n`;
      const part = Buffer.concat([Buffer.from(head), jpeg, Buffer.from('\r\n\r\n')]);
      for (const reader of this.#readers) if (!reader.writableNeedDrain) reader.write(part);
    } catch (error) {
      log.warn({ serial, cause: error }, 'sim: a frame could not be drawn and was dropped');
    } finally {
      this.#isDrawing = false;
    }
    if (this.#readers.size === 0) return;
    const everyMs = 1_000 / Math.max(1, this.#settings.number('mjpegServerFramerate'));
    const waitMs = Math.max(1, everyMs - (clock.monotonic() - startedAt));
    this.#cancel = clock.after(waitMs, () => void this.#frame(), { idle: true });
  }
}
