import { sleep } from '../base/clock.ts';
import { DroverError, toDroverError } from '../base/error.ts';
import type { ErrorCode } from '../contract/error-codes.ts';
import { postNames } from '../contract/post-address.ts';
import type { Sentence } from '../contract/sentence.ts';
import type { EffectKind } from '../contract/task-states.ts';
import { type Look, lookUntil, type Patience, patienceFor, recallPatienceFor } from './patience.ts';
import type { EffectInput, OpenEffect, Sight } from './seams.ts';
import { bug, Ended, type Evidence, isInterrupt, type PublicTap, type Session } from './session.ts';
import type { Entry } from './trace.ts';
import { type IntentBaseline, type Open, settleEarlier, unwrapBaseline, Watch } from './watch.ts';

/** A public action, as the script names it. */
export interface EffectSpec {
  readonly kind: EffectKind;
  /** Whom or what it touches: `@user`, a post's URL; the own username for `post`. */
  readonly target: string;
  /** What the page says of the post that `target` leads to, author and words: a short link alone does not tell which it is. */
  readonly shown?: string | undefined;
  /** Public text, if any; the journal keeps its hash. */
  readonly text?: string;
  /** Once per task and key. Default: kind and target. */
  readonly key?: string;
  /** Refused, failed or unclear, it is recorded and the script goes on: likes and favourites of a warm-up. */
  readonly minor?: boolean;
  /**
   * Refused, unclear beforehand or not done, it is recorded and the script goes on, as with `minor`; but in doubt it waits for a
   * person as any other does: follows and comments of a warm-up.
   */
  readonly optional?: boolean;
  /** A gap between two actions that is longer than this is not waited for: the effect counts as refused. For minor and optional ones. */
  readonly longestGapMs?: number;
  /** False: there is nothing to see before the act (`post`, which is told by a change against its baseline). */
  readonly lookFirst?: boolean;
  /** What is there before the act, JSON, to tell a change by; read by a function that may navigate but not touch. */
  readonly baseline?: unknown;
  /** How long the act may take to show. Default by kind. */
  readonly deadline?: Partial<Patience>;
}

export interface EffectHandlers {
  /** Reads; may navigate. Taken before the act, and after it until it says `done` or the deadline passes. */
  look(): Promise<Look>;
  /** Ends with exactly one public tap; what it touches before is harmless alone. */
  act(): Promise<void>;
  /** The last look's `not-done` cannot change any more, because the app itself has given up: no need to wait for the deadline. */
  isFinal?(): boolean;
}

/**
 * `already`: it was so before and cost nothing. `refused`, `not-done`, `unclear` (nothing was tried) come back for minor and
 * optional effects only, `unconfirmed` for minor ones; others end the attempt.
 */
export type EffectEnd = 'done' | 'already' | 'refused' | 'not-done' | 'unconfirmed' | 'unclear';

/** What was written down and allowed. */
interface Permission {
  id: number;
  input: EffectInput;
  before: Evidence;
  /** Monotonic ms: not a touch later than this. */
  actBefore: number;
}

/** How long a page may load before a first look that still says `unknown` gives up. */
const firstLookMs = 10_000;
/** Nothing that comes after these can be done either. */
const endsAll: readonly ErrorCode[] = [
  'app.limited',
  'app.suspended',
  'app.checkpoint',
  'app.logged-out',
  'app.update-required',
];
/** A gap that has to be waited in place again and again is no gap. */
const mostGaps = 10;

export const keyOf = ({ kind, target, key }: Pick<EffectSpec, 'kind' | 'target' | 'key'>): string =>
  key ?? `${kind}:${target}`;

/** How the script finds out from any screen whether an act happened. */
export type RecallEffect = (open: OpenEffect) => Promise<Look>;

/** The life of one effect, points 1–8 of section 4 in ARCHITECTURE.md. */
export async function runEffect(
  session: Session,
  spec: EffectSpec,
  handlers: EffectHandlers,
  recall?: RecallEffect,
): Promise<EffectEnd> {
  session.check();
  if (session.mode.is !== 'free')
    throw bug(`effect ${keyOf(spec)} begins where none may: inside another one, or in a look`);
  try {
    return await session.traced('effect', `${spec.kind} ${spec.target}`, (entry) =>
      new Effect(session, spec, handlers, recall, entry).run(),
    );
  } catch (thrown) {
    const error = toDroverError(thrown);
    // a script that catches this must not go on as if the action had happened
    if (!(thrown instanceof Ended)) session.end(error);
    throw thrown;
  }
}

