import type { Reader, Tx } from './store.ts';

/** Devices under one name. Serials may be named before their phone was ever seen. */
export interface DeviceGroup {
  id: number;
  name: string;
  /** Ascending. */
  serials: string[];
  createdAt: number;
}

/** `Shelf 1` and ` shelf 1` are one name. */
const groupKey = (name: string): string => name.trim().toLowerCase();

/** Undefined when the name is taken. Every device named gets a `deviceChanged` event, here and below. */
export async function insertGroup(
  tx: Tx,
  { name, serials }: { name: string; serials: readonly string[] },
  person: string,
): Promise<DeviceGroup | undefined> {
  if (await findGroupByName(tx.db, name)) return undefined;
  const { id } = await tx.db
    .insertInto('device_group')
    .values({ name: name.trim(), name_key: groupKey(name), created_at: tx.now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertMembers(tx, id, serials);
  return tellGroup(tx, id, new Set(serials), person);
}

/** What is left out stays. The name must be free: the database refuses otherwise. Undefined when there is no such group. */
export async function changeGroup(
  tx: Tx,
  id: number,
  { name, serials }: { name?: string; serials?: readonly string[] },
  person: string,
): Promise<DeviceGroup | undefined> {
  const before = await findGroup(tx.db, id);
  if (!before) return undefined;
  const touched = new Set<string>();
  if (name !== undefined && name.trim() !== before.name) {
    await tx.db
      .updateTable('device_group')
      .set({ name: name.trim(), name_key: groupKey(name) })
      .where('id', '=', id)
      .execute();
    for (const serial of before.serials) touched.add(serial);
  }
  if (serials !== undefined) {
    const gone = before.serials.filter((serial) => !serials.includes(serial));
    const added = serials.filter((serial) => !before.serials.includes(serial));
    for (const serial of gone) {
      await tx.db.deleteFrom('device_group_member').where('group_id', '=', id).where('serial', '=', serial).execute();
    }
    await insertMembers(tx, id, added);
    for (const serial of [...gone, ...added]) touched.add(serial);
  }
  return tellGroup(tx, id, touched, person);
}

/** False when there is none. */
export async function deleteGroup(tx: Tx, id: number, person: string): Promise<boolean> {
  const before = await findGroup(tx.db, id);
  if (!before) return false;
  await tx.db.deleteFrom('device_group_member').where('group_id', '=', id).execute();
  await tx.db.deleteFrom('device_group').where('id', '=', id).execute();
  await tx.event('deviceChanged', `group:${id}`, { id, name: before.name, deleted: true }, person);
  await tellDevices(tx, before.serials, person);
  return true;
}

async function insertMembers(tx: Tx, id: number, serials: readonly string[]): Promise<void> {
  for (const serial of new Set(serials)) {
    await tx.db.insertInto('device_group_member').values({ group_id: id, serial }).execute();
  }
}

/** One event for the group, which the audit trail shows, and one for each device whose groups read otherwise now. */
async function tellGroup(tx: Tx, id: number, touched: ReadonlySet<string>, person: string): Promise<DeviceGroup> {
  const group = await findGroup(tx.db, id);
  if (!group) throw new Error('a group that was just written is gone');
  await tx.event('deviceChanged', `group:${id}`, { id, name: group.name, serials: group.serials }, person);
  await tellDevices(tx, [...touched], person);
  return group;
}

async function tellDevices(tx: Tx, serials: readonly string[], person: string): Promise<void> {
  const groups = await listGroupsOfDevices(tx.db);
  for (const serial of serials) {
    await tx.event('deviceChanged', `device:${serial}`, { serial, groups: groups.get(serial) ?? [] }, person);
  }
}

export async function findGroup(db: Reader, id: number): Promise<DeviceGroup | undefined> {
  const row = await db.selectFrom('device_group').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const members = await listMembers(db, [id]);
  return { id: row.id, name: row.name, serials: members.get(id) ?? [], createdAt: row.created_at };
}

export async function findGroupByName(db: Reader, name: string): Promise<{ id: number; name: string } | undefined> {
  return db.selectFrom('device_group').select(['id', 'name']).where('name_key', '=', groupKey(name)).executeTakeFirst();
}

/** By name; `page` counts from 1. */
export async function listGroups(
  db: Reader,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<DeviceGroup[]> {
  const rows = await db
    .selectFrom('device_group')
    .selectAll()
    .orderBy('name_key')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
  const members = await listMembers(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    serials: members.get(row.id) ?? [],
    createdAt: row.created_at,
  }));
}

export async function countGroups(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('device_group')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** Names of the groups of each device, ascending; devices in none are absent. */
export async function listGroupsOfDevices(db: Reader): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('device_group_member')
    .innerJoin('device_group', 'device_group.id', 'device_group_member.group_id')
    .select(['device_group_member.serial', 'device_group.name'])
    .orderBy('device_group.name_key')
    .execute();
  const groups = new Map<string, string[]>();
  for (const { serial, name } of rows) groups.set(serial, [...(groups.get(serial) ?? []), name]);
  return groups;
}

/** Names of the groups of one device, ascending. */
export async function listGroupsOfDevice(db: Reader, serial: string): Promise<string[]> {
  const rows = await db
    .selectFrom('device_group_member')
    .innerJoin('device_group', 'device_group.id', 'device_group_member.group_id')
    .select('device_group.name')
    .where('device_group_member.serial', '=', serial)
    .orderBy('device_group.name_key')
    .execute();
  return rows.map(({ name }) => name);
}

async function listMembers(db: Reader, ids: readonly number[]): Promise<Map<number, string[]>> {
  const members = new Map<number, string[]>();
  if (ids.length === 0) return members;
  const rows = await db
    .selectFrom('device_group_member')
    .selectAll()
    .where('group_id', 'in', [...ids])
    .orderBy('serial')
    .execute();
  for (const row of rows) members.set(row.group_id, [...(members.get(row.group_id) ?? []), row.serial]);
  return members;
}
