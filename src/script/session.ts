import { sleep } from '../base/clock.ts';
import type { Ctx } from '../base/context.ts';
import { raceSignal, withDeadline, withSignal } from '../base/context.ts';
import { DroverError, toDroverError } from '../base/error.ts';
import { type Random, seededRandom } from '../base/random.ts';
import { errorCodeRow } from '../contract/error-codes.ts';
import type { Platform } from '../contract/script-names.ts';
import type { Sentence } from '../contract/sentence.ts';
import type { EffectKind } from '../contract/task-states.ts';
import type { Hierarchy } from '../phone/hierarchy.ts';
import type { PhoneHands, PushedFile } from './hands.ts';
import { defaultPacing, type Pacing, Settling } from './pacing.ts';
import { type Looks, type Recognised, recognise } from './recognise.ts';
import type { Drafts, Journal, Recorder, Shelf } from './seams.ts';
import type { PermissionRule } from './system-screens.ts';
import { type Entry, type OpenLine, Tracer } from './trace.ts';

/** What an attempt is about. */
export interface AttemptFacts {
  readonly taskId: number;
  readonly attemptId: number;
  readonly n: number;
  /** Lease token. */
  readonly token: number;
  readonly seed: string;
  readonly serial: string;
  readonly platform: Platform;
  /** The app's own, or that of the account's clone. */
  readonly packageName: string;
  /** Undefined name: whoever is logged in. */
  readonly account: { readonly id: number; readonly username: string } | null;
  readonly actor: string;
  /** Zero-based position of the task in its create call. */
  readonly position: number;
  readonly config: Record<string, unknown>;
}

export interface SessionParts {
  readonly hands: PhoneHands;
  readonly app: Looks & { readonly label: string; readonly permissions?: readonly PermissionRule[] };
  readonly facts: AttemptFacts;
  readonly journal: Journal;
  readonly recorder: Recorder;
  readonly drafts: Drafts;
  readonly shelf: Shelf;
  readonly pacing?: Pacing;
}

export type Outcome =
  | { is: 'completed'; remark?: string }
  | { is: 'deferred'; until: number; rule: Sentence }
  | { is: 'doubt'; effectId: number };

/** Carries an outcome up through a script, which has nothing more to do. */
export class Ended extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(`the attempt ended: ${outcome.is}`);
    this.outcome = outcome;
  }
}

/** The public touch that an `act` may make. */
export interface PublicTap {
  readonly kind: EffectKind;
  /** Monotonic: not a touch later than this. */
  readonly actBefore: number;
  /** Counted before the touch is sent: one that may have arrived has been made. */
  sent: number;
  /** Something else was touched before: what came of that can only be seen. */
  hasTouched: boolean;
  /** Name of the control that took the last one. */
  last?: string;
  /** The phone has said that the last one was carried out; until then it may still arrive. */
  hasArrived: boolean;
  before: { picture?: string; hierarchy?: string } | undefined;
}

/**
 * What a script may do now; only `runEffect`, the recall and the last look change it.
 * - `free`: everything but public controls;
 * - `look`: navigate and read; no typing, nothing public (looks, recalls, baselines);
 * - `act`: harmless touches, then exactly one public tap, then nothing;
 * - `still`: no touch at all (before the phone is used, and after somebody asked to stop).
 */
export type Mode = { readonly is: 'free' | 'look' | 'still' } | { readonly is: 'act'; readonly tap: PublicTap };

export type TouchKind = 'navigate' | 'type' | 'paste' | 'push';

export interface Evidence {
  picture?: string;
  hierarchy?: string;
}

/** `screencap` takes the screen at its start; what takes long is to make a file of it. */
const grabMs = 150;
/** A picture not older than this shows the moment. */
const sameMomentMs = 1_000;
/** How long a picture for a trace may take before the trace goes without. */
const evidenceMs = 3_000;

/**
 * One attempt in work: the phone, what the script may do with it now, what was seen last, and the trace. Every way from a
 * script to the phone goes through `read` and `touch`, which refuse after an abort and after the attempt has ended.
 */
export class Session {
  readonly parts: SessionParts;
  readonly pacing: Pacing;
  readonly tracer: Tracer;
  /** For choices that the trace names; untouched by how often something was looked at. */
  readonly choices: Random;
  readonly settling = new Settling();
  readonly pushed: PushedFile[] = [];
  /** An act may still be under way in the app (its intent is open or in doubt), so its file stays on the phone. */
  keepsFiles = false;
  mode: Mode = { is: 'still' };
  facts: AttemptFacts;
  /** Set when the attempt has an outcome or an error that no script can swallow. */
  #end: Ended | DroverError | undefined;
  #ctx: Ctx;
  #last: Hierarchy | undefined;
  #lastShown: string | undefined;
  readonly #hierarchyRefs = new WeakMap<Hierarchy, string>();
  readonly #evidence = new WeakMap<object, Evidence>();
  readonly #dialogCounts = new Map<string, number>();
  #pictures: Promise<void> = Promise.resolve();
  #grabbed: Promise<void> = Promise.resolve();
  #touches = 0;
  /** The last picture, the moment it was asked for, and how many touches were sent before. */
  #pictured: { picture: string; at: number; touches: number } | undefined;

