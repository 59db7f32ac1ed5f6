import type { Duplex } from 'node:stream';
import { ByteQueue } from './byte-queue.ts';
import type { FileEntry, PhoneFiles } from './parts.ts';

/**
 * The `sync:` service: stat, list, push, pull (AOSP adb/SYNC.TXT and file_sync_protocol.h). Compression is neither
 * offered nor taken.
 */
const maxChunkBytes = 64 * 1024;
const maxPathBytes = 1024;
/** errno values on Linux. */
const ENOENT = 2;

interface SyncIo {
  input: ByteQueue;
  output: Duplex;
  files: PhoneFiles;
}

/** Serves one host until it says QUIT, breaks the protocol or hangs up. Never rejects. */
export async function serveSync(stream: Duplex, files: PhoneFiles): Promise<void> {
  const io: SyncIo = { input: ByteQueue.from(stream), output: stream, files };
  for (;;) {
    const head = await io.input.read(8);
    if (!head) break;
    const id = head.toString('latin1', 0, 4);
    const length = head.readUInt32LE(4);
    if (id === 'QUIT' || !(id in requests)) break;
    if (length > maxPathBytes) {
      fail(io, 'path too long');
      break;
    }
    const path = await io.input.read(length);
    if (!path || !(await requests[id]?.(io, path.toString()))) break;
  }
  stream.end();
}

type Request = (io: SyncIo, argument: string) => boolean | Promise<boolean>;

const requests: Readonly<Record<string, Request>> = {
  STAT: ({ output, files }, path) => {
    const reply = Buffer.alloc(16);
    reply.write('STAT', 'latin1');
    const entry = lstat(files, path);
    if (entry) writeWords(reply, 4, [entry.mode, entry.bytes, entry.mtime]);
    output.write(reply);
    return true;
  },
  STA2: ({ output, files }, path) => {
    output.write(statV2('STA2', files.stat(path)));
    return true;
  },
  LST2: ({ output, files }, path) => {
    output.write(statV2('LST2', lstat(files, path)));
    return true;
  },
  LIST: ({ output, files }, path) => {
    for (const entry of files.list(path) ?? []) {
      const name = Buffer.from(nameOf(entry.path));
      const head = Buffer.alloc(20);
      head.write('DENT', 'latin1');
      writeWords(head, 4, [entry.mode, entry.bytes, entry.mtime, name.length]);
      output.write(Buffer.concat([head, name]));
    }
    output.write(done(20));
    return true;
  },
  LIS2: ({ output, files }, path) => {
    for (const entry of files.list(path) ?? []) {
      const name = Buffer.from(nameOf(entry.path));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(name.length);
      output.write(Buffer.concat([statV2('DNT2', entry), length, name]));
    }
    output.write(done(76));
    return true;
  },
  SEND: (io, argument) => {
    const comma = argument.lastIndexOf(',');
    if (comma < 0) return fail(io, 'missing , in ID_SEND_V1');
    return receive(io, argument.slice(0, comma), Number.parseInt(argument.slice(comma + 1), 10));
  },
  SND2: async (io, path) => {
    const setup = await io.input.read(12);
    if (!setup) return false;
    // The top bit asks for a dry run; every other one names a compression that was not offered.
    const flags = setup.readUInt32LE(8);
    if ((flags & 0x7fff_ffff) !== 0) return fail(io, 'unsupported compression');
    return receive(io, path, setup.readUInt32LE(4), { isDryRun: flags !== 0 });
  },
  RECV: (io, path) => sendFile(io, path),
  RCV2: async (io, path) => {
    const setup = await io.input.read(8);
    if (!setup) return false;
    if (setup.readUInt32LE(4) !== 0) return fail(io, 'unsupported compression');
    return sendFile(io, path);
  },
};

