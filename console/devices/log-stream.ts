import type { DeviceLogLine, DeviceLogQuery } from '../../src/contract/device-hand.ts';
import { streamLog } from '../../src/contract/operations/device-hand.ts';
import { request, urlOf } from '../shell/api.ts';

/** A line with a number of its own, so that a list keeps its place while others come and go. */
export interface LogRow extends DeviceLogLine {
  id: number;
}

export type LogState = 'connecting' | 'live' | 'lost';

/** The oldest go: a page that is left open for a day holds no more than this. */
const mostRows = 5_000;
/** What is told to the page at once; the phone can write thousands of lines a second. */
const tellEveryMs = 100;
const pauseMs = 2_000;

let nextId = 1;

/** Follows the log of a phone until it is stopped; after a loss it tries again, and then begins with what is new. */
export class LogStream {
  readonly #serial: string;
  readonly #wish: Partial<DeviceLogQuery>;
  readonly #onChange: (state: LogState, rows: readonly LogRow[]) => void;
  readonly #stopped = new AbortController();
  #rows: readonly LogRow[] = [];
  #fresh: LogRow[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: LogState = 'connecting';

  constructor(
    serial: string,
    wish: Partial<DeviceLogQuery>,
    onChange: (state: LogState, rows: readonly LogRow[]) => void,
  ) {
    this.#serial = serial;
    this.#wish = wish;
    this.#onChange = onChange;
  }

  start(): () => void {
    void this.#run();
    return () => {
      this.#stopped.abort();
      clearTimeout(this.#timer);
    };
  }

  clear(): void {
    this.#rows = [];
    this.#fresh = [];
    this.#tell();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    for (let tail = 500; !signal.aborted; tail = 1) {
      await this.#follow(tail).catch(() => undefined);
      if (signal.aborted) return;
      this.#become('lost');
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  async #follow(tail: number): Promise<void> {
    const { signal } = this.#stopped;
    const response = await request(urlOf(streamLog.path, { serial: this.#serial }, { ...this.#wish, tail }), {
      signal,
    });
    if (!response.ok || !response.body) return;
    this.#become('live');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines)
        if (line !== '') this.#fresh.push({ ...(JSON.parse(line) as DeviceLogLine), id: nextId++ });
      if (this.#fresh.length > mostRows) this.#fresh = this.#fresh.slice(-mostRows);
      this.#timer ??= setTimeout(() => this.#tell(), tellEveryMs);
    }
  }

  #become(state: LogState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#stopped.signal.aborted) return;
    if (this.#fresh.length > 0) this.#rows = [...this.#rows, ...this.#fresh].slice(-mostRows);
    this.#fresh = [];
    this.#onChange(this.#state, this.#rows);
  }
}

/** As Android prints it, with the day and zone in front. */
export const asText = (rows: readonly LogRow[]): string =>
  rows.map(({ at, pid, tid, level, tag, text }) => `${at} ${pid} ${tid} ${level} ${tag}: ${text}\n`).join('');
