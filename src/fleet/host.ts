import type { CancelTimer, Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { registerHost, renewHost } from '../store/hosts.ts';
import type { Store } from '../store/store.ts';

export interface HostOptions {
  id: string;
  /** Of this process. */
  bootId: string;
  url: string | null;
  version: string;
  store: Store;
  clock: Clock;
  log: Log;
  /** This process may no longer act for its phones: another took over, or the row could not be renewed in time. */
  onLost(why: string): void;
}

const renewEveryMs = 5_000;
const aliveForMs = 20_000;
/** Others take the phones over when the row lapses; we stop acting before that. */
const marginMs = 5_000;

/** The row that says: this host is alive and owns the phones its adb servers show. */
export class HostRow {
  readonly #options: HostOptions;
  #cancelRenewal: CancelTimer = () => {};
  #cancelLapse: CancelTimer = () => {};
  #isOpen = false;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  /** Resolves when the row is on disk. */
  async start(): Promise<void> {
    const { id, bootId, url, version, store } = this.#options;
    this.#isOpen = true;
    this.#watchLapse();
    await store.write((tx) => registerHost(tx, { id, bootId, url, version, aliveUntil: tx.now + aliveForMs }));
    this.#plan();
  }

  stop(): void {
    this.#isOpen = false;
    this.#cancelRenewal();
    this.#cancelLapse();
  }

  #plan(): void {
    if (this.#isOpen) this.#cancelRenewal = this.#options.clock.after(renewEveryMs, () => void this.#renew());
  }

  async #renew(): Promise<void> {
    const { id, bootId, store, clock, log } = this.#options;
    const asked = clock.monotonic();
    try {
      const isOurs = await store.write((tx) => renewHost(tx, { id, bootId, aliveUntil: tx.now + aliveForMs }));
      if (isOurs) this.#watchLapse(clock.monotonic() - asked);
      else this.#lose('another process took the place of this host');
    } catch (error) {
      log.warn({ error }, 'the row of this host was not renewed');
    }
    this.#plan();
  }

  /** A timer of its own, because a write may also hang. The row counts from when it was asked for, not from its commit. */
  #watchLapse(elapsedMs = 0): void {
    this.#cancelLapse();
    if (!this.#isOpen) return;
    const leftMs = aliveForMs - marginMs - elapsedMs;
    const lapsed = () => this.#lose('the row of this host could not be renewed in time');
    this.#cancelLapse = this.#options.clock.after(leftMs, lapsed);
  }

  #lose(why: string): void {
    if (!this.#isOpen) return;
    this.stop();
    this.#options.onLost(why);
  }
}
