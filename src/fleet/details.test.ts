import { expect, test } from 'vitest';
import { parseBattery, parseFreeMb } from './details.ts';

test('the battery as dumpsys prints it', () => {
  const dump = `Current Battery Service state:
  AC powered: false
  USB powered: true
  Wireless powered: false
  Max charging current: 500000
  status: 2
  level: 87
  scale: 100
  voltage: 4210
  temperature: 296
  technology: Li-ion
`;
  expect(parseBattery(dump)).toEqual({ level: 87, temperatureC: 29.6, charging: true });
  expect(parseBattery(dump.replace('USB powered: true', 'USB powered: false'))?.charging).toBe(false);
  expect(parseBattery("Can't find service: battery\n")).toBeNull();
  expect(parseBattery('  level: 5\n')).toEqual({ level: 5, temperatureC: null, charging: null });
});

test.each([
  [
    'one line',
    'Filesystem     1K-blocks     Used Available Use% Mounted on\n/dev/block/dm-5 115000000 15000000 100000000  14% /data\n',
    97_656,
  ],
  [
    'a long device name on a line of its own',
    'Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/block/by-name/userdata\n 5000 1000 4096 20% /data\n',
    4,
  ],
  ['none', 'df: /data: Permission denied\n', null],
  ['nothing', '', null],
])('free storage from %s', (_, dump, mb) => {
  expect(parseFreeMb(dump)).toBe(mb);
});
