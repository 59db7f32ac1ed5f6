import { type Sentence, say } from '../contract/sentence.ts';
import type { Account } from '../store/accounts.ts';
import type { Device } from '../store/devices.ts';
import type { LedgerCounts } from '../store/ledger.ts';
import type { Standing } from './caps.ts';

/** What the conduct limits ask about, as the database has it. */
export interface StandingSources {
  ledger: LedgerCounts;
  /** Who acts; undefined while nobody knows. */
  account: Account | undefined;
  /** An operator's pause that holds for this action. */
  pausedRule: Sentence | undefined;
  serial: string;
  device: Device | undefined;
  /** The target, when it is on the list of accounts. */
  targetAccount: Account | undefined;
}

export const standingOf = ({
  ledger,
  account,
  pausedRule,
  serial,
  device,
  targetAccount,
}: StandingSources): Standing => ({
  ...ledger,
  othersOnTarget: ledger.othersOnTarget.length,
  actor: account ? { account: account.username } : { phone: device?.name ?? serial },
  isOwned: device?.virtual === true || device?.ownedAt != null || account?.ownedAt != null,
  pausedUntil: account?.pausedUntil ?? undefined,
  pausedRule: account?.isEnabled === false ? say('conduct.disabled', { account: account.username }) : pausedRule,
  isOwnTarget: targetAccount !== undefined && (targetAccount.ownedAt !== null || device?.virtual === true),
});
