/**
 * ADB's packet layer: a 24-byte little-endian header (command, arg0, arg1, length, checksum, magic) and its payload.
 * Source: AOSP packages/modules/adb, protocol.txt and types.h.
 */

const word = (name: string): number => Buffer.from(name, 'latin1').readUInt32LE();

export const A_CNXN = word('CNXN');
export const A_AUTH = word('AUTH');
export const A_OPEN = word('OPEN');
export const A_OKAY = word('OKAY');
export const A_WRTE = word('WRTE');
export const A_CLSE = word('CLSE');

/** From this version on both sides leave the checksum out. */
export const VERSION_SKIP_CHECKSUM = 0x0100_0001;
export const VERSION_MIN = 0x0100_0000;
export const MAX_PAYLOAD = 1024 * 1024;

export const AUTH_TOKEN = 1;
export const AUTH_SIGNATURE = 2;
export const AUTH_RSAPUBLICKEY = 3;

const headerBytes = 24;

export interface Packet {
  command: number;
  arg0: number;
  arg1: number;
  payload: Buffer;
}

/** The four letters of a command, for messages. */
export function commandName(command: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(command >>> 0);
  return bytes.toString('latin1');
}

/** Not a CRC, whatever the header calls it: the sum of all bytes. */
export function checksum(payload: Uint8Array): number {
  let sum = 0;
  for (const byte of payload) sum = (sum + byte) >>> 0;
  return sum;
}

/** Header and payload apart, so that a large payload is not copied. `withChecksum` only where the peer's version wants it. */
export function encodePacket(packet: Packet, options: { withChecksum: boolean }): [header: Buffer, payload: Buffer] {
  const header = Buffer.allocUnsafe(headerBytes);
  header.writeUInt32LE(packet.command, 0);
  header.writeUInt32LE(packet.arg0 >>> 0, 4);
  header.writeUInt32LE(packet.arg1 >>> 0, 8);
  header.writeUInt32LE(packet.payload.length, 12);
  header.writeUInt32LE(options.withChecksum ? checksum(packet.payload) : 0, 16);
  header.writeUInt32LE((packet.command ^ 0xffff_ffff) >>> 0, 20);
  return [header, packet.payload];
}

/** The peer does not speak ADB, or lost its place: the socket is of no use any more. */
export class WireError extends Error {}

/** Cuts a byte stream into packets, wherever its chunks end. After a WireError it must not be fed again. */
export class PacketParser {
  /** Set by the handshake when both sides' versions ask for it; the first CNXN may carry a sum and is not checked. */
  verifiesChecksum = false;
  #parts: Buffer[] = [];
  #bytes = 0;
  #header: (Omit<Packet, 'payload'> & { length: number; sum: number }) | undefined;

  /** Packets completed by `chunk`. Throws WireError on bad magic, an oversized length or a wrong checksum. */
  *push(chunk: Buffer): Generator<Packet> {
    this.#parts.push(chunk);
    this.#bytes += chunk.length;
    for (;;) {
      if (!this.#header) {
        if (this.#bytes < headerBytes) return;
        this.#header = readHeader(this.#take(headerBytes));
      }
      const header = this.#header;
      if (this.#bytes < header.length) return;
      const payload = this.#take(header.length);
      this.#header = undefined;
      if (this.verifiesChecksum && checksum(payload) !== header.sum) {
        throw new WireError(`wrong checksum on ${commandName(header.command)}`);
      }
      yield { command: header.command, arg0: header.arg0, arg1: header.arg1, payload };
    }
  }

  #take(count: number): Buffer {
    this.#bytes -= count;
    const first = this.#parts[0];
    if (first && first.length >= count) {
      if (first.length === count) this.#parts.shift();
      else this.#parts[0] = first.subarray(count);
      return first.subarray(0, count);
    }
    const whole = Buffer.concat(this.#parts);
    this.#parts = whole.length > count ? [whole.subarray(count)] : [];
    return whole.subarray(0, count);
  }
}

function readHeader(bytes: Buffer): Omit<Packet, 'payload'> & { length: number; sum: number } {
  const command = bytes.readUInt32LE(0);
  const length = bytes.readUInt32LE(12);
  if (bytes.readUInt32LE(20) !== (command ^ 0xffff_ffff) >>> 0) throw new WireError('bad magic');
  if (length > MAX_PAYLOAD) throw new WireError(`payload of ${length} bytes`);
  return { command, arg0: bytes.readUInt32LE(4), arg1: bytes.readUInt32LE(8), length, sum: bytes.readUInt32LE(16) };
}
