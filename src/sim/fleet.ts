import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { ControlServer } from './control.ts';
import { type SimPhone, type SimPhoneOptions, startSimPhone } from './phone.ts';
import { defaultVersions } from './twins.ts';
import { type AppName, World } from './world.ts';

export interface SimFleetOptions
  extends Pick<
    SimPhoneOptions,
    'agentVersion' | 'uploadMs' | 'soundMs' | 'prompts' | 'hasPermissions' | 'otherVersion' | 'clones' | 'model'
  > {
  phones: number;
  /** First port; phone n listens on portBase + n. Default: free ports. */
  portBase?: number;
  /** Port of the control routes; 0 takes a free one. Default: no control routes. */
  controlPort?: number;
  /** Default 1. */
  seed?: string | number;
  /** Default tiktok. */
  app?: AppName;
  appVersion?: string;
  /** IETF tag, or a short one (`fr`). Default en-US. */
  language?: string;
  clock: Clock;
  log: Log;
  /** Shared with other fleets. Default: a new one. */
  world?: World;
}

/** Phones that live together: one world behind their apps, one control server. */
export class SimFleet {
  readonly phones: readonly SimPhone[];
  readonly world: World;
  /** Undefined without control routes. */
  readonly controlPort: number | undefined;
  readonly #control: ControlServer | undefined;

  constructor(parts: {
    phones: readonly SimPhone[];
    world: World;
    control: ControlServer | undefined;
    controlPort: number | undefined;
  }) {
    this.phones = parts.phones;
    this.world = parts.world;
    this.#control = parts.control;
    this.controlPort = parts.controlPort;
  }

  async stop(): Promise<void> {
    await this.#control?.stop();
    await Promise.all(this.phones.map((phone) => phone.stop()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Ports that adb attaches by itself as `emulator-55xx` (measured with adb 29): a virtual phone there would appear twice. */
const emulatorPorts = { first: 5_555, last: 5_585 };

/** Starts the phones and, when asked for, the control routes. What was started is stopped again when a later one fails. */
export async function startSimFleet(options: SimFleetOptions): Promise<SimFleet> {
  const { portBase, clock, log } = options;
  const seed = String(options.seed ?? 1);
  if (portBase !== undefined && portBase + options.phones > emulatorPorts.first && portBase <= emulatorPorts.last) {
    throw new RangeError(
      `ports ${portBase} to ${portBase + options.phones - 1} touch ${emulatorPorts.first}-${emulatorPorts.last}, which adb takes for emulators; choose a port base from 20000 up`,
    );
  }
  const app = options.app ?? 'tiktok';
  const world = options.world ?? new World({ clock });
  const { agentVersion, uploadMs, soundMs, prompts, hasPermissions, otherVersion, clones, model } = options;
  const common = {
    ...(agentVersion === undefined ? {} : { agentVersion }),
    ...(uploadMs === undefined ? {} : { uploadMs }),
    ...(soundMs === undefined ? {} : { soundMs }),
    ...(prompts === undefined ? {} : { prompts }),
    ...(hasPermissions === undefined ? {} : { hasPermissions }),
    ...(otherVersion === undefined ? {} : { otherVersion }),
    ...(clones === undefined ? {} : { clones }),
    ...(model === undefined ? {} : { model }),
  };
  const phones: SimPhone[] = [];
  try {
    for (let index = 0; index < options.phones; index++) {
      const phone: SimPhoneOptions = {
        port: portBase === undefined ? 0 : portBase + index,
        seed: `${seed}:${index}`,
        index,
        app,
        appVersion: options.appVersion ?? defaultVersions[app],
        language: fullTag(options.language ?? 'en-US'),
        world,
        clock,
        log,
        ...common,
      };
      phones.push(await startSimPhone(phone));
    }
    const control = options.controlPort === undefined ? undefined : new ControlServer(() => phones);
    const controlPort = await control?.start(options.controlPort ?? 0);
    return new SimFleet({ phones, world, control, controlPort });
  } catch (error) {
    await Promise.all(phones.map((phone) => phone.stop()));
    throw error;
  }
}

const fullTag = (language: string): string => ({ en: 'en-US', fr: 'fr-FR' })[language.toLowerCase()] ?? language;
