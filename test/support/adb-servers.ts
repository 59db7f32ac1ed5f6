import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { AdbServer } from '../../src/adb/server.ts';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { StandInAdbServer } from '../../src/sim/adb-server.ts';

/** An adb server of the test's own, on a port of its own. */
export interface RunningAdb extends AsyncDisposable {
  readonly server: AdbServer;
  readonly port: number;
  /** As if it had crashed; the real one is then started by whoever needs it. */
  restart(): Promise<void>;
}

export interface AdbKind {
  name: string;
  isHere: boolean;
  /** `clock` is what a stand-in lives by; the real one has its own. */
  start(clock?: Clock): Promise<RunningAdb>;
}

const hasAdb = spawnSync('adb', ['version']).status === 0;

/** Below the range from which the system takes ports for outgoing connections, so that nobody gets it in between. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(25_000, 32_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

/** What every suite about adb runs against. The real one is skipped on a machine without it. */
export const adbKinds: readonly AdbKind[] = [
  { name: hasAdb ? 'the real adb server' : 'the real adb server (no adb here)', isHere: hasAdb, start: startReal },
  { name: 'the stand-in adb server', isHere: true, start: startStandIn },
];

async function startReal(): Promise<RunningAdb> {
  const port = await freePort();
  const server = new AdbServer({ host: '127.0.0.1', port });
  await server.ensure({
    signal: new AbortController().signal,
    clock: systemClock,
    random: seededRandom('adb'),
    log: silentLog,
  });
  // ours alone: nobody else knows the port
  const kill = async () => void spawnSync('adb', ['-P', String(port), 'kill-server']);
  return { server, port, restart: kill, [Symbol.asyncDispose]: kill };
}

async function startStandIn(clock: Clock = systemClock): Promise<RunningAdb> {
  let standIn = new StandInAdbServer({ port: 0, clock });
  const port = await standIn.start();
  return {
    server: new AdbServer({ host: '127.0.0.1', port, program: null }),
    port,
    async restart() {
      await standIn.stop();
      standIn = new StandInAdbServer({ port, clock });
      await standIn.start();
    },
    [Symbol.asyncDispose]: () => standIn.stop(),
  };
}
