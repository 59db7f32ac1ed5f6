import { sleep, systemClock } from '../src/base/clock.ts';
import { adbKinds } from '../test/support/adb-servers.ts';
import { ServerHouse } from '../test/support/server-house.ts';
import { spread } from './spread.ts';

/** How long the phone stays away, ms. */
const awayMs = 1_500;

/**
 * Pulls a phone and puts it back: how long until the fleet shows that it is gone, and how long from its return until it
 * is ready again, with nobody helping. The acceptance lines are 1 s and 5 s.
 */
export async function benchUnplug(rounds: number): Promise<object[]> {
  const rows: object[] = [];
  for (const kind of adbKinds) {
    if (!kind.isHere) {
      rows.push({ bench: 'unplug', adb: kind.name, skipped: true });
      continue;
    }
    await using house = await ServerHouse.open({ adb: kind });
    const noticed: number[] = [];
    const back: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await waitForState(house, (state) => state === 'ready');
      const pulledAt = systemClock.monotonic();
      await house.fault({ kind: 'unplug', for_ms: awayMs });
      await waitForState(house, (state) => state === 'absent' || state === 'offline');
      noticed.push(systemClock.monotonic() - pulledAt);
      await sleep(systemClock, Math.max(0, awayMs - (systemClock.monotonic() - pulledAt)));
      const returnedAt = systemClock.monotonic();
      await waitForState(house, (state) => state === 'ready');
      back.push(systemClock.monotonic() - returnedAt);
    }
    rows.push({ bench: 'unplug', adb: kind.name, rounds, noticed_ms: spread(noticed), ready_again_ms: spread(back) });
  }
  return rows;
}

/** Reads the event stream, so that nothing is added by polling. */
async function waitForState(house: ServerHouse, test: (state: string) => boolean): Promise<void> {
  await house.api.until(async () => {
    const { data } = await house.api.call<{ state: string }>('GET', `/devices/${house.serial}`);
    return test(data.state);
  });
}
