/**
 * Archives that every `tar` reads: POSIX ustar headers (IEEE 1003.1, pax), regular files only, sizes beyond 8 GiB in the
 * base-256 form that GNU tar introduced.
 */
import { DroverError } from './error.ts';

const block = 512;

export interface TarEntry {
  name: string;
  bytes: number;
}

/** Header of a regular file. Names are at most 100 bytes of ASCII. */
export function tarHeader({ name, bytes }: TarEntry, mtimeMs: number): Buffer {
  const header = Buffer.alloc(block);
  if (name.length > 100 || !/^[\x20-\x7e]+$/.test(name)) throw new RangeError(`${name} is no name for a tar entry`);
  header.write(name, 0, 'ascii');
  header.write('0000600\0', 100, 'ascii');
  header.write('0000000\0', 108, 'ascii');
  header.write('0000000\0', 116, 'ascii');
  writeSize(header, bytes);
  header.write(`${octal(Math.max(0, Math.floor(mtimeMs / 1000)), 11)} `, 136, 'ascii');
  header.write('        ', 148, 'ascii');
  header.write('0', 156, 'ascii');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(`${octal(sumOf(header), 6)}\0 `, 148, 'latin1');
  return header;
}

/** What stands behind the content of a file, up to the next header. */
export const tarPadding = (bytes: number): Buffer => Buffer.alloc((block - (bytes % block)) % block);

/** What an archive ends with. */
export const tarEnd = (): Buffer => Buffer.alloc(2 * block);

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
const sumOf = (header: Buffer): number => header.reduce((sum, byte) => sum + byte, 0);

function writeSize(header: Buffer, bytes: number): void {
  if (bytes < 8 ** 11) {
    header.write(`${octal(bytes, 11)} `, 124, 'ascii');
    return;
  }
  header[124] = 0x80;
  header.writeBigUInt64BE(BigInt(bytes), 128);
}

function readSize(header: Buffer): number {
  if (((header[124] ?? 0) & 0x80) !== 0) return Number(header.readBigUInt64BE(128));
  return Number.parseInt(header.toString('latin1', 124, 136).replaceAll('\0', ' ').trim() || '0', 8);
}

const damaged = (what: string): DroverError => new DroverError('input.invalid', { message: what });

/**
 * Reads an archive entry by entry; the content of each must be read, or is passed over, before the next one. Throws
 * `input.invalid` for what is no archive and for one that is cut short.
 */
export async function* readTar(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<TarEntry & { content: AsyncIterable<Uint8Array> }> {
  const bytes = new ByteReader(source);
  for (;;) {
    const header = await bytes.take(block);
    if (header.every((byte) => byte === 0)) return;
    const stated = Number.parseInt(header.toString('latin1', 148, 156).replaceAll('\0', ' ').trim(), 8);
    const plain = Buffer.from(header).fill(0x20, 148, 156);
    if (stated !== sumOf(plain)) throw damaged('a header in it is damaged');
    const size = readSize(header);
    const name = header.toString('latin1', 0, 100).replace(/\0.*$/s, '');
    if (!Number.isSafeInteger(size) || !['0', '\0'].includes(header.toString('latin1', 156, 157))) {
      throw damaged(`${name} in it is no plain file`);
    }
    const content = bytes.stream(size);
    yield { name, bytes: size, content };
    for await (const _ of content) void _; // what was not read
    await bytes.take((block - (size % block)) % block);
  }
}

class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #left: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let missing = count; missing > 0; ) {
      const part = await this.#upTo(missing);
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** May be iterated once more: it goes on where it was left. */
  stream(count: number): AsyncIterable<Uint8Array> {
    let missing = count;
    const next = async (): Promise<IteratorResult<Uint8Array>> => {
      if (missing === 0) return { done: true, value: undefined };
      const value = await this.#upTo(missing);
      missing -= value.length;
      return { done: false, value };
    };
    return { [Symbol.asyncIterator]: () => ({ next }) };
  }

  async #upTo(count: number): Promise<Buffer> {
    while (this.#left.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done) throw damaged('it is cut short');
      this.#left = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
    const part = this.#left.subarray(0, count);
    this.#left = this.#left.subarray(count);
    return part;
  }
}
