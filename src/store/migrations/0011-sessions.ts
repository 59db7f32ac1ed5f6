import type { Dialect } from '../dialect.ts';

/** Browsers that are logged in, and the links they log in by. */
export const sessions = {
  name: '0011-sessions',
  statements: ({ id, int, strict }: Dialect): readonly string[] => [
    `create table login_link (
      hash text not null primary key,
      name text not null,
      scope text not null check (scope in ('read','tasks','admin')),
      expires_at ${int} not null
    )${strict}`,

    // One made with a token ends with it.
    `create table session (
      id ${id},
      hash text not null unique,
      name text not null,
      scope text not null check (scope in ('read','tasks','admin')),
      token_id ${int} references token (id) on delete cascade,
      created_at ${int} not null,
      expires_at ${int} not null
    )${strict}`,
  ],
};
