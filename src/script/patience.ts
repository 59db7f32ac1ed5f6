import { toDroverError } from '../base/error.ts';
import type { EffectKind } from '../contract/task-states.ts';
import { LookPauses } from './pacing.ts';
import { isInterrupt, type Session } from './session.ts';

/** What a look can say. Only what was seen: a look that cannot tell says `unknown`. */
export type Look = 'done' | 'not-done' | 'unknown';

/** How long an effect may take to show. */
export interface Patience {
  /** Without visible progress; with none reported, the whole limit. */
  readonly withoutProgressMs: number;
  readonly totalMs: number;
  /** Anything that changes while the app is at work: a percentage, the text of an upload row. */
  progress?(): Promise<number | string | undefined>;
}

/** Most apps show a follow at once and take it back within seconds when their server refuses it. */
const plain = (ms: number): Patience => ({ withoutProgressMs: ms, totalMs: ms });
export const patienceFor: Readonly<Record<EffectKind, Patience>> = {
  follow: plain(8_000),
  unfollow: plain(8_000),
  like: plain(8_000),
  favourite: plain(8_000),
  comment: plain(15_000),
  post: { withoutProgressMs: 30_000, totalMs: 15 * 60_000 },
};

/** An earlier attempt's act has shown itself by then if it happened at all; counted from this attempt's start, since when no touch of it can have been sent. */
export const quietMs: Readonly<Record<EffectKind, number>> = {
  follow: 8_000,
  unfollow: 8_000,
  like: 8_000,
  favourite: 8_000,
  comment: 15_000,
  post: 15_000,
};

/** How long a recall may go on finding nothing out; it has to navigate first. */
export const recallPatienceFor = (kind: EffectKind): Patience =>
  kind === 'post' ? { withoutProgressMs: 60_000, totalMs: 15 * 60_000 } : plain(30_000);

/**
 * Looks again and again until `isEnough`, or until patience ends; the last look is taken at the end, not before it.
 * `progress` puts the end off, never beyond `totalMs`.
 */
export async function lookUntil(
  session: Session,
  look: () => Promise<Look>,
  patience: Patience,
  isEnough: (sight: Look) => boolean,
): Promise<Look> {
  const start = session.now;
  const pauses = new LookPauses(session.pacing);
  let lastProgress: number | string | undefined;
  let movedAt = start;
  for (;;) {
    const lookedAt = session.now;
    const sight = await look();
    if (isEnough(sight)) return sight;
    const progress = await readProgress(session, patience);
    if (progress !== undefined && progress !== lastProgress) {
      lastProgress = progress;
      movedAt = session.now;
      session.parts.recorder.progress(
        session.tracer.path.at(-1) ?? '',
        typeof progress === 'number' ? progress : undefined,
      );
    }
    const end = Math.min(movedAt + patience.withoutProgressMs, start + patience.totalMs);
    if (lookedAt >= end) return sight;
    await pauses.take(session.ctx, Math.max(end, session.now));
  }
}

/** A progress that cannot be read is none; interruptions and aborts go on up. */
async function readProgress(session: Session, { progress }: Patience): Promise<number | string | undefined> {
  if (!progress) return undefined;
  const mode = session.mode.is === 'still' ? session.mode : ({ is: 'look' } as const);
  try {
    return await session.inMode(mode, () => progress());
  } catch (thrown) {
    const error = toDroverError(thrown);
    if (session.aborted || isInterrupt(error)) throw error;
    return undefined;
  }
}
