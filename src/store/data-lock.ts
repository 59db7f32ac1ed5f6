import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { DroverError } from '../base/error.ts';

/** Held while one server process owns a database file. */
export interface DataLock {
  release(): void;
}

/**
 * Takes the lock beside `file`, or throws `server.data-unusable` naming the process that has it.
 *
 * Node offers no file lock, but SQLite takes one of the operating system's: an open write transaction on a tiny database
 * of its own. The system drops it when the process ends, however it ends, so nothing stays behind after kill -9 and no
 * process id has to be guessed alive. The id in `<file>.pid` is only for the message.
 */
export function takeDataLock(file: string): DataLock {
  const pidFile = `${file}.pid`;
  const lock = new SqliteDatabase(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('begin immediate');
  } catch (cause) {
    lock.close();
    const holder = readPid(pidFile);
    throw new DroverError('server.data-unusable', {
      message: `the database ${file} is in use by ${holder === undefined ? 'another process' : `process ${holder}`}: stop it, or choose another data folder`,
      details: { file, ...(holder === undefined ? {} : { pid: holder }) },
      cause,
    });
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return {
    release() {
      rmSync(pidFile, { force: true });
      lock.close();
    },
  };
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return Number.isInteger(pid) ? pid : undefined;
  } catch {
    return undefined; // being written at this moment, or removed by hand: the message does without
  }
}