/** Takes DATA until DONE and writes the file. A failure is told at once; the rest is still taken, or the host would never read that. */
async function receive(
  io: SyncIo,
  path: string,
  mode: number,
  { isDryRun = false }: { isDryRun?: boolean } = {},
): Promise<boolean> {
  const parts: Buffer[] = [];
  let bytes = 0;
  let hasFailed = false;
  for (;;) {
    const head = await io.input.read(8);
    if (!head) return false;
    const id = head.toString('latin1', 0, 4);
    const value = head.readUInt32LE(4);
    if (id === 'DONE') {
      if (hasFailed) return true;
      const failure = isDryRun ? undefined : tryWrite(io.files, path, Buffer.concat(parts), { mode, mtime: value });
      if (failure !== undefined) return fail(io, failure);
      io.output.write(Buffer.from('OKAY\0\0\0\0', 'latin1'));
      return true;
    }
    if (id !== 'DATA') return fail(io, 'invalid data message');
    if (value > maxChunkBytes) return fail(io, 'oversize data message');
    const chunk = await io.input.read(value);
    if (!chunk) return false;
    bytes += chunk.length;
    if (!hasFailed && bytes > io.files.freeBytes) hasFailed = fail(io, 'write failed: No space left on device');
    if (!hasFailed) parts.push(chunk);
  }
}

function tryWrite(
  files: PhoneFiles,
  path: string,
  content: Buffer,
  options: { mode: number; mtime: number },
): string | undefined {
  // A symbolic link carries its target as content.
  if ((options.mode & 0o170_000) === 0o120_000) return "couldn't create symlink: Operation not permitted";
  try {
    files.write(path, content, options);
    return undefined;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return reason.startsWith('No space') ? `write failed: ${reason}` : `couldn't create file: ${reason}`;
  }
}

async function sendFile({ output, files }: SyncIo, path: string): Promise<boolean> {
  const content = files.read(path);
  if (!content) {
    const reason = files.stat(path) ? 'read failed: Is a directory' : 'open failed: No such file or directory';
    return fail({ output }, reason);
  }
  for (let at = 0; at < content.length; at += maxChunkBytes) {
    const chunk = content.subarray(at, at + maxChunkBytes);
    const head = Buffer.alloc(8);
    head.write('DATA', 'latin1');
    head.writeUInt32LE(chunk.length, 4);
    output.write(head);
    if (!output.write(chunk)) await drained(output);
    if (output.destroyed) return false;
  }
  output.write(done(8));
  return true;
}

/** Says why and goes on: the connection outlives a failed request. */
function fail({ output }: Pick<SyncIo, 'output'>, text: string): true {
  const message = Buffer.from(text);
  const head = Buffer.alloc(8);
  head.write('FAIL', 'latin1');
  head.writeUInt32LE(message.length, 4);
  output.write(Buffer.concat([head, message]));
  return true;
}

function drained(output: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      output.off('drain', go);
      output.off('close', go);
      resolve();
    };
    output.on('drain', go);
    output.on('close', go);
  });
}

/** The entry itself, not what a link points to. Only its folder knows a link. */
function lstat(files: PhoneFiles, path: string): FileEntry | undefined {
  const plain = path.length > 1 ? path.replace(/\/+$/, '') : path;
  const entry = files
    .list(plain.slice(0, plain.lastIndexOf('/')) || '/')
    ?.find((each) => each.kind === 'link' && each.path === plain);
  return path.endsWith('/') || !entry ? files.stat(path) : entry;
}

/** id, error, dev, ino, mode, nlink, uid, gid, size, atime, mtime, ctime: 72 bytes. */
function statV2(id: string, entry: FileEntry | undefined): Buffer {
  const reply = Buffer.alloc(72);
  reply.write(id, 'latin1');
  if (!entry) {
    reply.writeUInt32LE(ENOENT, 4);
    return reply;
  }
  reply.writeBigUInt64LE(42n, 8);
  reply.writeBigUInt64LE(BigInt(inodeOf(entry.path)), 16);
  writeWords(reply, 24, [entry.mode, 1, 2000, 2000]);
  reply.writeBigUInt64LE(BigInt(entry.bytes), 40);
  for (const at of [48, 56, 64]) reply.writeBigInt64LE(BigInt(entry.mtime), at);
  return reply;
}

/** Any number will do as long as a file keeps its own. */
function inodeOf(path: string): number {
  let hash = 7;
  for (let at = 0; at < path.length; at++) hash = (hash * 31 + path.charCodeAt(at)) % 0x7fff_ffff;
  return hash;
}

function done(size: number): Buffer {
  const reply = Buffer.alloc(size);
  reply.write('DONE', 'latin1');
  return reply;
}

function writeWords(buffer: Buffer, at: number, words: readonly number[]): void {
  for (const [index, word] of words.entries()) buffer.writeUInt32LE(word >>> 0, at + index * 4);
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
