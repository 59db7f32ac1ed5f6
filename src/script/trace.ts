import type { Clock } from '../base/clock.ts';
import type { DroverError } from '../base/error.ts';
import type { Sentence } from '../contract/sentence.ts';
import type { SignalTrace, TraceStep } from '../contract/trace.ts';
import type { Bounds } from '../phone/hierarchy.ts';
import type { Recorder } from './seams.ts';

/** What a piece of work writes into its own line of the trace while it runs. */
export interface Entry {
  lookedFor?: string;
  found?: unknown;
  bounds?: Bounds;
  picture?: string;
  hierarchy?: string;
  decision?: string;
  /** The rule that refused. */
  rule?: Sentence;
  intent?: unknown;
  proof?: unknown;
  signals?: readonly SignalTrace[];
}

/** One line of the trace that has begun. */
export interface OpenLine {
  readonly name: string;
  readonly kind: TraceStep['kind'];
  readonly depth: number;
  readonly startedAt: string;
  readonly entry: Entry;
}

/** Keeps depth and names, and turns what happened into lines. A line is written when it ends: inner ones before outer. */
export class Tracer {
  readonly #clock: Clock;
  readonly #recorder: Recorder;
  readonly #open: OpenLine[] = [];
  readonly #heldBack: (() => void)[] = [];
  #holds = 0;

  constructor(clock: Clock, recorder: Recorder) {
    this.#clock = clock;
    this.#recorder = recorder;
  }

  begin(kind: OpenLine['kind'], name: string, entry: Entry): OpenLine {
    const line: OpenLine = { name, kind, depth: this.#open.length, startedAt: this.#time(), entry };
    this.#open.push(line);
    if (kind === 'step' || kind === 'effect') this.#recorder.progress(name);
    return line;
  }

  end(line: OpenLine, error?: DroverError): void {
    const at = this.#open.indexOf(line);
    if (at >= 0) this.#open.splice(at, 1);
    const endedAt = this.#time();
    const write = () => this.#write(line, endedAt, error);
    if (this.#holds > 0) this.#heldBack.push(write);
    else write();
  }

  /** Lines that end from now on are written, in their order, when `until` is over: one of them waits for its picture. */
  holdBack(until: Promise<void>): void {
    this.#holds += 1;
    void until.finally(() => {
      this.#holds -= 1;
      if (this.#holds === 0) for (const write of this.#heldBack.splice(0)) write();
    });
  }

  #write(line: OpenLine, endedAt: string, error: DroverError | undefined): void {
    const { entry } = line;
    const { bounds } = entry;
    this.#recorder.step({
      name: line.name,
      kind: line.kind,
      depth: line.depth,
      started_at: line.startedAt,
      ended_at: endedAt,
      looked_for: entry.lookedFor ?? null,
      found: entry.found ?? null,
      bounds: bounds ? [bounds.left, bounds.top, bounds.right, bounds.bottom] : null,
      picture: entry.picture ?? null,
      hierarchy: entry.hierarchy ?? null,
      decision: entry.decision ?? null,
      ...(entry.rule && { rule: { code: entry.rule.code, params: entry.rule.params } }),
      intent: entry.intent ?? null,
      proof: entry.proof ?? null,
      error: error ? { code: error.code, message: error.message, details: { ...error.details } } : null,
      ...(entry.signals && { signals: [...entry.signals] }),
    });
  }

  /** Names of the steps and effects that are open, outermost first: where a failure happened. */
  get path(): readonly string[] {
    return this.#open.filter(({ kind }) => kind === 'step' || kind === 'effect').map(({ name }) => name);
  }

  #time(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}
