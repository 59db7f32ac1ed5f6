import type { AdbDevice } from '../adb/device.ts';
import type { AdbEntry } from '../adb/device-list.ts';
import type { AdbServer } from '../adb/server.ts';
import { trackDevices } from '../adb/tracker.ts';
import { type Clock, sleep } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError } from '../base/error.ts';
import type { Log } from '../base/log.ts';
import type { Random } from '../base/random.ts';
import type { DeviceStateName } from '../contract/task-states.ts';
import { type AgentPackage, bundledAgent } from '../phone/agent-package.ts';
import type { Phone } from '../phone/phone.ts';
import { type DeviceChange, listDevices, touchDeviceProof, upsertDevice } from '../store/devices.ts';
import type { Store } from '../store/store.ts';
import type { Condition } from './details.ts';
import { Device } from './device.ts';

export interface FleetOptions {
  store: Store;
  adbServers: readonly AdbServer[];
  clock: Clock;
  random: Random;
  log: Log;
  /** Id of our row in `host`. */
  hostId: string;
  /** TCP serials (`host:port`) to connect to at the first adb server, and again when lost. */
  connect?: readonly string[];
  /** Serials known to be simulated phones before they say so themselves. */
  virtual?: readonly string[];
  /** Packages whose versions are shown with a phone. */
  apps?: readonly string[];
  agentPackage?: AgentPackage;
}

/** A device as it is shown. */
export interface DeviceView extends Condition {
  serial: string;
  state: DeviceStateName;
  adbState: string | null;
  reason: string | null;
  lastProofAt: number | null;
  model: string | null;
  android: string | null;
  virtual: boolean;
}

/** Proof times change all the time; their rows are written this often. */
const proofEveryMs = 5_000;
/** A net below the trackers, which keep some changes to themselves: all lists are read anew this often. */
const sweepEveryMs = 10_000;

