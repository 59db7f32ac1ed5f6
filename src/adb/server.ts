import { spawn } from 'node:child_process';
import { AdbServerClient } from '@yume-chan/adb';
import { AdbServerNodeTcpConnector } from '@yume-chan/adb-server-node-tcp';
import { sleep } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError, hasCode } from '../base/error.ts';
import { type AdbEntry, parseDeviceList } from './device-list.ts';
import { type AdbAddress, askService, openService } from './socket.ts';

export interface AdbServerOptions extends AdbAddress {
  /** The adb program, to start a server on this machine with; null: never start one. Default `adb`, found on the PATH. */
  program?: string | null;
}

/**
 * One adb server, wherever it listens. It is started when it is local and nothing answers, and never killed: other
 * programs hold forwards and streams in it, and all its phones would drop.
 */
export class AdbServer {
  readonly address: AdbAddress;
  /** Tango, for shell and sync. */
  readonly client: AdbServerClient;
  readonly #program: string | null;

  constructor({ host, port, program = 'adb' }: AdbServerOptions) {
    this.address = { host, port };
    this.#program = program;
    this.client = new AdbServerClient(new AdbServerNodeTcpConnector({ host, port }));
  }

  get name(): string {
    return `${this.address.host}:${this.address.port}`;
  }

  /** Finds the server or starts it; its protocol version. Throws `adb.unreachable` with what to do. */
  async ensure(ctx: Ctx): Promise<number> {
    try {
      return await this.version(ctx);
    } catch (error) {
      if (!hasCode(error, 'adb.unreachable')) throw error;
      if (!isLocal(this.address.host)) throw this.#unreachable('start the adb server there, or correct --adb', error);
      if (this.#program === null) throw this.#unreachable('start it with adb start-server', error);
      await this.#start(ctx, this.#program);
      return await this.version(ctx);
    }
  }

  /** Protocol version, 41 for every adb since 2018. */
  async version(ctx: Ctx): Promise<number> {
    return Number.parseInt(await this.ask(ctx, 'host:version'), 16);
  }

  async devices(ctx: Ctx): Promise<AdbEntry[]> {
    return parseDeviceList(await this.ask(ctx, 'host:devices-l'));
  }

  /**
   * `adb connect`: true when the phone is there (adb says "connected" and "already connected" alike, even for one that
   * is offline). adb blocks up to 10 s for a phone that accepts the connection and says nothing.
   */
  async connect(ctx: Ctx, serial: string, { timeoutMs = 11_000 } = {}): Promise<{ ok: boolean; message: string }> {
    const message = await this.ask(ctx, `host:connect:${serial}`, { timeoutMs });
    return { ok: /^(already )?connected to/.test(message), message };
  }

  /** `adb disconnect SERIAL`: false when adb did not know it. */
  async disconnect(ctx: Ctx, serial: string): Promise<boolean> {
    try {
      await this.ask(ctx, `host:disconnect:${serial}`);
      return true;
    } catch (error) {
      if (hasCode(error, 'device.lost')) return false; // FAIL "no such device"
      throw error;
    }
  }

  /** The answer of a host service as text. */
  async ask(ctx: Ctx, service: string, { timeoutMs = 5_000 } = {}): Promise<string> {
    return await askService(ctx, this.address, { service }, { timeoutMs }, (reader) => reader.text());
  }

  /**
   * Resolves when the phone drops, within about 100 ms, also for a TCP phone, whose drop the tracker keeps to itself
   * (adb 29.0.6). Rejects with `adb.unreachable` when the adb server goes away, or as `ctx` does.
   */
  async waitForDisconnect(ctx: Ctx, serial: string): Promise<void> {
    const service = `host-serial:${serial}:wait-for-any-disconnect`;
    // no limit of its own: it waits as long as the phone is there
    const socket = await openService(ctx, this.address, { service }, { timeoutMs: 5_000 });
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        socket.destroy();
        reject(ctx.signal.reason);
      };
      ctx.signal.addEventListener('abort', onAbort, { once: true });
      const settle = (end: () => void) => () => {
        ctx.signal.removeEventListener('abort', onAbort);
        socket.destroy();
        end();
      };
      // a second OKAY is the answer; the end without one is the end of the server, which is a loss as well
      socket.once('data', settle(resolve));
      socket.once('close', settle(resolve));
    });
  }

  async #start(ctx: Ctx, program: string): Promise<void> {
    ctx.log.info({ adb: this.name }, 'no adb server listens there: starting one');
    const code = await new Promise<number | NodeJS.ErrnoException>((resolve) => {
      // The daemon inherits pipes and would keep them open for ever, so it gets none.
      const child = spawn(program, ['-P', String(this.address.port), 'start-server'], { stdio: 'ignore' });
      child.once('error', resolve);
      child.once('exit', (exit) => resolve(exit ?? -1));
    });
    if (typeof code !== 'number') {
      const todo =
        code.code === 'ENOENT'
          ? `no "${program}" was found either: install platform-tools (Debian: apt install adb), or use --sim`
          : `${program} could not be run (${code.message})`;
      throw this.#unreachable(todo, code);
    }
    if (code !== 0) throw this.#unreachable(`${program} start-server ended with ${code}; run it by hand to see why`);
    for (let tries = 0; ; tries++) {
      try {
        await this.version(ctx);
        return;
      } catch (error) {
        if (tries >= 20 || !hasCode(error, 'adb.unreachable')) throw error;
        await sleep(ctx.clock, 100, ctx.signal);
      }
    }
  }

  #unreachable(todo: string, cause?: unknown): DroverError {
    return new DroverError('adb.unreachable', {
      message: `no adb server answers at ${this.name}: ${todo}`,
      details: { adb: this.name },
      cause,
    });
  }
}

export const isLocal = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** A serial that `adb connect` takes: the phone is reached over TCP. */
export const isTcpSerial = (serial: string): boolean => /^(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i.test(serial);
