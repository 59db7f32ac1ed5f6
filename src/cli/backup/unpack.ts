import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DroverError } from '../../base/error.ts';
import { readTar } from '../../base/tar.ts';
import { backedUp, databaseName, type Manifest, manifestName, sumsName } from './archive.ts';

export interface Unpacked {
  manifest: Manifest;
  files: number;
  bytes: number;
}

const mostTextBytes = 64 * 1024 * 1024;

/**
 * Writes what a backup holds into an empty folder, and checks every file against the sums at its end. Throws
 * `input.invalid` for what is no backup, is cut short or was changed.
 */
export async function unpackBackup(file: string, folder: string): Promise<Unpacked> {
  const bad = (what: string, cause?: unknown): DroverError =>
    new DroverError('input.invalid', {
      message: `${file} is not a whole backup of drover: ${what}; nothing was restored`,
      ...(cause === undefined ? {} : { cause }),
    });
  const found = new Map<string, string>();
  const unpacked = { files: 0, bytes: 0 };
  let manifest: Manifest | undefined;
  let sums: string | undefined;
  try {
    for await (const { name, bytes, content } of readTar(await contentOf(file))) {
      if (sums !== undefined) throw bad(`${name} stands behind its end`);
      if (manifest === undefined) {
        if (name !== manifestName) throw bad(`it begins with ${name}`);
        manifest = parseManifest(await textOf(content, bytes), bad);
      } else if (name === sumsName) {
        sums = await textOf(content, bytes);
      } else {
        if (!backedUp.some((pattern) => pattern.test(name)) || found.has(name)) throw bad(`it holds ${name}`);
        found.set(name, await write(content, join(folder, name)));
        unpacked.files += 1;
        unpacked.bytes += bytes;
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof DroverError)) throw fromFile(thrown, file, bad);
    throw thrown.message.startsWith(file) ? thrown : bad(thrown.message, thrown);
  }
  if (manifest === undefined || sums === undefined) throw bad('it is cut short');
  if (!found.has(databaseName)) throw bad('it holds no database');
  const expected = new Map(
    sums
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  );
  for (const [name, sum] of expected) {
    if (!found.has(name)) throw bad(`${name} is missing`);
    if (found.get(name) !== sum) throw bad(`${name} is not as it was packed`);
  }
  for (const name of found.keys()) if (!expected.has(name)) throw bad(`${name} was put in afterwards`);
  return { manifest, ...unpacked };
}

async function contentOf(file: string): Promise<AsyncIterable<Uint8Array>> {
  const source = await open(file, 'r');
  const { buffer } = await source.read(Buffer.alloc(2), 0, 2, 0);
  await source.close();
  const stream = createReadStream(file);
  if (buffer[0] !== 0x1f || buffer[1] !== 0x8b) return stream;
  const plain = createGunzip();
  void pipeline(stream, plain).catch(() => {}); // whoever reads it is told
  return plain;
}

function parseManifest(text: string, bad: (what: string) => DroverError): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad('its manifest is not JSON');
  }
  const format: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'format') : undefined;
  if (format !== 1) throw bad(`its format is ${String(format)}, and this version reads 1: use a newer drover`);
  return value as Manifest;
}

async function textOf(content: AsyncIterable<Uint8Array>, bytes: number): Promise<string> {
  if (bytes > mostTextBytes) throw new DroverError('input.invalid', { message: 'a list in it is far too long' });
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** SHA-256 of what was written. */
async function write(content: AsyncIterable<Uint8Array>, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  const hashed = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(Readable.from(hashed()), createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }));
  return hash.digest('hex');
}

function fromFile(thrown: unknown, file: string, bad: (what: string, cause?: unknown) => DroverError): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code.startsWith('Z_')) return bad('it is cut short or damaged', thrown);
  if (code === 'ENOSPC') {
    return new DroverError('server.disk-full', { message: 'the disk of the data folder is full', cause: thrown });
  }
  if (['ENOENT', 'EACCES', 'EISDIR', 'EPERM'].includes(code)) {
    return new DroverError('input.invalid', { message: `${file} cannot be read: ${code}`, cause: thrown });
  }
  return thrown;
}