/** Every device that the adb servers of this host show, or have shown. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #devices = new Map<string, Device>();
  readonly #onReady = new Set<(serial: string) => void>();
  readonly #onChange = new Set<(view: DeviceView) => void>();
  readonly #wasReady = new Set<string>();
  readonly #saved = new Map<string, string>();
  readonly #savedProof = new Map<string, number>();
  readonly #stopping = new AbortController();
  /** adb server → what is wrong with it now. */
  readonly #adbFaults = new Map<string, string>();
  #saves = new Map<string, Promise<void>>();
  #loops: Promise<void>[] = [];

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Resolves when the devices known from before are there; the others come as the adb servers show them. */
  async start(): Promise<void> {
    const { store, adbServers, connect = [], hostId } = this.#options;
    const [first] = adbServers;
    for (const row of await listDevices(store.read)) {
      if (row.hostId === null || row.hostId === hostId) this.#add(row.serial, row.disabled);
    }
    for (const serial of connect) this.#add(serial, false);
    for (const device of this.#devices.values()) {
      if (first) device.start(first);
      void this.#save(device); // what the row says is of an earlier run
    }
    const ctx = this.#ctx();
    this.#loops = [
      ...adbServers.map((server) =>
        trackDevices(ctx, server, {
          onList: (entries) => this.#onList(server, entries),
          onDown: (error) => this.#onDown(server, error),
        }),
      ),
      this.#sweep(ctx),
      this.#writeProofs(ctx),
    ];
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new DroverError('server.stopping'));
    await Promise.all([...this.#devices.values()].map((device) => device.stop()));
    await Promise.all(this.#loops);
    await Promise.all(this.#saves.values());
  }

  /** By serial. */
  devices(): DeviceView[] {
    return [...this.#devices.values()]
      .map((device) => this.#view(device))
      .sort((a, b) => (a.serial < b.serial ? -1 : a.serial > b.serial ? 1 : 0));
  }

  device(serial: string): DeviceView | undefined {
    const device = this.#devices.get(serial);
    return device && this.#view(device);
  }

  /** The phone in hand, while the device is ready. */
  phoneFor(serial: string): Phone | undefined {
    return this.#devices.get(serial)?.phone;
  }

  isReady(serial: string): boolean {
    return this.phoneFor(serial) !== undefined;
  }

  readySerials(): readonly string[] {
    return [...this.#devices.values()].filter((device) => device.phone !== undefined).map((device) => device.serial);
  }

  /** Called each time a device becomes ready. Returns a function that ends it. */
  onReady(listener: (serial: string) => void): () => void {
    this.#onReady.add(listener);
    return () => this.#onReady.delete(listener);
  }

  /** Called after each change of what is shown, proof times excepted. */
  onChange(listener: (view: DeviceView) => void): () => void {
    this.#onChange.add(listener);
    return () => this.#onChange.delete(listener);
  }

  /** A TCP phone that came later (a simulated one, or by an operator's wish). */
  connect(serial: string): void {
    const [first] = this.#options.adbServers;
    if (this.#devices.has(serial) || !first) return;
    this.#add(serial, false, true).start(first);
  }

  /** `ok`, or what is wrong with the adb servers. */
  adbHealth(): string {
    return [...this.#adbFaults].map(([name, fault]) => `${name}: ${fault}`).join('; ') || 'ok';
  }

  disable(serial: string): void {
    this.#devices.get(serial)?.disable();
  }

  enable(serial: string): void {
    this.#devices.get(serial)?.enable();
  }

  /** Tries an ailing phone again now. */
  retry(serial: string): void {
    this.#devices.get(serial)?.retry();
  }

  /** Connects a phone anew that is there, and dials one that is not. */
  reconnect(serial: string): void {
    this.#devices.get(serial)?.reconnect();
  }

  /** A connection of its own to a phone that adb lists as `device`, ready or not: for looks that disturb nothing. */
  aside(serial: string): AdbDevice | undefined {
    return this.#devices.get(serial)?.aside;
  }

  #add(serial: string, isDisabled: boolean, isConfigured = this.#options.connect?.includes(serial) ?? false): Device {
    const known = this.#devices.get(serial);
    if (known) return known;
    const { clock, random, log, apps = [], agentPackage = bundledAgent } = this.#options;
    const device = new Device({
      serial,
      clock,
      random,
      log,
      agentPackage,
      apps,
      isDisabled,
      isConfigured,
      onChange: (changed) => this.#changed(changed),
    });
    this.#devices.set(serial, device);
    return device;
  }

  #onList(server: AdbServer, entries: readonly AdbEntry[]): void {
    this.#adbFaults.delete(server.name);
    const listed = new Map(entries.map((entry) => [entry.serial, entry.state]));
    for (const serial of listed.keys()) this.#add(serial, false);
    for (const device of this.#devices.values()) device.report(server, listed.get(device.serial) ?? null);
  }

  #onDown(server: AdbServer, error: DroverError): void {
    this.#adbFaults.set(server.name, error.message);
    this.#options.log.warn({ adb: server.name, code: error.code, reason: error.message }, 'adb server');
    for (const device of this.#devices.values()) device.report(server, null, error.message);
  }

  #changed(device: Device): void {
    const isReady = device.phone !== undefined;
    const isNewlyReady = isReady && !this.#wasReady.has(device.serial);
    if (isReady) this.#wasReady.add(device.serial);
    else this.#wasReady.delete(device.serial);
    void this.#save(device);
    const view = this.#view(device);
    for (const listener of this.#onChange) listener(view);
    if (isNewlyReady) for (const listener of this.#onReady) listener(device.serial);
  }

  /** One write at a time for a device; what changed meanwhile goes with the next. */
  #save(device: Device): Promise<void> {
    const { serial } = device;
    const before = this.#saves.get(serial) ?? Promise.resolve();
    const mine = before.then(() => this.#saveNow(device));
    this.#saves.set(serial, mine);
    void mine.then(() => {
      if (this.#saves.get(serial) === mine) this.#saves.delete(serial);
    });
    return mine;
  }

  async #saveNow(device: Device): Promise<void> {
    const { store, hostId, log } = this.#options;
    const view = this.#view(device);
    const change: DeviceChange = {
      hostId,
      adbState: view.adbState,
      state: view.state,
      reason: view.reason,
      disabled: view.state === 'disabled',
      virtual: view.virtual,
      // what the row knows of a phone's make stays while it is away
      ...(view.model === null ? {} : { model: view.model, android: view.android }),
    };
    const text = JSON.stringify(change);
    if (this.#saved.get(device.serial) === text) return;
    try {
      await store.write((tx) => upsertDevice(tx, device.serial, { ...change, ...proofOf(view) }));
      this.#saved.set(device.serial, text);
    } catch (error) {
      log.warn({ serial: device.serial, error }, 'the row of a device was not written');
    }
  }

  async #writeProofs(ctx: Ctx): Promise<void> {
    while (await pause(ctx, proofEveryMs)) {
      const fresh = [...this.#devices.values()].flatMap(({ serial, lastProofAt }) =>
        lastProofAt === null || this.#savedProof.get(serial) === lastProofAt ? [] : [{ serial, lastProofAt }],
      );
      if (fresh.length === 0) continue;
      try {
        await this.#options.store.write(async (tx) => {
          for (const { serial, lastProofAt } of fresh) await touchDeviceProof(tx, serial, lastProofAt);
        });
        for (const { serial, lastProofAt } of fresh) this.#savedProof.set(serial, lastProofAt);
      } catch (error) {
        ctx.log.warn({ error }, 'proof times were not written');
      }
    }
  }

  async #sweep(ctx: Ctx): Promise<void> {
    while (await pause(ctx, sweepEveryMs)) {
      await Promise.all(this.#options.adbServers.map((server) => this.#compare(ctx, server)));
    }
  }

  /** One question for all; only a device that the answer surprises is looked at on its own. */
  async #compare(ctx: Ctx, server: AdbServer): Promise<void> {
    let entries: readonly AdbEntry[];
    try {
      entries = await server.devices(ctx);
    } catch {
      return; // its tracker tells
    }
    const listed = new Map(entries.map((entry) => [entry.serial, entry.state]));
    const surprising = [...this.#devices.values()].filter(
      ({ serial, adbState, server: own }) => own === server && adbState !== (listed.get(serial) ?? null),
    );
    await Promise.all(surprising.map((device) => device.look()));
  }

  #view(device: Device): DeviceView {
    return {
      serial: device.serial,
      state: device.state.is,
      adbState: device.adbState,
      reason: device.reason,
      lastProofAt: device.lastProofAt,
      model: device.identity?.model ?? null,
      android: device.identity?.android ?? null,
      virtual: device.identity?.isSimulated ?? this.#options.virtual?.includes(device.serial) ?? false,
      ...device.condition,
    };
  }

  #ctx(): Ctx {
    const { clock, random, log } = this.#options;
    return { signal: this.#stopping.signal, clock, random, log };
  }
}

const proofOf = ({ lastProofAt }: DeviceView): DeviceChange => (lastProofAt === null ? {} : { lastProofAt });

/** False when the fleet stops meanwhile. */
async function pause(ctx: Ctx, ms: number): Promise<boolean> {
  try {
    await sleep(ctx.clock, ms, ctx.signal);
    return true;
  } catch {
    return false; // only an abort ends a sleep early
  }
}
