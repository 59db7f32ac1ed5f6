import type { CancelTimer, Clock } from '../base/clock.ts';
import { toDroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';

/** What the scheduler needs of the store: claiming is one transaction and safe against other processes. */
export interface ClaimDesk<Claim> {
  /** Takes the first due task of a ready phone, or nothing. */
  claim(serial: string): Promise<Claim | undefined>;
  /** Epoch ms at which the next pending task of this phone is due, undefined when none waits. */
  nextDueAt(serial: string): Promise<number | undefined>;
  /** Called with the phones for which something may have become due. Returns a function that ends it. */
  onHint(listener: (serials: readonly string[]) => void): () => void;
}

/** What it needs of the fleet. */
export interface ReadyPhones {
  isReady(serial: string): boolean;
  readySerials(): readonly string[];
  onReady(listener: (serial: string) => void): () => void;
}

export interface SchedulerParts<Claim> {
  desk: ClaimDesk<Claim>;
  phones: ReadyPhones;
  /** Runs one claimed task to its end; it never rejects for a task's own failure. */
  run(claim: Claim): Promise<void>;
  /** How many phones may work at once under the plan. */
  deviceLimit(): number;
  clock: Clock;
  log: Log;
}

/** A hint may get lost (another process, a missed notification): what is due is looked for again this often. */
const sweepMs = 5_000;
/** After a claim that failed for a reason outside the task (database, disk). */
const errorPauseMs = 1_000;

/**
 * One lane a phone: claims its next due task, runs it, and looks again. A lane is idle (nothing due), waiting (a timer for
 * the next due time) or busy; a hint, a phone that becomes ready and the sweep wake it. What always holds: a lane claims
 * only while it runs nothing, so one phone never has two tasks, whatever the hints say.
 */
export class Scheduler<Claim> {
  readonly #parts: SchedulerParts<Claim>;
  readonly #busy = new Map<string, Promise<void>>();
  readonly #timers = new Map<string, CancelTimer>();
  readonly #again = new Set<string>();
  readonly #ends: (() => void)[] = [];
  #isOpen = false;

  constructor(parts: SchedulerParts<Claim>) {
    this.#parts = parts;
  }

  /** Serials with a task in hand. */
  get busySerials(): readonly string[] {
    return [...this.#busy.keys()];
  }

  start(): void {
    this.#isOpen = true;
    const { desk, phones } = this.#parts;
    this.#ends.push(
      desk.onHint((serials) => {
        for (const serial of serials) this.#wake(serial);
      }),
      phones.onReady((serial) => this.#wake(serial)),
    );
    this.#sweep();
  }

  /** Claims nothing more; resolves when the lanes are empty. The caller aborts what runs. */
  async stop(): Promise<void> {
    this.#isOpen = false;
    for (const end of this.#ends.splice(0)) end();
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    while (this.#busy.size > 0) await Promise.all(this.#busy.values());
  }

  #sweep(): void {
    if (!this.#isOpen) return;
    this.#setTimer('', sweepMs, () => this.#sweep());
    for (const serial of this.#parts.phones.readySerials()) this.#wake(serial);
  }

  #setTimer(key: string, ms: number, fn: () => void): void {
    this.#timers.get(key)?.();
    const cancel = this.#parts.clock.after(ms, () => {
      this.#timers.delete(key);
      fn();
    });
    this.#timers.set(key, cancel);
  }

  #wake(serial: string): void {
    if (!this.#isOpen) return;
    if (this.#busy.has(serial)) {
      this.#again.add(serial);
      return;
    }
    if (!this.#parts.phones.isReady(serial)) return;
    if (this.#busy.size >= this.#parts.deviceLimit()) return;
    this.#timers.get(serial)?.();
    this.#timers.delete(serial);
    const lane = this.#drain(serial).finally(() => {
      this.#busy.delete(serial);
      if (this.#again.delete(serial)) this.#wake(serial);
      else this.#wakeOthers(serial);
    });
    this.#busy.set(serial, lane);
  }

  /** A freed slot of the plan may let another phone start. */
  #wakeOthers(serial: string): void {
    if (this.#busy.size + 1 < this.#parts.deviceLimit()) return;
    for (const other of this.#parts.phones.readySerials()) if (other !== serial) this.#wake(other);
  }

  async #drain(serial: string): Promise<void> {
    const { desk, phones, run, log, clock } = this.#parts;
    try {
      while (this.#isOpen && phones.isReady(serial)) {
        this.#again.delete(serial);
        const askedAt = clock.now();
        const claim = await desk.claim(serial);
        if (!claim) {
          if (this.#again.has(serial)) continue;
          const dueAt = await desk.nextDueAt(serial);
          if (dueAt !== undefined && this.#isOpen) {
            // Due, and not given out: the phone or a slot is taken. A hint says when that ends; asking at once would spin.
            const waitMs = dueAt <= askedAt ? sweepMs : Math.min(sweepMs * 12, Math.max(0, dueAt - clock.now()));
            this.#setTimer(serial, waitMs, () => this.#wake(serial));
          }
          return;
        }
        await run(claim);
      }
    } catch (thrown) {
      const error = toDroverError(thrown);
      log.error({ serial, code: error.code, error }, 'lane stopped for a moment');
      if (this.#isOpen) this.#setTimer(serial, errorPauseMs, () => this.#wake(serial));
    }
  }
}
