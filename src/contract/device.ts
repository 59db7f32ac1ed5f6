import { type Static, Type } from 'typebox';
import { deviceStates } from './task-states.ts';

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Device = Type.Object({
  serial: Type.String(),
  name: Type.String(),
  tags: Type.Array(Type.String()),
  groups: Type.Array(Type.String()),
  model: nullable(Type.String()),
  android: nullable(Type.String({ description: 'Version of Android, such as "14"' })),
  state: Type.Enum([...deviceStates]),
  adb_state: nullable(Type.String({ description: 'As adb prints it; null: adb does not list it' })),
  reason: nullable(Type.String({ description: 'Why it is not ready, for a person' })),
  last_proof_at: nullable(Type.String({ description: 'Last proven round trip, ISO 8601 with offset' })),
  running_task_id: nullable(Type.Integer()),
  held_by: nullable(Type.String({ description: 'The person who holds it now' })),
  held_until: nullable(Type.String({ description: 'When the hold ends unless it is renewed, ISO 8601 with offset' })),
  queue_length: Type.Integer(),
  battery: nullable(
    Type.Object({
      level: nullable(Type.Number({ unit: '%' })),
      temperature_c: nullable(Type.Number()),
      charging: nullable(Type.Boolean()),
    }),
  ),
  storage_free_mb: nullable(Type.Number()),
  apps: Type.Array(Type.Object({ package: Type.String(), version: nullable(Type.String()) })),
  host: nullable(Type.String()),
  virtual: Type.Boolean({ description: 'A simulated phone' }),
  owned: Type.Boolean({
    description:
      'The operator has stated that the phone and the accounts on it are theirs; until then its public actions wait. Always true for a simulated phone',
  }),
});
export type Device = Static<typeof Device>;

/** Body of `PATCH /devices/{serial}`: what is left out stays as it is. */
export const DeviceChange = Type.Object({
  owned: Type.Optional(
    Type.Literal(true, { description: 'Your statement that the phone and the accounts on it are yours' }),
  ),
  name: Type.Optional(nullable(Type.String({ maxLength: 80, description: 'What you call it; null: its model again' }))),
  tags: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 50 })),
});
export type DeviceChange = Static<typeof DeviceChange>;

export const DeviceList = Type.Object({
  devices: Type.Array(Device),
  total: Type.Integer(),
  page: Type.Integer(),
  page_size: Type.Integer(),
});
export type DeviceList = Static<typeof DeviceList>;

/** Orders of a list; with a hyphen before it, the other way round. */
const deviceOrders = ['serial', 'name', 'state', 'queue_length', 'last_proof_at'] as const;
export type DeviceOrder = (typeof deviceOrders)[number];
const deviceSorts = deviceOrders.flatMap((order) => [order, `-${order}` as const]);

export const ListDevicesQuery = Type.Object({
  state: Type.Optional(Type.Enum([...deviceStates])),
  tag: Type.Optional(Type.String({ maxLength: 40, description: 'With this tag' })),
  group: Type.Optional(Type.String({ maxLength: 80, description: 'In the group of this name' })),
  text: Type.Optional(
    Type.String({ maxLength: 100, description: 'Part of serial, name, model or a tag; case is ignored' }),
  ),
  sort: Type.Enum(deviceSorts, { default: 'serial', description: 'A hyphen before it turns the order round' }),
  page: Type.Integer({ default: 1, minimum: 1, maximum: 1_000_000_000 }),
  page_size: Type.Integer({ default: 20, minimum: 1 }),
});
export type ListDevicesQuery = Static<typeof ListDevicesQuery>;

/** Answer of `POST /devices/{serial}/hold`. */
export const DeviceHold = Type.Object({
  ...Device.properties,
  hold: Type.Object({
    token: Type.Integer({ description: 'Names this hold; the same one for as long as it is renewed' }),
    expires_at: Type.String({ description: 'It ends then unless you call again, ISO 8601 with offset' }),
  }),
});
export type DeviceHold = Static<typeof DeviceHold>;

/** Query of `GET /devices/{serial}/thumbnail`. */
export const ThumbnailQuery = Type.Object({
  height: Type.Integer({ default: 320, minimum: 80, maximum: 960, unit: 'px', description: 'Height of the picture' }),
});
export type ThumbnailQuery = Static<typeof ThumbnailQuery>;
