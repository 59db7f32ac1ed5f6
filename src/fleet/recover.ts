import type { AdbDevice } from '../adb/device.ts';
import { isTcpSerial } from '../adb/server.ts';
import { type Ctx, withDeadline } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import { agentRestarts } from '../base/metrics.ts';
import { waitFor } from '../base/wait.ts';
import type { Automation } from '../phone/automation.ts';
import type { Rung } from './state.ts';

/** Installing 18 MB over a slow cable is what takes the time. */
const limits: Record<Rung, number> = {
  start: 240_000,
  session: 20_000,
  restart: 60_000,
  reconnect: 90_000,
  reinstall: 240_000,
};

/** Takes one rung; afterwards the phone has a session that was proven by a round trip. Throws why it did not help. */
export async function takeRung(ctx: Ctx, rung: Rung, device: AdbDevice, automation: Automation): Promise<void> {
  if (rung !== 'start') {
    agentRestarts.inc({ rung });
    ctx.log.warn({ rung }, 'recovering the phone');
  }
  const tooLong = () =>
    new DroverError('phone.agent-down', {
      message: `"${rung}" did not bring the phone back within ${limits[rung]} ms`,
    });
  using limited = withDeadline(ctx, limits[rung], tooLong);
  switch (rung) {
    case 'start':
      await automation.ensureInstalled(limited);
      if (!automation.isRunning) await automation.start(limited);
      break;
    case 'session':
      break;
    case 'restart':
      await automation.start(limited);
      break;
    case 'reconnect':
      await reconnect(limited, device);
      await automation.start(limited);
      break;
    case 'reinstall':
      await automation.reinstall(limited);
      await automation.start(limited);
      break;
  }
  await automation.openSession(limited);
}

/** Lets adb make its connection to the phone anew. */
async function reconnect(ctx: Ctx, device: AdbDevice): Promise<void> {
  const { server, serial } = device;
  await device.close();
  if (isTcpSerial(serial)) {
    await server.disconnect(ctx, serial);
    await server.connect(ctx, serial);
  } else {
    await server.ask(ctx, `host-serial:${serial}:reconnect`);
  }
  await waitFor(
    ctx,
    `${serial} to be listed as "device"`,
    async () => (await server.devices(ctx)).find((entry) => entry.serial === serial && entry.state === 'device'),
    { timeoutMs: 20_000, delayMs: 100, maxDelayMs: 500 },
  );
}
