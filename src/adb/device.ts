import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Adb, type AdbSync } from '@yume-chan/adb';
import type { ReadableStream } from '@yume-chan/stream-extra';
import { type Ctx, raceSignal, withDeadline } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import { type About, EndedEarly, fromFail } from './from-fail.ts';
import { commandLine } from './quote.ts';
import type { AdbServer } from './server.ts';
import { askService, openService } from './socket.ts';
import { closeSync, listRemote, type RemoteEntry, readRemote, statRemote, writeRemote } from './sync.ts';

export interface ShellResult {
  stdout: string;
  stderr: string;
  exitCode: number;
}

export interface DeviceListener {
  /** The phone answered something: it is alive. */
  onAnswer?(): void;
  /** What was asked and what came back, shortened, for traces. */
  onExchange?(direction: 'out' | 'in', text: string): void;
}

export interface PushedFile {
  bytes: number;
  /** Of what was sent, in hex. */
  sha256: string;
}

/** One phone as adb sees it, from one connection to its loss. Every call has a limit and ends at once when `ctx` does. */
export class AdbDevice {
  readonly server: AdbServer;
  readonly serial: string;
  /** May be set by whoever owns the phone at the moment. */
  listener: DeviceListener = {};
  #adb: Promise<Adb> | undefined;

  constructor(server: AdbServer, serial: string) {
    this.server = server;
    this.serial = serial;
  }

