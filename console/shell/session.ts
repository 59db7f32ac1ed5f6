import { useSyncExternalStore } from 'react';

const tokenKey = 'drover.token';
/** That this browser has a login: its cookie cannot be read here, and one that has run out must be told so. */
const loginKey = 'drover.logged-in';

/** Why there is nothing to see: nobody is logged in, the token is not taken, the login is over, or somebody left. */
export type Refusal = 'wanted' | 'token' | 'over' | 'left';

/**
 * What this tab may call with: a token, kept until the tab is closed, or a login, which is a cookie that only the server
 * reads. On the machine of the server neither is needed.
 */
class Session {
  #token = sessionStorage.getItem(tokenKey) ?? '';
  #refusal: Refusal | undefined;
  readonly #listeners = new Set<() => void>();

  get token(): string {
    return this.#token;
  }

  /** Undefined: the server takes us, as far as we know. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  enter(token: string): void {
    this.#keepToken(token.trim());
    this.#become(undefined);
  }

  /** The browser was logged in, here or in another tab. */
  entered(): void {
    this.#keepToken('');
    this.#become(undefined);
  }

  /** The server has said that this browser is logged in. */
  noteLogin(): void {
    localStorage.setItem(loginKey, 'yes');
  }

  refused(): void {
    if (this.#refusal) return;
    this.#become(this.#token !== '' ? 'token' : localStorage.getItem(loginKey) === null ? 'wanted' : 'over');
  }

  leave(): void {
    this.#keepToken('');
    localStorage.removeItem(loginKey);
    this.#become('left');
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #keepToken(token: string): void {
    this.#token = token;
    if (token === '') sessionStorage.removeItem(tokenKey);
    else sessionStorage.setItem(tokenKey, token);
  }

  #become(refusal: Refusal | undefined): void {
    this.#refusal = refusal;
    for (const listener of this.#listeners) listener();
  }
}

export const session = new Session();

export const useRefusal = (): Refusal | undefined => useSyncExternalStore(session.subscribe, () => session.refusal);
