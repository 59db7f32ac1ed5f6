import { expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { countDevices, findDevice, listDevices, touchDeviceProof, upsertDevice } from './devices.ts';
import { lastEventId, tailEvents } from './events.ts';
import { listHosts, registerHost, renewHost } from './hosts.ts';
import type { Hint } from './store.ts';

test('a device keeps what a change leaves out, and is told about only when something changed', async () => {
  await using temp = new TempStore();
  const { store } = temp;
  const hints: Hint[] = [];
  store.onHint((hint) => hints.push(hint));
  await store.write((tx) => upsertDevice(tx, 'A', { adbState: 'device', state: 'preparing', model: 'Pixel 7' }));
  const told = await lastEventId(store.read);
  await store.write((tx) => upsertDevice(tx, 'A', { state: 'preparing', adbState: 'device' }));
  await store.write((tx) => touchDeviceProof(tx, 'A', 1234));
  expect(await lastEventId(store.read)).toBe(told);
  hints.length = 0;
  await store.write((tx) => upsertDevice(tx, 'A', { state: 'ready', virtual: true, tags: ['shelf 2'] }));
  expect(await findDevice(store.read, 'A')).toEqual({
    serial: 'A',
    hostId: null,
    name: null,
    tags: ['shelf 2'],
    adbState: 'device',
    state: 'ready',
    reason: null,
    model: 'Pixel 7',
    android: null,
    lastProofAt: 1234,
    disabled: false,
    virtual: true,
    ownedBy: null,
    ownedAt: null,
  });
  expect(hints).toContainEqual({ kind: 'task', serials: ['A'] });
  const [event] = await tailEvents(store.read, told, 10);
  expect(event).toMatchObject({
    type: 'deviceChanged',
    subject: 'device:A',
    body: { serial: 'A', state: 'ready', adb_state: 'device', last_proof_at: '1970-01-01T00:00:01.234Z' },
  });
});

test('devices are listed by serial, all or by page', async () => {
  await using temp = new TempStore();
  for (const serial of ['C', 'A', 'B']) await temp.store.write((tx) => upsertDevice(tx, serial, {}));
  expect((await listDevices(temp.store.read)).map((device) => device.serial)).toEqual(['A', 'B', 'C']);
  expect((await listDevices(temp.store.read, { page: 2, pageSize: 2 })).map((device) => device.serial)).toEqual(['C']);
  expect(await countDevices(temp.store.read)).toBe(3);
});

test('a host that was replaced by a newer process of the same data folder cannot renew itself', async () => {
  await using temp = new TempStore();
  const host = { id: 'h', bootId: 'one', url: null, aliveUntil: 10, version: '1' };
  await temp.store.write((tx) => registerHost(tx, host));
  await temp.store.write((tx) => registerHost(tx, { ...host, bootId: 'two' }));
  const renew = (bootId: string) => temp.store.write((tx) => renewHost(tx, { id: 'h', bootId, aliveUntil: 99 }));
  expect(await renew('one')).toBe(false);
  expect(await renew('two')).toBe(true);
  expect(await listHosts(temp.store.read)).toEqual([{ ...host, bootId: 'two', aliveUntil: 99 }]);
});

test('the tail goes on after any id, in order, as far as asked', async () => {
  await using temp = new TempStore();
  expect(await lastEventId(temp.store.read)).toBe(0);
  for (const serial of ['A', 'B', 'C']) await temp.store.write((tx) => upsertDevice(tx, serial, {}));
  const all = await tailEvents(temp.store.read, 0, 10);
  expect(all.map((event) => event.subject)).toEqual(['device:A', 'device:B', 'device:C']);
  const [first] = all;
  expect(await tailEvents(temp.store.read, first?.id ?? 0, 1)).toEqual([all[1]]);
  expect(await tailEvents(temp.store.read, await lastEventId(temp.store.read), 10)).toEqual([]);
});
