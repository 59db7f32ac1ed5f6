import { AdbSyncError } from '@yume-chan/adb';
import { DroverError, toDroverError } from '../base/error.ts';

/** What was being done when it failed; ends up in the message and the details. */
export interface About {
  serial?: string;
  service: string;
}

const unreachable = new Set(['ECONNREFUSED', 'ENOENT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
const cut = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNABORTED']);

/** The stream ended before the answer was complete: the adb server or the phone went away. */
export class EndedEarly extends Error {
  constructor() {
    super('the stream ended early');
    this.name = 'EndedEarly';
  }
}

/** The adb server answered FAIL with this text. */
export class AdbFail extends Error {
  constructor(text: string) {
    super(text);
    this.name = 'AdbFail';
  }
}

/** The one place where words of adb (FAIL texts, socket errors, Tango's errors) become codes of ours. */
export function fromFail(thrown: unknown, about: About): DroverError {
  if (thrown instanceof DroverError) return thrown;
  if (!(thrown instanceof Error)) return toDroverError(thrown);
  const text = thrown.message.trim();
  const errno = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const options = (message: string) => ({ message, details: { ...about, adb: errno || text }, cause: thrown });
  const what = about.serial === undefined ? about.service : `${about.serial}: ${about.service}`;

  // adbd says no to a file, in the words of its system
  if (thrown instanceof AdbSyncError) return new DroverError('phone.file-refused', options(`${what}: ${text}`));
  if (unreachable.has(errno)) {
    return new DroverError('adb.unreachable', options(`the adb server cannot be reached (${errno}) for ${what}`));
  }
  // texts of adb's transport.cpp (acquire_one_transport) and adb.cpp
  if (/unauthorized|authorizing/i.test(text)) {
    return new DroverError(
      'device.not-ready',
      options(`${what}: not authorised; accept the debugging prompt on the phone`),
    );
  }
  if (
    /not found|no such device|no devices|offline|disconnected|still connecting|unknown transport|no transport/i.test(
      text,
    )
  ) {
    return new DroverError('device.lost', options(`${what}: ${text}`));
  }
  if (about.serial === undefined && !(thrown instanceof AdbFail)) {
    return new DroverError('adb.unreachable', options(`the adb server failed ${what}: ${text || errno}`));
  }
  // The phone refused the service (CLSE): nothing listens on that port.
  if (/^tcp:|^localabstract:/.test(about.service) && /closed|refused|cannot connect/i.test(text)) {
    return new DroverError('phone.agent-down', options(`${what}: nothing listens there`));
  }
  if (cut.has(errno) || thrown instanceof EndedEarly || /closed|ended|without exit|end of/i.test(text)) {
    return new DroverError('device.lost', options(`${what}: the stream was cut`));
  }
  return new DroverError('device.not-ready', options(`${what}: ${text}`));
}
