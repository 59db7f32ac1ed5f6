import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { DroverError } from '../../base/error.ts';
import { isNetwork, parseNetwork } from '../door.ts';

/** Asks for all addresses of a name, as `dns.lookup` does. */
export type Resolve = (
  name: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Carried by the error of a connection that we did not make. */
export const blockedCode = 'DROVER_ADDRESS_BLOCKED';

export interface AddressParts {
  /** The setting `webhooks.allowed_networks`. */
  allowedNetworks(): readonly string[];
  resolve?: Resolve;
}

/**
 * Which addresses webhooks may be sent to: public ones, and those that the operator has named. What is judged is the
 * address that the connection is then made to, so a name that means one thing when it is checked and another when it is
 * used (DNS rebinding) gains nothing.
 */
export class Addresses {
  readonly #parts: AddressParts;
  readonly #resolve: Resolve;

  constructor(parts: AddressParts) {
    this.#parts = parts;
    this.#resolve = parts.resolve ?? lookup;
  }

  isAllowed(address: string): boolean {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    if (parsed.range() === 'unicast') return true;
    return this.#parts
      .allowedNetworks()
      .filter(isNetwork)
      .map(parseNetwork)
      .some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
  }

  /** For the socket: only addresses that are allowed, in the form it asks for. */
  readonly lookup: LookupFunction = (name, options, callback) => {
    this.#resolve(name, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, []);
        return;
      }
      const allowed = addresses.filter(({ address }) => this.isAllowed(address));
      const [first] = allowed;
      if (!first) callback(blocked(name, addresses), []);
      else if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };

  /** A socket looks no names up for what is an address already. Undefined when nothing speaks against it. */
  blockedLiteral({ hostname }: URL): string | undefined {
    const address = hostname.replace(/^\[|\]$/g, '');
    return ipaddr.isValid(address) && !this.isAllowed(address) ? blockedText(hostname, [address]) : undefined;
  }

  /**
   * A URL that somebody enters. Throws `input.invalid` for what can never be delivered to; a name that is not known now may
   * be later.
   */
  async read(text: string): Promise<string> {
    const url = parseUrl(text);
    const problem = this.blockedLiteral(url) ?? (await this.#blockedName(url.hostname));
    if (problem !== undefined) throw new DroverError('input.invalid', { message: `url: ${problem}` });
    return url.href;
  }

  #blockedName(name: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      this.#resolve(name, { all: true }, (error, addresses) => {
        const isBlocked = !error && !addresses.some(({ address }) => this.isAllowed(address));
        resolve(
          isBlocked
            ? blockedText(
                name,
                addresses.map(({ address }) => address),
              )
            : undefined,
        );
      });
    });
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  const refuse = (message: string): DroverError => new DroverError('input.invalid', { message: `url: ${message}` });
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw refuse(`"${text.slice(0, 100)}" is no address such as https://hooks.example.com/drover`);
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse('it must not hold a user name or a password; check the signature instead');
  }
  url.hash = '';
  return url;
}

function blocked(name: string, addresses: readonly LookupAddress[]): Error {
  const text = blockedText(
    name,
    addresses.map(({ address }) => address),
  );
  return Object.assign(new Error(text), { code: blockedCode });
}

const blockedText = (name: string, addresses: readonly string[]): string =>
  `${name} is ${addresses.join(', ') || 'nowhere'}, which is not a public address; if it is meant, add it to webhooks.allowed_networks in the settings`;
