import SqliteDatabase from 'better-sqlite3';
import { expect, test } from 'vitest';
import { sqliteDialect } from '../../src/store/dialect.ts';
import { type Migration, migrate, migrations } from '../../src/store/migrate.ts';

/** A database in memory that is brought up to date as the real one is. */
function upTo(database: SqliteDatabase.Database, known: readonly Migration[]): readonly string[] {
  database.exec('create table if not exists migration (name text not null primary key, at integer not null) strict');
  return migrate(
    {
      exec: (statement) => database.exec(statement),
      applied: () =>
        database
          .prepare<[], { name: string }>('select name from migration order by name')
          .all()
          .map(({ name }) => name),
      record: (name) => database.prepare('insert into migration (name, at) values (?, 0)').run(name),
    },
    sqliteDialect,
    known,
  );
}

test('a library of the version before keeps its items; none of them may be posted again by itself', () => {
  const database = new SqliteDatabase(':memory:');
  const at = migrations.findIndex(({ name }) => name === '0009-media-reuse');
  upTo(database, migrations.slice(0, at));
  database.exec(`insert into media (sha256, kind, name, mime, bytes, width, height, codec, origin, added_at)
    values ('ab', 'video', 'a.mp4', 'video/mp4', 1, 1, 1, 'avc', 'upload', 0)`);
  expect(upTo(database, migrations)[0]).toBe('0009-media-reuse');
  expect(database.prepare('select name, allow_reuse from media').all()).toEqual([{ name: 'a.mp4', allow_reuse: 0 }]);
  expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
});
