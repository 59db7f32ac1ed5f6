import type { Ctx } from '../base/context.ts';
import { DroverError, hasCode } from '../base/error.ts';
import { inHand, type Phone } from './phone.ts';

/**
 * The screen as an image file (PNG or JPEG by its first bytes). The automation server's is the cheapest; when it cannot,
 * `screencap` is asked. That one is asked at once where the picture is taken beside other work (`isBeside`): the automation
 * server does one thing after the other. Throws `app.unexpected-screen` when the app forbids both.
 */
export async function takePicture(
  ctx: Ctx,
  phone: Phone,
  { timeoutMs = 10_000, isBeside = false } = {},
): Promise<Uint8Array> {
  return await inHand(ctx, phone, async (bound) => {
    if (isBeside) return await screencap(bound, phone, timeoutMs);
    try {
      const value = await phone.agent.call(bound, 'GET', '/screenshot', { timeoutMs });
      const image = Buffer.from(typeof value === 'string' ? value : '', 'base64');
      if (isImage(image)) return image;
    } catch (error) {
      if (!hasCode(error, 'app.unexpected-screen', 'phone.timeout')) throw error;
    }
    return await screencap(bound, phone, timeoutMs);
  });
}

async function screencap(ctx: Ctx, phone: Phone, timeoutMs: number): Promise<Uint8Array> {
  const image = await phone.device.exec(ctx, ['screencap', '-p'], { timeoutMs });
  if (isImage(image)) return image;
  throw new DroverError('app.unexpected-screen', { message: 'the phone gave no picture of its screen' });
}

const isImage = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x89 && bytes[1] === 0x50) || (bytes[0] === 0xff && bytes[1] === 0xd8);
