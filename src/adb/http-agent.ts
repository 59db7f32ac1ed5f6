import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * HTTP to a port of the phone without `adb forward` (whose listening side accepts even when the phone refuses):
 * each connection is a smart socket. Connections are kept and used again.
 */
export class PhoneHttpAgent extends Agent {
  readonly #open: () => Promise<Duplex>;

  constructor(open: () => Promise<Duplex>) {
    // The automation server works off one call at a time; the second connection is for a look whether it still answers.
    super({ keepAlive: true, maxSockets: 2, maxFreeSockets: 1 });
    this.#open = open;
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    this.#open().then(
      (socket) => callback?.(null, socket),
      // Node's own type has no room for the missing stream of a failure
      (error: Error) => (callback as ((error: Error) => void) | undefined)?.(error),
    );
    return undefined;
  }
}
