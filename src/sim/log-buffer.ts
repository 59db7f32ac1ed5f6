import type { Clock } from '../base/clock.ts';

/** From least to most: verbose, debug, info, warning, error, fatal. */
export const logLevels = ['V', 'D', 'I', 'W', 'E', 'F'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogEntry {
  /** Epoch ms. */
  at: number;
  pid: number;
  level: LogLevel;
  tag: string;
  /** May hold line breaks: each line is printed as one of its own. */
  text: string;
}

/** logd keeps a quarter of a megabyte a buffer; here lines are counted. */
const mostEntries = 2_000;

/** What `logcat` reads: the newest entries, the oldest of them dropped. */
export class LogBuffer {
  readonly #clock: Clock;
  readonly #entries: LogEntry[] = [];
  readonly #followers = new Set<(entry: LogEntry) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.write({ pid: 901, level: 'I', tag: 'SystemServer', text: 'ready' });
  }

  write(entry: Omit<LogEntry, 'at'>): void {
    const written = { ...entry, at: this.#clock.now() };
    this.#entries.push(written);
    if (this.#entries.length > mostEntries) this.#entries.shift();
    for (const follower of this.#followers) follower(written);
  }

  entries(): readonly LogEntry[] {
    return [...this.#entries];
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** Told of everything written from now on, until the returned function is called. */
  follow(onEntry: (entry: LogEntry) => void): () => void {
    this.#followers.add(onEntry);
    return () => this.#followers.delete(onEntry);
  }
}
