/**
 * A script on one simulated phone: real kit, real phone access, stand-in adb server; only journal, trace, drafts and shelf
 * are in memory, and pictures are not taken because nobody looks at them. All of it lives by one clock.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apps } from '../../src/apps/index.ts';
import type { Clock } from '../../src/base/clock.ts';
import { DroverError } from '../../src/base/error.ts';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { validateConfig } from '../../src/contract/script-inputs.ts';
import type { Platform, ScriptName } from '../../src/contract/script-names.ts';
import { say } from '../../src/contract/sentence.ts';
import type { TraceStep } from '../../src/contract/trace.ts';
import type { PhoneHands } from '../../src/script/hands.ts';
import { handsOf } from '../../src/script/hands-of-phone.ts';
import { type KitScript, type RunParts, runScript } from '../../src/script/kit.ts';
import { defaultPacing } from '../../src/script/pacing.ts';
import type {
  DraftInput,
  EffectInput,
  Journal,
  MediaFile,
  OpenEffect,
  Recorder,
  Sight,
} from '../../src/script/seams.ts';
import type { Outcome } from '../../src/script/session.ts';
import type { SimPhone } from '../../src/sim/phone.ts';
import type { World } from '../../src/sim/world.ts';
import { adbKinds } from '../support/adb-servers.ts';
import { LeapClock } from '../support/leap-clock.ts';
import { PhoneHouse, type PhoneHouseOptions } from '../support/phone-house.ts';

export interface Row extends EffectInput {
  id: number;
  state: 'intended' | Sight;
  intendedAt: number;
  settledAt?: number;
}

export class MemoryJournal implements Journal {
  readonly rows: Row[] = [];
  readonly #clock: Clock;
  /** The rule that refuses an effect, until a day later. */
  refuses: (effect: EffectInput) => string | undefined = () => undefined;
  /** The gap to an action before, which every effect is told to wait for. */
  gapMs = 0;
  /** Called when an intent has been written. */
  onIntent: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async open(taskId: number): Promise<OpenEffect | undefined> {
    const row = this.rows.find((one) => one.taskId === taskId && one.state === 'intended');
    return row && { ...row, baseline: row.baseline ?? null };
  }

  async earlier(taskId: number, key: string) {
    const row = this.rows.find((one) => one.taskId === taskId && one.key === key && one.state !== 'not-done');
    if (row?.state === 'intended') return { is: 'open', id: row.id } as const;
    if (row?.state === 'unconfirmed' && !row.minor) return { is: 'doubt', id: row.id } as const;
    return row ? ({ is: 'done' } as const) : ({ is: 'none' } as const);
  }

  async intend(effect: EffectInput) {
    const rule = this.refuses(effect);
    if (rule !== undefined) {
      const until = this.#clock.now() + 86_400_000;
      return { is: 'refused', rule: say('scheduled.because', { reason: rule }), until } as const;
    }
    if (this.gapMs > 0)
      return { is: 'wait', ms: this.gapMs, rule: say('scheduled.because', { reason: 'gap' }) } as const;
    const id = this.rows.length + 1;
    // as a database would: only what is JSON survives
    this.rows.push({ ...JSON.parse(JSON.stringify(effect)), id, state: 'intended', intendedAt: this.#clock.now() });
    this.onIntent();
    return { is: 'go', id, actWithinMs: 10_000 } as const;
  }

  async settle(id: number, sight: Sight): Promise<void> {
    const row = this.rows.find((one) => one.id === id);
    if (row) Object.assign(row, { state: sight, settledAt: this.#clock.now() });
  }
}

class MemoryRecorder implements Recorder {
  readonly steps: TraceStep[] = [];
  readonly hierarchies: string[] = [];
  readonly told: string[] = [];
  onStep: (entry: TraceStep) => void = () => {};
  step(entry: TraceStep): void {
    this.steps.push(entry);
    this.onStep(entry);
  }
  picture(): string {
    return 'picture';
  }
  hierarchy(xml: string): string {
    this.hierarchies.push(xml);
    return `hierarchy-${this.hierarchies.length}`;
  }
  progress(step: string, percent?: number): void {
    this.told.push(percent === undefined ? step : `${step} ${percent}%`);
  }
  async flush(): Promise<void> {}
}

export interface Call {
  name: keyof PhoneHands;
  phase: 'before' | 'after';
}

export interface RunOptions {
  /** Default: whoever is logged in. */
  account?: string;
  /** Zero-based place of the task in its create call. */
  position?: number;
  /** A clone. */
  packageName?: string;
}

export interface AppHouseOptions extends PhoneHouseOptions {
  platform?: Platform;
}

export class AppHouse implements AsyncDisposable {
  readonly phones: PhoneHouse;
  readonly platform: Platform;
  readonly clock: Clock;
  readonly journal: MemoryJournal;
  readonly folder = mkdtempSync(join(tmpdir(), 'drover-app-'));
  recorder = new MemoryRecorder();
  controller = new AbortController();
  /** What the shelf gives. */
  files: readonly MediaFile[] = [];
  drafts: DraftInput[] = [];
  /** Told each line of the trace when it ends. */
  onStep: (entry: TraceStep) => void = () => {};
  /** Told of each call that the script makes to its phone, right before it is made and right before it hears the answer. */
  onCall: (call: Call) => void = () => {};
  taskId = 7;
  attempts = 0;

  constructor(phones: PhoneHouse, platform: Platform) {
    this.phones = phones;
    this.platform = platform;
    this.clock = phones.clock;
    this.journal = new MemoryJournal(phones.clock);
  }

  static async open(options: AppHouseOptions = {}): Promise<AppHouse> {
    return new AppHouse(await AppHouse.openPhones(options), options.platform ?? 'tiktok');
  }

  protected static async openPhones({ platform = 'tiktok', ...options }: AppHouseOptions): Promise<PhoneHouse> {
    const kind = adbKinds.find(({ name }) => name.includes('stand-in'));
    if (!kind) throw new Error('no stand-in adb server');
    const sim = { uploadMs: 600, app: platform, ...options.sim };
    return await PhoneHouse.open(kind, { clock: new LeapClock(), ...options, sim });
  }

  get simPhone(): SimPhone {
    return this.phones.simPhone;
  }

  get world(): World {
    return this.phones.sim.world;
  }

  /** A file of the library; the phone's gallery gets exactly these bytes. */
  file(name: string, bytes: Uint8Array, more: Partial<MediaFile> = {}): MediaFile {
    const path = join(this.folder, name);
    writeFileSync(path, bytes);
    const isImage = /\.(?:jpe?g|png)$/.test(name);
    return {
      path,
      name,
      kind: isImage ? 'image' : 'video',
      mime: isImage ? (name.endsWith('png') ? 'image/png' : 'image/jpeg') : 'video/mp4',
      bytes: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      ...more,
    };
  }

  /** One attempt of the current task. */
  async run(
    name: ScriptName,
    config: Record<string, unknown>,
    { account, position = 0, packageName }: RunOptions = {},
  ): Promise<Outcome> {
    const app = apps.find(({ platform }) => platform === this.platform);
    const script = app?.scripts[name];
    if (!app || !script) throw new Error(`no script ${name} for ${this.platform}`);
    const phone = await this.phones.ready();
    this.attempts += 1;
    this.recorder = new MemoryRecorder();
    this.recorder.onStep = (entry) => this.onStep(entry);
    this.controller = new AbortController();
    const parts: RunParts = {
      hands: this.#told({ ...handsOf(phone), takePicture: async () => new Uint8Array() }),
      app,
      script: script as KitScript,
      facts: {
        taskId: this.taskId,
        attemptId: this.attempts,
        n: this.attempts,
        token: this.attempts,
        seed: `seed-${this.taskId}-${this.attempts}`,
        serial: phone.serial,
        platform: app.platform,
        packageName: packageName ?? app.packageName,
        account: account === undefined ? null : { id: 1, username: account },
        actor: `serial:${phone.serial}`,
        position,
        config: stored(name, config),
      },
      journal: this.journal,
      recorder: this.recorder,
      drafts: { propose: async (draft) => this.drafts.push(draft) },
      shelf: {
        pick: async ({ count }) => this.files.slice(0, count),
        take: async ({ count }) => this.files.slice(0, count),
        settle: async () => {},
      },
      whoIs: async (username) => ({ account: { id: 1, username }, actor: 'account:1' }),
      pacing: defaultPacing,
    };
    const ctx = { signal: this.controller.signal, clock: this.clock, random: seededRandom('test'), log: silentLog };
    return await runScript(ctx, parts);
  }

  #told(hands: PhoneHands): PhoneHands {
    return new Proxy(hands, {
      get: (target, name: keyof PhoneHands) => {
        const method: unknown = target[name];
        if (typeof method !== 'function') return method;
        return async (...args: unknown[]) => {
          this.onCall({ name, phase: 'before' });
          const answer: unknown = await method.apply(target, args);
          this.onCall({ name, phase: 'after' });
          return answer;
        };
      },
    });
  }

  /** As when the server goes away: nothing more is sent, and what is open stays open. */
  interrupt(): void {
    this.controller.abort(new DroverError('server.stopping'));
  }

  /** Once, when that tap has been sent. */
  interruptAfterTap(control: string, also = () => {}): void {
    this.onStep = ({ kind, name }) => {
      if (kind !== 'tap' || name !== control) return;
      this.onStep = () => {};
      this.interrupt();
      also();
    };
  }

  /** What runs next is another task. */
  nextTask(): void {
    this.taskId += 1;
  }

  /** How an attempt ended: `completed`, `doubt`, `deferred`, or the code of its failure. */
  async endOf(name: ScriptName, config: Record<string, unknown>, options: RunOptions = {}): Promise<string> {
    return await this.ended(this.run(name, config, options));
  }

  protected async ended(run: Promise<Outcome>): Promise<string> {
    return await run.then(
      (outcome) => outcome.is,
      (error: unknown) => (error instanceof DroverError ? error.code : String(error)),
    );
  }

  /** What the trace says, a line each; for a test that fails. */
  get story(): string {
    return this.recorder.steps
      .map(({ kind, name, depth, error, found }) => {
        const what = typeof found === 'object' && found !== null && 'screen' in found ? ` = ${found.screen}` : '';
        return `${'  '.repeat(depth)}${kind} ${name}${what}${error ? ` !! ${error.code}: ${error.message}` : ''}`;
      })
      .join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.phones[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** As a create call stores it. */
function stored(name: ScriptName, config: Record<string, unknown>): Record<string, unknown> {
  const checked = validateConfig(name, config);
  if ('error' in checked) throw new Error(`${name}: ${checked.error.message}`);
  return checked.config;
}
