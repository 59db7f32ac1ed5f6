import type { Dialect } from '../dialect.ts';

/**
 * Accounts that people keep by hand, and groups of devices. A deleted account keeps its row: its id is the actor of the
 * conduct ledger, so an account that is added again goes on with the limits it had.
 */
export const accountsAndGroups = {
  name: '0002-accounts-groups',
  statements: ({ id, int, strict }: Dialect): readonly string[] => [
    // Who bound the account to its phone; null: it was seen logged in there.
    `alter table account add column bound_by text`,
    `alter table account add column deleted_at ${int}`,
    `create index account_by_serial on account (serial) where serial is not null`,
    `create index task_by_account on task (account_id, id) where account_id is not null`,

    // The key is the name as two people would call it the same.
    `create table device_group (
      id ${id},
      name text not null,
      name_key text not null unique,
      created_at ${int} not null
    )${strict}`,
    // A serial may be named before its phone was ever seen.
    `create table device_group_member (
      group_id ${int} not null references device_group (id) on delete cascade,
      serial text not null,
      primary key (group_id, serial)
    )${strict}`,
    `create index device_group_by_serial on device_group_member (serial)`,
  ],
};
