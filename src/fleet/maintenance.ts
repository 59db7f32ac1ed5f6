import type { Clock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import { upsertDevice } from '../store/devices.ts';
import { findLease, heldByOther, heldByTask } from '../store/leases.ts';
import type { Store } from '../store/store.ts';
import type { Fleet } from './fleet.ts';

/**
 * Takes a phone out of service, or back into it; a restart of the server does not forget it. What runs on it is queued
 * again and goes on, looking first, once the phone is enabled.
 */
export async function switchDevice(
  { store, fleet }: { store: Store; fleet: Pick<Fleet, 'enable' | 'disable'> },
  serial: string,
  { disabled, person }: { disabled: boolean; person: string },
): Promise<void> {
  // Written first: the fleet writes the same a moment later, but not who wanted it.
  await store.write((tx) =>
    upsertDevice(
      tx,
      serial,
      { disabled, ...(disabled && { state: 'disabled', reason: 'disabled by an operator' }) },
      person,
    ),
  );
  if (disabled) fleet.disable(serial);
  else fleet.enable(serial);
}

/** Throws `device.held` while a task or another person has the phone: both would lose it. */
export async function reconnectDevice(
  { store, fleet, clock }: { store: Store; fleet: Pick<Fleet, 'reconnect' | 'device'>; clock: Clock },
  serial: string,
  person: string,
): Promise<void> {
  const lease = await findLease(store.read, serial);
  if (lease?.holder === 'task') throw heldByTask(serial, lease);
  if (lease && lease.person !== person && lease.expiresAt > clock.now()) throw heldByOther(serial, lease);
  if (fleet.device(serial)?.state === 'disabled') {
    throw new DroverError('device.not-ready', { message: `phone ${serial} is disabled: enable it first` });
  }
  fleet.reconnect(serial);
}
