import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CryptoKey } from 'jose';
import { AdbServer } from './adb/server.ts';
import { apps } from './apps/index.ts';
import { type Clock, systemClock } from './base/clock.ts';
import { DroverError } from './base/error.ts';
import type { Log } from './base/log.ts';
import { hostId, machineId } from './base/machine-id.ts';
import { readNamedFile } from './base/named-file.ts';
import { seededRandom } from './base/random.ts';
import { createSealer, openSecrets, type Sealer, sealSecrets } from './base/seal.ts';
import { startSweep } from './base/sweep.ts';
import type { Config } from './config.ts';
import { type ScriptConfig, scriptInputs } from './contract/script-inputs.ts';
import { platformPackages, type ScriptName } from './contract/script-names.ts';
import type { AccountWarmupConfig } from './contract/scripts/account-warmup.ts';
import { AccountImports } from './fleet/account-import.ts';
import { AccountDesk } from './fleet/accounts.ts';
import { changeDevice } from './fleet/change.ts';
import { Fleet } from './fleet/fleet.ts';
import { GroupDesk } from './fleet/groups.ts';
import { HeldPhones } from './fleet/held.ts';
import { Holds } from './fleet/hold.ts';
import { HostRow } from './fleet/host.ts';
import { Inputs } from './fleet/input.ts';
import { Logs } from './fleet/logs.ts';
import { reconnectDevice, switchDevice } from './fleet/maintenance.ts';
import { Screens } from './fleet/screens.ts';
import { Transfers } from './fleet/transfers.ts';
import { refuseOpenDoor } from './http/exposure.ts';
import { isLoopbackHost } from './http/listener.ts';
import type { AccessSettings } from './http/parts.ts';
import { HttpServer } from './http/server.ts';
import { readTls } from './http/tls.ts';
import { Dispatcher } from './http/webhook/dispatcher.ts';
import { Library } from './media/library.ts';
import { MediaShelf } from './media/pick.ts';
import type { MediaRoots } from './media/roots.ts';
import type { Phone } from './phone/phone.ts';
import { Retention } from './retention.ts';
import { ReviewDrafts } from './rules/drafts.ts';
import { Forecast } from './rules/forecast.ts';
import { Gate } from './rules/gate.ts';
import { Licence } from './rules/licence.ts';
import { importVendorKey } from './rules/licence-key.ts';
import { parkEffect } from './rules/review.ts';
import { LiveSettings } from './rules/settings.ts';
import { handsOf } from './script/hands-of-phone.ts';
import { defaultPacing, type Pacing, virtualPacing } from './script/pacing.ts';
import { showSighting } from './script/shown-sighting.ts';
import { StandInAdbServer } from './sim/adb-server.ts';
import { type SimFleet, type SimFleetOptions, startSimFleet } from './sim/fleet.ts';
import { listAccounts } from './store/accounts.ts';
import { type Claim, claimNext, nextDueAt } from './store/claim.ts';
import { listPauses } from './store/pauses.ts';
import { assertNotRestoring } from './store/restoring.ts';
import { listUnreadable, sealedText } from './store/sealed.ts';
import { openSqliteStore, type SqliteStore } from './store/sqlite.ts';
import { listStopAsked } from './store/task-lists.ts';
import { findTask } from './store/tasks.ts';
import { countTokens } from './store/tokens.ts';
import { TaskChanges } from './task/change.ts';
import { type CreateRules, createTasks, planTasks } from './task/create.ts';
import type { AccountFacts } from './task/expand.ts';
import type { Doubts } from './task/park.ts';
import { pauseWork, resumeWork } from './task/pause.ts';
import { type PhoneInHand, perform } from './task/perform.ts';
import { reconcile } from './task/reconcile.ts';
import { ReviewDesk } from './task/review-desk.ts';
import { leaseMs, Runner } from './task/runner.ts';
import { ScheduleDesk } from './task/schedule-desk.ts';
import { Scheduler } from './task/scheduler.ts';
import { Schedules } from './task/schedules.ts';
import { TraceFiles } from './trace/recorder.ts';

