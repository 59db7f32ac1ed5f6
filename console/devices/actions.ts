import type { QueryClient } from '@tanstack/react-query';
import { changeDevice, disableDevice, enableDevice, reconnectDevice } from '../../src/contract/operations/devices.ts';
import { pauseWork, resumeWork } from '../../src/contract/operations/pauses.ts';
import { call } from '../shell/api.ts';
import { ApiError } from '../shell/api-error.ts';

/** What may be done to many phones at once: maintenance only. Touching many phones at once is not offered. */
export const maintenance = ['pause', 'resume', 'reconnect', 'disable', 'enable', 'own'] as const;
export type Maintenance = (typeof maintenance)[number];

const acts: Readonly<Record<Maintenance, (serial: string) => Promise<unknown>>> = {
  pause: (device) => call(pauseWork, { body: { device } }),
  resume: (device) => call(resumeWork, { body: { device } }),
  reconnect: (serial) => call(reconnectDevice, { params: { serial } }),
  disable: (serial) => call(disableDevice, { params: { serial } }),
  enable: (serial) => call(enableDevice, { params: { serial } }),
  own: (serial) => call(changeDevice, { params: { serial }, body: { owned: true } }),
};

export interface Outcome {
  done: number;
  failed: readonly { serial: string; message: string }[];
}

const atOnce = 3;

/** Does it to each phone, a few at a time; one that refuses stops none of the others. */
export async function maintain(client: QueryClient, action: Maintenance, serials: readonly string[]): Promise<Outcome> {
  const left = [...serials];
  const failed: { serial: string; message: string }[] = [];
  let done = 0;
  const work = async () => {
    for (let serial = left.shift(); serial !== undefined; serial = left.shift()) {
      try {
        await acts[action](serial);
        done++;
      } catch (error) {
        failed.push({ serial, message: error instanceof ApiError ? error.message : String(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  void client.invalidateQueries({ queryKey: ['devices'] });
  void client.invalidateQueries({ queryKey: ['pauses'] });
  return { done, failed };
}
