import SqliteDatabase, { type Database as Connection } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { type DataLock, takeDataLock } from './data-lock.ts';
import { sqliteDialect } from './dialect.ts';
import { fromDatabase } from './from-database.ts';
import { GroupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import type { Database } from './schema.ts';
import { StatementCache } from './statement-cache.ts';
import type { Hint, Reader, Store, Tx } from './store.ts';

export interface SqliteOptions {
  file: string;
  clock: Clock;
  log: Log;
  /**
   * Whether this process claims the file for itself, as a server does (default). Others may open it beside the server to
   * work on it: the database keeps them apart, but their hints do not reach the server.
   */
  owner?: boolean;
}

/** How long a writer waits for another process's commit before it gives up. */
const busyMs = 5_000;

/**
 * Opens or creates the database, brings it up to date, and keeps two connections: one that writes, one that only reads.
 * Throws `server.data-unusable` when another server has it, it is damaged, or a newer version wrote it.
 */
export function openSqliteStore(options: SqliteOptions): SqliteStore {
  const lock = options.owner === false ? undefined : takeDataLock(options.file);
  let writer: Connection | undefined;
  let reader: Connection | undefined;
  try {
    writer = openWriter(options.file);
    const added = applyMigrations(writer, options.clock);
    if (added.length > 0) options.log.info({ migrations: added }, 'database brought up to date');
    reader = new SqliteDatabase(options.file, { readonly: true, timeout: busyMs });
    return new SqliteStore({ options, lock, writer, reader });
  } catch (thrown) {
    reader?.close();
    writer?.close();
    lock?.release();
    throw fromDatabase(thrown);
  }
}

function openWriter(file: string): Connection {
  const connection = new SqliteDatabase(file, { timeout: busyMs });
  connection.pragma('journal_mode = wal');
  connection.pragma('synchronous = full'); // an acknowledged task survives power loss, not only kill -9
  connection.pragma('foreign_keys = on');
  connection.pragma('journal_size_limit = 67108864');
  return connection;
}

function applyMigrations(connection: Connection, clock: Clock): readonly string[] {
  return connection
    .transaction(() => {
      connection.exec(
        'create table if not exists migration (name text not null primary key, at integer not null) strict',
      );
      return migrate(
        {
          exec: (statement) => connection.exec(statement),
          applied: () =>
            connection
              .prepare<[], { name: string }>('select name from migration order by name')
              .all()
              .map((row) => row.name),
          record: (name) => connection.prepare('insert into migration (name, at) values (?, ?)').run(name, clock.now()),
        },
        sqliteDialect,
      );
    })
    .immediate();
}

const kyselyOver = (connection: Connection, statements: StatementCache): Reader =>
  new Kysely<Database>({
    dialect: new SqliteDialect({
      database: { prepare: (text) => statements.prepare(text), close: () => connection.close() },
    }),
  });

interface SqliteParts {
  options: SqliteOptions;
  lock: DataLock | undefined;
  writer: Connection;
  reader: Connection;
}

export class SqliteStore implements Store {
  readonly read: Reader;
  readonly #parts: SqliteParts;
  readonly #commits: GroupCommit;
  readonly #listeners = new Set<(hint: Hint) => void>();

  constructor(parts: SqliteParts) {
    this.#parts = parts;
    const statements = new StatementCache(parts.writer, { writer: true });
    this.read = kyselyOver(parts.reader, new StatementCache(parts.reader, { writer: false }));
    this.#commits = new GroupCommit({
      connection: parts.writer,
      statements,
      db: kyselyOver(parts.writer, statements),
      clock: parts.options.clock,
      log: parts.options.log,
      tell: (hint) => this.#tell(hint),
    });
  }

  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#commits.write(fn);
  }

  onHint(listener: (hint: Hint) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  checkIntegrity(): readonly string[] {
    const found = this.#parts.reader.prepare<[], { integrity_check: string }>('pragma integrity_check').all();
    const orphans = this.#parts.reader.prepare<[], { table: string }>('pragma foreign_key_check').all();
    return [
      ...found.map((row) => row.integrity_check).filter((line) => line !== 'ok'),
      ...orphans.map((row) => `a row of ${row.table} names a row that is missing`),
    ];
  }

  async close(): Promise<void> {
    await this.#commits.close();
    this.#listeners.clear();
    this.#parts.reader.close();
    this.#parts.writer.close(); // the last connection folds the write-ahead log into the file
    this.#parts.lock?.release();
  }

  #tell(hint: Hint): void {
    for (const listener of this.#listeners) {
      try {
        listener(hint);
      } catch (error) {
        this.#parts.options.log.error({ error, hint: hint.kind }, 'a listener of the database failed');
      }
    }
  }
}
