import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DroverError } from '../base/error.ts';

/** Where a restore unpacks; it is removed when everything is in its place. */
export const restoringFolder = (dataFolder: string): string => join(dataFolder, 'restoring');

/** Throws `server.data-unusable` when a restore was cut off: what stands there may be half old and half new. */
export function assertNotRestoring(dataFolder: string): void {
  const folder = restoringFolder(dataFolder);
  if (!existsSync(folder)) return;
  throw new DroverError('server.data-unusable', {
    message: `a restore into ${dataFolder} is under way or was cut off: run "drover restore" once more, or delete ${folder} when the folder is as you want it`,
  });
}
