import type { Account as AccountBody, OwnershipBasis } from '../contract/account.ts';
import type { Account } from '../store/accounts.ts';
import { listDevices } from '../store/devices.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';

/** What is known about the phone of an account. */
interface Place {
  isOnline: boolean;
  model: string;
  isVirtual: boolean;
  isOwned: boolean;
}

/** Rows as clients see them. The phones are read once for all of them. */
export async function accountBodies(parts: HttpParts, accounts: readonly Account[]): Promise<AccountBody[]> {
  const rows = new Map((await listDevices(parts.store.read)).map((row) => [row.serial, row]));
  const live = new Map(parts.devices().map((facts) => [facts.serial, facts]));
  const zone = parts.settings().timeZone;
  return accounts.map((account) => {
    const row = rows.get(account.serial ?? '');
    const facts = live.get(account.serial ?? '');
    const isOnline = (facts ?? row)?.adbState === 'device';
    return accountBody(account, zone, {
      isOnline,
      model: isOnline ? (facts?.model ?? row?.model ?? '') : '',
      isVirtual: facts?.virtual ?? row?.virtual ?? false,
      isOwned: row?.ownedAt != null,
    });
  });
}

function accountBody(account: Account, zone: string, place: Place): AccountBody {
  const at = (instant: number | null): string | null => (instant === null ? null : isoTime(instant, zone));
  const logined = account.isLoggedIn ? 1 : 0;
  const status = account.isEnabled ? 0 : 1;
  return {
    id: account.id,
    username: account.username,
    email: account.email,
    platform: account.platform,
    packagename: account.packageName,
    device: account.serial,
    device_online: place.isOnline,
    device_name: place.model,
    logined,
    logined_text: logined === 1 ? 'logged_in' : 'not_logged_in',
    status,
    status_text: status === 0 ? 'enabled' : 'disabled',
    tags: account.tags,
    owned: account.ownedAt !== null,
    owned_by: account.ownedBy,
    owned_at: at(account.ownedAt),
    ownership: ownershipOf(account, place),
    paused_until: at(account.pausedUntil),
    created_at: isoTime(account.createdAt, zone),
  };
}

/** Any of them is enough for the gate; the one that says most is told. */
function ownershipOf({ ownedAt }: Account, { isOwned, isVirtual }: Place): OwnershipBasis {
  if (ownedAt !== null) return 'account';
  if (isOwned) return 'device';
  return isVirtual ? 'virtual' : 'none';
}
