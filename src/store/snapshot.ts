import SqliteDatabase from 'better-sqlite3';
import { DroverError } from '../base/error.ts';
import { fromDatabase } from './from-database.ts';

/**
 * Writes a copy of the database as it is at one moment to `to`, which must not exist. A server may go on writing: the copy
 * is made in one read transaction, which holds nobody up. Throws `server.data-unusable`, `server.disk-full`.
 */
export function copyDatabase(file: string, to: string): void {
  let connection: SqliteDatabase.Database | undefined;
  try {
    connection = new SqliteDatabase(file, { readonly: true, fileMustExist: true, timeout: 30_000 });
    connection.prepare('vacuum into ?').run(to);
  } catch (thrown) {
    throw fromDatabase(thrown);
  } finally {
    connection?.close();
  }
}

/** Throws `server.data-unusable` when the database's own check finds something wrong. */
export function assertSoundDatabase(file: string): void {
  let connection: SqliteDatabase.Database | undefined;
  try {
    connection = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
    const [found] = connection.prepare<[], { integrity_check: string }>('pragma integrity_check(1)').all();
    if (found?.integrity_check === 'ok') return;
    throw new DroverError('server.data-unusable', { message: `${file} is damaged: ${found?.integrity_check}` });
  } catch (thrown) {
    throw fromDatabase(thrown);
  } finally {
    connection?.close();
  }
}
