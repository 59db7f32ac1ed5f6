import type { Duplex } from 'node:stream';
import { saying } from './pipe.ts';
import type { StreamRegistry } from './registry.ts';

const failure = (text: string): string => `FAIL${text.length.toString(16).padStart(4, '0')}${text}`;

/**
 * `adb reverse` of one connection: ports of the phone that lead to the host. Unlike an adb server, adbd answers with a
 * single OKAY, and `list-forward` with none (AOSP adb/adb_listeners.cpp and daemon/services.cpp): a second OKAY makes the
 * adb command fail without a word.
 */
export class ReverseForwards {
  readonly #registry: StreamRegistry | undefined;
  readonly #connect: (stream: Duplex, destination: string) => void;
  readonly #forwards = new Map<string, { destination: string; close: () => void }>();

  constructor(registry: StreamRegistry | undefined, connect: (stream: Duplex, destination: string) => void) {
    this.#registry = registry;
    this.#connect = connect;
  }

  /** The stream that answers `reverse:REQUEST`. */
  answer(request: string): Duplex | undefined {
    if (!this.#registry) return undefined;
    return saying(this.#reply(request, this.#registry));
  }

  removeAll(): void {
    for (const forward of this.#forwards.values()) forward.close();
    this.#forwards.clear();
  }

  #reply(request: string, registry: StreamRegistry): string {
    const [verb, rest] = splitOnce(request, ':');
    switch (verb) {
      case 'list-forward': {
        const lines = [...this.#forwards]
          .map(([local, { destination }]) => `host-1 ${local} ${destination}\n`)
          .join('');
        return lines.length.toString(16).padStart(4, '0') + lines;
      }
      case 'killforward-all':
        this.removeAll();
        return 'OKAY';
      case 'killforward': {
        const forward = this.#forwards.get(rest);
        if (!forward) return failure(`listener '${rest}' not found`);
        forward.close();
        this.#forwards.delete(rest);
        return 'OKAY';
      }
      case 'forward':
        return this.#add(rest, registry);
      default:
        return failure(`unknown reverse request '${verb}'`);
    }
  }

  #add(request: string, registry: StreamRegistry): string {
    const mayRebind = !request.startsWith('norebind:');
    const [wanted, destination] = splitOnce(mayRebind ? request : request.slice('norebind:'.length), ';');
    if (!destination) return failure(`bad forward: ${request}`);
    const takesAny = wanted === 'tcp:0';
    const local = takesAny ? freePort(registry) : wanted;
    const earlier = this.#forwards.get(local);
    if (earlier && !mayRebind) return failure('cannot rebind existing socket');
    earlier?.close();
    this.#forwards.delete(local);
    if (registry.isListening(local)) return failure('cannot bind listener: Address already in use');
    const close = registry.listen(local, (stream) => this.#connect(stream, destination));
    this.#forwards.set(local, { destination, close });
    if (!takesAny) return 'OKAY';
    const port = local.slice('tcp:'.length);
    return `OKAY${port.length.toString(16).padStart(4, '0')}${port}`;
  }
}

function freePort(registry: StreamRegistry): string {
  let port = 40_000;
  while (registry.isListening(`tcp:${port}`)) port++;
  return `tcp:${port}`;
}

function splitOnce(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
