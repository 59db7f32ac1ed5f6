/** What people have told to rest. Claim looks here, so a pause holds from its commit on, in every process. */
import type { Platform } from '../contract/script-names.ts';
import { type Sentence, say } from '../contract/sentence.ts';
import { listDueSerials } from './claim.ts';
import type { Reader, Tx } from './store.ts';

export type PauseTarget =
  | { scope: 'all' }
  | { scope: 'account'; accountId: number }
  | { scope: 'device'; serial: string };

export interface Pause {
  target: PauseTarget;
  /** Of the account, when it is one. */
  account: { id: number; username: string; platform: Platform } | null;
  pausedAt: number;
  person: string | null;
}

/** Nothing changes when it is paused already. */
export async function insertPause(tx: Tx, target: PauseTarget, person?: string): Promise<void> {
  const [row] = await tx.hot<{ id: number }>(
    `insert into pause (scope, account_id, serial, paused_at, person) values (?, ?, ?, ?, ?)
     on conflict do nothing returning id`,
    [target.scope, accountOf(target), serialOf(target), tx.now, person ?? null],
  );
  if (row) await tell(tx, target, { isPaused: true, person });
}

/** Nothing changes when it is not paused. */
export async function deletePause(tx: Tx, target: PauseTarget, person?: string): Promise<void> {
  const [row] = await tx.hot<{ id: number }>(
    `delete from pause where scope = ? and coalesce(account_id, 0) = ? and coalesce(serial, '') = ? returning id`,
    [target.scope, accountOf(target) ?? 0, serialOf(target) ?? ''],
  );
  if (!row) return;
  if (target.scope === 'account') await wakePutOff(tx, target.accountId);
  await tell(tx, target, { isPaused: false, person });
  tx.hint({ kind: 'task', serials: await listDueSerials(tx.db, tx.now) });
}

/**
 * The rule by which the gate puts a task off that turned out to act as a paused account, on a phone that may have several.
 * It names the account, so that its end wakes just these tasks.
 */
export const accountPausedRule = (username: string): Sentence => say('conduct.paused', { account: username });

async function wakePutOff(tx: Tx, accountId: number): Promise<void> {
  const account = await tx.db
    .selectFrom('account')
    .select('username')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  await tx.hot(`update task set due_at = ? where status = 0 and state = 'pending' and due_at > ? and wait_rule = ?`, [
    tx.now,
    tx.now,
    accountPausedRule(account.username).text,
  ]);
}

const accountOf = (target: PauseTarget): number | null => (target.scope === 'account' ? target.accountId : null);
const serialOf = (target: PauseTarget): string | null => (target.scope === 'device' ? target.serial : null);

function tell(
  tx: Tx,
  target: PauseTarget,
  { isPaused, person }: { isPaused: boolean; person: string | undefined },
): Promise<void> {
  switch (target.scope) {
    case 'all':
      return tx.event('settingChanged', 'setting:paused', { key: 'paused', value: isPaused }, person);
    case 'account':
      return tx.event(
        'accountChanged',
        `account:${target.accountId}`,
        { id: target.accountId, paused: isPaused },
        person,
      );
    case 'device':
      return tx.event('deviceChanged', `device:${target.serial}`, { serial: target.serial, paused: isPaused }, person);
  }
}

/** When somebody paused the account; undefined when nobody has. */
export async function accountPausedAt(db: Reader, accountId: number): Promise<number | undefined> {
  const row = await db.selectFrom('pause').select('paused_at').where('account_id', '=', accountId).executeTakeFirst();
  return row?.paused_at;
}

/** The oldest first. */
export async function listPauses(db: Reader): Promise<Pause[]> {
  const rows = await db
    .selectFrom('pause')
    .leftJoin('account', 'account.id', 'pause.account_id')
    .select([
      'pause.scope',
      'pause.account_id',
      'pause.serial',
      'pause.paused_at',
      'pause.person',
      'account.username',
      'account.platform',
    ])
    .orderBy('pause.id')
    .execute();
  return rows.map((row) => ({
    target:
      row.account_id !== null
        ? { scope: 'account', accountId: row.account_id }
        : row.serial !== null
          ? { scope: 'device', serial: row.serial }
          : { scope: 'all' },
    account:
      row.account_id === null
        ? null
        : { id: row.account_id, username: row.username ?? '', platform: row.platform as Platform },
    pausedAt: row.paused_at,
    person: row.person,
  }));
}

/** Running tasks that a pause is about. */
export async function listRunningOf(db: Reader, target: PauseTarget): Promise<number[]> {
  let query = db.selectFrom('task').select('id').where('status', '=', 1).orderBy('id');
  if (target.scope === 'account') query = query.where('account_id', '=', target.accountId);
  if (target.scope === 'device') query = query.where('serial', '=', target.serial);
  return (await query.execute()).map((row) => row.id);
}
