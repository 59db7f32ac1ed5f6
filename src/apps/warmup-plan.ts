/** What a warm-up does with the next video, the same in every app: decided before it is watched, by the attempt's seed. */
import type { Script } from '../script/define.ts';

type Input = Parameters<Script<'account_warmup'>['run']>[1];

/** What the choices are made with; `ScriptContext` is one. */
export interface Dice {
  chance(percent: number): boolean;
  /** Both ends included. */
  int(min: number, max: number): number;
  pick<T>(lines: readonly T[]): T;
}

/** Durations in seconds, chances in percent, as documented. */
export type Chances = Pick<
  Input,
  'min_duration' | 'max_duration' | 'like_probable' | 'floow_probable' | 'collect_probable' | 'comment_probable'
>;

export interface VideoPlan {
  watchMs: number;
  like: boolean;
  follow: boolean;
  favourite: boolean;
  comment: boolean;
}

/** Why a video is passed over at once. */
export type Skip = 'ad' | 'live' | 'liked';

export function planVideo(input: Chances, dice: Dice): VideoPlan {
  return {
    watchMs: dice.int(Math.round(input.min_duration * 1_000), Math.round(input.max_duration * 1_000)),
    like: dice.chance(input.like_probable),
    follow: dice.chance(input.floow_probable),
    favourite: dice.chance(input.collect_probable),
    comment: dice.chance(input.comment_probable),
  };
}

/** One of the search terms; undefined: the feed. */
export function chooseTopic(topic: string, dice: Dice): string | undefined {
  const topics = topic
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return topics.length === 0 ? undefined : dice.pick(topics);
}

/** What became of a warm-up so far, as its progress tells it. */
export class WarmupTally {
  readonly #counts = new Map<string, number>();

  add(what: 'watched' | 'liked' | 'followed' | 'favourited' | 'commented' | 'drafted' | 'skipped' | 'refused'): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  /** `watched 12, liked 3, refused 1` */
  toString(): string {
    return [...this.#counts].map(([what, count]) => `${what} ${count}`).join(', ') || 'nothing yet';
  }
}
