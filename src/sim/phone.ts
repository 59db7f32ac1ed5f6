import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { seededRandom } from '../base/random.ts';
import { Adbd, createBanner } from './adbd.ts';
import { Agent } from './agent.ts';
import { SimFaults } from './faults.ts';
import { SimFiles } from './files.ts';
import { keycodes } from './keycodes.ts';
import { modelFor, type PhoneModel, propsOf } from './models.ts';
import { SimPackages } from './packages.ts';
import type { OpenService, PhoneHost } from './parts.ts';
import { PhoneSettings } from './phone-settings.ts';
import { StreamRegistry } from './registry.ts';
import { frameOf } from './screen.ts';
import { createServices } from './services.ts';
import { AppiumSettings } from './system/appium-settings.ts';
import { SettingsSearch } from './system/settings-search.ts';
import { putAgentPackages, putSystemPackages } from './system-packages.ts';
import { createTwin, defaultVersions } from './twins.ts';
import { SimUi } from './ui.ts';
import type { Actions, AppName, World } from './world.ts';

/** Each phone has both, in this order. */
const appNames: readonly AppName[] = ['tiktok', 'instagram'];

/** How long `adb reboot` takes the phone off the network. */
const rebootMs = 4_000;

export interface SimPhoneOptions {
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Same seed, same phone. */
  seed: string;
  /** Which of the models it is; default by `index`. */
  model?: PhoneModel;
  /** Number of the phone in its fleet, from 0: chooses model and accounts. */
  index?: number;
  /** The app whose version is asked for; the other one is there in its usual version. */
  app: AppName;
  appVersion: string;
  /** Version of the other app. Default: its usual one. */
  otherVersion?: string;
  /** IETF tag. */
  language: string;
  world: World;
  /**
   * Packages of clones that are installed too (Instagram's begin with `com.instagram.`), each with an account of its own:
   * `second.` before the first one's name.
   */
  clones?: readonly string[];
  clock: Clock;
  log: Log;
  /** Version of the automation server that is installed already. Default: none, it has to be installed. */
  agentVersion?: string;
  /** How long an upload of the app takes. Default: the twin's own. */
  uploadMs?: number;
  /** How long a sound, or a list of them, takes to load. */
  soundMs?: number;
  /** Whether the app's prompts also come by themselves. Default `seeded`: they do. */
  prompts?: 'seeded' | 'on-demand';
  /** Camera, microphone and gallery were granted before. Default: the app asks when it first needs them. */
  hasPermissions?: boolean;
}

/** One virtual phone: adbd on its own port, a screen, apps that are twins of the real ones. */
export class SimPhone {
  readonly host: PhoneHost;
  readonly ui: SimUi;
  readonly agent: Agent;
  readonly files: SimFiles;
  readonly packages: SimPackages;
  readonly faults: SimFaults;
  readonly registry: StreamRegistry;
  readonly port: number;
  readonly app: AppName;
  readonly appVersion: string;
  /** All apps that are twins. */
  readonly twins: readonly { package: string; version: string }[];
  readonly language: string;
  readonly openService: OpenService;
  readonly #world: World;
  readonly #adbd: Adbd;

