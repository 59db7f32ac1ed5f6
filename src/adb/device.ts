import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { Adb } from '@yume-chan/adb';
import { type MaybeConsumable, ReadableStream } from '@yume-chan/stream-extra';
import { type Ctx, raceSignal, withDeadline } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import { type About, fromFail } from './from-fail.ts';
import { commandLine } from './quote.ts';
import type { AdbServer } from './server.ts';
import { askService, openService } from './socket.ts';

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
    this.listener.onExchange?.('out', `push ${remote}`);
    const { mtimeMs } = await stat(path);
    const pushed = await this.#limited(ctx, { service: `push ${remote}` }, timeoutMs, async (signal) => {
      const adb = await this.#tango();
      const sync = await adb.sync();
      const onAbort = () => void sync.dispose();
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        const hash = createHash('sha256');
        let bytes = 0;
        const file = fileStream(path, signal, (chunk) => {
          hash.update(chunk);
          bytes += chunk.length;
        });
        await sync.write({ filename: remote, file, permission: 0o660, mtime: Math.floor(mtimeMs / 1000) });
        return { bytes, sha256: hash.digest('hex') };
      } finally {
        signal.removeEventListener('abort', onAbort);
        await sync.dispose();
      }
    });
    this.listener.onExchange?.('in', `pushed ${pushed.bytes} bytes`);
    return pushed;
  }

  /** `adb install -r -g`: replaces, grants the runtime permissions. Throws `device.not-ready` with Android's own reason. */
  async install(ctx: Ctx, apk: string, { timeoutMs = 120_000 } = {}): Promise<void> {
    const { size } = await stat(apk);
    const line = commandLine(['cmd', 'package', 'install', '-r', '-g', '-S', String(size)]);
    this.listener.onExchange?.('out', `exec ${line}`);
    const request = this.#request(`exec:${line}`);
    const answer = await askService(ctx, this.server.address, request, { timeoutMs }, async (reader, socket) => {
      await pipeline(createReadStream(apk), socket, { end: false });
      return (await reader.rest()).toString('utf8').trim();
    });
    this.listener.onAnswer?.();
    this.listener.onExchange?.('in', answer);
    if (!answer.includes('Success')) {
      throw new DroverError('device.not-ready', {
        message: `${this.serial}: an app could not be installed: ${answer || 'no answer'}`,
        details: { serial: this.serial, apk: apk.slice(apk.lastIndexOf('/') + 1), answer },
      });
    }
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

function fileStream(
  path: string,
  signal: AbortSignal,
  onChunk: (chunk: Uint8Array) => void,
): ReadableStream<MaybeConsumable<Uint8Array>> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024, signal });
  const chunks: AsyncIterator<Buffer> = file[Symbol.asyncIterator]();
  return new ReadableStream<MaybeConsumable<Uint8Array>>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) return controller.close();
      onChunk(value);
      controller.enqueue(value);
    },
    cancel() {
      file.destroy();
    },
  });
}
