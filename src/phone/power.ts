import type { Ctx } from '../base/context.ts';
import { inHand, type Phone } from './phone.ts';

/** KEYCODE_WAKEUP switches the screen on and, unlike the power key, never off. */
const wakeUpKey = '224';

/** Switches the screen on when it is off and takes a lock screen away that has no secret. */
export async function wakeUp(ctx: Ctx, phone: Phone): Promise<void> {
  await inHand(ctx, phone, async (bound) => {
    const { stdout } = await phone.device.shell(bound, ['dumpsys', 'power']);
    if (/mWakefulness=Awake/.test(stdout)) return;
    await phone.device.shell(bound, ['input', 'keyevent', wakeUpKey]);
    await phone.device.shell(bound, ['wm', 'dismiss-keyguard']);
  });
}
