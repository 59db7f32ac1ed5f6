import type { Database as Connection, Statement } from 'better-sqlite3';
import { DroverError } from '../base/error.ts';

/** Lists with many filters give many texts; far below this the cache would already hold every statement of the product. */
const maxStatements = 500;

/**
 * Prepares each text once. With `writer`, statements are refused outside a transaction: a unit whose transaction the
 * database took back (SQLITE_FULL) must not go on writing row by row.
 */
export class StatementCache {
  readonly #connection: Connection;
  readonly #writer: boolean;
  readonly #statements = new Map<string, Statement<unknown[], unknown>>();

  constructor(connection: Connection, { writer }: { writer: boolean }) {
    this.#connection = connection;
    this.#writer = writer;
  }

  prepare(text: string): Statement<unknown[], unknown> {
    if (this.#writer && !this.#connection.inTransaction) {
      throw new DroverError('server.bug', { message: 'a write outside a unit of work' });
    }
    const known = this.#statements.get(text);
    if (known) return known;
    const statement = this.#connection.prepare<unknown[], unknown>(text);
    if (this.#statements.size >= maxStatements) {
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(text, statement);
    return statement;
  }
}
