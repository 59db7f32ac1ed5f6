import { useEffect, useState } from 'react';
import { getThumbnail } from '../../src/contract/operations/devices.ts';
import { request, urlOf } from '../shell/api.ts';

/** A browser keeps six connections to a server; the rest is for what the operator does. */
const atOnce = 2;
const busyEveryMs = 2_500;
const idleEveryMs = 8_000;
const refusedEveryMs = 15_000;
/** What is scrolled past is not fetched. */
const settleMs = 150;
const heightPx = 320;

interface Wanted {
  serial: string;
  isBusy: boolean;
  dueAt: number;
  isLoading: boolean;
  show: (url: string) => void;
}

/** Pictures of those phones that are on the screen, a few at a time, each again after a while. */
class Thumbnails {
  readonly #wanted = new Set<Wanted>();
  /** The last picture of a phone stays while its tile is scrolled away. */
  readonly #last = new Map<string, { url: string; tag: string }>();
  #loading = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  last(serial: string): string | undefined {
    return this.#last.get(serial)?.url;
  }

  want(serial: string, isBusy: boolean, show: (url: string) => void): () => void {
    const wanted: Wanted = { serial, isBusy, dueAt: performance.now() + settleMs, isLoading: false, show };
    this.#wanted.add(wanted);
    this.#plan(0);
    return () => this.#wanted.delete(wanted);
  }

  #plan(afterMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), afterMs);
  }

  #next(): void {
    if (document.visibilityState === 'hidden') {
      this.#plan(idleEveryMs);
      return;
    }
    const now = performance.now();
    const waiting = [...this.#wanted].filter(({ isLoading }) => !isLoading).sort((a, b) => a.dueAt - b.dueAt);
    for (const wanted of waiting) {
      if (this.#loading >= atOnce || wanted.dueAt > now) break;
      void this.#load(wanted);
    }
    const next = waiting.find(({ isLoading }) => !isLoading);
    if (next) this.#plan(this.#loading >= atOnce ? 250 : Math.max(50, next.dueAt - now));
  }

  async #load(wanted: Wanted): Promise<void> {
    wanted.isLoading = true;
    this.#loading++;
    let everyMs = wanted.isBusy ? busyEveryMs : idleEveryMs;
    try {
      const known = this.#last.get(wanted.serial);
      const response = await request(urlOf(getThumbnail.path, { serial: wanted.serial }, { height: heightPx }), {
        headers: known ? { 'if-none-match': known.tag } : {},
        cache: 'no-store',
      });
      if (response.status === 200) this.#keep(wanted, await response.blob(), response.headers.get('etag') ?? '');
      else if (response.status !== 304) everyMs = refusedEveryMs;
    } catch {
      // Nothing to show is no news here: the tile says how the phone is.
      everyMs = refusedEveryMs;
    } finally {
      this.#loading--;
      wanted.isLoading = false;
      wanted.dueAt = performance.now() + everyMs;
      this.#plan(0);
    }
  }

  #keep(wanted: Wanted, picture: Blob, tag: string): void {
    const before = this.#last.get(wanted.serial);
    const url = URL.createObjectURL(picture);
    this.#last.set(wanted.serial, { url, tag });
    for (const { serial, show } of this.#wanted) if (serial === wanted.serial) show(url);
    if (before) setTimeout(() => URL.revokeObjectURL(before.url), 2_000);
  }
}

const thumbnails = new Thumbnails();

/** Address of the newest small picture of a phone, kept fresh while the component is on the screen. */
export function useThumbnail(
  serial: string,
  { isWanted, isBusy }: { isWanted: boolean; isBusy: boolean },
): string | undefined {
  const [url, setUrl] = useState(() => thumbnails.last(serial));
  useEffect(() => {
    setUrl(thumbnails.last(serial));
    return isWanted ? thumbnails.want(serial, isBusy, setUrl) : undefined;
  }, [serial, isWanted, isBusy]);
  return url;
}
