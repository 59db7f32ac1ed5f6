/** The four collaborators of the script kit, in memory, and one attempt in them. */
import { ManualClock } from '../../src/base/clock.ts';
import { DroverError } from '../../src/base/error.ts';
import { silentLog } from '../../src/base/log.ts';
import { seededRandom } from '../../src/base/random.ts';
import { type Sentence, say } from '../../src/contract/sentence.ts';
import type { TraceStep } from '../../src/contract/trace.ts';
import type { KitScript, RunParts } from '../../src/script/kit.ts';
import { runScript } from '../../src/script/kit.ts';
import type {
  DraftInput,
  EffectInput,
  Journal,
  MediaFile,
  MediaWant,
  OpenEffect,
  Proof,
  Recorder,
  Sight,
} from '../../src/script/seams.ts';
import type { Outcome } from '../../src/script/session.ts';
import { type Around, FakePhone, loops, loopsPackage } from './loops-app.ts';

export interface JournalRow extends EffectInput {
  id: number;
  state: 'intended' | Sight;
  proof?: Proof;
  intendedAt: number;
}

/** A rule in any words. */
export const ruleSaying = (reason: string): Sentence => say('scheduled.because', { reason });

export class MemoryJournal implements Journal {
  readonly rows: JournalRow[] = [];
  /** Taken one by one before the journal says `go`. */
  readonly answers: Array<
    { is: 'wait'; ms: number; rule: Sentence } | { is: 'refused'; rule: Sentence; until?: number }
  > = [];
  actWithinMs = 10_000;
  around: Around = () => {};
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  async open(taskId: number): Promise<OpenEffect | undefined> {
    await this.around('before', 'open');
    return this.rows.find((row) => row.taskId === taskId && row.state === 'intended') as OpenEffect | undefined;
  }

  async earlier(taskId: number, key: string) {
    const row = this.rows.find((one) => one.taskId === taskId && one.key === key && one.state !== 'not-done');
    if (row?.state === 'done' || (row?.state === 'unconfirmed' && row.minor)) return { is: 'done' } as const;
    if (row?.state === 'unconfirmed') return { is: 'doubt', id: row.id } as const;
    return row?.state === 'intended' ? ({ is: 'open', id: row.id } as const) : ({ is: 'none' } as const);
  }

  async intend(effect: EffectInput) {
    await this.around('before', 'intend');
    const answer = this.answers.shift();
    if (answer) return answer;
    const taken = this.rows.some(
      ({ taskId, key, state }) => taskId === effect.taskId && key === effect.key && state !== 'not-done',
    );
    if (taken) throw new DroverError('server.bug', { message: 'the key is taken' });
    const id = this.rows.length + 1;
    this.rows.push({ ...structuredClone(effect), id, state: 'intended', intendedAt: this.#clock.now() });
    await this.around('after', 'intend');
    return { is: 'go', id, actWithinMs: this.actWithinMs } as const;
  }

  async settle(id: number, sight: Sight, proof: Proof): Promise<void> {
    await this.around('before', 'settle');
    const row = this.rows.find((one) => one.id === id);
    if (row?.state !== 'intended') throw new DroverError('server.bug', { message: `effect ${id} is not open` });
    row.state = sight;
    row.proof = proof;
    await this.around('after', 'settle');
  }

  get states(): string[] {
    return this.rows.map(({ kind, state }) => `${kind} ${state}`);
  }
}

export class MemoryRecorder implements Recorder {
  readonly steps: TraceStep[] = [];
  readonly files = new Map<string, string>();
  readonly told: string[] = [];

  step(entry: TraceStep): void {
    this.steps.push(entry);
  }
  picture(image: Uint8Array): string {
    return this.#keep('picture', new TextDecoder().decode(image));
  }
  hierarchy(xml: string): string {
    return this.#keep('hierarchy', xml);
  }
  progress(step: string, percent?: number): void {
    this.told.push(percent === undefined ? step : `${step} ${percent}%`);
  }
  async flush(): Promise<void> {}

  #keep(kind: string, content: string): string {
    const name = `${kind}-${this.files.size + 1}`;
    this.files.set(name, content);
    return name;
  }

  /** Lines of one kind, as `name` or `name: code`. */
  lines(kind?: TraceStep['kind']): string[] {
    return this.steps
      .filter((step) => kind === undefined || step.kind === kind)
      .map(({ name, error }) => (error ? `${name}: ${error.code}` : name));
  }
}

export class ScriptHouse {
  readonly clock = new ManualClock();
  readonly journal = new MemoryJournal(this.clock);
  readonly phone: FakePhone;
  readonly drafts: DraftInput[] = [];
  recorder = new MemoryRecorder();
  media: MediaFile[] = [];
  /** Attempts that took media, and those whose takings were settled. */
  readonly taken: number[] = [];
  readonly settled: number[] = [];
  controller = new AbortController();
  config: Record<string, unknown> = { target_user: 'mira.loops' };
  account: { id: number; username: string } | null = null;
  more: Partial<RunParts> & { app?: RunParts['app'] } = {};
  /** What the attempt is about, where it is to be something else. */
  facts: Partial<RunParts['facts']> = {};
  attempts = 0;

  constructor() {
    this.phone = new FakePhone(this.clock);
  }

  /** Starts an attempt; it moves only when the clock does. */
  start(script: KitScript): Promise<Outcome> {
    this.attempts += 1;
    this.recorder = new MemoryRecorder();
    this.controller = new AbortController();
    const ctx = { signal: this.controller.signal, clock: this.clock, random: seededRandom('test'), log: silentLog };
    return runScript(ctx, {
      hands: this.phone,
      app: loops,
      script,
      facts: {
        taskId: 7,
        attemptId: this.attempts,
        n: this.attempts,
        token: this.attempts,
        seed: 'seed-7',
        serial: this.phone.serial,
        platform: 'tiktok',
        packageName: loopsPackage,
        account: this.account,
        actor: 'serial:fake-1',
        position: 0,
        config: this.config,
        ...this.facts,
      },
      journal: this.journal,
      recorder: this.recorder,
      drafts: {
        propose: async (draft) => this.drafts.push(draft),
      },
      shelf: {
        pick: async (want) => this.#pick(want),
        take: async (want, _, { attemptId }) => {
          const files = this.#pick(want);
          this.taken.push(attemptId);
          return files;
        },
        settle: async ({ attemptId }) => void this.settled.push(attemptId),
      },
      ...this.more,
    });
  }

  #pick(want: MediaWant) {
    if (this.media.length < want.count) throw new DroverError('media.missing');
    return this.media.slice(0, want.count);
  }

  /** An attempt from start to end, the clock running. */
  async run(script: KitScript): Promise<Outcome> {
    return await this.finish(this.start(script));
  }

  /** Moves the clock until `work` is settled; fails after two simulated hours. */
  async finish<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    work.then(over, over);
    for (let n = 0; n < 72_000 && !isOver; n++) await this.clock.advance(100);
    if (!isOver) throw new Error('the attempt hangs');
    return await work;
  }

  async codeOf(script: KitScript): Promise<string> {
    return await this.run(script).then(
      (outcome) => outcome.is,
      (error: unknown) => (error instanceof DroverError ? error.code : String(error)),
    );
  }
}