  constructor(ctx: Ctx, parts: SessionParts) {
    this.#ctx = ctx;
    this.parts = parts;
    this.facts = parts.facts;
    this.pacing = parts.pacing ?? defaultPacing;
    this.tracer = new Tracer(ctx.clock, parts.recorder);
    this.choices = seededRandom(`${parts.facts.seed}:choices`);
  }

  get ctx(): Ctx {
    return this.#ctx;
  }

  get now(): number {
    return this.#ctx.clock.monotonic();
  }

  /** The last capture, however old. */
  get last(): Hierarchy | undefined {
    return this.#last;
  }

  /** The reason of the abort, if the attempt was aborted. */
  get aborted(): DroverError | undefined {
    return this.#ctx.signal.aborted ? toDroverError(this.#ctx.signal.reason) : undefined;
  }

  get ended(): Ended | DroverError | undefined {
    return this.#end;
  }

  /** From here on every call of the script throws this. */
  end<T extends Ended | DroverError>(end: T): T {
    this.#end ??= end;
    return end;
  }

  check(): void {
    if (this.#end) throw this.#end;
    this.#ctx.signal.throwIfAborted();
  }

  /** One call to the phone; rejects as soon as the attempt is aborted, whether the call listens or not. */
  async call<T>(send: (hands: PhoneHands, ctx: Ctx) => Promise<T>): Promise<T> {
    this.check();
    return await raceSignal(this.#ctx.signal, send(this.parts.hands, this.#ctx));
  }

  /** A fresh capture, taken when the screen has had its moment to react to the last touch. */
  async read(): Promise<Hierarchy> {
    this.check();
    await this.settling.wait(this.#ctx);
    const hierarchy = await this.call((hands, ctx) => hands.readHierarchy(ctx));
    this.#last = hierarchy;
    return hierarchy;
  }

  async recognise(): Promise<Recognised> {
    const { app } = this.parts;
    return recognise(await this.read(), { ...app, packageName: this.facts.packageName });
  }

  /** Throws `server.bug` when a touch of this kind is not allowed now; see `Mode`. */
  allow(kind: TouchKind, what: string): void {
    this.check();
    const { mode } = this;
    if (mode.is === 'free') return;
    if (mode.is === 'still') throw bug(`${what}: nothing may be touched here`);
    if (mode.is === 'look' && kind !== 'navigate') throw bug(`${what}: a look only navigates and reads`);
    if (mode.is === 'act' && mode.tap.sent > 0) throw bug(`${what}: an act ends with its public tap`);
    if (kind === 'paste') throw bug(`${what}: nothing is copied or pasted within an effect`);
    if (kind === 'push' && mode.is !== 'look') throw bug(`${what}: files are pushed before the effect`);
  }

  /** A touch that is not public. */
  async touch<T>(kind: TouchKind, what: string, send: (hands: PhoneHands, ctx: Ctx) => Promise<T>): Promise<T> {
    this.allow(kind, what);
    await this.#grabbed;
    if (this.mode.is === 'act') this.mode.tap.hasTouched = true;
    try {
      return await this.call(send);
    } finally {
      this.touched();
    }
  }

  /** The screen is about to change: the next look waits a moment, and pictures from before are old. */
  touched(): void {
    this.#touches += 1;
    this.settling.after(this.#ctx, this.pacing.afterTouchMs);
  }

  async inMode<T>(mode: Mode, work: () => Promise<T>): Promise<T> {
    const before = this.mode;
    this.mode = mode;
    try {
      return await work();
    } finally {
      this.mode = before;
    }
  }

  /**
   * Work under a fresh signal that ends after `ms` or with the phone, although the attempt itself is aborted: last looks
   * and cleaning up. Nothing may be touched in it.
   */
  async afresh<T>(ms: number, work: (ctx: Ctx) => Promise<T>): Promise<T> {
    const aborted = this.#ctx;
    using whole = withDeadline(
      { ...aborted, signal: new AbortController().signal },
      ms,
      () => new DroverError('phone.timeout', { message: `the last look took longer than ${ms} ms` }),
    );
    using bound = withSignal(whole, this.parts.hands.signal);
    this.#ctx = bound;
    try {
      return await this.inMode({ is: 'still' }, () => work(bound));
    } finally {
      this.#ctx = aborted;
    }
  }

  /** Runs `work` as one line of the trace. A failure gets picture and hierarchy, taken once where it happened. */
  async traced<T>(kind: OpenLine['kind'], name: string, work: (entry: Entry) => Promise<T>): Promise<T> {
    this.check();
    const entry: Entry = {};
    const line = this.tracer.begin(kind, name, entry);
    try {
      const result = await work(entry);
      this.tracer.end(line);
      return result;
    } catch (thrown) {
      if (thrown instanceof Ended) {
        this.tracer.end(line);
        throw thrown;
      }
      const error = toDroverError(thrown);
      Object.assign(entry, { ...(await this.#evidenceOf(error)), ...entry });
      this.tracer.end(line, error);
      throw error;
    }
  }

  /** Settles when the trace has the pictures that are being taken beside the work. */
  get pictures(): Promise<void> {
    return this.#pictures;
  }

  /** Settles when the last of them shows what was there: every touch waits for it. */
  get grabbed(): Promise<void> {
    return this.#grabbed;
  }

  /**
   * The picture of a step that is over, taken while the work goes on: looks do not wait for it, and touches only until the
   * screen is grabbed. The step's line in the trace gets it when it is there.
   */
  captureBeside(entry: Entry): void {
    if (this.#last) entry.hierarchy = this.hierarchyRef(this.#last);
    const taken = this.#takePicture({ isBeside: true }).then(
      (picture) => {
        if (picture !== undefined) entry.picture = picture;
      },
      () => {}, // aborted: the attempt is over, and its end says why
    );
    this.#pictures = this.#pictures.then(() => taken);
    const over = new AbortController();
    const isGrabbed = sleep(this.#ctx.clock, grabMs, over.signal).catch(() => {}); // cut off because the picture is there
    this.#grabbed = Promise.race([taken, isGrabbed]);
    void taken.then(() => over.abort());
    this.tracer.holdBack(taken);
  }

  /**
   * Picture and hierarchy of now. Where `fresh` is not asked for the hierarchy is that of the last capture, and so is a picture
   * of a moment ago when nothing was touched since. Never throws but for an abort.
   */
  async capture({ fresh = true } = {}): Promise<Evidence> {
    await this.#pictures;
    const evidence: Evidence = {};
    const known = this.#pictured;
    const isOfNow = !fresh && known?.touches === this.#touches && this.now - known.at <= sameMomentMs;
    const picture = isOfNow ? known.picture : await this.#takePicture();
    if (picture !== undefined) evidence.picture = picture;
    if (fresh || !this.#last) {
      const read = (ctx: Ctx) => this.parts.hands.readHierarchy(ctx);
      this.#last = (await this.#forEvidence(read)) ?? this.#last;
    }
    if (this.#last) evidence.hierarchy = this.hierarchyRef(this.#last);
    return evidence;
  }

  async #takePicture(options: { isBeside?: boolean } = {}): Promise<string | undefined> {
    const [at, touches] = [this.now, this.#touches];
    const image = await this.#forEvidence((ctx) => this.parts.hands.takePicture(ctx, options));
    const picture = image && this.parts.recorder.picture(image);
    this.#pictured = picture === undefined ? undefined : { picture, at, touches };
    return picture;
  }

  /** Evidence that cannot be had must not turn into a failure of its own: undefined then. */
  async #forEvidence<T>(work: (ctx: Ctx) => Promise<T>): Promise<T | undefined> {
    const ctx = this.#ctx;
    try {
      using bound = withDeadline(ctx, evidenceMs, () => new DroverError('phone.timeout'));
      return await raceSignal(bound.signal, work(bound));
    } catch (thrown) {
      if (ctx.signal.aborted) throw ctx.signal.reason;
      ctx.log.warn({ serial: this.facts.serial, code: toDroverError(thrown).code }, 'evidence is missing in the trace');
      return undefined;
    }
  }

  hierarchyRef(hierarchy: Hierarchy): string {
    const known = this.#hierarchyRefs.get(hierarchy);
    if (known !== undefined) return known;
    const ref = this.parts.recorder.hierarchy(hierarchy.xml);
    this.#hierarchyRefs.set(hierarchy, ref);
    return ref;
  }

  /** Whether another screen is in front than at the last question. */
  isNews(screenName: string): boolean {
    const isNews = this.#lastShown !== screenName;
    this.#lastShown = screenName;
    return isNews;
  }

  /** How often this dialog has been taken away in this attempt, this time included. */
  countDialog(name: string): number {
    const count = (this.#dialogCounts.get(name) ?? 0) + 1;
    this.#dialogCounts.set(name, count);
    return count;
  }

  /** What a failure showed; empty when nothing could be captured. */
  evidenceOf(error: DroverError): Evidence & { step?: string } {
    return this.#evidence.get(error) ?? {};
  }

  async #evidenceOf(error: DroverError): Promise<Evidence> {
    const known = this.#evidence.get(error);
    if (known) return known;
    let evidence: Evidence = {};
    if (this.#ctx.signal.aborted || isInterrupt(error)) {
      // the phone is gone or no longer ours: what was seen last has to do
      if (this.#last) evidence.hierarchy = this.hierarchyRef(this.#last);
    } else {
      try {
        evidence = await this.capture();
      } catch {
        // aborted meanwhile; the failure itself is what counts
      }
    }
    const step = this.tracer.path.join(' › ');
    const kept = { ...evidence, ...(step !== '' && { step }) };
    this.#evidence.set(error, kept);
    return evidence;
  }
}

export const bug = (message: string): DroverError => new DroverError('server.bug', { message });

/** Not the task's fault: the attempt ends, an open intent stays open, and the next attempt looks before it acts. */
export const isInterrupt = (error: DroverError): boolean => errorCodeRow(error.code).retry === 'interrupt';
