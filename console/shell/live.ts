import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { type EventType, eventTypes } from '../../src/contract/event.ts';
import { streamEvents } from '../../src/contract/operations/server.ts';
import { request, urlOf } from './api.ts';
import { keysOf } from './event-keys.ts';
import { refreshDevice } from './queries.ts';
import { type SseFrame, SseParser } from './sse.ts';

export type LiveState = 'connecting' | 'live' | 'lost';

const firstPauseMs = 500;
const longestPauseMs = 5_000;
/** The server says something at least every 20 s; silence for longer means that the connection is dead. */
const silenceMs = 30_000;
/** Of many events in a row the first is shown at once, the others together after this. */
const gatherMs = 400;
/** The list of all phones is long, and every step of a task makes it stale. */
const gatherManyMs = 2_000;

/**
 * Follows the server's events and marks what they name as stale, so that what is on the screen is fetched anew.
 * After a loss it resumes behind the last event it saw and fetches everything on the screen once more.
 */
export class Live {
  readonly #client: QueryClient;
  readonly #listeners = new Set<() => void>();
  readonly #stale = new Map<string, { key: readonly unknown[]; isWaiting: boolean }>();
  #state: LiveState = 'connecting';
  #lastEventId: string | undefined;
  #lostAt: number | undefined;
  #stopped = new AbortController();

  constructor(client: QueryClient) {
    this.#client = client;
  }

  get state(): LiveState {
    return this.#state;
  }

  /** When the connection was lost, epoch ms. */
  get lostAt(): number | undefined {
    return this.#lostAt;
  }

  start(): () => void {
    this.#stopped = new AbortController();
    void this.#run(this.#stopped.signal);
    return () => this.#stopped.abort();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #run(signal: AbortSignal): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!signal.aborted) {
      const wasLive = await this.#follow(signal).catch(() => this.#state === 'live');
      if (signal.aborted) return;
      if (wasLive) pauseMs = firstPauseMs;
      this.#become('lost');
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
  }

  /** Until the stream ends; true when it was open at all. */
  async #follow(signal: AbortSignal): Promise<boolean> {
    const cut = new AbortController();
    const stop = () => cut.abort();
    signal.addEventListener('abort', stop, { once: true });
    let watchdog = setTimeout(stop, silenceMs);
    try {
      const response = await request(urlOf(streamEvents.path), {
        signal: cut.signal,
        headers: this.#lastEventId === undefined ? {} : { 'last-event-id': this.#lastEventId },
      });
      if (!response.ok || !response.body) return false;
      const isBack = this.#state === 'lost';
      this.#become('live');
      if (isBack) void this.#client.invalidateQueries();
      const parser = new SseParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return true;
        clearTimeout(watchdog);
        watchdog = setTimeout(stop, silenceMs);
        for (const frame of parser.push(value)) this.#take(frame);
      }
    } finally {
      clearTimeout(watchdog);
      signal.removeEventListener('abort', stop);
    }
  }

  #take({ id, event, data }: SseFrame): void {
    if (id !== undefined) this.#lastEventId = id;
    const type = eventTypes.find((name) => name === event);
    if (!type) return;
    for (const key of keysOf(type as EventType, subjectOf(data))) this.#markStale(key);
  }

  #markStale(key: readonly unknown[]): void {
    const name = JSON.stringify(key);
    const known = this.#stale.get(name);
    if (known) {
      known.isWaiting = true;
      return;
    }
    const [kind, id] = key;
    if (kind === 'device') void refreshDevice(this.#client, String(id));
    else void this.#client.invalidateQueries({ queryKey: key });
    this.#stale.set(name, { key, isWaiting: false });
    setTimeout(() => this.#release(name), kind === 'devices' ? gatherManyMs : gatherMs);
  }

  #release(name: string): void {
    const known = this.#stale.get(name);
    this.#stale.delete(name);
    if (known?.isWaiting) this.#markStale(known.key);
  }

  #become(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#lostAt = state === 'lost' ? Date.now() : undefined;
    for (const listener of this.#listeners) listener();
  }
}

function subjectOf(data: string): string {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && 'subject' in value ? String(value.subject) : '';
  } catch {
    return '';
  }
}

export const useLiveState = (live: Live): LiveState => useSyncExternalStore(live.subscribe, () => live.state);
