import type { Socket } from 'node:net';
import type { LinkState, PhoneLink } from './phone-link.ts';

/** As adb 29.0.6 offers them, less what the stand-in does not do. */
export const serverFeatures = [
  'shell_v2',
  'cmd',
  'stat_v2',
  'ls_v2',
  'fixed_push_mkdir',
  'apex',
  'abb',
  'abb_exec',
  'sendrecv_v2',
];

/** A phone as the server's clients see it. */
export interface KnownPhone {
  readonly serial: string;
  readonly transportId: number;
  readonly state: LinkState;
  readonly link: PhoneLink;
}

export interface Forward {
  readonly serial: string;
  /** `tcp:PORT` on this machine. */
  readonly local: string;
  readonly remote: string;
}

/** What a session asks of its server. */
export interface ServedPhones {
  phones(): readonly KnownPhone[];
  /** The sentence that `adb connect` prints. */
  connect(address: string): Promise<string>;
  /** False when there is no such phone. Without a serial all go. */
  disconnect(serial?: string): boolean;
  kick(phone: KnownPhone): void;
  forwards(): readonly Forward[];
  /** Resolves with the port; rejects when it is taken. */
  forward(phone: KnownPhone, local: string, remote: string): Promise<number>;
  removeForward(local: string): boolean;
  /** Each change that trackers are told of; the returned function ends it. */
  watchList(watcher: () => void): () => void;
  /** Each change of state, drops included. */
  watchState(watcher: () => void): () => void;
}

/** What the server answers with FAIL. */
class Refusal extends Error {}

/** Which phone a request means, by the words in front of it. */
type Choice = { by: 'any' } | { by: 'serial'; serial: string } | { by: 'id'; transportId: number };

const protocolVersion = 41;
const text = (body: string): string => Buffer.byteLength(body).toString(16).padStart(4, '0') + body;
const okay = (body: string): string => `OKAY${text(body)}`;

/** One client of the stand-in server: a request, perhaps a second one after choosing a phone, then a stream or an end. */
export class AdbClientSession {
  readonly #socket: Socket;
  readonly #server: ServedPhones;
  #phone: KnownPhone | undefined;
  #stopWatching = () => {};

