import { type DroverError, toDroverError } from '../base/error.ts';
import type { ErrorCode } from '../contract/error-codes.ts';
import type { EffectKind } from '../contract/task-states.ts';
import { type Look, lookUntil, quietMs, recallPatienceFor } from './patience.ts';
import type { OpenEffect, Proof, Sight } from './seams.ts';
import { bug, Ended, type Evidence, isInterrupt, type Session } from './session.ts';
import type { Entry } from './trace.ts';

/** After a stop, an open intent gets this long to be settled by looking. */
const lastLookMs = 3_000;
/** Codes that a look may meet on its way and that say why it is not done. */
const telling: readonly ErrorCode[] = [
  'app.limited',
  'app.suspended',
  'app.checkpoint',
  'app.logged-out',
  'app.update-required',
  'app.target-missing',
  'app.comments-off',
];

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

/** What we add to a script's baseline in the journal, so that a later attempt can show the picture from before the act. */
export interface IntentBaseline {
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
export class Watch {
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
  async look(look: () => Promise<Look> = () => this.#open.look()): Promise<Look> {
    const session = this.#session;
    this.fault = undefined;
    try {
      const isStill = session.mode.is === 'still';
      this.#lastSight = await session.inMode({ is: isStill ? 'still' : 'look' }, look);
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
