import type { Clock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import { startSweep } from './base/sweep.ts';
import type { SettingKey, Settings } from './contract/settings.ts';
import type { Library } from './media/library.ts';
import { type PruneWish, pruneEffects, pruneEvents, pruneLeavings, pruneTasks, traceStanding } from './store/prune.ts';
import type { Store, Tx } from './store/store.ts';
import { pruneTraces } from './trace/prune.ts';

export interface RetentionParts {
  store: Pick<Store, 'read' | 'write'>;
  clock: Clock;
  log: Log;
  library: Pick<Library, 'pruneUsed'>;
  traceFolder: string;
  setting<Key extends SettingKey>(key: Key): Settings[Key];
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;
/** The longest window that a conduct limit counts over is 7 days; a clock may be wrong by some. */
const leastLedgerDays = 30;
/** Rows of one unit: a few milliseconds that others wait. */
const chunk = 200;

export interface Pruned {
  tasks: number;
  events: number;
  effects: number;
  leavings: number;
  traces: number;
  media: number;
  bytes: number;
}

/** What keeps a disk alive over years: everything that grows has an age at which it goes, by settings. */
export class Retention {
  readonly #parts: RetentionParts;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  /** A minute after the start, so that it is in nobody's way, and every hour from then on. The returned function ends it. */
  start(): () => Promise<void> {
    const { clock, log } = this.#parts;
    let dueAt = 0;
    return startSweep({ clock, log, everyMs: minuteMs, what: 'what is old' }, async () => {
      if (clock.monotonic() < dueAt) return;
      dueAt = clock.monotonic() + hourMs;
      await this.sweep();
    });
  }

  /** Removes what is old now, in small units. */
  async sweep(): Promise<Pruned> {
    const { store, clock, log, library, traceFolder } = this.#parts;
    const setting: RetentionParts['setting'] = (key) => this.#parts.setting(key);
    const now = clock.now();
    const ago = (days: number): number => now - days * dayMs;
    const tasksBefore = ago(setting('retention.tasks_days'));
    const ledgerBefore = Math.min(tasksBefore, ago(leastLedgerDays));
    const pruned: Pruned = {
      tasks: await this.#all(tasksBefore, async (tx, wish) => (await pruneTasks(tx, wish)).length),
      events: await this.#all(ago(setting('retention.events_days')), pruneEvents),
      effects: await this.#all(ledgerBefore, pruneEffects),
      leavings: await this.#all(ledgerBefore, pruneLeavings),
      ...{ traces: 0, media: 0, bytes: 0 },
    };
    const traces = await pruneTraces(traceFolder, {
      before: ago(setting('retention.traces_days')),
      maxBytes: setting('retention.traces_max_mb') * 1024 * 1024,
      orphansBefore: now - hourMs,
      standing: (ids) => traceStanding(store.read, ids),
    });
    // where media may be posted again, nothing of it has had its day
    const media = setting('media.allow_reuse')
      ? { items: 0, bytes: 0 }
      : await library.pruneUsed({ usedBefore: ago(setting('retention.media_days')) });
    Object.assign(pruned, { traces: traces.traces, media: media.items, bytes: traces.bytes + media.bytes });
    if (Object.values(pruned).some((count) => count > 0)) log.info({ ...pruned }, 'old things were removed');
    return pruned;
  }

  /** Unit after unit, so that nobody waits long. */
  async #all(before: number, prune: (tx: Tx, wish: PruneWish) => Promise<number>): Promise<number> {
    for (let sum = 0; ; ) {
      const count = await this.#parts.store.write((tx) => prune(tx, { before, limit: chunk }));
      sum += count;
      if (count < chunk) return sum;
    }
  }
}
