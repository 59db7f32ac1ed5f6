import { expect, test } from 'vitest';
import { TempStore } from '../../test/store/temp-store.ts';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { listHosts, registerHost } from '../store/hosts.ts';
import type { Store } from '../store/store.ts';
import { HostRow } from './host.ts';

const hostOf = (store: Store, clock: ManualClock, bootId: string, lost: string[] = []) =>
  new HostRow({
    id: 'host-1',
    bootId,
    url: null,
    version: '1',
    store,
    clock,
    log: silentLog,
    onLost: (why) => lost.push(why),
  });

test('the row is renewed for as long as the host lives', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const host = hostOf(temp.store, clock, 'boot-1');
  await host.start();
  const [before] = await listHosts(temp.store.read);
  expect(before).toMatchObject({ id: 'host-1', bootId: 'boot-1', aliveUntil: clock.now() + 20_000 });
  for (let n = 0; n < 10; n++) {
    await clock.advance(5_000);
    await temp.store.write(async () => {}); // behind the renewal that the timer began
    await clock.advance(0);
  }
  const [after] = await listHosts(temp.store.read);
  expect(after?.aliveUntil).toBeGreaterThan(clock.now() + 10_000);
  host.stop();
  expect(clock.pending).toBe(0);
});

test('a host whose place was taken is told and renews no more', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const lost: string[] = [];
  const host = hostOf(temp.store, clock, 'boot-1', lost);
  await host.start();
  await temp.store.write((tx) =>
    registerHost(tx, { id: 'host-1', bootId: 'boot-2', url: null, version: '1', aliveUntil: tx.now + 20_000 }),
  );
  await clock.advance(5_000);
  await temp.store.write(async () => {});
  await clock.advance(0);
  expect(lost).toEqual(['another process took the place of this host']);
  expect(clock.pending).toBe(0);
  expect((await listHosts(temp.store.read))[0]).toMatchObject({ bootId: 'boot-2' });
});

test('a host that cannot write gives up before others may take its phones', async () => {
  const clock = new ManualClock();
  await using temp = new TempStore(clock);
  const lost: string[] = [];
  const { store } = temp;
  let isBroken = false;
  const shaky: Store = Object.create(store, {
    write: {
      value: (fn: Parameters<Store['write']>[0]) => (isBroken ? Promise.reject(new Error('disk')) : store.write(fn)),
    },
  });
  const host = hostOf(shaky, clock, 'boot-1', lost);
  await host.start();
  isBroken = true;
  for (let n = 0; n < 4 && lost.length === 0; n++) await clock.advance(5_000);
  expect(lost).toEqual(['the row of this host could not be renewed in time']);
  expect(clock.monotonic()).toBeLessThanOrEqual(15_000);
  expect(clock.pending).toBe(0);
});
