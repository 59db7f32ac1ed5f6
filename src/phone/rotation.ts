import type { Ctx } from '../base/context.ts';
import { DroverError, hasCode } from '../base/error.ts';
import { waitFor } from '../base/wait.ts';
import { inHand, type Phone } from './phone.ts';

export type Orientation = 'portrait' | 'landscape';
/** `auto`: as the phone lies. */
export type RotationWish = Orientation | 'auto';

/** Quarters of android.view.Surface. */
const quarters: Readonly<Record<Orientation, string>> = { portrait: '0', landscape: '1' };

/** A phone redraws within a second; an app that keeps its own orientation is not waited for any longer. */
const turnLimitMs = 1_500;

/**
 * Locks the screen to an orientation, or lets it turn by itself again. Returns how the screen is then, which an app may
 * decide for itself: one that is made for portrait alone stays so. Throws `device.not-ready` where the phone lets adb change
 * no settings.
 */
export async function turnScreen(ctx: Ctx, phone: Phone, wish: RotationWish): Promise<Orientation> {
  return await inHand(ctx, phone, async (bound) => {
    await put(bound, phone, 'accelerometer_rotation', wish === 'auto' ? '1' : '0');
    if (wish === 'auto') return await orientationOf(bound, phone);
    await put(bound, phone, 'user_rotation', quarters[wish]);
    try {
      const isTurned = async () => ((await orientationOf(bound, phone)) === wish ? wish : undefined);
      return await waitFor(bound, `the screen to turn to ${wish}`, isTurned, { timeoutMs: turnLimitMs, delayMs: 50 });
    } catch (error) {
      if (!hasCode(error, 'phone.timeout')) throw error;
      return await orientationOf(bound, phone);
    }
  });
}

async function put(ctx: Ctx, phone: Phone, key: string, value: string): Promise<void> {
  const { exitCode, stdout, stderr } = await phone.device.shell(ctx, ['settings', 'put', 'system', key, value]);
  const said = `${stderr}${stdout}`.trim();
  if (exitCode === 0 && !/Exception/.test(said)) return;
  throw new DroverError('device.not-ready', {
    message: `${phone.serial}: adb may not change the settings of this phone; its developer options have a switch for that (${said.split('\n')[0] ?? ''})`,
    details: { serial: phone.serial, key },
  });
}

async function orientationOf(ctx: Ctx, phone: Phone): Promise<Orientation> {
  return (await phone.agent.call(ctx, 'GET', '/orientation')) === 'LANDSCAPE' ? 'landscape' : 'portrait';
}