  constructor(socket: Socket, server: ServedPhones) {
    this.#socket = socket;
    this.#server = server;
    socket.setNoDelay(true);
    // A client that goes away needs no answer; 'close' follows.
    socket.on('error', () => {});
    socket.once('close', () => this.#stopWatching());
    void this.#serve();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  async #serve(): Promise<void> {
    try {
      for (;;) {
        const length = Number.parseInt((await this.#read(4)).toString('latin1'), 16);
        if (Number.isNaN(length)) throw new Refusal('protocol fault');
        const request = (await this.#read(length)).toString();
        if (!(await this.#answer(request))) return;
      }
    } catch (thrown) {
      if (this.#socket.destroyed || this.#socket.readableEnded) return;
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      this.#socket.end(`FAIL${text(reason)}`);
    }
  }

  /** True when another request may follow on this connection. */
  async #answer(request: string): Promise<boolean> {
    const scoped = /^host-(?:serial:(.+?)|transport-id:(\d+)|(any|local|usb)):([a-z].*)$/s.exec(request);
    if (scoped) {
      const [, serial, id, , service = ''] = splitSerial(request) ?? scoped;
      const choice: Choice = serial
        ? { by: 'serial', serial }
        : id
          ? { by: 'id', transportId: Number(id) }
          : { by: 'any' };
      return this.#deviceService(choice, service);
    }
    if (request.startsWith('host:')) return this.#hostService(request.slice('host:'.length));
    if (!this.#phone) throw new Refusal('no device chosen');
    await this.#openService(this.#ready(this.#phone), request);
    return false;
  }

  async #hostService(request: string): Promise<boolean> {
    const { name, argument } = cut(request);
    const server = this.#server;
    switch (name) {
      case 'version':
        return this.#end(okay(protocolVersion.toString(16).padStart(4, '0')));
      case 'host-features':
        return this.#end(okay(serverFeatures.join(',')));
      case 'devices':
      case 'devices-l':
        return this.#end(okay(this.#list({ isLong: name === 'devices-l' })));
      case 'track-devices':
      case 'track-devices-l':
        return this.#track({ isLong: name === 'track-devices-l' });
      case 'connect':
        return this.#end(okay(await server.connect(argument)));
      case 'disconnect':
        if (argument === '') server.disconnect();
        else if (!server.disconnect(withPort(argument))) throw new Refusal(`no such device '${withPort(argument)}'`);
        return this.#end(okay(argument === '' ? 'disconnected everything' : `disconnected ${withPort(argument)}`));
      case 'transport-any':
        return this.#choose({ by: 'any' });
      case 'transport-id':
        return this.#choose({ by: 'id', transportId: Number(argument) });
      case 'transport':
        return this.#choose({ by: 'serial', serial: argument });
      case 'tport':
        return this.#choose(
          argument.startsWith('serial:') ? { by: 'serial', serial: argument.slice('serial:'.length) } : { by: 'any' },
          { isNumbered: true },
        );
      case 'kill':
        throw new Refusal('the stand-in adb server ends with the program that started it');
      case 'reconnect-offline': {
        const offline = server.phones().filter((phone) => phone.state !== 'device');
        for (const phone of offline) server.kick(phone);
        return this.#end(okay(offline.map((phone) => `reconnecting ${phone.serial}\n`).join('')));
      }
      default:
        return this.#deviceService({ by: 'any' }, request);
    }
  }

  /** Services about one phone that the server answers itself. */
  async #deviceService(choice: Choice, request: string): Promise<boolean> {
    const { name, argument } = cut(request);
    if (name.startsWith('wait-for-')) return this.#waitFor(choice, name.split('-').slice(3).join('-'));
    // adb 29 refuses them all, get-state too, for a phone that is not in state "device".
    const phone = () => this.#ready(this.#phone && choice.by === 'any' ? this.#phone : this.#find(choice));
    switch (name) {
      case 'get-state':
        return this.#end(okay(phone().state));
      case 'get-serialno':
        return this.#end(okay(phone().serial));
      case 'get-devpath':
        return this.#end(okay('unknown'));
      case 'features':
        return this.#end(okay(phone().link.banner.features.join(',')));
      case 'reconnect': {
        const chosen = this.#find(choice);
        const { serial, state } = chosen;
        this.#server.kick(chosen);
        return this.#end(okay(`reconnecting ${serial} [${state}]\n`));
      }
      case 'forward':
        return this.#forward(phone(), argument);
      case 'killforward':
        if (!this.#server.removeForward(argument)) throw new Refusal(`listener '${argument}' not found`);
        return this.#end('OKAYOKAY');
      case 'killforward-all':
        for (const { local } of this.#server.forwards()) this.#server.removeForward(local);
        return this.#end('OKAYOKAY');
      case 'list-forward':
        return this.#end(
          okay(
            this.#server
              .forwards()
              .map(({ serial, local, remote }) => `${serial} ${local} ${remote}\n`)
              .join(''),
          ),
        );
      default:
        throw new Refusal('unknown host service');
    }
  }

  /** Two OKAYs: the request was understood, the listener stands. With `tcp:0` the port follows. */
  async #forward(phone: KnownPhone, argument: string): Promise<boolean> {
    const mayRebind = !argument.startsWith('norebind:');
    const [local = '', remote] = (mayRebind ? argument : argument.slice('norebind:'.length)).split(';');
    if (!remote || !/^tcp:\d+$/.test(local)) throw new Refusal(`cannot forward ${argument}`);
    if (!mayRebind && this.#server.forwards().some((forward) => forward.local === local)) {
      throw new Refusal('cannot rebind existing socket');
    }
    let port: number;
    try {
      port = await this.#server.forward(phone, local, remote);
    } catch (thrown) {
      throw new Refusal(`cannot bind listener: ${thrown instanceof Error ? thrown.message : thrown}`);
    }
    return this.#end(local === 'tcp:0' ? `OKAYOKAY${text(String(port))}` : 'OKAYOKAY');
  }

  #choose(choice: Choice, { isNumbered = false }: { isNumbered?: boolean } = {}): boolean {
    const phone = this.#ready(this.#find(choice));
    this.#phone = phone;
    const answer = Buffer.from('OKAY\0\0\0\0\0\0\0\0', 'latin1');
    answer.writeBigUInt64LE(BigInt(phone.transportId), 4);
    this.#socket.write(isNumbered ? answer : answer.subarray(0, 4));
    return true;
  }

  async #openService(phone: KnownPhone, service: string): Promise<void> {
    const isOpen = await phone.link.open(service, this.#socket, () => this.#socket.write('OKAY'));
    if (!isOpen) throw new Refusal('closed');
  }

  /** Answers a second OKAY when the state is there. `disconnect` is any state in which the phone cannot be used. */
  #waitFor(choice: Choice, state: string): boolean {
    this.#socket.write('OKAY');
    const isThere = () => {
      const phone = this.#server.phones().find((each) => isChosen(each, choice));
      if (state === 'disconnect') return phone?.state !== 'device';
      return phone !== undefined && (state === 'any' || phone.state === state);
    };
    let hasAnswered = false;
    const look = () => {
      if (hasAnswered || !isThere()) return;
      hasAnswered = true;
      this.#stopWatching();
      this.#end('OKAY');
    };
    this.#stopWatching = this.#server.watchState(look);
    look();
    this.#drainInput();
    return false;
  }

  #track({ isLong }: { isLong: boolean }): boolean {
    this.#socket.write(`OKAY${text(this.#list({ isLong }))}`);
    this.#stopWatching = this.#server.watchList(() => this.#socket.write(text(this.#list({ isLong }))));
    this.#drainInput();
    return false;
  }

  /** Nothing more is expected, but only a socket that is read tells of its end. */
  #drainInput(): void {
    this.#socket.resume();
  }

