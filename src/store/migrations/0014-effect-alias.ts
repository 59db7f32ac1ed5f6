import type { Dialect } from '../dialect.ts';

/** A second name of an effect's target: limits count what is known by either as one. */
export const effectAlias = {
  name: '0014-effect-alias',
  statements: (_: Dialect): readonly string[] => [
    'alter table effect add column alias text',
    'create index effect_by_alias on effect (alias, intended_at) where alias is not null',
  ],
};
