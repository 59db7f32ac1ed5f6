import * as operations from '../contract/operations/pauses.ts';
import type { PausedWork, PauseList } from '../contract/pause.ts';
import { listPauses, type Pause } from '../store/pauses.ts';
import { type BoundOperation, bind } from './bind.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';

export const pauseRoutes = (parts: HttpParts): BoundOperation[] => [
  bind(operations.pauseWork, async ({ body, caller }) => {
    const { account, device, stop = false } = body;
    const stopped = await parts.pauses.pause({ account, serial: device }, { person: caller.name, isStopping: stop });
    return pauseList(parts, stopped);
  }),
  bind(operations.resumeWork, async ({ body: { account, device }, caller }) => {
    await parts.pauses.resume({ account, serial: device }, caller.name);
    return pauseList(parts, []);
  }),
  bind(operations.listPauses, () => pauseList(parts, [])),
];

async function pauseList(parts: HttpParts, stopped: number[]): Promise<PauseList> {
  const { timeZone } = parts.settings();
  const pauses = await listPauses(parts.store.read);
  return { paused: pauses.map((pause) => pausedWork(pause, timeZone)), stopped };
}

const pausedWork = ({ target, account, pausedAt, person }: Pause, zone: string): PausedWork => ({
  scope: target.scope,
  account,
  device: target.scope === 'device' ? target.serial : null,
  since: isoTime(pausedAt, zone),
  by: person,
});
