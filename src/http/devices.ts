import { DroverError } from '../base/error.ts';
import type { Device as DeviceBody, DeviceOrder, ListDevicesQuery } from '../contract/device.ts';
import { actOf } from '../contract/device-input.ts';
import * as operations from '../contract/operations/devices.ts';
import { maxPageSize } from '../contract/page.ts';
import { type Device, findDevice, listDevices } from '../store/devices.ts';
import { listGroupsOfDevice, listGroupsOfDevices } from '../store/groups.ts';
import { findLease, type Lease, listLeases } from '../store/leases.ts';
import { countQueue, countQueues } from '../store/task-lists.ts';
import { type BoundOperation, bind } from './bind.ts';
import { allows } from './caller.ts';
import { deviceChangeOf } from './device-changes.ts';
import type { DeviceFacts, HttpParts } from './parts.ts';
import { isoTime } from './time.ts';

export const deviceRoutes = (parts: HttpParts): BoundOperation[] => {
  const { deviceDesk } = parts;
  return [
    bind(operations.listDevices, async ({ query }) => {
      const pageSize = Math.min(query.page_size, maxPageSize);
      const found = sorted((await deviceBodies(parts)).filter(fits(query)), query.sort);
      const from = (query.page - 1) * pageSize;
      return {
        devices: found.slice(from, from + pageSize),
        total: found.length,
        page: query.page,
        page_size: pageSize,
      };
    }),
    bind(operations.getDevice, ({ params }) => getDevice(parts, params.serial)),
    bind(operations.changeDevice, async ({ params, body, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      await parts.changeDevice(serial, deviceChangeOf(body), caller.name);
      return getDevice(parts, serial);
    }),
    bind(operations.reconnectDevice, async ({ params, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      await deviceDesk.reconnect(serial, caller.name);
      return getDevice(parts, serial);
    }),
    bind(operations.disableDevice, async ({ params, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      await deviceDesk.switchDevice(serial, { disabled: true, person: caller.name });
      return getDevice(parts, serial);
    }),
    bind(operations.enableDevice, async ({ params, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      await deviceDesk.switchDevice(serial, { disabled: false, person: caller.name });
      return getDevice(parts, serial);
    }),
    bind(operations.holdDevice, async ({ params, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      const { token, expiresAt } = await deviceDesk.hold(serial, caller.name);
      const hold = { token, expires_at: isoTime(expiresAt, parts.settings().timeZone) };
      return { ...(await getDevice(parts, serial)), hold };
    }),
    bind(operations.releaseDevice, async ({ params, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      await deviceDesk.release(serial, { person: caller.name, isAdmin: allows(caller.scope, 'admin') });
      return getDevice(parts, serial);
    }),
    bind(operations.sendInput, async ({ params, body, caller }) => {
      const { serial } = await getDevice(parts, params.serial);
      if (actOf(body) === undefined) {
        throw new DroverError('input.invalid', {
          message: 'give exactly one of tap, long_press, swipe, key and text',
          details: { path: '' },
        });
      }
      await parts.inputs.send(serial, body, caller.name);
      return { serial };
    }),
  ];
};

function fits({ state, tag, group, text }: ListDevicesQuery): (device: DeviceBody) => boolean {
  const part = text?.trim().toLowerCase();
  return (device) =>
    (state === undefined || device.state === state) &&
    (tag === undefined || device.tags.includes(tag)) &&
    (group === undefined || device.groups.includes(group)) &&
    (part === undefined ||
      [device.serial, device.name, device.model ?? '', ...device.tags].some((word) =>
        word.toLowerCase().includes(part),
      ));
}

/** They come sorted by serial, which stays the order of those that are alike. */
function sorted(devices: DeviceBody[], sort: ListDevicesQuery['sort']): DeviceBody[] {
  const key = (sort.startsWith('-') ? sort.slice(1) : sort) as DeviceOrder;
  const sign = sort.startsWith('-') ? -1 : 1;
  return devices.sort((a, b) => sign * compare(a[key], b[key]));
}

function compare(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** One device, read alone: a wall of many phones asks for one picture after the other. Throws `input.not-found`. */
export async function getDevice(parts: HttpParts, serial: string): Promise<DeviceBody> {
  const { read } = parts.store;
  const [row, lease, queueLength, groups] = await Promise.all([
    findDevice(read, serial),
    findLease(read, serial),
    countQueue(read, serial),
    listGroupsOfDevice(read, serial),
  ]);
  const facts = parts.devices().find((one) => one.serial === serial);
  if (!row && !facts)
    throw new DroverError('input.not-found', { message: `there is no device ${serial.slice(0, 80)}` });
  return deviceBody(parts, serial, { row, facts, lease, queueLength, groups });
}

/** Every device known to the database or to the fleet, by serial. A phone seen a moment ago may have no row yet. */
async function deviceBodies(parts: HttpParts): Promise<DeviceBody[]> {
  const { read } = parts.store;
  const [stored, leases, queues, groups] = await Promise.all([
    listDevices(read),
    listLeases(read),
    countQueues(read),
    listGroupsOfDevices(read),
  ]);
  const rows = new Map(stored.map((row) => [row.serial, row]));
  const live = new Map(parts.devices().map((facts) => [facts.serial, facts]));
  const leaseOf = new Map(leases.map((lease) => [lease.serial, lease]));
  return [...new Set([...rows.keys(), ...live.keys()])].sort().map((serial) =>
    deviceBody(parts, serial, {
      row: rows.get(serial),
      facts: live.get(serial),
      lease: leaseOf.get(serial),
      queueLength: queues.get(serial) ?? 0,
      groups: groups.get(serial) ?? [],
    }),
  );
}

interface DeviceSources {
  row: Device | undefined;
  facts: DeviceFacts | undefined;
  lease: Lease | undefined;
  queueLength: number;
  groups: string[];
}

/** The fleet knows better what is now, the row what an operator said and what was true on another host. */
function deviceBody(
  parts: HttpParts,
  serial: string,
  { row, facts, lease: found, queueLength, groups }: DeviceSources,
): DeviceBody {
  const zone = parts.settings().timeZone;
  // A hold that has lapsed is nobody's, even while its row is still there.
  const lease = found?.holder === 'task' || (found?.expiresAt ?? 0) > parts.clock.now() ? found : undefined;
  const now = facts ?? row;
  const { battery } = facts ?? {};
  const virtual = facts?.virtual ?? row?.virtual ?? false;
  const lastProofAt = Math.max(facts?.lastProofAt ?? 0, row?.lastProofAt ?? 0);
  return {
    serial,
    name: row?.name ?? facts?.model ?? row?.model ?? '',
    tags: row?.tags ?? [],
    groups,
    model: facts?.model ?? row?.model ?? null,
    android: facts?.android ?? row?.android ?? null,
    state: now?.state ?? 'absent',
    adb_state: now?.adbState ?? null,
    reason: now?.reason ?? null,
    last_proof_at: lastProofAt === 0 ? null : isoTime(lastProofAt, zone),
    running_task_id: lease?.holder === 'task' ? lease.taskId : null,
    held_by: lease?.holder === 'person' ? lease.person : null,
    held_until: lease?.holder === 'person' ? isoTime(lease.expiresAt, zone) : null,
    queue_length: queueLength,
    battery: battery ? { level: battery.level, temperature_c: battery.temperatureC, charging: battery.charging } : null,
    storage_free_mb: facts?.storageFreeMb ?? null,
    apps: [...(facts?.apps ?? [])],
    host: row?.hostId ?? null,
    virtual,
    owned: virtual || row?.ownedAt != null,
  };
}
