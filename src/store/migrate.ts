import { DroverError } from '../base/error.ts';
import type { Dialect } from './dialect.ts';
import { first } from './migrations/0001-first.ts';
import { accountsAndGroups } from './migrations/0002-accounts-groups.ts';
import { mediaLibrary } from './migrations/0003-media.ts';
import { schedules } from './migrations/0004-schedules.ts';
import { tokens } from './migrations/0005-tokens.ts';
import { pauses } from './migrations/0007-pauses.ts';
import { mediaReuse } from './migrations/0009-media-reuse.ts';
import { webhooks } from './migrations/0010-webhooks.ts';
import { sessions } from './migrations/0011-sessions.ts';
import { mediaUseIndex } from './migrations/0012-media-use-index.ts';
import { taskFacts } from './migrations/0013-task-facts.ts';
import { effectAlias } from './migrations/0014-effect-alias.ts';

export interface Migration {
  name: string;
  statements: (dialect: Dialect) => readonly string[];
}

/** In order; only ever appended to. */
export const migrations: readonly Migration[] = [
  first,
  accountsAndGroups,
  mediaLibrary,
  schedules,
  tokens,
  pauses,
  mediaReuse,
  webhooks,
  sessions,
  mediaUseIndex,
  taskFacts,
  effectAlias,
];

/** What a migration needs of a connection, in one open transaction. */
export interface MigrationTarget {
  exec(statement: string): void;
  /** Names already applied, in order. */
  applied(): readonly string[];
  record(name: string): void;
}

/**
 * Applies what is missing and returns its names. Throws `server.data-unusable` when the file holds a migration this version
 * does not know: it was written by a newer version, and older code must not write to it.
 */
export function migrate(
  target: MigrationTarget,
  dialect: Dialect,
  known: readonly Migration[] = migrations,
): readonly string[] {
  const applied = target.applied();
  applied.forEach((name, index) => {
    if (known[index]?.name !== name) {
      throw new DroverError('server.data-unusable', {
        message: `the database was written by a newer version (it has "${name}"): use that version, or another data folder`,
        details: { migration: name },
      });
    }
  });
  const missing = known.slice(applied.length);
  for (const migration of missing) {
    for (const statement of migration.statements(dialect)) target.exec(statement);
    target.record(migration.name);
  }
  return missing.map((migration) => migration.name);
}
