import { expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { SimFaults } from './faults.ts';

function setup() {
  const clock = new ManualClock();
  const faults = new SimFaults(clock);
  const told: string[] = [];
  faults.onChange((kind, isOn) => told.push(`${isOn ? '+' : '-'}${kind}`));
  return { clock, faults, told };
}

test('a fault begins after a while and ends after a while', async () => {
  const { clock, faults, told } = setup();
  faults.add({ kind: 'unplug', afterMs: 1_000, forMs: 5_000 });
  expect(faults.isOn('unplug')).toBe(false);
  await clock.advance(1_000);
  expect(faults.isOn('unplug')).toBe(true);
  await clock.advance(4_999);
  expect(faults.isOn('unplug')).toBe(true);
  await clock.advance(1);
  expect(told).toEqual(['+unplug', '-unplug']);
  expect(clock.pending).toBe(0);
});

test('a fault can wait for a time of day', async () => {
  const { clock, faults } = setup();
  faults.add({ kind: 'slow', at: clock.now() + 60_000 });
  await clock.advance(59_999);
  expect(faults.isOn('slow')).toBe(false);
  await clock.advance(1);
  expect(faults.isOn('slow')).toBe(true);
});

test('a fault can wait for a moment, and then for a little longer', async () => {
  const { clock, faults } = setup();
  faults.add({ kind: 'unplug', at: 'upload', afterMs: 200 });
  await clock.advance(10_000);
  faults.reach('something else');
  expect(faults.isOn('unplug')).toBe(false);
  faults.reach('Upload');
  expect(faults.isOn('unplug')).toBe(false);
  await clock.advance(200);
  expect(faults.isOn('unplug')).toBe(true);
});

test('taking a one-shot switches it off', () => {
  const { faults, told } = setup();
  faults.add({ kind: 'survey' });
  expect(faults.take('survey')).toBe(true);
  expect(faults.take('survey')).toBe(false);
  expect(told).toEqual(['+survey', '-survey']);
});

test('clear ends what is on and forgets what was planned', async () => {
  const { clock, faults, told } = setup();
  faults.add({ kind: 'unplug' });
  faults.add({ kind: 'slow', afterMs: 1_000 });
  faults.add({ kind: 'disk-full', at: 'upload' });
  faults.clear();
  await clock.advance(5_000);
  faults.reach('upload');
  expect(told).toEqual(['+unplug', '-unplug']);
  expect(clock.pending).toBe(0);
});

test('set again, a fault starts anew: the earlier end no longer counts', async () => {
  const { clock, faults } = setup();
  faults.add({ kind: 'unplug', forMs: 1_000 });
  await clock.advance(900);
  faults.add({ kind: 'unplug', forMs: 1_000 });
  await clock.advance(900);
  expect(faults.isOn('unplug')).toBe(true);
  await clock.advance(100);
  expect(faults.isOn('unplug')).toBe(false);
});
