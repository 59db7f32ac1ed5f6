import type { CancelTimer, Clock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import { endHold, findLease, heldByOther, type Lease, listHolds, takeHold } from '../store/leases.ts';
import type { Store } from '../store/store.ts';

export interface HoldsOptions {
  store: Store;
  clock: Clock;
  log: Log;
  hostId: string;
  bootId: string;
}

/** A hold lasts this long; whoever still needs the phone calls again. Long enough for a console that was suspended a moment. */
export const holdMs = 60_000;
/** An end that could not be written is tried again after this. */
const againMs = 1_000;

/**
 * Phones in the hands of persons. A hold is the same lease row that a task takes, so nothing is claimed for a phone that
 * somebody holds, and nobody gets a phone that a task works on. It ends by being released or by not being renewed; either
 * way the row goes and the queue wakes.
 */
export class Holds {
  readonly #options: HoldsOptions;
  readonly #timers = new Map<string, CancelTimer>();
  readonly #ending = new Set<Promise<void>>();
  #isOpen = true;

  constructor(options: HoldsOptions) {
    this.#options = options;
  }

  /** Takes over what persons held when the server stopped. */
  async start(): Promise<void> {
    for (const hold of await listHolds(this.#options.store.read)) this.#plan(hold);
  }

  /** Holds stay as they are: their time goes on without us. */
  async stop(): Promise<void> {
    this.#isOpen = false;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    await Promise.all(this.#ending);
  }

  /** Takes the phone or keeps it. Throws `device.held` while a task or somebody else has it. */
  async hold(serial: string, person: string): Promise<Lease> {
    const { store, hostId, bootId } = this.#options;
    const hold = await store.write((tx) => takeHold(tx, { serial, person, hostId, bootId, holdMs }));
    this.#plan(hold);
    return hold;
  }

  /** Harmless when nobody holds it. Throws `device.held` when a task has it, or somebody else and the caller is no admin. */
  async release(serial: string, { person, isAdmin }: { person: string; isAdmin: boolean }): Promise<void> {
    const { store, clock } = this.#options;
    await store.write(async (tx) => {
      const now = await findLease(tx.db, serial);
      const isOfOther = now?.holder === 'person' && now.person !== person && now.expiresAt > clock.now();
      if (isOfOther && !isAdmin) throw heldByOther(serial, now);
      await endHold(tx, serial, person);
    });
    this.#forget(serial);
  }

  #plan({ serial, expiresAt }: Lease): void {
    this.#forget(serial);
    if (!this.#isOpen) return;
    const leftMs = Math.max(0, expiresAt - this.#options.clock.now());
    this.#after(serial, leftMs + 1);
  }

  #after(serial: string, ms: number): void {
    const cancel = this.#options.clock.after(ms, () => {
      this.#timers.delete(serial);
      const ending = this.#end(serial).finally(() => this.#ending.delete(ending));
      this.#ending.add(ending);
    });
    this.#timers.set(serial, cancel);
  }

  #forget(serial: string): void {
    this.#timers.get(serial)?.();
    this.#timers.delete(serial);
  }

  /** Ends a hold that has lapsed. One that was renewed meanwhile, here or by another host, is looked at again later. */
  async #end(serial: string): Promise<void> {
    const { store, log } = this.#options;
    try {
      const renewed = await store.write(async (tx) => {
        const now = await findLease(tx.db, serial);
        if (now?.holder !== 'person') return undefined;
        if (now.expiresAt > tx.now) return now;
        await endHold(tx, serial);
        return undefined;
      });
      if (renewed) this.#plan(renewed);
      else log.info({ serial }, 'a hold has ended');
    } catch (error) {
      if (error instanceof DroverError && error.code === 'server.stopping') return;
      log.warn({ serial, error }, 'the end of a hold was not written');
      if (this.#isOpen) this.#after(serial, againMs);
    }
  }
}
