import type { IncomingHttpHeaders } from 'node:http';
import ipaddr from 'ipaddr.js';

/** By which names this server may be called, and through whom. */
export interface DoorOptions {
  /** Names beside its own addresses, as `name` or `name:port`. */
  hostNames: readonly string[];
  /** Addresses or networks (CIDR) of proxies that hand requests on. */
  trustedProxies: readonly string[];
  isTls: boolean;
}

/** What a request says of where it comes from. */
export interface Approach {
  headers: IncomingHttpHeaders;
  /** Address of the other end of the connection. */
  remoteAddress: string | undefined;
}

export interface Source {
  /** Of whoever asked: behind a trusted proxy the address that the proxy names. */
  address: string;
  /** Made on this machine, by one of its loopback names, and handed on by nobody. */
  isLocal: boolean;
  isByProxy: boolean;
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];
/** A proxy on this machine betrays itself by one of these, should nobody have told us of it. */
const handedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Which Host headers and origins are the server's own. The lists are exact: a name that merely resolves to us (DNS
 * rebinding) is a stranger's. Known once the server listens.
 */
export class Door {
  readonly #options: DoorOptions;
  readonly #proxies: readonly Network[];
  #loopbackHosts: ReadonlySet<string> = new Set();
  #hosts: ReadonlySet<string> = new Set();
  #origins: ReadonlySet<string> = new Set();

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#proxies = options.trustedProxies.map(parseNetwork);
  }

  /** `addresses`: the ones beyond loopback under which the server is reached. */
  open({ port, addresses }: { port: number; addresses: readonly string[] }): void {
    const { hostNames, trustedProxies, isTls } = this.#options;
    const scheme = isTls ? 'https' : 'http';
    const isUsual = port === (isTls ? 443 : 80);
    const withPort = (name: string): string[] => (isUsual ? [name, `${name}:${port}`] : [`${name}:${port}`]);
    const loopback = loopbackNames.flatMap(withPort);
    const literal = addresses.map((address) => (address.includes(':') ? `[${address}]` : address)).flatMap(withPort);
    // A proxy answers on the usual port, so a name without a port may also come with none.
    const named = hostNames
      .map((name) => name.toLowerCase())
      .flatMap((name) => (hasPort(name) ? [name] : [name, `${name}:${port}`]));
    // What a proxy stands before is reached over TLS: the plain part of the way ends at the proxy.
    const schemeOfNames = trustedProxies.length > 0 ? 'https' : scheme;
    this.#loopbackHosts = new Set(loopback);
    this.#hosts = new Set([...loopback, ...literal, ...named]);
    this.#origins = new Set([
      ...[...loopback, ...literal].map((host) => `${scheme}://${host}`),
      ...named.map((host) => `${schemeOfNames}://${host}`),
    ]);
  }

  get hosts(): readonly string[] {
    return [...this.#hosts];
  }

  isOwnHost(host: string | undefined): boolean {
    return host !== undefined && this.#hosts.has(host.toLowerCase());
  }

  /** Whether a page that this server itself has served speaks. */
  isOwnOrigin(origin: string | undefined): boolean {
    return origin !== undefined && this.#origins.has(origin.toLowerCase());
  }

  sourceOf({ headers, remoteAddress = '' }: Approach): Source {
    const isByProxy = this.#isProxy(remoteAddress);
    const isLocal =
      !isByProxy &&
      isLoopbackAddress(remoteAddress) &&
      this.#loopbackHosts.has((headers.host ?? '').toLowerCase()) &&
      !handedOn.some((name) => headers[name] !== undefined);
    return { address: isByProxy ? this.#askerBehind(headers) || remoteAddress : remoteAddress, isLocal, isByProxy };
  }

  /** Whether this end may be spoken to in the clear. */
  mayBePlain({ remoteAddress = '' }: Approach): boolean {
    return this.#options.isTls || isLoopbackAddress(remoteAddress) || this.#isProxy(remoteAddress);
  }

  /** The last address in X-Forwarded-For that is no proxy of ours: what stands before it, the asker may have made up. */
  #askerBehind(headers: IncomingHttpHeaders): string | undefined {
    const chain = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    return chain
      .map((entry) => entry.trim())
      .filter((entry) => ipaddr.isValid(entry))
      .findLast((address) => !this.#isProxy(address));
  }

  #isProxy(address: string): boolean {
    if (this.#proxies.length === 0 || !ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return this.#proxies.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
  }
}

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** `10.0.0.7` or `10.0.0.0/8`. Throws for what is neither. */
export function parseNetwork(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

export function isNetwork(text: string): boolean {
  try {
    parseNetwork(text);
    return true;
  } catch {
    return false; // that it throws is the answer
  }
}

export const isLoopbackAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';

const hasPort = (name: string): boolean => /:\d+$/.test(name);

/** One customer of an IPv6 provider has a whole /64: counted as one. */
export function addressGroup(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6
    ? `${parsed.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::/64`
    : parsed.toString();
}
