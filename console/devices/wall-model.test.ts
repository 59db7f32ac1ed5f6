import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Device } from '../../src/contract/device.ts';
import { filterDevices, groupDevices, rowsOf, sortDevices, sorts, standingOf, type WallView } from './wall-model.ts';

const device = (serial: string, more: Partial<Device> = {}): Device => ({
  serial,
  name: '',
  tags: [],
  groups: [],
  model: null,
  android: null,
  state: 'ready',
  adb_state: 'device',
  reason: null,
  last_proof_at: null,
  running_task_id: null,
  held_by: null,
  held_until: null,
  queue_length: 0,
  battery: null,
  storage_free_mb: null,
  apps: [],
  host: null,
  virtual: false,
  owned: true,
  ...more,
});
const all: WallView = { text: '', standing: undefined, sort: 'name', grouping: 'none' };
const serials = (devices: readonly Device[]): string[] => devices.map(({ serial }) => serial);

test.each([
  [{ state: 'ready' }, 'idle'],
  [{ state: 'ready', running_task_id: 3 }, 'working'],
  [{ state: 'preparing', running_task_id: 3 }, 'working'],
  [{ state: 'ready', held_by: 'lena' }, 'held'],
  [{ state: 'offline' }, 'attention'],
  [{ state: 'disabled', held_by: 'lena' }, 'disabled'],
] as const)('a phone that is %j counts as %s', (more, standing) => {
  expect(standingOf(device('a', more))).toBe(standing);
});

test('a search finds words of name, serial, model, tag and group, in any case and order', () => {
  const lena = device('R58', { name: "Lena's phone", model: 'Pixel 7', tags: ['shelf 2'], groups: ['Berlin'] });
  const devices = [lena, device('R59', { name: 'Other' })];
  for (const text of ['lena', 'r58', 'PIXEL', 'shelf', 'berlin lena', '2 pixel']) {
    expect(serials(filterDevices(devices, { ...all, text }))).toEqual(['R58']);
  }
  expect(filterDevices(devices, { ...all, text: 'lena other' })).toEqual([]);
});

test('names sort as people count, and phones without a figure come last', () => {
  const devices = [
    device('a', { name: 'Phone 10' }),
    device('b', { name: 'phone 9' }),
    device('c', { name: 'Phone 1' }),
  ];
  expect(serials(sortDevices(devices, 'name'))).toEqual(['c', 'b', 'a']);
  const batteries = [null, 80, 5].map((level, index) =>
    device(`${index}`, { battery: level === null ? null : { level, temperature_c: null, charging: null } }),
  );
  expect(serials(sortDevices(batteries, 'battery'))).toEqual(['2', '1', '0']);
});

test('a phone stands in each of its groups; those without one come at the end', () => {
  const groups = groupDevices(
    [device('none'), device('both', { groups: ['b', 'a'] }), device('one', { groups: ['b'] })],
    'group',
  );
  expect(groups.map(({ key, devices }) => [key, serials(devices)])).toEqual([
    ['a', ['both']],
    ['b', ['both', 'one']],
    ['', ['none']],
  ]);
});

const devicesArb = fc.array(
  fc.record({
    n: fc.nat(30),
    state: fc.constantFrom('ready', 'offline', 'disabled'),
    queue: fc.nat(3),
    tags: fc.subarray(['x', 'y']),
  }),
);

test('no order loses a phone, and rows hold every phone once in that order', () => {
  fc.assert(
    fc.property(devicesArb, fc.constantFrom(...sorts), fc.integer({ min: 1, max: 5 }), (facts, sort, columns) => {
      const devices = facts.map(({ n, state, queue, tags }, index) =>
        device(`${index}`, { name: `p${n}`, state: state as Device['state'], queue_length: queue, tags }),
      );
      const sorted = sortDevices(devices, sort);
      expect(serials(sorted).sort()).toEqual(serials(devices).sort());
      const rows = rowsOf(groupDevices(sorted, 'none'), columns, false);
      expect(rows.flatMap((row) => (row.kind === 'tiles' ? serials(row.devices) : []))).toEqual(serials(sorted));
      for (const row of rows) if (row.kind === 'tiles') expect(row.devices.length).toBeLessThanOrEqual(columns);
    }),
  );
});
