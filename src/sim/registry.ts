import type { Duplex } from 'node:stream';
import { createPipe } from './pipe.ts';

/** Who listens on which of the phone's own addresses: `tcp:6790`, `localabstract:scrcpy_0000002a`. */
export class StreamRegistry {
  readonly #listeners = new Map<string, (stream: Duplex) => void>();

  /** Takes connections to `service` until the returned function is called. Throws when somebody listens there already. */
  listen(service: string, accept: (stream: Duplex) => void): () => void {
    if (this.#listeners.has(service)) throw new Error(`bind failed: Address already in use (${service})`);
    this.#listeners.set(service, accept);
    return () => {
      if (this.#listeners.get(service) === accept) this.#listeners.delete(service);
    };
  }

  isListening(service: string): boolean {
    return this.#listeners.has(service);
  }

  /** Connects to `service`; undefined when nobody listens (connection refused). */
  connect(service: string): Duplex | undefined {
    const accept = this.#listeners.get(service);
    if (!accept) return undefined;
    const [near, far] = createPipe();
    accept(far);
    return near;
  }
}
