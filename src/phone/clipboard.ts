import type { Ctx } from '../base/context.ts';
import { inHand, type Phone } from './phone.ts';

/**
 * The text in the phone's clipboard; empty where there is none, or where Android does not let the automation server read
 * it (from Android 10 on only what is in front may). [appium-uiautomator2-server: GetClipboard]
 */
export async function readClipboard(ctx: Ctx, phone: Phone): Promise<string> {
  return await inHand(ctx, phone, async (bound) => {
    const body = { contentType: 'PLAINTEXT' };
    const value = await phone.agent.call(bound, 'POST', '/appium/device/get_clipboard', { body, timeoutMs: 5_000 });
    return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
  });
}