export const version = '0.1.0';

/** A stop that somebody asked for, should the hint have been lost, is found this often. */
const stopSweepMs = 2_000;

const doubts: Doubts = { park: parkEffect };

export interface StartOptions {
  clock?: Clock;
  log: Log;
  /** How the virtual phones of `config.sim` are, beyond their number. */
  sim?: Pick<SimFleetOptions, 'agentVersion' | 'uploadMs' | 'prompts' | 'hasPermissions'>;
}

/** The whole server. `start` builds every object in order, `stop` ends them in reverse. */
export class Drover {
  readonly #ends: (() => Promise<void> | void)[] = [];
  #sim: SimFleet | undefined;
  #onLost: (why: string) => void = () => {};

  /** Where it listens, once started. */
  port = 0;
  addresses: readonly string[] = [];
  /** What the operator should know at the start, one sentence each. */
  readonly notices: string[] = [];
  /** Whether a browser has to log in, as it was at the start. */
  asksForTokens = false;

  get sim(): SimFleet | undefined {
    return this.#sim;
  }

  /** Called when this process may no longer act for its phones (its place was taken); the caller stops it. */
  onLost(listener: (why: string) => void): void {
    this.#onLost = listener;
  }

  /** What was started is stopped again when a later part fails; the failure is thrown. */
  static async start(config: Config, { clock = systemClock, log, sim = {} }: StartOptions): Promise<Drover> {
    const drover = new Drover();
    try {
      await drover.#start(config, { clock, log, sim });
      return drover;
    } catch (error) {
      await drover.stop();
      throw error;
    }
  }

  /** Finishes what is being answered, interrupts what runs on phones (it goes on after the next start), and closes the database. */
  async stop(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end();
  }

  async #start(config: Config, { clock, log, sim }: Required<StartOptions>): Promise<void> {
    const random = seededRandom(randomUUID());
    mkdirSync(config.data, { recursive: true, mode: 0o700 });
    assertNotRestoring(config.data);
    const store = openSqliteStore({ file: join(config.data, 'drover.db'), clock, log });
    this.#ends.push(() => store.close());
    const sealer = createSealer(join(config.data, 'seal.key'), config.sealKey);
    await this.#noticePause(store);
    await this.#noticeUnreadable(store, sealer, { log, config });
    const settings = new LiveSettings({ store, log });
    await settings.refresh();
    this.asksForTokens = settings.get('auth.required') === 'always' || !isLoopbackHost(config.host);
    const tls = readTls({ certFile: config.tlsCert, keyFile: config.tlsKey });
    refuseOpenDoor({
      host: config.host,
      hostNames: config.hostName,
      trustedProxies: config.trustedProxy,
      hasTls: tls !== undefined,
      mediaRoots: config.mediaRoot,
      tokens: await countTokens(store.read),
    });
    const host = { id: hostId(config.data), bootId: randomUUID() };
    const requeued = await reconcile(store, host, doubts);
    if (requeued > 0) log.warn({ tasks: requeued }, 'tasks of the former process go on');

