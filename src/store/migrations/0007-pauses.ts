import type { Dialect } from '../dialect.ts';

/** What people have told to rest: everything, an account, a phone. A row each, until it is taken away. */
export const pauses = {
  name: '0007-pauses',
  statements: ({ id, int, strict }: Dialect): readonly string[] => [
    // A serial may be named before its phone was ever seen.
    `create table pause (
      id ${id},
      scope text not null check (scope in ('all','account','device')),
      account_id ${int} unique references account (id),
      serial text unique,
      paused_at ${int} not null,
      person text,
      check ((scope = 'account') = (account_id is not null)),
      check ((scope = 'device') = (serial is not null))
    )${strict}`,
    `create unique index pause_all on pause (scope) where scope = 'all'`,
  ],
};