  #list({ isLong }: { isLong: boolean }): string {
    const lines = this.#server.phones().map(({ serial, state, transportId, link }) => {
      if (!isLong) return `${serial}\t${state}\n`;
      const { product, model, device } = link.banner;
      const facts =
        state === 'device' ? ` product:${plain(product)} model:${plain(model)} device:${plain(device)}` : '';
      return `${serial.padEnd(22)} ${state}${facts} transport_id:${transportId}\n`;
    });
    return lines.join('');
  }

  #find(choice: Choice): KnownPhone {
    const found = this.#server.phones().filter((phone) => isChosen(phone, choice));
    const [phone] = found;
    if (!phone) {
      throw new Refusal(
        choice.by === 'any'
          ? 'no devices/emulators found'
          : choice.by === 'serial'
            ? `device '${choice.serial}' not found`
            : `no device with transport id '${choice.transportId}'`,
      );
    }
    if (found.length > 1) throw new Refusal('more than one device/emulator');
    return phone;
  }

  #ready(phone: KnownPhone): KnownPhone {
    if (phone.state === 'offline') throw new Refusal('device offline');
    if (phone.state === 'unauthorized') {
      throw new Refusal('device unauthorized.\nCheck for a confirmation dialog on your device.');
    }
    return phone;
  }

  #end(answer: string): false {
    this.#socket.end(answer);
    return false;
  }

  /** Takes exactly `count` bytes and leaves the rest in the socket, for the stream that may follow. */
  async #read(count: number): Promise<Buffer> {
    for (;;) {
      const chunk: Buffer | null = count === 0 ? Buffer.alloc(0) : this.#socket.read(count);
      if (chunk && chunk.length === count) return chunk;
      if (chunk || this.#socket.readableEnded || this.#socket.destroyed) throw new Error('the client went away');
      await new Promise<void>((resolve) => {
        const go = () => {
          for (const event of ['readable', 'end', 'close']) this.#socket.off(event, go);
          resolve();
        };
        for (const event of ['readable', 'end', 'close']) this.#socket.on(event, go);
      });
    }
  }
}

const isChosen = (phone: KnownPhone, choice: Choice): boolean =>
  choice.by === 'any' ||
  (choice.by === 'serial' ? phone.serial === choice.serial : phone.transportId === choice.transportId);

const plain = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '_');
const withPort = (address: string): string => (/:\d+$/.test(address) ? address : `${address}:5555`);

function cut(request: string): { name: string; argument: string } {
  const at = request.indexOf(':');
  return at < 0 ? { name: request, argument: '' } : { name: request.slice(0, at), argument: request.slice(at + 1) };
}

/** A TCP serial holds a colon itself: `host-serial:127.0.0.1:5555:features`. */
function splitSerial(request: string): RegExpExecArray | undefined {
  return /^host-serial:((?:\[[^\]]*\]|[^:]+):\d+)()():([a-z].*)$/s.exec(request) ?? undefined;
}
