import { useSyncExternalStore } from 'react';

/** One ticker for every age on the page. */
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tell of listeners) tell();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Epoch ms, renewed every second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => (timer === undefined ? fresh() : now));

function fresh(): number {
  const current = Date.now();
  // A snapshot must stay the same while nothing ticks.
  if (current - now > 1_000) now = current;
  return now;
}
