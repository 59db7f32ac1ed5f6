import type { Database as Connection } from 'better-sqlite3';
import type { Clock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import { commitUnits } from '../base/metrics.ts';
import type { EventType } from '../contract/event.ts';
import { fromDatabase } from './from-database.ts';
import type { StatementCache } from './statement-cache.ts';
import type { Hint, Reader, Tx, Value } from './store.ts';

/** More would hold the event loop for too long: a unit takes 50–200 µs. */
const maxUnits = 200;

interface Unit {
  run: (tx: Tx) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
}

interface DoneUnit {
  unit: Unit;
  value: unknown;
  hints: readonly Hint[];
}

export interface GroupCommitParts {
  connection: Connection;
  statements: StatementCache;
  db: Reader;
  clock: Clock;
  log: Log;
  /** Called after a commit, once for each hint. */
  tell: (hint: Hint) => void;
}

/**
 * Units handed in during one turn of the event loop share a transaction, each under its own savepoint, and are answered
 * after the commit: one fsync for many creates. A unit that fails takes back only what it wrote itself.
 *
 * A whole batch runs within one turn, because every query settles at once; so a unit that has not settled when the next
 * turn begins waits for something that is no query, and is rejected instead of holding everybody's commit.
 */
export class GroupCommit {
  readonly #parts: GroupCommitParts;
  #queue: Unit[] = [];
  #flushing: Promise<void> | undefined;
  #closed = false;

  constructor(parts: GroupCommitParts) {
    this.#parts = parts;
  }

  write<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#closed) {
      return Promise.reject(new DroverError('server.stopping', { message: 'the database is closed' }));
    }
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run, resolve: (value) => resolve(value as T), reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** Refuses new units and waits for those handed in. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    while (this.#queue.length > 0) {
      await new Promise<void>((resolve) => setImmediate(resolve)); // everything else of this turn joins the batch
      let batch = this.#queue.splice(0, maxUnits);
      while (batch.length > 0) batch = await this.#commit(batch);
    }
    this.#flushing = undefined;
  }

  /** One transaction. Returns the units that did not get their turn because the database took the transaction back. */
  async #commit(batch: readonly Unit[]): Promise<Unit[]> {
    const { connection } = this.#parts;
    try {
      connection.exec('begin immediate');
    } catch (thrown) {
      for (const unit of batch) unit.reject(fromDatabase(thrown));
      return [];
    }
    const now = this.#parts.clock.now();
    const done: DoneUnit[] = [];
    for (const [index, unit] of batch.entries()) {
      const tx = new UnitTx(this.#parts, now);
      try {
        connection.exec('savepoint unit');
        const value = await settlesPromptly(unit.run(tx));
        tx.close();
        connection.exec('release unit');
        done.push({ unit, value, hints: tx.hints });
      } catch (thrown) {
        tx.close();
        unit.reject(fromDatabase(thrown));
        // SQLITE_FULL and its kin roll the whole transaction back, savepoints included: nothing of this batch is kept.
        if (!connection.inTransaction) {
          for (const lost of done) lost.unit.reject(fromDatabase(thrown));
          return batch.slice(index + 1);
        }
        connection.exec('rollback to unit');
        connection.exec('release unit');
      }
    }
    try {
      connection.exec('commit');
    } catch (thrown) {
      if (connection.inTransaction) connection.exec('rollback');
      for (const lost of done) lost.unit.reject(fromDatabase(thrown));
      return [];
    }
    commitUnits.observe(batch.length);
    for (const { unit, value } of done) unit.resolve(value);
    this.#tellAll(done.flatMap(({ hints }) => hints));
    return [];
  }

  #tellAll(hints: readonly Hint[]): void {
    const serials = new Set<string>();
    let lastId = 0;
    for (const hint of hints) {
      if (hint.kind === 'task') for (const serial of hint.serials) serials.add(serial);
      else if (hint.kind === 'event') lastId = Math.max(lastId, hint.lastId);
      else this.#parts.tell(hint);
    }
    if (serials.size > 0) this.#parts.tell({ kind: 'task', serials: [...serials] });
    if (lastId > 0) this.#parts.tell({ kind: 'event', lastId });
  }
}

class UnitTx implements Tx {
  readonly now: number;
  readonly hints: Hint[] = [];
  readonly #parts: GroupCommitParts;
  #open = true;

  constructor(parts: GroupCommitParts, now: number) {
    this.#parts = parts;
    this.now = now;
  }

  get db(): Reader {
    this.#mustBeOpen();
    return this.#parts.db;
  }

  async hot<Row = never>(text: string, params: readonly Value[]): Promise<Row[]> {
    this.#mustBeOpen();
    const statement = this.#parts.statements.prepare(text);
    if (statement.reader) return statement.all(...params) as Row[];
    statement.run(...params);
    return [];
  }

  async event(
    type: EventType,
    subject: string,
    body: Readonly<Record<string, unknown>>,
    person?: string,
  ): Promise<void> {
    const [row] = await this.hot<{ id: number }>(
      'insert into event (at, person, type, subject, body) values (?, ?, ?, ?, ?) returning id',
      [this.now, person ?? null, type, subject, JSON.stringify(body)],
    );
    if (row) this.hints.push({ kind: 'event', lastId: row.id });
  }

  hint(hint: Hint): void {
    this.hints.push(hint);
  }

  close(): void {
    this.#open = false;
  }

  #mustBeOpen(): void {
    if (!this.#open) throw new DroverError('server.bug', { message: 'a unit of work was used after its end' });
  }
}

/** `work`, or `server.bug` when it has not settled by the next turn of the event loop: queries settle within this one. */
function settlesPromptly<T>(work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const late = setImmediate(() =>
      reject(
        new DroverError('server.bug', { message: 'a unit of work waited for something other than a query of its own' }),
      ),
    );
    work.then(resolve, reject).finally(() => clearImmediate(late));
  });
}