    const connect = await this.#startSim(config, { clock, log, sim });
    const fleet = new Fleet({
      store,
      adbServers: connect.adb.map(({ address, program }) => new AdbServer({ ...parseAddress(address), program })),
      clock,
      random,
      log,
      hostId: host.id,
      connect: [...connect.virtual, ...config.connect],
      virtual: connect.virtual,
      apps: Object.values(platformPackages),
    });
    const hostRow = new HostRow({ ...host, url: null, version, store, clock, log, onLost: (why) => this.#onLost(why) });
    await hostRow.start();
    this.#ends.push(() => hostRow.stop());

    const licence = new Licence({
      store,
      clock,
      log,
      vendorKey: await readVendorKey(config.vendorKey),
      machineId: machineId(() => host.id),
      deviceLimit: () => settings.get('license.device_limit'),
    });
    await licence.refresh();
    this.#ends.push(licence.watch());
    const traces = new TraceFiles({ folder: join(config.data, 'traces'), clock, log });
    this.#ends.push(() => traces.flush());
    const gate = new Gate({ store, settings, log });
    const drafts = new ReviewDrafts({
      store,
      clock,
      log,
      modelOf: async (taskId) => {
        const task = await findTask(store.read, taskId);
        if (task?.scriptName !== 'account_warmup') return undefined;
        return (openConfig(sealer, task.scriptName, task.config).config as AccountWarmupConfig).chatgpt_settings;
      },
    });
    const mediaOptions = {
      store,
      log,
      roots: (): MediaRoots => ({
        folders: config.mediaRoot.length > 0 ? config.mediaRoot : 'any',
        dataFolder: config.data,
      }),
      maxBytes: () => settings.get('media.max_file_mb') * 1024 * 1024,
    };
    const library = new Library({ ...mediaOptions, folder: join(config.data, 'media'), hostId: host.id });
    await library.start();
    const shelf = new MediaShelf({ ...mediaOptions, library, allowReuse: () => settings.get('media.allow_reuse') });
    const runner = new Runner({
      store,
      clock,
      log,
      doubts,
      retryRules: () => ({ autoRetry: settings.get('auto_retry'), maxRetryCount: settings.get('max_retry_count') }),
      perform: (ctx, claim, notes) =>
        perform(
          ctx,
          {
            store,
            clock,
            apps,
            takePhone: (serial) =>
              phoneInHand(fleet.phoneFor(serial), fleet.device(serial)?.virtual ? virtualPacing : defaultPacing),
            appVersion: (serial, name) =>
              fleet.device(serial)?.apps?.find((app) => app.package === name)?.version ?? undefined,
            journal: gate,
            drafts,
            shelf,
            traces,
            openConfig: (scriptName, sealed) => openConfig(sealer, scriptName, sealed),
          },
          claim,
          notes,
        ),
    });
    const scheduler = new Scheduler<Claim>({
      desk: {
        claim: (serial) =>
          store.write((tx) =>
            claimNext(tx, {
              serial,
              hostId: host.id,
              bootId: host.bootId,
              leaseMs,
              seed: randomUUID(),
              maxRunning: licence.check().device_limit,
            }),
          ),
        nextDueAt: (serial) => nextDueAt(store.read, serial),
        onHint: (listener) =>
          store.onHint((hint) => {
            if (hint.kind === 'task') listener(hint.serials);
            if (hint.kind === 'stop') void runner.stop(hint.taskId);
          }),
      },
      phones: fleet,
      run: (claim) => runner.run(claim),
      deviceLimit: () => licence.check().device_limit,
      clock,
      log,
    });

    const changes = new TaskChanges({
      store,
      clock,
      doubts,
      runner,
      settings: () => ({ maxRetryCount: settings.get('max_retry_count'), timeZone: timeZoneOf(settings) }),
    });
    const holds = new Holds({ store, clock, log, hostId: host.id, bootId: host.bootId });
    const held = new HeldPhones({ fleet, store, clock, random, log });
    const inputs = new Inputs(held);
    const transfers = new Transfers({ held, store, fleet, clock, random, log });
    const logs = new Logs({ fleet, clock, random, log });
    const screens = new Screens({ fleet, store, clock, random, log });
    const rules: CreateRules = {
      settings: () => ({
        timeZone: timeZoneOf(settings),
        defaultPlatform: 'tiktok',
        holdKinds: settings.get('review.hold_kinds'),
      }),
      listAccounts: async (db) => (await listAccounts(db)).map((account): AccountFacts => account),
    };
    const seal = (scriptName: ScriptName, plain: ScriptConfig): ScriptConfig =>
      sealSecrets(sealer, scriptInputs[scriptName].schema, plain) as ScriptConfig;
    const scheduleDesk = new ScheduleDesk({
      store,
      rules,
      clock,
      seal,
      open: (scriptName, sealed) => openConfig(sealer, scriptName, sealed).config,
    });
    const schedules = new Schedules({ store, clock, log, rules });
    const webhooks = new Dispatcher({
      store,
      clock,
      random,
      log,
      sealer,
      version,
      timeZone: () => timeZoneOf(settings),
      allowedNetworks: () => settings.get('webhooks.allowed_networks'),
    });
    const http = new HttpServer(
      {
        store,
        clock,
        log,
        version,
        settings: () => ({
          timeZone: timeZoneOf(settings),
          alwaysHttp200: settings.get('api.always_http_200'),
          access: accessOf(settings),
        }),
        settingDesk: settings,
        licence: () => licence.check(),
        licenceDesk: licence,
        createTasks: (request, options) =>
          createTasks(
            { ...rules, store, clock, sealConfig: (plain) => seal(request.scriptName, plain) },
            request,
            options,
          ),
        planTasks: (request) => planTasks(store.read, rules, request, clock.now()),
        forecast: async (actions) => Forecast.of(store.read, await settings.inside(store.read), actions),
        tasks: changes,
        pauses: {
          pause: (wish, options) => pauseWork({ store, changes }, wish, options),
          resume: (wish, person) => resumeWork({ store, changes }, wish, person),
        },
        reviews: new ReviewDesk({ store, rules }),
        accountDesk: new AccountDesk(store),
        accountImports: new AccountImports(store, clock),
        groupDesk: new GroupDesk(store),
        schedules: scheduleDesk,
        devices: () => fleet.devices(),
        changeDevice: (serial, change, person) => changeDevice(store, serial, change, person),
        deviceDesk: {
          reconnect: (serial, person) => reconnectDevice({ store, fleet, clock }, serial, person),
          switchDevice: (serial, wish) => switchDevice({ store, fleet }, serial, wish),
          hold: (serial, person) => holds.hold(serial, person),
          release: (serial, caller) => holds.release(serial, caller),
          picture: (serial) => screens.picture(serial),
          hierarchy: (serial) => screens.hierarchy(serial),
          sighting: async (serial) => showSighting(await screens.hierarchy(serial), apps),
          watch: (serial, viewer) => screens.watch(serial, viewer),
        },
        inputs,
        transfers,
        logs,
        webhooks,
        sealer,
        traces,
        consoleFolder: join(import.meta.dirname, '..', 'dist', 'console'),
        viewerFolder: join(import.meta.dirname, '..', 'dist', 'viewer'),
        media: library,
        adbHealth: () => fleet.adbHealth(),
      },
      {
        host: config.host,
        port: config.port,
        hostNames: config.hostName,
        trustedProxies: config.trustedProxy,
        ...(tls && { tls }),
      },
    );
    const { port, addresses } = await http.listen();
    this.port = port;
    this.addresses = addresses;
    this.#ends.push(() => http.close());

    await fleet.start();
    this.#ends.push(() => fleet.stop());
    await holds.start();
    this.#ends.push(() => {
      for (const part of [held, transfers, logs]) part.stop();
      return Promise.all([holds.stop(), screens.stop()]).then(() => {});
    });
    scheduler.start();
    this.#ends.push(async () => {
      http.drain();
      const stopped = scheduler.stop();
      await runner.stopAll();
      await stopped;
    });
    drafts.start();
    this.#ends.push(() => drafts.stop());
    webhooks.start();
    this.#ends.push(() => webhooks.stop());
    schedules.start();
    this.#ends.push(() => schedules.stop());
    this.#ends.push(settings.watch(clock));
    const retention = new Retention({
      ...{ store, clock, log, library, traceFolder: join(config.data, 'traces') },
      setting: (key) => settings.get(key),
    });
    this.#ends.push(retention.start());
    this.#ends.push(
      startSweep({ clock, everyMs: stopSweepMs, log, what: 'stops' }, async () => {
        for (const id of await listStopAsked(store.read)) if (runner.isRunning(id)) void runner.stop(id);
      }),
    );
  }

  /** Virtual phones, and the adb server that shows them: the operator's own when one is named, else one of ours. */
  async #startSim(
    config: Config,
    { clock, log, sim: wishes }: Required<StartOptions>,
  ): Promise<{ adb: { address: string; program: string | null }[]; virtual: string[] }> {
    const named = config.adb.map((address) => ({ address, program: config.adbPath }));
    if (config.sim === 0) {
      return { adb: named.length > 0 ? named : [{ address: '127.0.0.1:5037', program: config.adbPath }], virtual: [] };
    }
    const sim = await startSimFleet({
      phones: config.sim,
      ...(config.simPortBase > 0 && { portBase: config.simPortBase }),
      ...(config.simControl > 0 && { controlPort: config.simControl }),
      seed: config.simSeed,
      ...wishes,
      clock,
      log,
    });
    this.#sim = sim;
    this.#ends.push(() => sim.stop());
    const virtual = sim.phones.map((phone) => phone.host.serial);
    if (named.length > 0) return { adb: named, virtual };
    const standIn = new StandInAdbServer({ port: 0, clock });
    const port = await standIn.start();
    this.#ends.push(() => standIn.stop());
    return { adb: [{ address: `127.0.0.1:${port}`, program: null }], virtual };
  }

  async #noticePause(store: SqliteStore): Promise<void> {
    const pause = (await listPauses(store.read)).find(({ target }) => target.scope === 'all');
    if (!pause) return;
    const who = pause.person === null ? '' : ` by ${pause.person}`;
    this.notices.push(
      `Work is paused${who} since ${new Date(pause.pausedAt).toISOString()}: resume it with POST /api/v1/resume.`,
    );
  }

  /** After a restore without its key: said once, by name, instead of failing task by task. */
  async #noticeUnreadable(
    store: SqliteStore,
    sealer: Sealer,
    { log, config }: { log: Log; config: Config },
  ): Promise<void> {
    const unreadable = await listUnreadable(store.read, sealer);
    if (unreadable.length === 0) return;
    const key = config.sealKey === '' ? join(config.data, 'seal.key') : 'DROVER_SEAL_KEY';
    this.notices.push(
      `Secrets were sealed with another key than the one in ${key}. Put the old key there and start again, or enter again what it sealed: ${sealedText(unreadable)}.`,
    );
    log.warn({ places: unreadable.length }, 'stored secrets cannot be read with this key');
  }
}

