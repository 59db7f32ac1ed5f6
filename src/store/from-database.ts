import { DroverError } from '../base/error.ts';

/** A database driver's error has a `code` in SQLite's own words (`SQLITE_FULL`, `SQLITE_CONSTRAINT_UNIQUE`). */
const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.startsWith('SQLITE_')
    ? thrown.code
    : undefined;

/** The database's words become ours here and nowhere else; what is not the database's passes unchanged. */
export function fromDatabase(thrown: unknown): unknown {
  const code = codeOf(thrown);
  if (code === undefined || !(thrown instanceof Error)) return thrown;
  const options = { message: `database: ${thrown.message}`, details: { database: code }, cause: thrown };
  if (code === 'SQLITE_FULL') {
    return new DroverError('server.disk-full', { ...options, message: 'the disk of the data folder is full' });
  }
  if (code.startsWith('SQLITE_CONSTRAINT') && thrown.message.includes('submission.idempotency_key')) {
    return new DroverError('conflict.idempotency', {
      ...options,
      message: 'this Idempotency-Key is being used by another request',
    });
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new DroverError('server.data-unusable', {
      ...options,
      message: `the database file is damaged (${thrown.message}): restore a backup, or choose another data folder`,
    });
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_PERM')) {
    return new DroverError('server.data-unusable', {
      ...options,
      message: `the database file cannot be written (${thrown.message}): check the rights of the data folder`,
    });
  }
  return new DroverError('server.bug', options);
}
