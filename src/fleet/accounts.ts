import { DroverError } from '../base/error.ts';
import { type AccountField, type AccountValues, accountLabel } from '../contract/account-fields.ts';
import type { Platform } from '../contract/script-names.ts';
import { lastActedAt, listOpenTasks } from '../store/account-tasks.ts';
import {
  type Account,
  type AccountChange,
  changeAccount,
  confirmAccount,
  deleteAccount,
  disownAccount,
  findAccount,
  findAccountByName,
  insertAccount,
  wakeAccount,
} from '../store/accounts.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { moveAccountTasks } from '../store/tasks.ts';

/** As long as a public action can count for a limit: the ledger looks back no further. */
const ledgerMs = 7 * 24 * 3_600_000;

export type NewAccountValues = AccountValues & { platform: Platform; username: string };

/** Who keeps the list of accounts. Everything resolves after the commit; `person` is who asked for it. */
export class AccountDesk {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Throws `conflict.name` when there is one of that name. */
  create(values: NewAccountValues, person: string): Promise<Account> {
    return this.#store.write((tx) => addAccount(tx, values, person));
  }

  /**
   * Tasks that wait for the account follow it to its new phone or name. Throws `input.not-found`, `conflict.name`, and
   * `conflict.in-use` where following would be unsafe, or would talk a limit away.
   */
  change(id: number, values: AccountValues, person: string): Promise<Account> {
    return this.#store.write(async (tx) => editAccount(tx, await getAccount(tx.db, id), values, person));
  }

  /** Its public actions stay in the ledger. Throws `input.not-found`, and `conflict.in-use` while a task of it has not ended. */
  async remove(id: number, person: string): Promise<void> {
    await this.#store.write(async (tx) => {
      const account = await getAccount(tx.db, id);
      const tasks = await listOpenTasks(tx.db, id);
      if (tasks.length > 0) {
        throw inUse(account, `${namesOf(tasks)} of it ${has(tasks)} not ended: stop or delete ${them(tasks)} first`);
      }
      await deleteAccount(tx, id, person);
    });
  }
}

/** Throws `input.not-found`. */
export async function getAccount(db: Reader, id: number): Promise<Account> {
  const account = await findAccount(db, id);
  if (!account) {
    throw new DroverError('input.not-found', { message: `there is no account ${id}`, details: { account: id } });
  }
  return account;
}

export async function addAccount(
  tx: Tx,
  { platform, username, owned, ...rest }: NewAccountValues,
  person: string,
): Promise<Account> {
  const isBound = rest.device != null || rest.packagename != null;
  const change: AccountChange = { ...changeOf(rest), ...(isBound && { boundBy: person }) };
  const account = await insertAccount(tx, { ...change, platform, username }, person);
  if (!account) throw taken(platform, username);
  if (!owned) return account;
  await confirmAccount(tx, account.id, person);
  return getAccount(tx.db, account.id);
}

/** Writes what differs, and nothing when nothing does. */
export async function editAccount(tx: Tx, account: Account, values: AccountValues, person: string): Promise<Account> {
  const { owned, ...differing } = differences(account, values);
  const problem = await moveProblem(tx.db, account, differing, tx.now);
  if (problem) throw problem;
  const isMoved = differing.device !== undefined || differing.packagename !== undefined;
  const change: AccountChange = {
    ...changeOf(differing),
    // What was seen on the old phone, or in another copy of the app, says nothing about the new one.
    ...(isMoved && { isLoggedIn: false, boundBy: hasPlace({ ...valuesOf(account), ...differing }) ? person : null }),
  };
  await changeAccount(tx, account.id, change, person);
  const { id } = account;
  const serial = differing.device === undefined ? account.serial : differing.device;
  if (differing.device !== undefined || differing.username !== undefined) {
    await moveAccountTasks(tx, id, { serial, username: differing.username ?? account.username, person });
  }
  if (owned === true) await confirmAccount(tx, id, person);
  if (owned === false) await disownAccount(tx, id, person);
  if (differing.status === 0) {
    await wakeAccount(tx, id, serial);
    if (serial !== null) tx.hint({ kind: 'task', serials: [serial] });
  }
  return getAccount(tx.db, id);
}

