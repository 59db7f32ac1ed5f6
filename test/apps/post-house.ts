/**
 * The post script on one simulated phone: real kit, real phone access, stand-in adb server; only journal, trace and shelf
 * are in memory.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apps } from '../../src/apps/index.ts';
import { systemClock } from '../../src/base/clock.ts';
import { DroverError } from '../../src/base/error.ts';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { handsOf } from '../../src/script/hands-of-phone.ts';
import { type RunParts, runScript } from '../../src/script/kit.ts';
import type {
  EffectInput,
  Journal,
  MediaFile,
  OpenEffect,
  Recorder,
  Sight,
  StepEntry,
} from '../../src/script/seams.ts';
import type { Outcome } from '../../src/script/session.ts';
import type { SimPhone } from '../../src/sim/phone.ts';
import { createSampleVideo } from '../../src/sim/sample-video.ts';
import { adbKinds } from '../support/adb-servers.ts';
import { PhoneHouse, type PhoneHouseOptions } from '../support/phone-house.ts';

interface Row extends EffectInput {
  id: number;
  state: 'intended' | Sight;
  intendedAt: number;
}

class MemoryJournal implements Journal {
  readonly rows: Row[] = [];
  /** Called when an intent has been written. */
  onIntent: () => void = () => {};

  async open(taskId: number): Promise<OpenEffect | undefined> {
    const row = this.rows.find((one) => one.taskId === taskId && one.state === 'intended');
    return row && { ...row, baseline: row.baseline ?? null };
  }

  async earlier(taskId: number, key: string) {
    const row = this.rows.find((one) => one.taskId === taskId && one.key === key && one.state !== 'not-done');
    if (row?.state === 'intended') return { is: 'open', id: row.id } as const;
    return row ? ({ is: 'done' } as const) : ({ is: 'none' } as const);
  }

  async intend(effect: EffectInput) {
    const id = this.rows.length + 1;
    // as a database would: only what is JSON survives
    this.rows.push({ ...JSON.parse(JSON.stringify(effect)), id, state: 'intended', intendedAt: systemClock.now() });
    this.onIntent();
    return { is: 'go', id, actWithinMs: 10_000 } as const;
  }

  async settle(id: number, sight: Sight): Promise<void> {
    const row = this.rows.find((one) => one.id === id);
    if (row) row.state = sight;
  }
}

class MemoryRecorder implements Recorder {
  readonly steps: StepEntry[] = [];
  readonly hierarchies: string[] = [];
  readonly told: string[] = [];
  onStep: (entry: StepEntry) => void = () => {};
  step(entry: StepEntry): void {
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

const [tiktok] = apps;
if (!tiktok?.scripts.post) throw new Error('no post script');
const app = tiktok;
const script = tiktok.scripts.post;

/** Nothing to wait for on a phone that redraws at once. */
const pacing = { afterTouchMs: 20, afterOpenMs: 20, lookMs: 30, lookMaxMs: 200 };

export class PostHouse implements AsyncDisposable {
  readonly phones: PhoneHouse;
  readonly journal = new MemoryJournal();
  readonly folder = mkdtempSync(join(tmpdir(), 'drover-post-'));
  recorder = new MemoryRecorder();
  controller = new AbortController();
  film: { bytes: Uint8Array; seconds: number } = { bytes: createSampleVideo({ seconds: 2 }), seconds: 2 };
  /** Told each line of the trace when it ends. */
  onStep: (entry: StepEntry) => void = () => {};
  taskId = 7;
  attempts = 0;

  constructor(phones: PhoneHouse) {
    this.phones = phones;
  }

  static async open(options: PhoneHouseOptions = {}): Promise<PostHouse> {
    const kind = adbKinds.find(({ name }) => name.includes('stand-in'));
    if (!kind) throw new Error('no stand-in adb server');
    const phones = await PhoneHouse.open(kind, { ...options, sim: { uploadMs: 600, ...options.sim } });
    return new PostHouse(phones);
  }

  get simPhone(): SimPhone {
    return this.phones.simPhone;
  }

  /** What truly was published. */
  get captions(): string[] {
    return this.simPhone.actions().posts.map(({ caption }) => caption);
  }

  async post(config: Record<string, unknown> = {}): Promise<Outcome> {
    const phone = await this.phones.ready();
    this.attempts += 1;
    this.recorder = new MemoryRecorder();
    this.recorder.onStep = (entry) => this.onStep(entry);
    this.controller = new AbortController();
    const path = join(this.folder, 'film.mp4');
    writeFileSync(path, this.film.bytes);
    const file: MediaFile = {
      path,
      name: 'film.mp4',
      kind: 'video',
      mime: 'video/mp4',
      bytes: this.film.bytes.byteLength,
      sha256: createHash('sha256').update(this.film.bytes).digest('hex'),
      durationMs: this.film.seconds * 1_000,
    };
    const parts: RunParts = {
      hands: handsOf(phone),
      app,
      script,
      facts: {
        taskId: this.taskId,
        attemptId: this.attempts,
        n: this.attempts,
        token: this.attempts,
        seed: `seed-${this.taskId}`,
        serial: phone.serial,
        platform: 'tiktok',
        packageName: app.packageName,
        account: null,
        actor: `serial:${phone.serial}`,
        position: 0,
        config: { captions: 'a film', material_list: [path], ...config },
      },
      journal: this.journal,
      recorder: this.recorder,
      drafts: { propose: async () => 1 },
      shelf: { pick: async () => [file], take: async () => [file], settle: async () => {} },
      pacing,
    };
    const ctx = { signal: this.controller.signal, clock: systemClock, random: seededRandom('test'), log: silentLog };
    return await runScript(ctx, parts);
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

  /** What is posted next is another task. */
  nextTask(): void {
    this.taskId += 1;
  }

  async codeOf(config: Record<string, unknown> = {}): Promise<string> {
    return await this.post(config).then(
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
