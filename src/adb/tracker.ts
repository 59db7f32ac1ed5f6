import { sleep } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { type DroverError, toDroverError } from '../base/error.ts';
import { type AdbEntry, parseDeviceList } from './device-list.ts';
import { fromFail } from './from-fail.ts';
import type { AdbServer } from './server.ts';
import { openService, SocketReader } from './socket.ts';

export interface TrackerListener {
  /** The whole list, at first and after each change that adb reports. */
  onList(entries: readonly AdbEntry[]): void;
  /** The adb server cannot be reached; tried again with growing pauses. */
  onDown(error: DroverError): void;
}

/**
 * Follows the device list of one adb server until `ctx` ends, and comes back when the server does.
 * Not Tango's observer: 2.6.4 drops `offline` and every rarer state before its own `includeStates` looks at them.
 */
export async function trackDevices(ctx: Ctx, server: AdbServer, listener: TrackerListener): Promise<void> {
  let delayMs = 250;
  while (!ctx.signal.aborted) {
    try {
      await server.ensure(ctx);
      await follow(ctx, server, (entries) => {
        delayMs = 250;
        listener.onList(entries);
      });
    } catch (error) {
      if (ctx.signal.aborted) return;
      listener.onDown(toDroverError(error));
    }
    try {
      await sleep(ctx.clock, delayMs, ctx.signal);
    } catch {
      return; // only an abort ends a sleep early
    }
    delayMs = Math.min(5_000, delayMs * 2);
  }
}

async function follow(ctx: Ctx, server: AdbServer, onList: (entries: AdbEntry[]) => void): Promise<never> {
  const service = 'host:track-devices-l';
  const socket = await openService(ctx, server.address, { service }, { timeoutMs: 5_000 });
  const onAbort = () => socket.destroy();
  ctx.signal.addEventListener('abort', onAbort, { once: true });
  try {
    const reader = new SocketReader(socket);
    for (;;) onList(parseDeviceList(await reader.text()));
  } catch (error) {
    throw fromFail(error, { service });
  } finally {
    ctx.signal.removeEventListener('abort', onAbort);
    socket.destroy();
  }
}
