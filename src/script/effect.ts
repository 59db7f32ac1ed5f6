import { sleep } from '../base/clock.ts';
import { DroverError, toDroverError } from '../base/error.ts';
import type { ErrorCode } from '../contract/error-codes.ts';
import type { EffectKind } from '../contract/task-states.ts';
import { type Look, lookUntil, type Patience, patienceFor, quietMs, recallPatienceFor } from './patience.ts';
import type { EffectInput, OpenEffect, Proof, Sight } from './seams.ts';
import { bug, Ended, type Evidence, isInterrupt, type PublicTap, type Session } from './session.ts';
import type { Entry } from './trace.ts';

/** A public action, as the script names it. */
export interface EffectSpec {
  readonly kind: EffectKind;
  /** Whom or what it touches: `@user`, a post's URL; the own username for `post`. */
  readonly target: string;
  /** Public text, if any; the journal keeps its hash. */
  readonly text?: string;
  /** Once per task and key. Default: kind and target. */
  readonly key?: string;
  /** Refused, failed or unclear, it is recorded and the script goes on: likes and favourites of a warm-up. */
  readonly minor?: boolean;
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
  /** Finds out from any screen. Default: `look`. Used when this task left this very effect open earlier. */
  recall?(): Promise<Look>;
}

/**
 * `already`: it was so before and cost nothing. `refused`, `not-done`, `unconfirmed`, `unclear` (nothing was tried) come
 * back for minor effects only; others end the attempt.
 */
export type EffectEnd = 'done' | 'already' | 'refused' | 'not-done' | 'unconfirmed' | 'unclear';

/** How long a page may load before a first look that still says `unknown` gives up. */
const firstLookMs = 10_000;
/** After a stop, an open intent gets this long to be settled by looking. */
const lastLookMs = 3_000;
/** A gap that has to be waited in place again and again is no gap. */
const mostGaps = 10;

/** Codes that a look may meet on its way and that say why it is not done. */
const telling: readonly ErrorCode[] = ['app.limited', 'app.logged-out', 'app.update-required', 'app.target-missing'];

export const keyOf = ({ kind, target, key }: Pick<EffectSpec, 'kind' | 'target' | 'key'>): string =>
  key ?? `${kind}:${target}`;

/** The life of one effect, points 1–8 of section 4 in ARCHITECTURE.md. */
export async function runEffect(session: Session, spec: EffectSpec, handlers: EffectHandlers): Promise<EffectEnd> {
  session.check();
  if (session.mode.is !== 'free')
    throw bug(`effect ${keyOf(spec)} begins where none may: inside another one, or in a look`);
  try {
    return await session.traced('effect', `${spec.kind} ${spec.target}`, (entry) =>
      new Effect(session, spec, handlers, entry).run(),
    );
  } catch (thrown) {
    const error = toDroverError(thrown);
    // a script that catches this must not go on as if the action had happened
    if (!(thrown instanceof Ended)) session.end(error);
    throw thrown;
  }
}

/** Who looks, for how long, and what an open intent needs to be settled. */
export interface Open {
  readonly id: number;
  readonly kind: EffectKind;
  readonly minor: boolean;
  look(): Promise<Look>;
  /** Nothing can be found out: it is settled as unconfirmed without waiting. */
  readonly isBlind?: boolean;
  before: Evidence | undefined;
}

class Effect {
  readonly #session: Session;
  readonly #spec: EffectSpec;
  readonly #handlers: EffectHandlers;
  readonly #entry: Entry;
  readonly #minor: boolean;

  constructor(session: Session, spec: EffectSpec, handlers: EffectHandlers, entry: Entry) {
    this.#session = session;
    this.#spec = spec;
    this.#handlers = handlers;
    this.#entry = entry;
    this.#minor = spec.minor ?? false;
  }

