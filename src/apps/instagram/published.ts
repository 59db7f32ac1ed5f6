import { normalText } from '../../phone/selector.ts';
import type { ScriptContext } from '../../script/kit.ts';
import type { Look, Patience } from '../../script/patience.ts';
import type { Seen } from '../../script/seen.ts';
import { showsText } from '../caption.ts';
import { isSameName } from '../names.ts';
import { type OwnProfile, openOwnProfile, walk } from './account.ts';
import { pageOn, postPages } from './posts.ts';
import { storyEditor } from './screens/create.ts';
import { feed } from './screens/feed.ts';
import { gridOn, ownProfile } from './screens/profile.ts';
import { limitedReach, postScreen, typingPost } from './screens/share.ts';
import { upload } from './screens/upload.ts';
import { t } from './texts.ts';

/** What was there before composing, and what is to come; kept with the intent, so that a later attempt can compare. */
export interface Baseline {
  username: string;
  caption: string;
  placement: 'reel' | 'story';
  /** What the profile counted; null where the number was shortened. */
  posts: number | null;
  /** Notices of earlier uploads say nothing about ours. */
  hadFailure: boolean;
  hadDone: boolean;
  /** A story of ours was up already, so that one more does not show. */
  hadStory: boolean;
}

/** It comes back from the journal as JSON, maybe written by an older release of ours. */
export function isBaseline(value: unknown): value is Baseline {
  if (typeof value !== 'object' || value === null) return false;
  const { username, caption, placement, posts, hadFailure, hadDone, hadStory } = value as Partial<
    Record<keyof Baseline, unknown>
  >;
  return (
    typeof username === 'string' &&
    typeof caption === 'string' &&
    (placement === 'reel' || placement === 'story') &&
    (typeof posts === 'number' || posts === null) &&
    typeof hadFailure === 'boolean' &&
    typeof hadDone === 'boolean' &&
    typeof hadStory === 'boolean'
  );
}

export function readBaseline(profile: OwnProfile, more: Omit<Baseline, 'username' | 'posts'>): Baseline {
  return { ...more, username: profile.textOf('username') ?? '', posts: gridOn(profile).posts ?? null };
}

/** What one capture says about a post, before anything is touched. */
export type Sighting = 'composing' | 'uploading' | 'failed' | 'done' | 'nothing';

export function sightingOn(seen: Seen, { caption, placement, hadFailure, hadDone }: Baseline): Sighting {
  if (seen.of(limitedReach).is) return 'composing';
  if (seen.of(storyEditor).is) return placement === 'story' ? 'composing' : 'nothing';
  for (const composer of [seen.of(postScreen), seen.of(typingPost)]) {
    if (!composer.is) continue;
    const text = composer.textOf('caption') ?? '';
    // an empty caption leaves a hint in its field, and any other text is somebody else's
    return caption.trim() === '' || showsText(text, caption) ? 'composing' : 'nothing';
  }
  const notices = seen.of(upload);
  if (notices.has('failed') && !hadFailure) return 'failed';
  if (notices.has('progress')) return 'uploading';
  return notices.has('done') && !hadDone ? 'done' : 'nothing';
}

/**
 * What the top of the feed tells before anything is composed; the profile has neither the tray of stories nor, in most
 * releases, the row about an upload. One that is still under way will tell of itself as if it were ours.
 */
export async function readFeed(ctx: ScriptContext): Promise<Pick<Baseline, 'hadFailure' | 'hadDone' | 'hadStory'>> {
  const seen = await topOfFeed(ctx);
  const notices = seen.of(upload);
  const isUnderWay = notices.has('progress');
  return {
    hadFailure: isUnderWay || notices.has('failed'),
    hadDone: isUnderWay || notices.has('done'),
    hadStory: hasRing(seen),
  };
}

const topOfFeed = (ctx: ScriptContext): Promise<Seen> =>
  walk(ctx, { isThere: (seen) => seen.of(feed).has('addToStory'), tab: 'navHome' });

/** Whether a story of ours is up, as the tray above the feed shows it. */
const hasRing = (seen: Seen): boolean => seen.of(feed).has('ownStory');

/** Tiles at the beginning that may be pinned ones. */
const mostPinned = 3;

/**
 * Finds out whether our post is out. Navigates; never touches a composer. `not-done` is only what stands on the screen: the
 * composer with our text in it, or the notice of an upload that failed. A post that is not on the profile may still come.
 */
