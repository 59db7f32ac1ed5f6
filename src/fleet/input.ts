import type { Clock } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError, toDroverError } from '../base/error.ts';
import { KeyedQueue } from '../base/keyed-queue.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import type { DeviceInput, InputKey } from '../contract/device-input.ts';
import { errorCodeRow } from '../contract/error-codes.ts';
import { key, longPress, swipe, tap } from '../phone/gesture.ts';
import type { Phone } from '../phone/phone.ts';
import { typeText } from '../phone/text.ts';
import { findLease } from '../store/leases.ts';
import type { Store } from '../store/store.ts';
import type { Fleet } from './fleet.ts';

export interface InputsOptions {
  fleet: Pick<Fleet, 'device' | 'phoneFor'>;
  store: Pick<Store, 'read'>;
  clock: Clock;
  random: Random;
  log: Log;
}

/** No touch begins so late in a hold that it could end after it, in the hands of a task. */
const longestActMs = 10_000;

/** Android's own numbers. */
const keycodes: Readonly<Record<InputKey, number>> = {
  back: 4,
  home: 3,
  recents: 187,
  enter: 66,
  delete: 67,
  wake: 224,
  'volume-up': 24,
  'volume-down': 25,
};

/** Touches of people. They need a hold, so none can fall into a task; a phone does one after the other. */
export class Inputs {
  readonly #options: InputsOptions;
  readonly #queue = new KeyedQueue<string>();
  readonly #over = new AbortController();

  constructor(options: InputsOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#over.abort(new DroverError('server.stopping'));
  }

  /** Resolves when the phone has done it. Throws `device.held` without a hold of one's own, `device.not-ready` when the phone does not do it. */
  send(serial: string, input: DeviceInput, person: string): Promise<void> {
    return this.#queue.run(serial, async () => {
      await this.#checkHold(serial, input.hold, person);
      const phone = this.#options.fleet.phoneFor(serial);
      if (!phone) throw this.#notReady(serial);
      try {
        await act(this.#ctx(), phone, input);
      } catch (thrown) {
        const error = toDroverError(thrown);
        if (error.code === 'server.bug' || errorCodeRow(error.code).wire !== undefined) throw error;
        throw new DroverError('device.not-ready', { message: `phone ${serial}: ${error.message}`, cause: error });
      }
    });
  }

  async #checkHold(serial: string, token: number, person: string): Promise<void> {
    const { store, clock } = this.#options;
    const lease = await findLease(store.read, serial);
    const isOurs =
      lease?.holder === 'person' &&
      lease.token === token &&
      lease.person === person &&
      lease.expiresAt - clock.now() > longestActMs;
    if (isOurs) return;
    throw new DroverError('device.held', {
      message:
        lease?.holder === 'task'
          ? `phone ${serial} is at work on task ${lease.taskId}: stop the task first`
          : `phone ${serial} is not held by you, or no longer: take it with POST /devices/${serial}/hold and renew that in time`,
    });
  }

  #notReady(serial: string): DroverError {
    const device = this.#options.fleet.device(serial);
    const reason = device?.reason ? `: ${device.reason}` : '';
    return new DroverError('device.not-ready', {
      message: `phone ${serial} is ${device?.state ?? 'not connected to this server'}${reason}`,
    });
  }

  #ctx(): Ctx {
    const { clock, random, log } = this.#options;
    return { signal: this.#over.signal, clock, random, log };
  }
}

async function act(ctx: Ctx, phone: Phone, input: DeviceInput): Promise<void> {
  if (input.tap) await tap(ctx, phone, input.tap);
  else if (input.long_press) await longPress(ctx, phone, input.long_press);
  else if (input.swipe) await swipe(ctx, phone, input.swipe.from, input.swipe.to, input.swipe.ms);
  else if (input.key) await key(ctx, phone, keycodes[input.key]);
  else if (input.text !== undefined) await typeText(ctx, phone, input.text, { timeoutMs: 5_000 });
}
