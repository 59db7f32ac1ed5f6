import { describe, expect, test } from 'vitest';
import { DroverError } from '../base/error.ts';
import { AdbFail, EndedEarly, fromFail } from './from-fail.ts';

const errno = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

describe('words of adb become codes', () => {
  test.each([
    ['the server does not run', errno('ECONNREFUSED'), {}, 'adb.unreachable'],
    ['the server does not run, asked about a phone', errno('ECONNREFUSED'), { serial: 'A' }, 'adb.unreachable'],
    ['the server went away', new EndedEarly(), {}, 'adb.unreachable'],
    ['the phone is not known', new AdbFail("device 'A' not found"), { serial: 'A' }, 'device.lost'],
    ['the phone is offline', new AdbFail('device offline'), { serial: 'A' }, 'device.lost'],
    ['no such phone to disconnect', new AdbFail("no such device 'A:1'"), {}, 'device.lost'],
    [
      'the prompt was not answered',
      new AdbFail('device unauthorized.\nThis adb …'),
      { serial: 'A' },
      'device.not-ready',
    ],
    ['the phone asks right now', new AdbFail('device still authorizing'), { serial: 'A' }, 'device.not-ready'],
    ['nothing listens on the port', new AdbFail('closed'), { serial: 'A', service: 'tcp:6790' }, 'phone.agent-down'],
    ['the stream was cut', errno('ECONNRESET'), { serial: 'A' }, 'device.lost'],
    ['the stream ended', new EndedEarly(), { serial: 'A' }, 'device.lost'],
    ['the service was refused', new AdbFail('closed'), { serial: 'A', service: 'shell:ls' }, 'device.lost'],
    ['anything else', new AdbFail('no idea'), { serial: 'A' }, 'device.not-ready'],
    ['anything else of the server', new AdbFail('no idea'), {}, 'device.not-ready'],
  ])('%s', (_, thrown, about, code) => {
    expect(fromFail(thrown, { service: 'host:x', ...about }).code).toBe(code);
  });

  test('what is ours already stays', () => {
    const error = new DroverError('task.stopped');
    expect(fromFail(error, { service: 'x' })).toBe(error);
  });
});
