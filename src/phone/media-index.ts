import type { AdbDevice } from '../adb/device.ts';
import type { Ctx } from '../base/context.ts';

/**
 * Asks the phone to look at a file, or at the place where one was, for its galleries. Up to Android 9 the broadcast is the
 * way, from 10 on the media provider's own call; each is harmless where it is not understood, and many phones index by
 * themselves. What the answers say is no proof: only a row of the media store is.
 */
export async function askForIndex(ctx: Ctx, device: AdbDevice, indexedPath: string): Promise<void> {
  const scan = 'android.intent.action.MEDIA_SCANNER_SCAN_FILE';
  await device.shell(ctx, ['am', 'broadcast', '-a', scan, '-d', `file://${indexedPath}`]);
  await device.shell(ctx, [
    'content',
    'call',
    '--uri',
    'content://media',
    '--method',
    'scan_file',
    '--arg',
    indexedPath,
  ]);
}