function phoneInHand(phone: Phone | undefined, pacing: Pacing): PhoneInHand | undefined {
  return (
    phone && {
      hands: handsOf(phone),
      pacing,
      onWire(listener) {
        phone.onWire = listener;
        return () => {
          phone.onWire = undefined;
        };
      },
    }
  );
}

function parseAddress(address: string): { host: string; port: number } {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(address) ?? [];
  if (host === '') throw new DroverError('input.invalid', { message: `--adb: "${address}" is not HOST:PORT` });
  return { host, port: Number(port) };
}

/** Undefined when none is named. Throws `input.invalid` for a file that holds none. */
async function readVendorKey(file: string): Promise<CryptoKey | undefined> {
  if (file === '') return undefined;
  return importVendorKey(readNamedFile('--vendor-key', file), `--vendor-key: ${file}`);
}

const accessOf = (settings: LiveSettings): AccessSettings => ({
  authRequired: settings.get('auth.required'),
  corsOrigins: settings.get('api.cors_origins'),
  perMinute: settings.get('api.rate_per_minute'),
  perMinuteLocal: settings.get('api.rate_per_minute_local'),
});

const timeZoneOf = (settings: LiveSettings): string =>
  settings.get('time_zone') || Intl.DateTimeFormat().resolvedOptions().timeZone;

function openConfig(
  sealer: Sealer,
  scriptName: ScriptName,
  sealed: ScriptConfig,
): { config: ScriptConfig; secrets: readonly string[] } {
  const secrets: string[] = [];
  const remember: Sealer = {
    seal: (text) => sealer.seal(text),
    open: (text) => {
      const opened = sealer.open(text);
      secrets.push(opened);
      return opened;
    },
  };
  return { config: openSecrets(remember, scriptInputs[scriptName].schema, sealed) as ScriptConfig, secrets };
}
