import type { Readable } from 'node:stream';
import type { AdbDevice } from '../adb/device.ts';
import type { Clock } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { installApp } from '../phone/packages.ts';
import { listFolder, type NewFile, openFile, putFile, removeFile, type SharedFolder } from '../phone/shared-files.ts';
import { recordDevice } from '../store/devices.ts';
import type { Store } from '../store/store.ts';
import type { Fleet } from './fleet.ts';
import { type HeldPhones, type HoldClaim, notReady, shown } from './held.ts';

export interface NewApp {
  /** What its file is called. */
  name: string;
  bytes: number;
  content: AsyncIterable<Uint8Array>;
}

export interface TransfersOptions {
  held: HeldPhones;
  store: Pick<Store, 'write'>;
  fleet: Pick<Fleet, 'device' | 'aside'>;
  clock: Clock;
  random: Random;
  log: Log;
}

/**
 * Files and apps on their way between people and phones. They pass adb alone, so a phone whose automation server is down
 * takes them too; looking and fetching disturb no task and need no hold, whatever changes the phone does.
 */
export class Transfers {
  readonly #options: TransfersOptions;
  readonly #over = new AbortController();

  constructor(options: TransfersOptions) {
    this.#options = options;
  }

  /** Ends the downloads. */
  stop(): void {
    this.#over.abort(new DroverError('server.stopping'));
  }

  /** Throws `input.invalid` for a path outside shared storage, `input.not-found`, `device.not-ready`. */
  list(serial: string, path: string): Promise<SharedFolder> {
    return this.#aside(serial, (device) => shownAs(serial, listFolder(this.#ctx, device, path)));
  }

  /** The content is the caller's: read to its end, or destroyed. */
  async open(serial: string, path: string): Promise<{ name: string; content: Readable }> {
    const device = this.#device(serial);
    try {
      const file = await shownAs(serial, openFile(this.#ctx, device, path));
      file.content.once('close', () => void device.close());
      return file;
    } catch (error) {
      await device.close();
      throw error;
    }
  }

  async put(serial: string, claim: HoldClaim, file: NewFile): Promise<{ path: string; bytes: number }> {
    const put = await this.#options.held.use(serial, claim, (ctx) =>
      this.#aside(serial, (device) => putFile(ctx, device, file)),
    );
    await this.#record(serial, claim, { sent_file: put.path });
    return put;
  }

  /** Returns the path as it was spelt on the phone. */
  async remove(serial: string, claim: HoldClaim, file: string): Promise<string> {
    const path = await this.#options.held.use(serial, claim, (ctx) =>
      this.#aside(serial, (device) => removeFile(ctx, device, file)),
    );
    await this.#record(serial, claim, { deleted_file: path });
    return path;
  }

  /** Throws `phone.app-refused` with Android's reason. */
  async install(serial: string, claim: HoldClaim, { name, ...apk }: NewApp): Promise<void> {
    await this.#options.held.use(serial, claim, (ctx) => this.#aside(serial, (device) => installApp(ctx, device, apk)));
    await this.#record(serial, claim, { installed_app: name });
  }

  /** Who did it stands in the audit trail. */
  async #record(serial: string, { person }: HoldClaim, what: Readonly<Record<string, string>>): Promise<void> {
    await this.#options.store.write((tx) => recordDevice(tx, serial, what, person));
  }

  async #aside<T>(serial: string, work: (device: AdbDevice) => Promise<T>): Promise<T> {
    const device = this.#device(serial);
    try {
      return await work(device);
    } finally {
      await device.close();
    }
  }

  #device(serial: string): AdbDevice {
    const device = this.#options.fleet.aside(serial);
    if (!device) throw notReady(serial, this.#options.fleet);
    return device;
  }

  get #ctx(): Ctx {
    const { clock, random, log } = this.#options;
    return { signal: this.#over.signal, clock, random, log };
  }
}

const shownAs = <T>(serial: string, work: Promise<T>): Promise<T> =>
  work.catch((thrown: unknown) => {
    throw shown(serial, thrown);
  });
