import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { createLog, silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { waitFor } from '../../src/base/wait.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import type { Task, TaskStats } from '../../src/contract/task.ts';
import type { Trace } from '../../src/contract/trace.ts';
import { Drover } from '../../src/main.ts';
import { type SimFleet, type SimFleetOptions, startSimFleet } from '../../src/sim/fleet.ts';
import type { FaultKind } from '../../src/sim/parts.ts';
import type { SimPhone } from '../../src/sim/phone.ts';
import { type AdbKind, adbKinds, type RunningAdb } from './adb-servers.ts';
import { writeFilm } from './film.ts';

export interface Reply<Data> {
  status: number;
  code: number;
  message: string;
  data: Data;
  headers: Headers;
}

/** Body of the control route. */
export interface Fault {
  kind: FaultKind;
  after_ms?: number;
  for_ms?: number;
  /** Label of a control that is tapped, or `upload`. */
  at?: string;
}

/** The API as an integrator sees it. */
export class ApiClient {
  readonly base: string;

  constructor(port: number) {
    this.base = `http://127.0.0.1:${port}`;
  }

  async call<Data>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<Data>> {
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { code, message, data } = (await response.json()) as Reply<Data>;
    return { status: response.status, code, message, data, headers: response.headers };
  }

  /** Ids of the tasks that the body makes. */
  async create(body: object): Promise<number[]> {
    const reply = await this.call<{ task_ids: number[] }>('POST', '/task', body);
    if (reply.code !== 0) throw new Error(`${reply.code}: ${reply.message}`);
    return reply.data.task_ids;
  }

  task = async (id: number): Promise<Task> => (await this.call<Task>('GET', `/task/${id}`)).data;
  stats = async (): Promise<TaskStats> => (await this.call<TaskStats>('GET', '/task/stats')).data;
  trace = async (id: number): Promise<Trace> => (await this.call<Trace>('GET', `/task/${id}/trace`)).data;

  /** Reads the event stream until `isOver` holds, looking once before and after each event: no polling, no sleeps. */
  async until(isOver: () => Promise<boolean>, signal: AbortSignal = AbortSignal.timeout(60_000)): Promise<void> {
    const done = new AbortController();
    const response = await fetch(`${this.base}/api/v1/events`, { signal: AbortSignal.any([signal, done.signal]) });
    try {
      if (await isOver()) return;
      for await (const _ of response.body ?? []) if (await isOver()) return;
      throw new Error('the event stream ended early');
    } finally {
      done.abort();
    }
  }

  /** Looks every 20 ms until the task is in the step: progress has no event of its own. */
  async inStep(id: number, step: string): Promise<void> {
    const ctx = {
      signal: AbortSignal.timeout(60_000),
      clock: systemClock,
      random: seededRandom('wait'),
      log: silentLog,
    };
    const look = async (): Promise<true | undefined> =>
      (await this.task(id)).progress?.step.startsWith(step) ? true : undefined;
    await waitFor(ctx, `task ${id} in step ${step}`, look, { timeoutMs: 60_000, delayMs: 20, maxDelayMs: 20 });
  }

  /** The task once it has ended. */
  async ended(id: number): Promise<Task> {
    await this.until(async () => (await this.task(id)).status >= 2);
    return this.task(id);
  }
}

export interface HouseOptions
  extends Partial<Pick<SimFleetOptions, 'uploadMs' | 'prompts' | 'hasPermissions' | 'language' | 'appVersion'>> {
  phones?: number;
  adb?: AdbKind;
  config?: Partial<Config>;
}

const standIn = adbKinds.find((kind) => kind.name.includes('stand-in'));

/**
 * Virtual phones with the automation server installed, an adb server of the test's own, and a whole Drover in this
 * process. Phones and adb outlive the server: `restart` starts another one on the same data folder.
 */
export class ServerHouse implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'drover-e2e-'));
  readonly fleet: SimFleet;
  readonly #adb: RunningAdb;
  readonly #config: Partial<Config>;
  drover: Drover | undefined;

  private constructor(fleet: SimFleet, adb: RunningAdb, config: Partial<Config>) {
    this.fleet = fleet;
    this.#adb = adb;
    this.#config = config;
  }

  static async open({ phones = 1, adb = standIn, config = {}, ...sim }: HouseOptions = {}): Promise<ServerHouse> {
    if (!adb) throw new Error('no adb server to run against');
    const running = await adb.start();
    const fleet = await startSimFleet({
      phones,
      clock: systemClock,
      log: silentLog,
      agentVersion: '10.6.6',
      uploadMs: 300,
      prompts: 'on-demand',
      hasPermissions: true,
      controlPort: 0,
      ...sim,
    });
    const house = new ServerHouse(fleet, running, config);
    await house.start();
    return house;
  }

  /** Flags that a server in another process needs to work with these phones. */
  get config(): Config {
    return {
      ...loadConfig({ data: join(this.folder, 'data'), port: 0, host: '127.0.0.1' }, {}).config,
      adb: [`127.0.0.1:${this.#adb.port}`],
      connect: this.fleet.phones.map((phone) => phone.host.serial),
      ...this.#config,
    };
  }

  /** With the port of an earlier start, pages that are open find it again. */
  async start(more: Partial<Config> = {}): Promise<void> {
    this.drover = await Drover.start({ ...this.config, ...more }, { log: createLog('silent') });
  }

  async stop(): Promise<void> {
    const running = this.drover;
    this.drover = undefined;
    await running?.stop();
  }

  get api(): ApiClient {
    if (!this.drover) throw new Error('the server is not running');
    return new ApiClient(this.drover.port);
  }

  get phone(): SimPhone {
    return this.phoneAt(0);
  }

  phoneAt(index: number): SimPhone {
    const phone = this.fleet.phones[index];
    if (!phone) throw new Error(`no phone ${index}`);
    return phone;
  }

  get serial(): string {
    return this.phone.host.serial;
  }

  /** Over the control routes, as an operator would. */
  async fault(fault: Fault, phone = this.phone): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.fleet.controlPort}/phones/${phone.host.serial}/faults`, {
      method: 'POST',
      body: JSON.stringify(fault),
    });
    if (response.status !== 200) throw new Error(await response.text());
  }

  /** A film on this machine, another one each time. */
  film(name = `${randomUUID()}.mp4`): { path: string; sha256: string } {
    const path = join(this.folder, name);
    return { path, sha256: createHash('sha256').update(writeFilm(path, name)).digest('hex') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.fleet.stop();
    await this.#adb[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The documented body of a video post. */
export const postBody = (
  serials: string | readonly string[],
  path: string,
  config: Record<string, unknown> = {},
): object => ({
  serials: typeof serials === 'string' ? [serials] : serials,
  script_name: 'post',
  script_config: {
    content_type: 0,
    captions: 'a quiet morning',
    material_list: [path],
    upload_wait_time: 60,
    ...config,
  },
});
