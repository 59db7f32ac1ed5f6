import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDeviceList } from './device-list.ts';

test('the list as adb prints it', () => {
  const text = [
    'emulator-5554          device product:sdk model:sdk_phone device:generic transport_id:1',
    'R58M123ABC             unauthorized usb:1-2 transport_id:2',
    '192.0.2.7:5555         offline product:panther model:Pixel_7 device:panther transport_id:3',
    '0123456789             no permissions (missing udev rules? user is in the plugdev group); see [http://developer.android.com/tools/device.html] usb:1-4 transport_id:4',
    'XYZ                    authorizing transport_id:12',
    '',
  ].join('\n');
  expect(parseDeviceList(text)).toEqual([
    {
      serial: 'emulator-5554',
      state: 'device',
      product: 'sdk',
      model: 'sdk_phone',
      device: 'generic',
      transportId: '1',
    },
    { serial: 'R58M123ABC', state: 'unauthorized', transportId: '2' },
    {
      serial: '192.0.2.7:5555',
      state: 'offline',
      product: 'panther',
      model: 'Pixel_7',
      device: 'panther',
      transportId: '3',
    },
    { serial: '0123456789', state: 'no permissions', transportId: '4' },
    { serial: 'XYZ', state: 'authorizing', transportId: '12' },
  ]);
});

test('the short list has states only', () => {
  expect(parseDeviceList('A\tdevice\nB\toffline\n')).toEqual([
    { serial: 'A', state: 'device' },
    { serial: 'B', state: 'offline' },
  ]);
});

test('each serial comes back with its state, whatever else the lines hold', () => {
  const word = fc.stringMatching(/^[\w.:-]{1,20}$/);
  const line = fc.record({
    serial: word,
    state: fc.constantFrom('device', 'offline', 'recovery', 'unauthorized'),
    model: word,
  });
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines
        .map(({ serial, state, model }) => `${serial}  ${state} model:${model} transport_id:7\n`)
        .join('');
      expect(parseDeviceList(text).map(({ serial, state, model }) => ({ serial, state, model }))).toEqual(lines);
    }),
  );
});

test('garbage is no device and no error', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseDeviceList(text)));
});
