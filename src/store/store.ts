import { CompiledQuery, type Kysely } from 'kysely';
import type { EventType } from '../contract/event.ts';
import type { Database } from './schema.ts';

/**
 * Said after a commit to whoever listens in this process: "look now". A hint is never the truth: listeners also sweep
 * every few seconds, and other processes on the same database may not hear it.
 */
export type Hint =
  | { kind: 'task'; serials: readonly string[] }
  | { kind: 'event'; lastId: number }
  | { kind: 'stop'; taskId: number }
  | { kind: 'setting' }
  | { kind: 'schedule' };

export type Value = string | number | null;

/** Where a query may be asked: `store.read`, or `tx.db` to see what this unit wrote. */
export type Reader = Kysely<Database>;

/** One unit of work in an open transaction. Good until its function settles; used later it throws `server.bug`. */
export interface Tx {
  readonly db: Reader;
  /** Epoch ms; the same for the whole unit. */
  readonly now: number;
  /**
   * A hot statement as plain SQL with `?` placeholders, prepared once (Kysely compiles each time: 3–10 times slower).
   * Keys compared with an index are written `= ${pin}`.
   */
  hot<Row = never>(text: string, params: readonly Value[]): Promise<Row[]>;
  /** Appends to the event log, the audit trail; listeners get one `event` hint after the commit. */
  event(type: EventType, subject: string, body: Readonly<Record<string, unknown>>, person?: string): Promise<void>;
  hint(hint: Hint): void;
}

/**
 * Bound key of a hot statement. SQLite compiled with STAT4 plans anew for each value bound to an indexed column; behind a
 * unary plus it does not (claim measured 2.9 times faster). A store for another database replaces `+?` by its own mark.
 */
export const pin = '+?';

/** Hot statements outside a unit, not prepared: for what is asked seldom. */
export const asHot = (db: Reader): Pick<Tx, 'hot'> => ({
  hot: async <Row>(text: string, params: readonly Value[]) =>
    (await db.executeQuery<Row>(CompiledQuery.raw(text, [...params]))).rows,
});

export interface Store {
  /** A second, read-only connection: reads never wait behind an open batch of writes. */
  readonly read: Reader;
  /**
   * Runs `fn` in a transaction and resolves with its value once that is on disk; everything `fn` wrote is gone when it
   * throws. Await nothing but queries of `tx` inside: others share the commit. A unit that waits for anything else is
   * rejected as `server.bug`. Throws `server.disk-full`, `server.stopping` (closed), or what `fn` threw.
   */
  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  onHint(listener: (hint: Hint) => void): () => void;
  /** What the database's own integrity check finds wrong; empty when all is well. Blocks while it runs. */
  checkIntegrity(): readonly string[];
  /** Waits for what was handed in, then closes. Later writes are refused. */
  close(): Promise<void>;
}
