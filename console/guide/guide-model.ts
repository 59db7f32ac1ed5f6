import type { Account } from '../../src/contract/account.ts';
import type { Device } from '../../src/contract/device.ts';
import type { TaskStats } from '../../src/contract/task.ts';

/** From nothing to a task that was seen to its end. */
export const guideSteps = ['phone', 'account', 'media', 'task', 'watch'] as const;
export type GuideStep = (typeof guideSteps)[number];

export interface GuideFacts {
  devices: readonly Device[];
  accounts: readonly Account[];
  mediaTotal: number;
  stats: TaskStats | undefined;
}

/** Which steps are done, by what the server says now: nothing is ticked off and kept. */
export function doneSteps({ devices, accounts, mediaTotal, stats }: GuideFacts): ReadonlySet<GuideStep> {
  const isDone: Readonly<Record<GuideStep, boolean>> = {
    phone: devices.some(({ state }) => state === 'ready'),
    account: accounts.some(({ ownership }) => ownership !== 'none'),
    media: mediaTotal > 0,
    task: (stats?.total ?? 0) > 0,
    watch: (stats?.completed ?? 0) + (stats?.failed ?? 0) > 0,
  };
  return new Set(guideSteps.filter((step) => isDone[step]));
}

/**
 * Address of the form of a first task, filled in. A virtual phone may post at once what is in the library; on a real one
 * the first task only watches, for a minute.
 */
export function firstTaskPath({ devices, mediaTotal }: Pick<GuideFacts, 'devices' | 'mediaTotal'>): string {
  const phone = devices.find(({ state }) => state === 'ready') ?? devices[0];
  const isPost = phone?.virtual === true && mediaTotal > 0;
  const query = new URLSearchParams({
    ...(isPost ? { script: 'post' } : { script: 'account_warmup', task_duration: '60' }),
    ...(phone && { serials: phone.serial }),
  });
  return `/tasks/new?${query}`;
}
