import { streamScreen } from '../../src/contract/operations/devices.ts';
import { request, urlOf } from '../shell/api.ts';
import { ApiError } from '../shell/api-error.ts';
import { PictureCutter } from './mjpeg.ts';

export type ScreenState = 'connecting' | 'live' | 'lost';

const pauseMs = 2_000;

/**
 * The moving screen of a phone, drawn on a canvas. Only the newest picture is ever decoded, so it stays at the live edge
 * however slow this browser is; after a loss it tries again until it is stopped.
 */
export class LiveScreen {
  readonly #serial: string;
  readonly #canvas: HTMLCanvasElement;
  readonly #onState: (state: ScreenState, reason: string) => void;
  readonly #stopped = new AbortController();
  #newest: Blob | undefined;
  #isDrawing = false;

  constructor(serial: string, canvas: HTMLCanvasElement, onState: (state: ScreenState, reason: string) => void) {
    this.#serial = serial;
    this.#canvas = canvas;
    this.#onState = onState;
  }

  start(): () => void {
    void this.#run();
    return () => this.#stopped.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      this.#onState('connecting', '');
      const reason = await this.#follow().catch((error: unknown) => (error instanceof Error ? error.message : ''));
      if (signal.aborted) return;
      this.#onState('lost', reason);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  async #follow(): Promise<string> {
    const { signal } = this.#stopped;
    const response = await request(urlOf(streamScreen.path, { serial: this.#serial }), { signal });
    if (!response.ok || !response.body) {
      const said = (await response.json().catch(() => ({}))) as { code?: number; message?: string };
      throw new ApiError(said.message ?? `HTTP ${response.status}`, { code: said.code ?? 0, status: response.status });
    }
    const cutter = new PictureCutter();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return '';
      const newest = cutter.push(value).at(-1);
      if (newest) this.#show(newest);
    }
  }

  #show(picture: Blob): void {
    this.#newest = picture;
    if (!this.#isDrawing) void this.#draw();
  }

  async #draw(): Promise<void> {
    this.#isDrawing = true;
    while (this.#newest && !this.#stopped.signal.aborted) {
      const picture = this.#newest;
      this.#newest = undefined;
      try {
        const bitmap = await createImageBitmap(picture);
        const { width, height } = bitmap;
        if (this.#canvas.width !== width) this.#canvas.width = width;
        if (this.#canvas.height !== height) this.#canvas.height = height;
        this.#canvas.toggleAttribute('data-landscape', width > height);
        this.#canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
        bitmap.close();
        this.#canvas.dataset.frames = String(Number(this.#canvas.dataset.frames ?? 0) + 1);
        this.#onState('live', '');
      } catch {
        // A picture that was cut: the next one is a tenth of a second away.
      }
    }
    this.#isDrawing = false;
  }
}
