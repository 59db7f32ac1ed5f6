import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { DroverError } from '../../src/base/error.ts';
import { type Log, silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { createSealer } from '../../src/base/seal.ts';
import type { LicenseCheck } from '../../src/contract/license.ts';
import { AccountImports } from '../../src/fleet/account-import.ts';
import { AccountDesk } from '../../src/fleet/accounts.ts';
import { changeDevice } from '../../src/fleet/change.ts';
import { GroupDesk } from '../../src/fleet/groups.ts';
import type { DeviceFacts, HttpParts, HttpSettings } from '../../src/http/parts.ts';
import { createHttpServer, type HttpServer } from '../../src/http/server.ts';
import { Dispatcher } from '../../src/http/webhook/dispatcher.ts';
import { Library } from '../../src/media/library.ts';
import { Forecast } from '../../src/rules/forecast.ts';
import { Licence } from '../../src/rules/licence.ts';
import { LiveSettings } from '../../src/rules/settings.ts';
import { listAccounts } from '../../src/store/accounts.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite.ts';
import { TaskChanges } from '../../src/task/change.ts';
import { type CreateRules, createTasks, planTasks } from '../../src/task/create.ts';
import { pauseWork, resumeWork } from '../../src/task/pause.ts';
import { ReviewDesk } from '../../src/task/review-desk.ts';
import { ScheduleDesk } from '../../src/task/schedule-desk.ts';
import { TraceFiles } from '../../src/trace/recorder.ts';

const noPhones = (): never => {
  throw new DroverError('device.not-ready', { message: 'there are no phones in this test' });
};

/** Nothing can be done with phones that are not there; tests that need more hand their own desk in. */
const deskWithoutPhones: HttpParts['deviceDesk'] = {
  reconnect: async () => noPhones(),
  switchDevice: async () => noPhones(),
  hold: async () => noPhones(),
  release: async () => noPhones(),
  picture: async () => noPhones(),
  hierarchy: async () => noPhones(),
  sighting: async () => noPhones(),
  watch: noPhones,
};
const handsWithoutPhones: Pick<HttpParts, 'inputs' | 'transfers' | 'logs'> = {
  inputs: { send: noPhones, readClipboard: noPhones, writeClipboard: noPhones, turn: noPhones },
  transfers: { list: noPhones, open: noPhones, put: noPhones, remove: noPhones, install: noPhones },
  logs: { follow: noPhones },
};

/** The border on a free port over a real database, without phones: nothing runs. */
export class TestServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'drover-http-'));
  readonly store: SqliteStore;
  readonly http: HttpServer;
  readonly traces: TraceFiles;
  readonly library: Library;
  readonly settings: HttpSettings = {
    timeZone: 'Europe/Berlin',
    alwaysHttp200: false,
    access: { authRequired: 'beyond-loopback', corsOrigins: [], perMinute: 3_000, perMinuteLocal: 600_000 },
  };
  licence: LicenseCheck = {
    plan_name: 'Self-hosted',
    api_enabled: true,
    device_limit: 1000,
    message: 'API access enabled',
  };
  devices: DeviceFacts[] = [];
  readonly sealer = createSealer(join(this.folder, 'seal.key'));
  /** Sends nothing until a test starts it. */
  readonly webhooks: Dispatcher;
  allowedNetworks: string[] = [];
  maxMediaBytes = 4 * 1024 ** 3;
  port = 0;
  addresses: string[] = [];

  private constructor(log: Log, change: Partial<HttpParts>) {
    const clock = systemClock;
    const store = openSqliteStore({ file: join(this.folder, 'drover.db'), clock, log: silentLog });
    this.store = store;
    const { sealer } = this;
    this.webhooks = new Dispatcher({
      store: change.store ?? store,
      clock: change.clock ?? clock,
      random: seededRandom('webhooks'),
      log: silentLog,
      sealer,
      version: '0.0.0-test',
      timeZone: () => this.settings.timeZone,
      allowedNetworks: () => this.allowedNetworks,
    });
    this.traces = new TraceFiles({ folder: join(this.folder, 'traces'), clock, log: silentLog });
    this.library = new Library({
      store,
      log: silentLog,
      folder: join(this.folder, 'media'),
      roots: () => ({ folders: 'any', dataFolder: join(this.folder, 'media') }),
      maxBytes: () => this.maxMediaBytes,
      hostId: 'host-1',
    });
    const runner = { stop: async () => {}, isRunning: () => false };
    const changes = new TaskChanges({
      doubts: { park: async () => {} },
      store,
      clock,
      runner,
      settings: () => ({ maxRetryCount: 3, timeZone: this.settings.timeZone }),
    });
    const settingDesk = new LiveSettings({ store, log: silentLog });
    const rules: CreateRules = {
      settings: () => ({ timeZone: this.settings.timeZone, defaultPlatform: 'tiktok' }),
      listAccounts,
    };
    this.http = createHttpServer(
      {
        store,
        clock,
        log,
        version: '0.0.0-test',
        settings: () => this.settings,
        settingDesk,
        licence: () => this.licence,
        licenceDesk: new Licence({
          store,
          clock,
          log: silentLog,
          vendorKey: undefined,
          machineId: '0'.repeat(32),
          deviceLimit: () => this.licence.device_limit,
        }),
        createTasks: (body, options) =>
          createTasks({ ...rules, store, clock, sealConfig: (config) => config }, body, options),
        planTasks: (body) => planTasks(store.read, rules, body, clock.now()),
        forecast: async (actions) => Forecast.of(store.read, await settingDesk.inside(store.read), actions),
        tasks: changes,
        pauses: {
          pause: (wish, options) => pauseWork({ store, changes }, wish, options),
          resume: (wish, person) => resumeWork({ store, changes }, wish, person),
        },
        reviews: new ReviewDesk({ store, rules }),
        accountDesk: new AccountDesk(store),
        accountImports: new AccountImports(store, clock),
        groupDesk: new GroupDesk(store),
        schedules: new ScheduleDesk({ store, rules, clock, seal: (_, config) => config, open: (_, config) => config }),
        devices: () => this.devices,
        changeDevice: (serial, change) => changeDevice(store, serial, change, 'anna'),
        deviceDesk: deskWithoutPhones,
        ...handsWithoutPhones,
        media: this.library,
        webhooks: this.webhooks,
        sealer,
        traces: this.traces,
        consoleFolder: join(this.folder, 'console'),
        viewerFolder: join(this.folder, 'viewer'),
        adbHealth: () => 'ok',
        ...change,
      },
      { host: '127.0.0.1', port: 0 },
    );
  }

  static async start({ log = silentLog, ...change }: Partial<HttpParts> = {}): Promise<TestServer> {
    const server = new TestServer(log, change);
    await server.library.start();
    Object.assign(server, await server.http.listen());
    return server;
  }

  async stop(): Promise<void> {
    await this.http.close();
    await this.webhooks.stop();
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Sends exactly what is said: no header is added but Host, and that one can be replaced. */
  call(method: string, path: string, { headers = {}, body }: CallOptions = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.port, method, path, agent: false, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = String(response.headers['content-type']).startsWith('application/json');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            body: isJson && text ? JSON.parse(text) : undefined,
          });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('GET', path, { headers });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', path, {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }
}

export interface CallOptions {
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** Parsed, when it is JSON. Tests say by their assertions what it has to be. */
  body: Envelope;
}

interface Envelope {
  code: number;
  message: string;
  data: Record<string, unknown>;
}