  async run(): Promise<EffectEnd> {
    const { taskId } = this.#session.facts;
    const earlier = await this.#session.parts.journal.earlier(taskId, keyOf(this.#spec));
    if (earlier.is === 'done') return this.#already('done by an earlier attempt');
    if (earlier.is === 'open') {
      const recall = this.#handlers.recall ?? this.#handlers.look;
      const sight = await settleEarlier(this.#session, this.#entry, {
        id: earlier.id,
        kind: this.#spec.kind,
        minor: this.#minor,
        look: () => recall.call(this.#handlers),
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
        return await this.#carryOut(answer.id, asked + answer.actWithinMs, before);
      }
      this.#entry.decision = answer.rule;
      if (answer.is === 'refused') return this.#refused(answer.rule, answer.until);
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
      if (!this.#minor || this.#session.aborted || isInterrupt(error)) throw error;
      return 'unknown';
    }
  }

  #already(why: string): EffectEnd {
    this.#entry.decision = why;
    return 'already';
  }

  #unclear(): EffectEnd {
    this.#entry.decision = 'unclear before the act';
    if (this.#minor) return 'unclear';
    throw new DroverError('app.unexpected-screen', {
      message: `cannot tell whether ${this.#spec.kind} ${this.#spec.target} is already so; nothing was tapped`,
      details: { kind: this.#spec.kind, target: this.#spec.target },
    });
  }

  #refused(rule: string, until: number | undefined): EffectEnd {
    if (this.#minor) return 'refused';
    if (until !== undefined) throw this.#session.end(new Ended({ is: 'deferred', until, rule }));
    throw new DroverError('conduct.refused', {
      message: `the rule "${rule}" forbids ${this.#spec.kind} ${this.#spec.target}`,
      details: { rule, kind: this.#spec.kind, target: this.#spec.target },
    });
  }

  /** What is written down, with the picture of the moment before on disk: a killed process must not lose it. */
  async #intent(): Promise<{ input: EffectInput; before: Evidence }> {
    const session = this.#session;
    const { kind, target, text, baseline } = this.#spec;
    const was: unknown =
      typeof baseline === 'function' ? await session.inMode({ is: 'look' }, async () => await baseline()) : baseline;
    const before = await session.capture();
    await session.parts.recorder.flush();
    const { taskId, attemptId, token, actor } = session.facts;
    const written: IntentBaseline = { was: was ?? null, before };
    const input: EffectInput = {
      ...{ taskId, attemptId, token, actor, kind, target },
      key: keyOf(this.#spec),
      minor: this.#minor,
      ...(text !== undefined && { text }),
      baseline: written,
    };
    this.#entry.intent = { ...input };
    return { input, before };
  }

  /** Points 3–7. From here to the settlement every way out is one of: settled, or an interruption that leaves it open. */
  async #carryOut(id: number, actBefore: number, shownBefore: Evidence): Promise<EffectEnd> {
    const session = this.#session;
    const tap: PublicTap = { kind: this.#spec.kind, actBefore, sent: 0, hasArrived: false, before: undefined };
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
        (seen) => seen === 'done' || (seen === 'not-done' && sentAt === undefined),
      );
    } catch (thrown) {
      return await watch.leave(toDroverError(thrown), sentAt, patience.withoutProgressMs);
    }
    // a tap that failed may still arrive, and a sight of "not done" before that proves nothing
    const isFirm = sight === 'done' || tap.sent === 0 || tap.hasArrived;
    const settled: Sight = isFirm && sight !== 'unknown' ? sight : 'unconfirmed';
    await watch.settle(settled, fault ?? watch.fault ?? watch.told);
    if (settled === 'unconfirmed') return watch.doubt();
    if (fault?.code === 'server.bug') throw fault;
    if (settled === 'done') return 'done';
    if (this.#minor) return 'not-done';
    if (fault) throw fault;
    if (watch.told) throw watch.told;
    throw new DroverError('task.effect-not-done', {
      message: `${this.#spec.kind} ${this.#spec.target} was tapped, and the app still shows that it is not so`,
      details: { kind: this.#spec.kind, target: this.#spec.target, effectId: id },
    });
  }
}

/** What we add to a script's baseline in the journal, so that a later attempt can show the picture from before the act. */
interface IntentBaseline {
  was: unknown;
  before: Evidence;
}

export function unwrapBaseline(open: OpenEffect): { open: OpenEffect; before: Evidence | undefined } {
  const { baseline } = open;
  if (typeof baseline !== 'object' || baseline === null || !('was' in baseline) || !('before' in baseline)) {
    return { open, before: undefined };
  }
  return { open: { ...open, baseline: baseline.was }, before: (baseline as IntentBaseline).before };
}

/**
 * Point 0: finds out whether an earlier attempt's act happened, and settles it. `not-done` counts only when it is still
 * seen after the time in which a late tap would have shown. Unknown ends the attempt in doubt, unless the effect is minor.
 */
export async function settleEarlier(session: Session, entry: Entry, open: Open): Promise<Sight> {
  const watch = new Watch(session, open, entry);
  const start = session.now;
  const quietAt = start + quietMs[open.kind];
  let sight: Look;
  try {
    let lookedAt = start;
    const look = async () => {
      lookedAt = session.now;
      return await watch.look();
    };
    sight = await lookUntil(
      session,
      look,
      recallPatienceFor(open.kind),
      (seen) =>
        seen === 'done' || (seen === 'not-done' && lookedAt >= quietAt) || watch.isHopeless || open.isBlind === true,
    );
    if (sight === 'not-done' && lookedAt < quietAt) sight = 'unknown';
  } catch (thrown) {
    await watch.leave(toDroverError(thrown), start, quietMs[open.kind]);
    throw thrown;
  }
  const settled: Sight = sight === 'unknown' ? 'unconfirmed' : sight;
  await watch.settle(settled, watch.fault);
  if (settled === 'unconfirmed') watch.doubt();
  return settled;
}

/** Looks at an open intent and settles it. */
class Watch {
  readonly #session: Session;
  readonly #open: Open;
  readonly #entry: Entry;
  /** What the last look threw, if it did. */
  fault: DroverError | undefined;
  /** The last thing a look met that says why. */
  told: DroverError | undefined;
  #lastSight: Look = 'unknown';

  constructor(session: Session, open: Open, entry: Entry) {
    this.#session = session;
    this.#open = open;
    this.#entry = entry;
  }

  /** A look that fails saw nothing. Throws only interruptions and aborts. */
  async look(): Promise<Look> {
    const session = this.#session;
    this.fault = undefined;
    try {
      const isStill = session.mode.is === 'still';
      this.#lastSight = await session.inMode({ is: isStill ? 'still' : 'look' }, () => this.#open.look());
    } catch (thrown) {
      const error = toDroverError(thrown);
      if (session.aborted || isInterrupt(error)) throw session.aborted ?? error;
      this.fault = error;
      if (telling.includes(error.code)) this.told = error;
      this.#lastSight = 'unknown';
    }
    return this.#lastSight;
  }

  /** The last look failed in a way that looking again cannot mend. */
  get isHopeless(): boolean {
    return this.fault !== undefined && ['server.bug', 'app.missing', 'app.logged-out'].includes(this.fault.code);
  }

  /**
   * The attempt was interrupted or aborted with the intent open. An interruption leaves it open for the next attempt to
   * look. Anything else (a stop, a time limit) is settled by looking for 3 s without a touch; `not-done` counts only where
   * no tap was sent, or long enough ago.
   */
  async leave(fault: DroverError | undefined, sentAt: number | undefined, needsMs: number): Promise<never> {
    const session = this.#session;
    const reason = session.aborted ?? fault ?? bug('left an effect without a reason');
    if (isInterrupt(reason)) throw reason;
    let sight: Look = 'unknown';
    let evidence: Evidence = {};
    await session
      .afresh(lastLookMs, async () => {
        const brief = { withoutProgressMs: lastLookMs - 500, totalMs: lastLookMs - 500 };
        sight = await lookUntil(
          session,
          () => this.look(),
          brief,
          (seen) => seen === 'done' || (seen === 'not-done' && sentAt === undefined),
        );
        evidence = await session.capture({ fresh: false });
      })
      .catch((thrown: unknown) => {
        // it could not be seen, which is an answer too: unconfirmed, unless `done` was seen before the picture failed
        this.fault = toDroverError(thrown);
      });
    const isLongAgo = sentAt === undefined || session.now - sentAt >= needsMs;
    const seen = sight as Look; // assigned in the closure above
    const settled: Sight = seen === 'done' ? 'done' : seen === 'not-done' && isLongAgo ? 'not-done' : 'unconfirmed';
    await this.#write(settled, evidence, reason);
    if (settled === 'unconfirmed' && !this.#open.minor) this.doubt();
    throw reason;
  }

  async settle(sight: Sight, fault: DroverError | undefined): Promise<void> {
    const evidence = await this.#session.capture({ fresh: false }).catch((thrown: unknown) => {
      // aborted while the picture was taken: what was seen is seen, and settling it needs no phone
      this.#session.ctx.log.debug({ code: toDroverError(thrown).code }, 'settled without a picture');
      return {};
    });
    await this.#write(sight, evidence, fault);
  }

  async #write(sight: Sight, evidence: Evidence, fault: DroverError | undefined): Promise<void> {
    const proof: Proof = {
      ...evidence,
      ...(this.#open.before && { before: this.#open.before }),
      seen: { look: this.#lastSight, ...(fault && { error: { code: fault.code, message: fault.message } }) },
    };
    this.#entry.proof = { sight, ...proof };
    Object.assign(this.#entry, evidence);
    await this.#session.parts.recorder.flush();
    await this.#session.parts.journal.settle(this.#open.id, sight, proof);
    this.#session.keepsFiles = sight === 'unconfirmed' && !this.#open.minor;
  }

  /** Ends the attempt for a person to decide; a minor effect is only recorded. */
  doubt(): 'unconfirmed' {
    if (this.#open.minor) return 'unconfirmed';
    throw this.#session.end(new Ended({ is: 'doubt', effectId: this.#open.id }));
  }
}
