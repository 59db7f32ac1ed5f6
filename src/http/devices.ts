import { DroverError } from '../base/error.ts';
import type { Device as DeviceBody } from '../contract/device.ts';
import * as operations from '../contract/operations/devices.ts';
import { maxPageSize } from '../contract/page.ts';
import { type Device, listDevices } from '../store/devices.ts';
import { type Lease, listLeases } from '../store/leases.ts';
import { countQueues } from '../store/task-lists.ts';
import { type BoundOperation, bind } from './bind.ts';
import { deviceChangeOf } from './device-changes.ts';
import type { DeviceFacts, HttpParts } from './parts.ts';
import { isoTime } from './time.ts';

export const deviceRoutes = (parts: HttpParts): BoundOperation[] => [
  bind(operations.listDevices, async ({ query }) => {
    const pageSize = Math.min(query.page_size, maxPageSize);
    const all = await deviceBodies(parts);
    const from = (query.page - 1) * pageSize;
    return { devices: all.slice(from, from + pageSize), total: all.length, page: query.page, page_size: pageSize };
  }),
  bind(operations.getDevice, ({ params }) => getDevice(parts, params.serial)),
  bind(operations.changeDevice, async ({ params, body }) => {
    const { serial } = await getDevice(parts, params.serial);
    await parts.changeDevice(serial, deviceChangeOf(body));
    return getDevice(parts, serial);
  }),
];

/** Throws `input.not-found`. */
async function getDevice(parts: HttpParts, serial: string): Promise<DeviceBody> {
  const device = (await deviceBodies(parts)).find((body) => body.serial === serial);
  if (!device) throw new DroverError('input.not-found', { message: `there is no device ${serial.slice(0, 80)}` });
  return device;
}

/** Every device known to the database or to the fleet, by serial. A phone seen a moment ago may have no row yet. */
async function deviceBodies(parts: HttpParts): Promise<DeviceBody[]> {
  const { read } = parts.store;
  const [stored, leases, queues] = await Promise.all([listDevices(read), listLeases(read), countQueues(read)]);
  const rows = new Map(stored.map((row) => [row.serial, row]));
  const live = new Map(parts.devices().map((facts) => [facts.serial, facts]));
  const leaseOf = new Map(leases.map((lease) => [lease.serial, lease]));
  return [...new Set([...rows.keys(), ...live.keys()])].sort().map((serial) =>
    deviceBody(serial, {
      row: rows.get(serial),
      facts: live.get(serial),
      lease: leaseOf.get(serial),
      queueLength: queues.get(serial) ?? 0,
      zone: parts.settings().timeZone,
    }),
  );
}

interface DeviceSources {
  row: Device | undefined;
  facts: DeviceFacts | undefined;
  lease: Lease | undefined;
  queueLength: number;
  zone: string;
}

/** The fleet knows better what is now, the row what an operator said and what was true on another host. */
function deviceBody(serial: string, { row, facts, lease, queueLength, zone }: DeviceSources): DeviceBody {
  const now = facts ?? row;
  const { battery } = facts ?? {};
  const virtual = facts?.virtual ?? row?.virtual ?? false;
  const lastProofAt = Math.max(facts?.lastProofAt ?? 0, row?.lastProofAt ?? 0);
  return {
    serial,
    name: row?.name ?? facts?.model ?? row?.model ?? '',
    tags: row?.tags ?? [],
    groups: [],
    model: facts?.model ?? row?.model ?? null,
    android: facts?.android ?? row?.android ?? null,
    state: now?.state ?? 'absent',
    adb_state: now?.adbState ?? null,
    reason: now?.reason ?? null,
    last_proof_at: lastProofAt === 0 ? null : isoTime(lastProofAt, zone),
    running_task_id: lease?.holder === 'task' ? lease.taskId : null,
    held_by: lease?.holder === 'person' ? lease.person : null,
    queue_length: queueLength,
    battery: battery ? { level: battery.level, temperature_c: battery.temperatureC, charging: battery.charging } : null,
    storage_free_mb: facts?.storageFreeMb ?? null,
    apps: [...(facts?.apps ?? [])],
    host: row?.hostId ?? null,
    virtual,
    owned: virtual || row?.ownedAt != null,
  };
}
