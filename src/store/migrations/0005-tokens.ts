import type { Dialect } from '../dialect.ts';

/** Who may call from beyond this machine, and the licence key. A token's text is nowhere, only its hash. */
export const tokens = {
  name: '0005-tokens',
  statements: ({ id, int, strict }: Dialect): readonly string[] => [
    `create table token (
      id ${id},
      name text not null unique,
      hash text not null unique,
      scope text not null check (scope in ('read','tasks','admin')),
      created_at ${int} not null,
      created_by text,
      used_at ${int}
    )${strict}`,

    `create table license (
      id ${int} not null primary key check (id = 1),
      key text not null,
      installed_at ${int} not null,
      person text
    )${strict}`,
  ],
};
