import { confirmDevice } from '../store/accounts.ts';
import { upsertDevice } from '../store/devices.ts';
import type { Store } from '../store/store.ts';

/** What an operator says of a device; what is left out stays. */
export interface DeviceWish {
  /** The operator states that the phone and the accounts on it are theirs; what waited for that goes on. */
  owned?: true;
  /** null: the model's name again. */
  name?: string | null;
  tags?: readonly string[];
}

/** Writes it in one transaction. A device without a row gets one: the caller knows that it exists. */
export async function changeDevice(store: Store, serial: string, wish: DeviceWish, person: string): Promise<void> {
  const { owned, ...kept } = wish;
  await store.write(async (tx) => {
    await upsertDevice(tx, serial, kept, person);
    if (owned) await confirmDevice(tx, serial, person);
  });
}