  constructor(
    options: SimPhoneOptions,
    started: { adbd: Adbd; port: number; faults: SimFaults; model: PhoneModel; registry: StreamRegistry },
  ) {
    const { clock, log, seed, language, world, app, appVersion, index = 0 } = options;
    const { adbd, port, faults, model, registry } = started;
    const serial = `127.0.0.1:${port}`;
    const random = seededRandom(`phone ${seed}`);
    this.port = port;
    this.app = app;
    this.appVersion = appVersion;
    this.language = language;
    this.faults = faults;
    this.registry = registry;
    this.#world = world;
    this.#adbd = adbd;
    this.files = new SimFiles({ clock, faults });
    this.packages = new SimPackages({ clock, faults, sdk: model.sdk });
    putSystemPackages(this.packages, model);
    if (options.agentVersion !== undefined) putAgentPackages(this.packages, options.agentVersion);
    const settings = new PhoneSettings();
    this.ui = new SimUi({
      size: model.size,
      density: model.density,
      sdk: model.sdk,
      language,
      clock,
      random,
      log,
      packages: this.packages,
      settings,
      faults,
    });
    this.host = {
      serial,
      clock,
      random,
      log,
      props: propsOf(model, { language, seed }),
      language,
      files: this.files,
      packages: this.packages,
      ui: this.ui,
      faults,
      unknown: [],
    };
    this.agent = new Agent({ host: this.host, registry, processes: this.ui.processTable });
    const { uploadMs, soundMs, prompts, hasPermissions } = options;
    const twins = appNames.map((name) =>
      createTwin({
        host: this.host,
        world,
        app: name,
        version: name === app ? appVersion : (options.otherVersion ?? defaultVersions[name]),
        language,
        index,
        ...(uploadMs === undefined ? {} : { uploadMs }),
        ...(soundMs === undefined ? {} : { soundMs }),
        ...(prompts === undefined ? {} : { prompts }),
        ...(hasPermissions === undefined ? {} : { hasPermissions }),
      }),
    );
    for (const clone of options.clones ?? []) {
      const kind = clone.startsWith('com.instagram.') ? 'instagram' : 'tiktok';
      const version = kind === app ? appVersion : (options.otherVersion ?? defaultVersions[kind]);
      const cloned = { host: this.host, world, app: kind, version, language, index, clone } as const;
      twins.push(createTwin({ ...cloned, ...(prompts === undefined ? {} : { prompts }) }));
    }
    for (const twin of twins) this.ui.install(twin);
    this.twins = twins.map(({ package: name }) => ({
      package: name,
      version: this.packages.find(name)?.versionName ?? '',
    }));
    this.ui.install(
      new SettingsSearch({
        frame: () => frameOf(this.ui.size, this.ui.density),
        language,
        close: () => this.ui.key(keycodes.back),
      }),
    );
    const { files, packages, ui } = this;
    const unknown = (what: string) => this.host.unknown.push(what);
    this.ui.install(new AppiumSettings({ files, packages, settings, ui, sdk: model.sdk, language, unknown }));
    this.openService = createServices({
      host: this.host,
      agent: this.agent,
      registry,
      settings,
      reboot: () => {
        if (this.agent.isRunning) this.agent.stop('killed');
        for (const { name } of this.packages.list()) this.ui.forceStop(name);
        adbd.vanishFor(rebootMs);
      },
      clearData: (packageName) => {
        this.ui.forceStop(packageName);
        const granted = this.packages.find(packageName)?.permissions;
        for (const permission of granted?.keys() ?? []) granted?.set(permission, false);
        twins.find((twin) => twin.package === packageName)?.clear?.();
      },
    });
  }

  get serial(): string {
    return this.host.serial;
  }

  /** As adb would print it; `absent` while it is unplugged. */
  get state(): 'device' | 'offline' | 'unauthorized' | 'absent' {
    if (this.faults.isOn('unplug')) return 'absent';
    if (this.faults.isOn('unauthorized')) return 'unauthorized';
    return this.faults.isOn('offline') || this.faults.isOn('silent-connect') ? 'offline' : 'device';
  }

  /** What truly happened in its apps. */
  actions(): Actions {
    return this.#world.actions(this.serial);
  }

  async stop(): Promise<void> {
    if (this.agent.isRunning) this.agent.stop('killed');
    for (const { name } of this.packages.list()) this.ui.forceStop(name);
    this.faults.clear();
    await this.#adbd.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** A phone that adb can connect to. The port comes first, because a TCP phone's serial is its address. */
export async function startSimPhone(options: SimPhoneOptions): Promise<SimPhone> {
  const { clock, log, language, seed } = options;
  const model = options.model ?? modelFor(options.index ?? 0);
  const faults = new SimFaults(clock);
  const registry = new StreamRegistry();
  const random = seededRandom(`adbd ${seed}`);
  let phone: SimPhone | undefined;
  const adbd = new Adbd({
    port: options.port,
    host: { clock, log, faults, random },
    banner: createBanner(propsOf(model, { language, seed })),
    registry,
    openService: (service) => phone?.openService(service),
  });
  const port = await adbd.start();
  try {
    phone = new SimPhone(options, { adbd, port, faults, model, registry });
  } catch (error) {
    await adbd.stop();
    throw error;
  }
  return phone;
}
