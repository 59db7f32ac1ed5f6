import { type Clock, systemClock } from '../../src/base/clock.ts';
import type { Ctx } from '../../src/base/context.ts';
import { type Log, silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { type DeviceView, Fleet } from '../../src/fleet/fleet.ts';
import type { Phone } from '../../src/phone/phone.ts';
import { type SimFleet, type SimFleetOptions, startSimFleet } from '../../src/sim/fleet.ts';
import type { SimPhone } from '../../src/sim/phone.ts';
import { upsertDevice } from '../../src/store/devices.ts';
import { registerHost } from '../../src/store/hosts.ts';
import { TempStore } from '../store/temp-store.ts';
import type { AdbKind, RunningAdb } from './adb-servers.ts';

export interface PhoneHouseOptions {
  phones?: number;
  /** Version of the automation server that the phones have already; `bare`: none. Default: the one we bring along. */
  agentVersion?: string;
  apps?: readonly string[];
  log?: Log;
  /** Serial of a phone whose row an earlier run left as ready. */
  leftBehind?: string;
  /** What phones, adb server and fleet live by. Default: the system's. */
  clock?: Clock;
  /** What the simulated phones are like. */
  sim?: Partial<SimFleetOptions>;
}

/** A fleet on a real database with simulated phones behind an adb server; everything is gone at the end of the block. */
export class PhoneHouse implements AsyncDisposable {
  readonly adb: RunningAdb;
  readonly sim: SimFleet;
  readonly fleet: Fleet;
  readonly temp: TempStore;
  readonly clock: Clock;
  /** Everything the fleet showed, in order. */
  readonly shown: DeviceView[] = [];

  readonly #parts: AsyncDisposable;

  private constructor(adb: RunningAdb, sim: SimFleet, temp: TempStore, fleet: Fleet, parts: AsyncDisposable) {
    this.#parts = parts;
    this.clock = temp.clock;
    this.adb = adb;
    this.sim = sim;
    this.temp = temp;
    this.fleet = fleet;
    fleet.onChange((view) => this.shown.push(view));
  }

  static async open(kind: AdbKind, options: PhoneHouseOptions = {}): Promise<PhoneHouse> {
    const { phones = 1, agentVersion = '10.6.6', apps = [], log = silentLog, sim: like = {}, leftBehind } = options;
    const { clock = systemClock } = options;
    // What was started is stopped again when something after it fails: adb servers outlive their makers.
    await using parts = new AsyncDisposableStack();
    const temp = parts.use(new TempStore(clock));
    const adb = parts.use(await kind.start(clock));
    const sim = parts.use(
      await startSimFleet({
        phones,
        clock,
        log: silentLog,
        prompts: 'on-demand',
        ...(agentVersion === 'bare' ? {} : { agentVersion }),
        ...like,
      }),
    );
    const host = { id: 'host-1', bootId: 'boot-1', url: null, version: '0' };
    await temp.store.write((tx) => registerHost(tx, { ...host, aliveUntil: tx.now + 60_000 }));
    if (leftBehind !== undefined) {
      const row = { state: 'ready', adbState: 'device', hostId: host.id, model: 'Some phone' } as const;
      await temp.store.write((tx) => upsertDevice(tx, leftBehind, row));
    }
    const fleet = new Fleet({
      store: temp.store,
      adbServers: [adb.server],
      clock,
      random: seededRandom('fleet'),
      log,
      hostId: host.id,
      connect: sim.phones.map((phone) => phone.serial),
      apps,
    });
    parts.defer(() => fleet.stop());
    await fleet.start();
    return new PhoneHouse(adb, sim, temp, fleet, parts.move());
  }

  /** The phone as the simulation has it. */
  get simPhone(): SimPhone {
    const [phone] = this.sim.phones;
    if (!phone) throw new Error('no simulated phone');
    return phone;
  }

  get serial(): string {
    return this.simPhone.serial;
  }

  get view(): DeviceView | undefined {
    return this.fleet.device(this.serial);
  }

  /** The phone as the product has it, once it is ready. */
  async ready(timeoutMs = 20_000): Promise<Phone> {
    await this.until((view) => view.state === 'ready', timeoutMs);
    const phone = this.fleet.phoneFor(this.serial);
    if (!phone) throw new Error('ready without a phone');
    return phone;
  }

  /** Resolves with the first view that fits, now or later. */
  until(fits: (view: DeviceView) => boolean, timeoutMs = 20_000): Promise<DeviceView> {
    return new Promise((resolve, reject) => {
      const now = this.view;
      if (now && fits(now)) {
        resolve(now);
        return;
      }
      const cancel = systemClock.after(timeoutMs, () => {
        end();
        reject(new Error(`never came: ${fits} — shown last: ${JSON.stringify(this.view)}`));
      });
      const end = this.fleet.onChange((view) => {
        if (view.serial !== this.serial || !fits(view)) return;
        cancel();
        end();
        resolve(view);
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts[Symbol.asyncDispose]();
  }
}

export function testCtx(signal: AbortSignal = new AbortController().signal): Ctx {
  return { signal, clock: systemClock, random: seededRandom('test'), log: silentLog };
}