  /** Runs a command; each entry of `argv` arrives as one argument whatever it holds. A non-zero exit is no error here. */
  async shell(ctx: Ctx, argv: readonly string[], { timeoutMs = 10_000 } = {}): Promise<ShellResult> {
    const line = commandLine(argv);
    this.listener.onExchange?.('out', `shell ${line}`);
    const result = await this.#limited(ctx, { service: `shell ${argv[0]}` }, timeoutMs, async (signal) => {
      const adb = await this.#tango();
      const shell = adb.subprocess.shellProtocol;
      // every Android that the automation server runs on (8 and later) has it
      if (!shell) throw new Error('the phone has no shell_v2');
      const process = await shell.spawn([line], signal);
      const [stdout, stderr, exitCode] = await Promise.all([
        collect(process.stdout),
        collect(process.stderr),
        process.exited,
      ]);
      return { stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8'), exitCode };
    });
    this.listener.onExchange?.('in', `${result.exitCode} ${result.stdout}${result.stderr}`);
    return result;
  }

  /** Standard output of a command, byte for byte. */
  async exec(ctx: Ctx, argv: readonly string[], { timeoutMs = 10_000 } = {}): Promise<Buffer> {
    const line = commandLine(argv);
    this.listener.onExchange?.('out', `exec ${line}`);
    const output = await askService(ctx, this.server.address, this.#request(`exec:${line}`), { timeoutMs }, (reader) =>
      reader.rest(),
    );
    this.listener.onAnswer?.();
    this.listener.onExchange?.('in', `${output.length} bytes`);
    return output;
  }

  /** A service of the phone (`tcp:6790`, `shell:…`) as a plain socket, which is the caller's from then on. */
  async open(ctx: Ctx, service: string, { timeoutMs = 5_000 } = {}): Promise<Socket> {
    return await openService(ctx, this.server.address, this.#request(service), { timeoutMs });
  }

  /** Sends a file by sync; missing folders on the phone are made. A half-sent file may stay behind after an abort. */
  async push(ctx: Ctx, path: string, remote: string, { timeoutMs = 300_000 } = {}): Promise<PushedFile> {
    const { mtimeMs } = await stat(path);
    const file = createReadStream(path, { highWaterMark: 256 * 1024, signal: ctx.signal });
    return await this.send(ctx, file, remote, { timeoutMs, mtimeMs });
  }

  /** `push`, with what comes from anywhere: it is read as fast as the phone takes it. */
  async send(
    ctx: Ctx,
    content: AsyncIterable<Uint8Array>,
    remote: string,
    { timeoutMs = 300_000, mtimeMs = ctx.clock.now() } = {},
  ): Promise<PushedFile> {
    this.listener.onExchange?.('out', `push ${remote}`);
    const hash = createHash('sha256');
    let bytes = 0;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of content) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    };
    await this.#syncing(ctx, `push ${remote}`, timeoutMs, (sync) => writeRemote(sync, remote, counted(), mtimeMs));
    this.listener.onExchange?.('in', `pushed ${bytes} bytes`);
    return { bytes, sha256: hash.digest('hex') };
  }

  /** What stands at a path; undefined when nothing does. Ending with a slash, it is followed to a folder. */
  async stat(ctx: Ctx, path: string, { timeoutMs = 10_000 } = {}): Promise<Omit<RemoteEntry, 'name'> | undefined> {
    return await this.#syncing(ctx, `stat ${path}`, timeoutMs, (sync) => statRemote(sync, path));
  }

  /** What a folder holds, at most `limit` entries of it; empty as well when it cannot be opened. */
  async list(ctx: Ctx, path: string, { limit, timeoutMs = 20_000 }: { limit: number; timeoutMs?: number }) {
    return await this.#syncing(ctx, `list ${path}`, timeoutMs, (sync) => listRemote(sync, path, limit));
  }

  /**
   * A file of the phone, read as fast as the stream is. Resolves when the phone has begun to give it, so that its refusal
   * (`phone.file-refused`) can still be told.
   */
  async pull(ctx: Ctx, remote: string, { timeoutMs = 10_000 } = {}): Promise<Readable> {
    const about = { service: `pull ${remote}` };
    const sync = await this.#limited(ctx, about, timeoutMs, async () => (await this.#tango()).sync());
    const onAbort = () => closeSync(sync);
    ctx.signal.addEventListener('abort', onAbort, { once: true });
    const end = () => {
      ctx.signal.removeEventListener('abort', onAbort);
      closeSync(sync);
    };
    try {
      const chunks = readRemote(sync, remote);
      const first = await this.#limited(ctx, about, timeoutMs, () => chunks.next());
      return Readable.from(beginningWith(first, chunks, end), { objectMode: false });
    } catch (error) {
      end();
      throw error;
    }
  }

  /** `adb install -r -g`: replaces, grants the runtime permissions. Throws `device.not-ready` with Android's own reason. */
  async install(ctx: Ctx, apk: string, { timeoutMs = 120_000 } = {}): Promise<void> {
    const { size: bytes } = await stat(apk);
    const answer = await this.installFrom(ctx, { bytes, content: createReadStream(apk) }, { flags: ['-g'], timeoutMs });
    if (!answer.includes('Success')) {
      throw new DroverError('device.not-ready', {
        message: `${this.serial}: an app could not be installed: ${answer || 'no answer'}`,
        details: { serial: this.serial, apk: apk.slice(apk.lastIndexOf('/') + 1), answer },
      });
    }
  }

  /**
   * Streams an app into Android's installer, which replaces an older one, and returns its answer: `Success`, or
   * `Failure [INSTALL_FAILED_…: …]`. When `content` breaks off, Android drops what it has.
   */
  async installFrom(
    ctx: Ctx,
    { bytes, content }: { bytes: number; content: AsyncIterable<Uint8Array> },
    { flags = [], timeoutMs = 120_000 }: { flags?: readonly string[]; timeoutMs?: number } = {},
  ): Promise<string> {
    const line = commandLine(['cmd', 'package', 'install', '-r', ...flags, '-S', String(bytes)]);
    this.listener.onExchange?.('out', `exec ${line}`);
    const request = this.#request(`exec:${line}`);
    const answer = await askService(ctx, this.server.address, request, { timeoutMs }, async (reader, socket) => {
      let broken: { cause: unknown } | undefined;
      // Android may say no before it has read everything, and closes then: what counts is what it said.
      const sent = pipeline(content, socket, { end: false }).catch((cause: unknown) => {
        broken = { cause };
        socket.destroy(); // or both sides would wait for the rest
      });
      const said = (await reader.rest()).toString('utf8').trim();
      if (said !== '') return said;
      await sent;
      throw broken ? broken.cause : new EndedEarly();
    });
    this.listener.onAnswer?.();
    this.listener.onExchange?.('in', answer);
    return answer;
  }

  /** Frees what was opened for it at the adb server; the phone stays as it is. */
  async close(): Promise<void> {
    const made = this.#adb;
    this.#adb = undefined;
    await made?.then(
      (adb) => adb.close(),
      () => {}, // it never came to be
    );
  }

  /** `work` with a sync connection of its own, closed in the end or as soon as the limit or `ctx` says. */
  async #syncing<T>(ctx: Ctx, service: string, timeoutMs: number, work: (sync: AdbSync) => Promise<T>): Promise<T> {
    return await this.#limited(ctx, { service }, timeoutMs, async (signal) => {
      const sync = await (await this.#tango()).sync();
      const onAbort = () => closeSync(sync);
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        signal.throwIfAborted();
        return await work(sync);
      } finally {
        signal.removeEventListener('abort', onAbort);
        closeSync(sync);
      }
    });
  }

  #request(service: string): { serial: string; service: string } {
    return { serial: this.serial, service };
  }

  /** Made once and kept: making it asks the server four questions. */
  #tango(): Promise<Adb> {
    if (this.#adb === undefined) {
      const made = this.server.client.createTransport({ serial: this.serial }).then((transport) => new Adb(transport));
      this.#adb = made;
      const forget = () => {
        if (this.#adb === made) this.#adb = undefined;
      };
      made.then((adb) => adb.disconnected.then(forget, forget), forget);
    }
    return this.#adb;
  }

  async #limited<T>(ctx: Ctx, about: About, timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    using limited = withDeadline(
      ctx,
      timeoutMs,
      () =>
        new DroverError('phone.timeout', {
          message: `${this.serial} did not answer "${about.service}" within ${timeoutMs} ms`,
          details: { serial: this.serial, service: about.service, timeoutMs },
        }),
    );
    limited.signal.throwIfAborted();
    try {
      const result = await raceSignal(limited.signal, work(limited.signal));
      this.listener.onAnswer?.();
      return result;
    } catch (error) {
      if (limited.signal.aborted) throw limited.signal.reason;
      throw fromFail(error, { ...about, serial: this.serial });
    }
  }
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    chunks.push(value);
  }
}

async function* beginningWith(
  first: IteratorResult<Buffer, void>,
  rest: AsyncGenerator<Buffer, void, void>,
  onEnd: () => void,
): AsyncGenerator<Buffer, void, void> {
  try {
    if (first.done) return;
    yield first.value;
    yield* rest;
  } finally {
    onEnd();
  }
}