export class PublishedLook {
  readonly #ctx: ScriptContext;
  readonly #baseline: Baseline;
  #phase = 'waiting for the upload';
  #percent: number | undefined;
  #hasFailed = false;
  /** The notice passes after seconds; it told of ours, because none stood there before. */
  #isTold = false;

  constructor(ctx: ScriptContext, baseline: Baseline) {
    this.#ctx = ctx;
    this.#baseline = baseline;
  }

  /** The percentage, else what is being done: both put off the end of the wait while they change. */
  progress: NonNullable<Patience['progress']> = async () => this.#percent ?? this.#phase;

  /** The app said that the upload failed: it will not try again by itself. */
  get isFinal(): boolean {
    return this.#hasFailed;
  }

  async look(): Promise<Look> {
    const ctx = this.#ctx;
    const seen = await ctx.see(limitedReach);
    const sighting = sightingOn(seen as unknown as Seen, this.#baseline);
    this.#percent = percentOf(seen.of(upload).textOf('percent'));
    if (sighting === 'uploading') return this.#goesOn();
    if (sighting === 'failed') this.#hasFailed = true;
    if (sighting === 'composing' || sighting === 'failed') return 'not-done';
    if (sighting === 'done') this.#isTold = true;
    // a story stands in no grid: a notice tells of it, or the ring that has come around the own picture
    if (this.#baseline.placement === 'story') {
      return this.#isTold || (!this.#baseline.hadStory && hasRing(await topOfFeed(ctx))) ? 'done' : 'unknown';
    }
    const profile = await this.#freshProfile({ wasOpen: seen.of(ownProfile).is });
    this.#phase = 'looking for it on the profile';
    if (profile.of(upload).has('progress')) return this.#goesOn();
    const sight = await this.#judge(profile);
    return sight === 'unknown' && this.#hasFailed ? 'not-done' : sight;
  }

  #goesOn(): Look {
    this.#hasFailed = false;
    return 'unknown';
  }

  /** A profile that was open already shows what was there then, so it is pulled down to be loaded anew. */
  async #freshProfile({ wasOpen }: { wasOpen: boolean }): Promise<OwnProfile> {
    const ctx = this.#ctx;
    const profile = await openOwnProfile(ctx);
    if (!wasOpen) return profile;
    await ctx.swipe({ x: 0.5, y: 0.3 }, { x: 0.5, y: 0.75 }, 400);
    return await openOwnProfile(ctx);
  }

  /** One more post than before, and one at the top that carries our words. */
  async #judge(profile: OwnProfile): Promise<Look> {
    const { username, posts, caption } = this.#baseline;
    if (!isSameName(profile.textOf('username'), username)) return 'unknown';
    const now = gridOn(profile).posts;
    const hasGrown = posts !== null && now !== undefined && now > posts;
    if (!hasGrown) return 'unknown';
    if (caption.trim() === '') return 'done';
    for (const index of [0, 1, 2, 3].slice(0, mostPinned + 1)) {
      const sight = await this.#lookAtTile(index);
      if (sight !== 'other') return sight;
    }
    return 'unknown';
  }

  async #lookAtTile(index: number): Promise<Look | 'other'> {
    const ctx = this.#ctx;
    const profile = await openOwnProfile(ctx);
    const tile = profile.allOf('tiles')[index];
    if (!tile) return 'unknown';
    await ctx.tap(ownProfile.tiles, {
      where: ({ bounds }) => bounds.left === tile.bounds.left && bounds.top === tile.bounds.top,
    });
    const page = await ctx.waitFor<string>(postPages, {
      timeoutMs: 10_000,
      until: (seen) => pageOn(seen) === undefined || seen.has('author'),
    });
    if (showsCaption(page, this.#baseline)) return 'done';
    await ctx.key('back');
    return 'other';
  }
}

/** The words of a post stand behind its author's name, cut short or whole. */
export function showsCaption(
  page: Pick<Seen, 'hierarchy'>,
  { caption, username }: Pick<Baseline, 'caption' | 'username'>,
): boolean {
  return page.hierarchy.nodes.some(({ text, desc }) =>
    [text, desc].some((label) => {
      const words = normalText(label);
      const own = words.toLowerCase().startsWith(username.toLowerCase()) ? words.slice(username.length).trim() : words;
      return own !== '' && showsText(own, caption, t('more'));
    }),
  );
}

function percentOf(label: string | undefined): number | undefined {
  return label === undefined ? undefined : Math.round(Number.parseFloat(label.replace(',', '.')));
}