/** An account in the words of the API. */
export const valuesOf = (account: Account): Required<AccountValues> => ({
  username: account.username,
  device: account.serial,
  packagename: account.packageName,
  email: account.email,
  tags: account.tags,
  owned: account.ownedAt !== null,
  status: account.isEnabled ? 0 : 1,
});

/** The values among `wanted` that are not so yet. */
export function differences(account: Account, wanted: AccountValues): AccountValues {
  const now = valuesOf(account);
  const fields = Object.keys(wanted) as AccountField[];
  return Object.fromEntries(
    fields
      .filter((field) => wanted[field] !== undefined && JSON.stringify(wanted[field]) !== JSON.stringify(now[field]))
      .map((field) => [field, wanted[field]]),
  );
}

/** Why an account cannot get another name, phone or clone now; undefined when it can, or keeps them. */
export async function moveProblem(
  db: Reader,
  account: Account,
  { username, device, packagename }: AccountValues,
  now: number,
): Promise<DroverError | undefined> {
  if (username === undefined && device === undefined && packagename === undefined) return undefined;
  const tasks = await listOpenTasks(db, account.id);
  const running = tasks.filter(({ state }) => state === 'running');
  if (running.length > 0) {
    return inUse(
      account,
      `${namesOf(running)} of it ${is(running)} running: wait for the end, or stop ${them(running)}`,
    );
  }
  const begun = tasks.filter(({ hasOpenIntent }) => hasOpenIntent);
  if (begun.length > 0) {
    // Only the phone on which it was begun can show whether it happened.
    return inUse(account, `${namesOf(begun)} of it may have acted on its phone already: let ${them(begun)} end first`);
  }
  if (device === null && tasks.length > 0) {
    return inUse(
      account,
      `${namesOf(tasks)} of it would have no phone: stop or delete ${them(tasks)}, or bind another phone`,
    );
  }
  return username === undefined ? undefined : renameProblem(db, account, username, now);
}

async function renameProblem(
  db: Reader,
  account: Account,
  username: string,
  now: number,
): Promise<DroverError | undefined> {
  if (await findAccountByName(db, account.platform, username, { isDeleted: true })) {
    return new DroverError('conflict.name', {
      message: `an account @${username} was on the list before and its limits still count: add it again instead of renaming`,
    });
  }
  if (await findAccountByName(db, account.platform, username)) return taken(account.platform, username);
  const actedAt = await lastActedAt(db, account.id);
  if (actedAt === undefined || actedAt + ledgerMs <= now) return undefined;
  // The old name may be seen on a phone again, as a new account without a past.
  return inUse(
    account,
    `it acted in public within the last 7 days and its limits count under its name: add @${username} as an account of its own`,
  );
}

const hasPlace = ({ device, packagename }: AccountValues): boolean => device != null || packagename != null;

const changeOf = ({ username, device, packagename, email, tags, status }: AccountValues): AccountChange => ({
  ...(username === undefined ? {} : { username }),
  ...(device === undefined ? {} : { serial: device }),
  ...(packagename === undefined ? {} : { packageName: packagename }),
  ...(email === undefined ? {} : { email }),
  ...(tags === undefined ? {} : { tags }),
  ...(status === undefined ? {} : { isEnabled: status === 0 }),
});

const taken = (platform: Platform, username: string): DroverError =>
  new DroverError('conflict.name', {
    message: `the account ${accountLabel({ platform, username })} is on the list already`,
    details: { path: 'username' },
  });

const inUse = (account: Account, why: string): DroverError =>
  new DroverError('conflict.in-use', {
    message: `the account ${accountLabel(account)} stays as it is: ${why}`,
    details: { account: account.id },
  });

type Tasks = readonly { id: number }[];
const them = (tasks: Tasks): string => (tasks.length === 1 ? 'it' : 'them');
const is = (tasks: Tasks): string => (tasks.length === 1 ? 'is' : 'are');
const has = (tasks: Tasks): string => (tasks.length === 1 ? 'has' : 'have');

/** `task 12`, `tasks 12, 13, 14 and 9 more`. */
function namesOf(tasks: Tasks): string {
  const shown = tasks.slice(0, 3).map(({ id }) => id);
  const more = tasks.length > shown.length ? ` and ${tasks.length - shown.length} more` : '';
  return `${tasks.length === 1 ? 'task' : 'tasks'} ${shown.join(', ')}${more}`;
}
