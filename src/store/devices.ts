import type { Selectable } from 'kysely';
import type { DeviceStateName } from '../contract/task-states.ts';
import { parseStrings } from './json.ts';
import type { DeviceTable } from './schema.ts';
import { pin, type Reader, type Tx, type Value } from './store.ts';

/** A thing with a serial that was seen once, whatever its state is now. */
export interface Device {
  serial: string;
  hostId: string | null;
  name: string | null;
  tags: string[];
  /** adb's own word for its state. */
  adbState: string | null;
  state: DeviceStateName;
  reason: string | null;
  model: string | null;
  android: string | null;
  /** End of the last round trip that proved it to answer. */
  lastProofAt: number | null;
  disabled: boolean;
  /** A simulated phone: no platform sees what it does. */
  virtual: boolean;
  /** Who stated that the accounts on this phone are theirs, and when. */
  ownedBy: string | null;
  ownedAt: number | null;
}

/** What the fleet knows; what is left out stays as it was. */
export interface DeviceChange {
  hostId?: string | null;
  name?: string | null;
  tags?: readonly string[];
  adbState?: string | null;
  state?: DeviceStateName;
  reason?: string | null;
  model?: string | null;
  android?: string | null;
  lastProofAt?: number | null;
  disabled?: boolean;
  virtual?: boolean;
}

const deviceFromRow = (row: Selectable<DeviceTable>): Device => ({
  serial: row.serial,
  hostId: row.host_id,
  name: row.name,
  tags: parseStrings(row.tags),
  adbState: row.adb_state,
  state: row.state,
  reason: row.reason,
  model: row.model,
  android: row.android,
  lastProofAt: row.last_proof_at,
  disabled: row.disabled === 1,
  virtual: row.virtual === 1,
  ownedBy: row.owned_by,
  ownedAt: row.owned_at,
});

const flag = (value: boolean): number => (value ? 1 : 0);

/** Creates the row when the serial is new (state `absent` unless given). A `deviceChanged` event when anything changed. */
export async function upsertDevice(tx: Tx, serial: string, change: DeviceChange, person?: string): Promise<Device> {
  const columns: Record<string, Value> = {
    ...(change.hostId === undefined ? {} : { host_id: change.hostId }),
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.tags === undefined ? {} : { tags: JSON.stringify(change.tags) }),
    ...(change.adbState === undefined ? {} : { adb_state: change.adbState }),
    ...(change.state === undefined ? {} : { state: change.state }),
    ...(change.reason === undefined ? {} : { reason: change.reason }),
    ...(change.model === undefined ? {} : { model: change.model }),
    ...(change.android === undefined ? {} : { android: change.android }),
    ...(change.lastProofAt === undefined ? {} : { last_proof_at: change.lastProofAt }),
    ...(change.disabled === undefined ? {} : { disabled: flag(change.disabled) }),
    ...(change.virtual === undefined ? {} : { virtual: flag(change.virtual) }),
  };
  const before = await tx.db.selectFrom('device').selectAll().where('serial', '=', serial).executeTakeFirst();
  if (!before) {
    await tx.db
      .insertInto('device')
      .values({ serial, state: change.state ?? 'absent', ...columns })
      .execute();
  } else if (Object.entries(columns).some(([name, value]) => before[name as keyof typeof before] !== value)) {
    await tx.db.updateTable('device').set(columns).where('serial', '=', serial).execute();
  } else {
    return deviceFromRow(before);
  }
  const after = await recordDevice(tx, serial, {}, person);
  if (after.state === 'ready') tx.hint({ kind: 'task', serials: [serial] });
  return after;
}

/** Appends the `deviceChanged` event of a device as it is in this unit, with what else there is to say. */
export async function recordDevice(
  tx: Tx,
  serial: string,
  more: Readonly<Record<string, unknown>> = {},
  person?: string,
): Promise<Device> {
  const row = await tx.db.selectFrom('device').selectAll().where('serial', '=', serial).executeTakeFirstOrThrow();
  await tx.event(
    'deviceChanged',
    `device:${serial}`,
    {
      serial,
      state: row.state,
      adb_state: row.adb_state,
      reason: row.reason,
      last_proof_at: row.last_proof_at === null ? null : new Date(row.last_proof_at).toISOString(),
      ...more,
    },
    person,
  );
  return deviceFromRow(row);
}

/** Notes a round trip without an event: it happens all the time. */
export async function touchDeviceProof(tx: Tx, serial: string, lastProofAt: number): Promise<void> {
  await tx.hot(`update device set last_proof_at = ? where serial = ${pin}`, [lastProofAt, serial]);
}

export async function findDevice(db: Reader, serial: string): Promise<Device | undefined> {
  const row = await db.selectFrom('device').selectAll().where('serial', '=', serial).executeTakeFirst();
  return row && deviceFromRow(row);
}

/** By serial; without a page, all of them. */
export async function listDevices(db: Reader, page?: { page: number; pageSize: number }): Promise<Device[]> {
  let query = db.selectFrom('device').selectAll().orderBy('serial');
  if (page) query = query.limit(page.pageSize).offset((page.page - 1) * page.pageSize);
  return (await query.execute()).map(deviceFromRow);
}

export async function countDevices(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('device')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}
