import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Progress } from '../contract/task.ts';
import type { Trace, TraceStep, WireEntry } from '../contract/trace.ts';
import {
  attemptFolder,
  hierarchyName,
  logFile,
  pictureName,
  readTraceFile,
  readTraceFolder,
  type TraceFile,
  type TraceLine,
} from './files.ts';
import { Redactor } from './redact.ts';
import { WriteBehind } from './write-behind.ts';

export interface TraceParts {
  /** Holds one folder per task; made when missing. */
  folder: string;
  clock: Clock;
  log: Log;
}

export interface AttemptStart {
  taskId: number;
  n: number;
  serial: string;
  seed: string;
  appVersion?: string | null;
  /** Epoch ms. */
  startedAt: number;
  /** Texts that must not be written, whatever they stand in. */
  secrets?: readonly string[];
}

/** The traces of this host. */
export class TraceFiles {
  readonly #parts: TraceParts;
  readonly #open = new Map<number, AttemptRecorder>();

  constructor(parts: TraceParts) {
    this.#parts = parts;
  }

  attempt(start: AttemptStart): AttemptRecorder {
    const { taskId } = start;
    const recorder = new AttemptRecorder(this.#parts, start, () => {
      if (this.#open.get(taskId) === recorder) this.#open.delete(taskId);
    });
    this.#open.set(taskId, recorder);
    return recorder;
  }

  /** Where a running task of this host is. */
  progressOf(taskId: number): Progress | undefined {
    return this.#open.get(taskId)?.shownProgress;
  }

  /** What runs is included up to this moment. */
  async readTrace(taskId: number): Promise<Trace> {
    await this.#open.get(taskId)?.flush();
    return readTraceFolder(this.#parts.folder, taskId);
  }

  async openPicture(taskId: number, name: string): Promise<TraceFile | undefined> {
    await this.#open.get(taskId)?.flush();
    return readTraceFile(this.#parts.folder, taskId, name);
  }

  /** Resolves when everything is on disk. */
  async flush(): Promise<void> {
    await Promise.all([...this.#open.values()].map((recorder) => recorder.flush()));
  }
}

const pack = promisify(gzip);

/** Longer wire texts are cut: a page source has a file of its own. */
const longestWireText = 2_000;

/**
 * Records one attempt. Takes everything in at once and writes behind, in order, so that a kill loses at most what was not
 * yet handed to the system and readers see whole lines. A disk that refuses turns it off with one warning; the task goes on.
 */
export class AttemptRecorder {
  readonly #clock: Clock;
  readonly #folder: string;
  readonly #redactor: Redactor;
  readonly #writer: WriteBehind;
  readonly #onEnd: () => void;
  readonly #written = new Set<string>();
  #progress: Progress | undefined;

  constructor({ folder, clock, log }: TraceParts, start: AttemptStart, onEnd: () => void) {
    const { taskId, n, serial, seed, appVersion = null, startedAt, secrets = [] } = start;
    this.#clock = clock;
    this.#folder = attemptFolder(folder, taskId, n);
    this.#redactor = new Redactor(secrets);
    this.#onEnd = onEnd;
    this.#writer = new WriteBehind((error) => {
      log.warn({ task: taskId, attempt: n, error }, 'trace turned off: it cannot be written');
    });
    const at = new Date(startedAt).toISOString();
    this.#line({ attempt: { n, serial, seed, app_version: appVersion, started_at: at } });
  }

  get shownProgress(): Progress | undefined {
    return this.#progress;
  }

  step(entry: TraceStep): void {
    this.#line({ step: this.#redactor.value(entry) as TraceStep });
  }

  /** For what is known only once the phone has been asked. */
  appVersion(version: string): void {
    this.#line({ attempt: { app_version: version } });
  }

  picture(image: Uint8Array): string {
    const name = pictureName(image);
    this.#file(name, image.byteLength, () => image);
    return name;
  }

  hierarchy(xml: string): string {
    const clean = this.#redactor.hierarchy(xml);
    const name = hierarchyName(clean);
    this.#file(`${name}.gz`, clean.length, () => pack(clean));
    return name;
  }

  wire({ at, direction, text }: WireEntry): void {
    const short = text.length > longestWireText ? `${text.slice(0, longestWireText)}… (${text.length})` : text;
    this.#line({ wire: { at, direction, text: this.#redactor.text(short) } });
  }

  progress(step: string, percent?: number): void {
    this.#progress = { step, percent: percent === undefined ? null : Math.round(Math.min(100, Math.max(0, percent))) };
  }

  end({ outcome, code = null }: { outcome: string; code?: string | null }): void {
    this.#line({ end: { ended_at: new Date(this.#clock.now()).toISOString(), outcome, code } });
    void this.#writer.flush().then(this.#onEnd);
  }

  flush(): Promise<void> {
    return this.#writer.flush();
  }

  #line(line: TraceLine): void {
    this.#writer.line(join(this.#folder, logFile), JSON.stringify(line));
  }

  #file(name: string, bytes: number, content: () => Uint8Array | Promise<Uint8Array>): void {
    if (this.#written.has(name)) return;
    if (this.#writer.file(join(this.#folder, name), bytes, content)) this.#written.add(name);
  }
}
