import { useSyncExternalStore } from 'react';

/** The token of this tab, where the server asks for one. Kept for the tab only: it is gone when the tab is closed. */
class Session {
  #token = sessionStorage.getItem('drover.token') ?? '';
  #isRefused = false;
  readonly #listeners = new Set<() => void>();

  get token(): string {
    return this.#token;
  }

  /** The server wants a token, or another one. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  enter(token: string): void {
    this.#token = token.trim();
    sessionStorage.setItem('drover.token', this.#token);
    this.#isRefused = false;
    this.#tell();
  }

  refused(): void {
    if (this.#isRefused) return;
    this.#isRefused = true;
    this.#tell();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const session = new Session();

export const useIsRefused = (): boolean => useSyncExternalStore(session.subscribe, () => session.isRefused);
