import { DroverError } from '../base/error.ts';
import { accountName, findAccount, listAccounts } from '../store/accounts.ts';
import { findDevice } from '../store/devices.ts';
import { deletePause, insertPause, listRunningOf, type PauseTarget } from '../store/pauses.ts';
import type { Store, Tx } from '../store/store.ts';
import type { TaskChanges } from './change.ts';

export interface PauseParts {
  store: Store;
  changes: Pick<TaskChanges, 'stop'>;
}

/** What to pause or resume; neither: everything. */
export interface PauseWish {
  /** Id, or username with or without @. */
  account?: number | string | undefined;
  serial?: string | undefined;
}

export interface PauseOptions {
  person: string;
  /** Whether what runs is stopped; otherwise it finishes. */
  isStopping?: boolean;
}

/**
 * Nothing that the pause is about begins any more. Resolves after the commit with the ids of the tasks that were stopped.
 * Throws `input.not-found`, `input.invalid`.
 */
export async function pauseWork(
  { store, changes }: PauseParts,
  wish: PauseWish,
  { person, isStopping = false }: PauseOptions,
): Promise<number[]> {
  const running = await store.write(async (tx) => {
    const target = await targetOf(tx, wish);
    await insertPause(tx, target, person);
    return isStopping ? listRunningOf(tx.db, target) : [];
  });
  const stopped = await Promise.all(
    running.map((id) =>
      changes.stop(id, person).then(
        () => [id],
        () => [], // it ended by itself in between
      ),
    ),
  );
  return stopped.flat();
}

/** Each pause ends by itself: resuming everything leaves a paused phone paused. */
export async function resumeWork({ store }: PauseParts, wish: PauseWish, person: string): Promise<void> {
  await store.write(async (tx) => deletePause(tx, await targetOf(tx, wish), person));
}

async function targetOf(tx: Tx, { account, serial }: PauseWish): Promise<PauseTarget> {
  if (account !== undefined && serial !== undefined) {
    throw new DroverError('input.invalid', {
      message: 'give account or device, or neither for everything',
      details: { path: 'device' },
    });
  }
  if (account !== undefined) return { scope: 'account', accountId: await accountIdOf(tx, account) };
  if (serial === undefined) return { scope: 'all' };
  if (!(await findDevice(tx.db, serial))) {
    throw new DroverError('input.not-found', { message: `there is no device ${serial}`, details: { path: 'device' } });
  }
  return { scope: 'device', serial };
}

async function accountIdOf(tx: Tx, account: number | string): Promise<number> {
  const found =
    typeof account === 'number'
      ? [await findAccount(tx.db, account)].filter((one) => one !== undefined)
      : (await listAccounts(tx.db)).filter(({ username }) => username === accountName(account));
  const [first, second] = found;
  if (!first) {
    throw new DroverError('input.not-found', {
      message: `there is no account ${account}`,
      details: { path: 'account' },
    });
  }
  if (second) {
    throw new DroverError('input.invalid', {
      message: `account: there are several accounts named ${account}; give the id of one of them`,
      details: { path: 'account', ids: found.map(({ id }) => id) },
    });
  }
  return first.id;
}
