/** Whether a post of ours is out, decided from what was read before and after. Pure. */
import { showsText } from '../caption.ts';
import { type Grid, isPinned } from './screens/profile.ts';
import { ageOf } from './screens/video.ts';
import { t } from './texts.ts';

/** What was there before composing, and what is to come; kept with the intent, so that a later attempt can compare. */
export interface Baseline {
  username: string;
  caption: string;
  grid: Grid;
  /** Epoch ms of that capture; 0 where unknown. */
  at: number;
  /** An upload had failed before ours: its notice says nothing about ours. */
  hadFailure: boolean;
}

/** It comes back from the journal as JSON, maybe written by an older release of ours. */
export function isBaseline(value: unknown): value is Baseline {
  if (typeof value !== 'object' || value === null) return false;
  const { username, caption, grid, at, hadFailure } = value as Partial<Record<keyof Baseline, unknown>>;
  const isGrid = typeof grid === 'object' && grid !== null && 'labels' in grid && Array.isArray(grid.labels);
  return (
    typeof username === 'string' &&
    typeof caption === 'string' &&
    isGrid &&
    typeof at === 'number' &&
    typeof hadFailure === 'boolean'
  );
}

/** What stands on the page of the newest video. */
export interface VideoPage {
  /** The description; undefined: there is none. */
  caption: string | undefined;
  /** Every other label, for layouts in which the description is not told apart. */
  texts: readonly string[];
  age: string | undefined;
  /** Epoch ms of the capture. */
  at: number;
}

export type GridChange = 'grown' | 'same' | 'unclear';

/**
 * Whether one more post stands at the top. As long as there was room for another tile they are counted; of a screen that
 * was full, the labels must have moved on by one place, which labels that are all alike cannot show.
 */
export function compareGrids(before: Grid, now: Grid): GridChange {
  if (!before.isFull) return now.labels.length > before.labels.length ? 'grown' : 'same';
  const old = before.labels.filter((label) => !isPinned(label));
  const young = now.labels.filter((label) => !isPinned(label));
  const fitting = (shift: number): number => {
    const pairs = old.flatMap((label, index) => (index + shift < young.length ? [label === young[index + shift]] : []));
    return pairs.length === 0 ? 0 : pairs.filter(Boolean).length / pairs.length;
  };
  const [stayed, moved] = [fitting(0), fitting(1)];
  if (moved === stayed) return 'unclear';
  return moved > stayed ? 'grown' : 'same';
}

/** Position of the newest tile among all: pinned ones stand before it. Undefined on an empty profile. */
export function newestTile({ labels }: Grid): number | undefined {
  const index = labels.findIndex((label) => !isPinned(label));
  return index < 0 ? undefined : index;
}

/** Short captions could be anything on a page, so only the description counts for them. */
const distinctive = 8;

const showsCaption = (caption: string, page: VideoPage): boolean => {
  if (caption.trim() === '') return page.caption === undefined;
  if (page.caption !== undefined) return showsText(page.caption, caption, t('more'));
  return caption.length >= distinctive && page.texts.some((text) => showsText(text, caption, t('more')));
};

/** The age is told by the clocks of the app's servers, the capture by ours. */
const clockSlackMs = 60_000;

/**
 * Done needs our caption on the newest video, and that this video is new: a grid that has grown, or where that cannot be
 * seen an age that is younger than the baseline. An older video with the same caption is not ours.
 */
export function isOurs(baseline: Baseline, change: GridChange, page: VideoPage): boolean {
  if (change === 'same' || !showsCaption(baseline.caption, page)) return false;
  const age = page.age === undefined || baseline.at === 0 || page.at === 0 ? undefined : ageOf(page.age);
  if (age === undefined) return change === 'grown';
  return age.leastMs <= page.at - baseline.at + (change === 'grown' ? clockSlackMs : 0);
}
