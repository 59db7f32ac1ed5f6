import type { Ctx } from '../base/context.ts';
import { inHand, type Phone } from './phone.ts';

/**
 * The text in the phone's clipboard; empty where there is none, or where Android does not let the automation server read
 * it: from Android 10 on only the app in front and the keyboard may. [appium-uiautomator2-server: GetClipboard;
 * AOSP ClipboardService.clipboardAccessAllowed]
 */
export async function readClipboard(ctx: Ctx, phone: Phone): Promise<string> {
  return await inHand(ctx, phone, async (bound) => {
    const body = { contentType: 'PLAINTEXT' };
    const value = await phone.agent.call(bound, 'POST', '/appium/device/get_clipboard', { body, timeoutMs: 5_000 });
    return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
  });
}

/** Whether an empty clipboard means that it is empty. */
export const canReadClipboard = ({ android }: Pick<Phone, 'android'>): boolean => Number.parseInt(android, 10) < 10;

/** Puts a text there, in place of what it holds. Every Android allows that. */
export async function writeClipboard(ctx: Ctx, phone: Phone, text: string): Promise<void> {
  const body = { content: Buffer.from(text, 'utf8').toString('base64'), contentType: 'PLAINTEXT' };
  await inHand(ctx, phone, (bound) =>
    phone.agent.call(bound, 'POST', '/appium/device/set_clipboard', { body, timeoutMs: 5_000 }),
  );
}
