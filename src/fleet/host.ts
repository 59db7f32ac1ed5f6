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
  #cancel: CancelTimer = () => {};
  #renewedAt = 0;
  #isOpen = false;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  /** Resolves when the row is on disk. */
  async start(): Promise<void> {
    const { id, bootId, url, version, store, clock } = this.#options;
    this.#renewedAt = clock.monotonic();
    await store.write((tx) => registerHost(tx, { id, bootId, url, version, aliveUntil: tx.now + aliveForMs }));
    this.#isOpen = true;
    this.#plan();
  }

  stop(): void {
    this.#isOpen = false;
    this.#cancel();
  }

  #plan(): void {
    this.#cancel = this.#options.clock.after(renewEveryMs, () => void this.#renew());
  }

  async #renew(): Promise<void> {
    const { id, bootId, store, clock, log, onLost } = this.#options;
    const asked = clock.monotonic();
    try {
      const isOurs = await store.write((tx) => renewHost(tx, { id, bootId, aliveUntil: tx.now + aliveForMs }));
      if (!isOurs && this.#isOpen) {
        this.stop();
        onLost('another process took the place of this host');
        return;
      }
      this.#renewedAt = asked;
    } catch (error) {
      log.warn({ error }, 'the row of this host was not renewed');
      if (this.#isOpen && clock.monotonic() - this.#renewedAt > aliveForMs - marginMs) {
        onLost('the row of this host could not be renewed in time');
      }
    }
    if (this.#isOpen) this.#plan();
  }
}