class Effect {
  readonly #session: Session;
  readonly #spec: EffectSpec;
  readonly #handlers: EffectHandlers;
  readonly #recall: RecallEffect | undefined;
  readonly #entry: Entry;
  readonly #minor: boolean;
  readonly #mayFail: boolean;

  constructor(
    session: Session,
    spec: EffectSpec,
    handlers: EffectHandlers,
    recall: RecallEffect | undefined,
    entry: Entry,
  ) {
    this.#session = session;
    this.#spec = spec;
    this.#handlers = handlers;
    this.#recall = recall;
    this.#entry = entry;
    this.#minor = spec.minor ?? false;
    this.#mayFail = this.#minor || spec.optional === true;
  }

  async run(): Promise<EffectEnd> {
    const { taskId } = this.#session.facts;
    const earlier = await this.#session.parts.journal.earlier(taskId, keyOf(this.#spec));
    if (earlier.is === 'done') return this.#already('done by an earlier attempt');
    if (earlier.is === 'doubt') throw this.#session.end(new Ended({ is: 'doubt', effectId: earlier.id }));
    if (earlier.is === 'open') {
      const sight = await settleEarlier(this.#session, this.#entry, {
        id: earlier.id,
        kind: this.#spec.kind,
        minor: this.#minor,
        look: () => this.#handlers.look(),
        before: undefined,
      });
      if (sight === 'done') return this.#already('done by an earlier attempt');
      if (sight === 'unconfirmed') return 'unconfirmed';
    }
    return await this.#decide(earlier.is === 'open');
  }

  /** Points 1 and 2: look, ask, and wait out a gap. */
  async #decide(wasOpen: boolean): Promise<EffectEnd> {
    const session = this.#session;
    const looksFirst = wasOpen || this.#spec.lookFirst !== false;
    for (let gap = 0; gap <= mostGaps; gap++) {
      if (looksFirst) {
        const sight = await this.#firstLook();
        if (sight === 'done') return this.#already('it is so already');
        if (sight === 'unknown') return this.#unclear();
      }
      const { input, before } = await this.#intent();
      session.check();
      const asked = session.now;
      const answer = await session.parts.journal.intend(input);
      if (answer.is === 'go') {
        this.#entry.decision = 'go';
        delete this.#entry.rule;
        return await this.#carryOut({ id: answer.id, input, before, actBefore: asked + answer.actWithinMs });
      }
      this.#entry.decision = answer.rule.text;
      this.#entry.rule = answer.rule;
      if (answer.is === 'refused') return this.#refused(answer.rule, answer.until);
      const { longestGapMs = Number.POSITIVE_INFINITY } = this.#spec;
      if (this.#mayFail && answer.ms > longestGapMs) return 'refused';
      await sleep(session.ctx.clock, answer.ms, session.ctx.signal);
    }
    throw bug(`effect ${keyOf(this.#spec)} was told to wait ${mostGaps} times`);
  }

  async #firstLook(): Promise<Look> {
    const look = () => this.#session.inMode({ is: 'look' }, () => this.#handlers.look());
    const patience = { withoutProgressMs: firstLookMs, totalMs: firstLookMs };
    try {
      return await lookUntil(this.#session, look, patience, (sight) => sight !== 'unknown');
    } catch (thrown) {
      const error = toDroverError(thrown);
      if (!this.#mayFail || this.#session.aborted || isInterrupt(error) || endsAll.includes(error.code)) throw error;
      return 'unknown';
    }
  }

  #already(why: string): EffectEnd {
    this.#entry.decision = why;
    return 'already';
  }

  #unclear(): EffectEnd {
    this.#entry.decision = 'unclear before the act';
    if (this.#mayFail) return 'unclear';
    throw new DroverError('app.unexpected-screen', {
      message: `cannot tell whether ${this.#spec.kind} ${this.#spec.target} is already so; nothing was tapped`,
      details: { kind: this.#spec.kind, target: this.#spec.target },
    });
  }

  #refused(rule: Sentence, until: number | undefined): EffectEnd {
    if (this.#mayFail) return 'refused';
    if (until !== undefined) throw this.#session.end(new Ended({ is: 'deferred', until, rule }));
    throw new DroverError('conduct.refused', {
      message: `the rule "${rule.text}" forbids ${this.#spec.kind} ${this.#spec.target}`,
      // where the rule names the target it is as the ledger knows it
      details: { kind: this.#spec.kind, target: this.#spec.target, ...rule.params, rule: rule.code },
    });
  }

  /** What is written down, with the picture of the moment before on disk: a killed process must not lose it. */
  async #intent(): Promise<{ input: EffectInput; before: Evidence }> {
    const session = this.#session;
    const { kind, target, shown, text, baseline } = this.#spec;
    const was: unknown =
      typeof baseline === 'function' ? await session.inMode({ is: 'look' }, async () => await baseline()) : baseline;
    const before = await session.capture();
    await session.parts.recorder.flush();
    const { taskId, attemptId, token, actor } = session.facts;
    const written: IntentBaseline = { was: was ?? null, before };
    const input: EffectInput = {
      ...{ taskId, attemptId, token, actor, kind },
      ...postNames(target, shown),
      key: keyOf(this.#spec),
      minor: this.#minor,
      ...(text !== undefined && { text }),
      baseline: written,
    };
    this.#entry.intent = { ...input };
    return { input, before };
  }

  /** Where the act ended nothing can be told, so it is looked for as a later attempt would: from the start of the way. */
  async #lookAfresh(id: number, input: EffectInput, watch: Watch): Promise<Look> {
    const recall = this.#recall;
    if (!recall) return 'unknown';
    const { open } = unwrapBaseline({
      ...input,
      id,
      baseline: input.baseline,
      intendedAt: this.#session.ctx.clock.now(),
    });
    return await lookUntil(
      this.#session,
      () => watch.look(() => recall(open)),
      recallPatienceFor(open.kind),
      (seen) => seen !== 'unknown' || watch.isHopeless,
    );
  }

  /** Points 3–7. From here to the settlement every way out is one of: settled, or an interruption that leaves it open. */
  async #carryOut({ id, input, before: shownBefore, actBefore }: Permission): Promise<EffectEnd> {
    const session = this.#session;
    const nothingYet = { sent: 0, hasTouched: false, hasArrived: false, before: undefined };
    const tap: PublicTap = { kind: this.#spec.kind, actBefore, ...nothingYet };
    const open: Open = {
      id,
      kind: this.#spec.kind,
      minor: this.#minor,
      look: () => this.#handlers.look(),
      before: shownBefore,
    };
    session.keepsFiles = true;
    let fault: DroverError | undefined;
    try {
      session.check();
      await session.inMode({ is: 'act', tap }, () => this.#handlers.act());
      if (tap.sent === 0) fault = bug(`the act of ${keyOf(this.#spec)} made no public tap`);
    } catch (thrown) {
      fault = toDroverError(thrown);
    }
    open.before = tap.before ?? shownBefore;
    const sentAt = tap.sent > 0 ? session.now : undefined;
    const patience = { ...patienceFor[this.#spec.kind], ...this.#spec.deadline };
    const watch = new Watch(session, open, this.#entry);
    if (session.aborted || (fault && isInterrupt(fault)))
      return await watch.leave(fault, sentAt, patience.withoutProgressMs);
    let sight: Look;
    try {
      // nothing was sent, so nothing can still be on its way: what is seen now is final
      sight = await lookUntil(
        session,
        () => watch.look(),
        patience,
        (seen) =>
          seen === 'done' || (seen === 'not-done' && (sentAt === undefined || this.#handlers.isFinal?.() === true)),
      );
      // an act that touched nothing at all did nothing, whatever stands in the way of seeing it
      if (sight === 'unknown' && tap.sent === 0 && !tap.hasTouched) sight = 'not-done';
      if (sight === 'unknown' && !this.#minor) sight = await this.#lookAfresh(id, input, watch);
    } catch (thrown) {
      return await watch.leave(toDroverError(thrown), sentAt, patience.withoutProgressMs);
    }
    // a tap that failed may still arrive, and a sight of "not done" before that proves nothing
    const isFirm = sight === 'done' || tap.sent === 0 || tap.hasArrived;
    const settled: Sight = isFirm && sight !== 'unknown' ? sight : 'unconfirmed';
    await watch.settle(settled, fault ?? watch.fault ?? watch.told);
    // whatever it was, an account that the platform slows down does nothing more
    if (this.#minor && watch.told && endsAll.includes(watch.told.code)) throw watch.told;
    if (settled === 'unconfirmed') return watch.doubt();
    if (fault?.code === 'server.bug') throw fault;
    if (settled === 'done') return 'done';
    if (watch.told && endsAll.includes(watch.told.code)) throw watch.told;
    if (this.#mayFail) return 'not-done';
    if (fault) throw fault;
    if (watch.told) throw watch.told;
    throw new DroverError('task.effect-not-done', {
      message: `${this.#spec.kind} ${this.#spec.target} was tapped, and the app still shows that it is not so`,
      details: { kind: this.#spec.kind, target: this.#spec.target, effectId: id },
    });
  }
}
