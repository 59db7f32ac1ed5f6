import { type Clock, sleep } from '../base/clock.ts';
import { type Ctx, withSignal } from '../base/context.ts';
import { DroverError, toDroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import { errorCodeRow } from '../contract/error-codes.ts';
import type { Phone } from '../phone/phone.ts';
import { findLease, heldByTask } from '../store/leases.ts';
import type { Store } from '../store/store.ts';
import type { Fleet } from './fleet.ts';

export interface HeldPhonesOptions {
  fleet: Pick<Fleet, 'device' | 'phoneFor'>;
  store: Pick<Store, 'read'>;
  clock: Clock;
  random: Random;
  log: Log;
}

/** By which a caller shows that the phone is theirs. */
export interface HoldClaim {
  /** Token of the hold. */
  hold: number;
  person: string;
}

/** Nothing begins so late in a hold that a short touch could end after it, in the hands of a task. */
const shortestLeftMs = 10_000;
/** A long piece of work (a file on its way) is looked after this often. */
const lookEveryMs = 1_000;

/** What people do to phones. It needs a hold of theirs from its beginning to its end, so none of it falls into a task. */
export class HeldPhones {
  readonly #options: HeldPhonesOptions;
  readonly #over = new AbortController();

  constructor(options: HeldPhonesOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#over.abort(new DroverError('server.stopping'));
  }

  /**
   * Does `work` while the hold stands, and aborts it when the hold ends before. Throws `device.held` without a hold of one's
   * own, `device.not-ready` when the phone does not do it.
   */
  async use<T>(serial: string, claim: HoldClaim, work: (ctx: Ctx) => Promise<T>): Promise<T> {
    await this.#check(serial, claim, shortestLeftMs);
    const lapsed = new AbortController();
    const done = new AbortController();
    using ctx = withSignal(this.#ctx, lapsed.signal);
    void this.#watch(serial, claim, done.signal).catch((reason: unknown) => lapsed.abort(reason));
    try {
      return await work(ctx);
    } catch (thrown) {
      if (ctx.signal.aborted) throw ctx.signal.reason;
      throw shown(serial, thrown);
    } finally {
      done.abort();
    }
  }

  /** A look that a task would notice: it asks the automation server. Throws `device.held` while one is at work. */
  async look<T>(serial: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
    const lease = await findLease(this.#options.store.read, serial);
    if (lease?.holder === 'task') throw heldByTask(serial, lease);
    try {
      return await work(this.#ctx);
    } catch (thrown) {
      throw shown(serial, thrown);
    }
  }

  /** The phone in hand. Throws `device.not-ready` with the reason why there is none. */
  phone(serial: string): Phone {
    const phone = this.#options.fleet.phoneFor(serial);
    if (!phone) throw notReady(serial, this.#options.fleet);
    return phone;
  }

  get #ctx(): Ctx {
    const { clock, random, log } = this.#options;
    return { signal: this.#over.signal, clock, random, log };
  }

  async #watch(serial: string, claim: HoldClaim, done: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await sleep(this.#options.clock, lookEveryMs, done);
      } catch {
        return; // the work has ended
      }
      await this.#check(serial, claim, 0);
    }
  }

  async #check(serial: string, { hold, person }: HoldClaim, leftMs: number): Promise<void> {
    const { store, clock } = this.#options;
    const lease = await findLease(store.read, serial);
    const isOurs =
      lease?.holder === 'person' &&
      lease.token === hold &&
      lease.person === person &&
      lease.expiresAt - clock.now() > leftMs;
    if (isOurs) return;
    throw new DroverError('device.held', {
      message:
        lease?.holder === 'task'
          ? `phone ${serial} is at work on task ${lease.taskId}: stop the task first`
          : `phone ${serial} is not held by you, or no longer: take it with POST /devices/${serial}/hold and renew that in time`,
    });
  }
}

/** Why a phone cannot be used, in the fleet's words. */
export function notReady(serial: string, fleet: Pick<Fleet, 'device'>): DroverError {
  const device = fleet.device(serial);
  const reason = device?.reason ? `: ${device.reason}` : '';
  return new DroverError('device.not-ready', {
    message: `phone ${serial} is ${device?.state ?? 'not connected to this server'}${reason}`,
  });
}

/** What a phone's silence or refusal is called towards HTTP clients: it is not ready, and why. */
export function shown(serial: string, thrown: unknown): DroverError {
  const error = toDroverError(thrown);
  if (error.code === 'server.bug' || errorCodeRow(error.code).wire !== undefined) return error;
  return new DroverError('device.not-ready', { message: `phone ${serial}: ${error.message}`, cause: error });
}
