import type { ScriptContext } from '../../script/kit.ts';
import type { Look, Patience } from '../../script/patience.ts';
import type { Seen } from '../../script/seen.ts';
import { showsText } from '../caption.ts';
import { type OwnProfile, openOwnProfile } from './account.ts';
import { type Baseline, compareGrids, isOurs, newestTile, type VideoPage } from './proof.ts';
import { postScreen, publishConfirm, typingPost } from './screens/post.ts';
import { gridOn, ownProfile } from './screens/profile.ts';
import { percentOf, upload } from './screens/upload.ts';
import { ownVideo } from './screens/video.ts';

/** What one capture says about a post, before anything is touched. */
export type Sighting = 'composing' | 'uploading' | 'failed' | 'nothing';

export function sightingOn(seen: Seen, { caption, hadFailure }: Baseline): Sighting {
  if (seen.of(publishConfirm).is) return 'composing';
  for (const composer of [seen.of(postScreen), seen.of(typingPost)]) {
    if (!composer.is) continue;
    const text = composer.textOf('caption') ?? '';
    // an empty caption leaves a hint in its field, and any other text is somebody else's
    return caption.trim() === '' || showsText(text, caption) ? 'composing' : 'nothing';
  }
  const notices = seen.of(upload);
  if (notices.has('progress')) return 'uploading';
  return notices.has('failed') && !hadFailure ? 'failed' : 'nothing';
}

/**
 * Finds out whether our post is out. Navigates; never touches a composer. `not-done` is only what stands on the screen: the
 * composer with our text in it, or the notice of an upload that failed. A post that is not on the profile may still come.
 */
export class PublishedLook {
  readonly #ctx: ScriptContext;
  readonly #baseline: Baseline;
  #phase = 'waiting for the upload';
  #percent: number | undefined;
  /** The notice passes after seconds; what it said holds until the upload is seen to go on. */
  #hasFailed = false;

  constructor(ctx: ScriptContext, baseline: Baseline) {
    this.#ctx = ctx;
    this.#baseline = baseline;
  }

  /** The percentage, else what is being done: both put off the end of the wait while they change. */
  progress: NonNullable<Patience['progress']> = async () => this.#percent ?? this.#phase;

  /** The app said that the upload failed and that the video lies in the drafts: it will not try again by itself. */
  get isFinal(): boolean {
    return this.#hasFailed;
  }

  async look(): Promise<Look> {
    const ctx = this.#ctx;
    const seen = await ctx.see();
    const sighting = sightingOn(seen, this.#baseline);
    this.#percent = percentOf(seen.of(upload).textsOf('progress'));
    if (sighting === 'uploading') return this.#goesOn();
    if (sighting === 'failed') this.#hasFailed = true;
    if (sighting !== 'nothing') return 'not-done';
    const profile = await this.#freshProfile({ wasOpen: seen.of(ownProfile).is });
    this.#phase = 'looking for it on the profile';
    if (profile.of(upload).has('progress')) {
      this.#percent = percentOf(profile.of(upload).textsOf('progress'));
      return this.#goesOn();
    }
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

  async #judge(profile: OwnProfile): Promise<Look> {
    const ctx = this.#ctx;
    const baseline = this.#baseline;
    if (profile.textOf('username') !== `@${baseline.username}`) return 'unknown';
    const grid = gridOn(profile);
    const change = compareGrids(baseline.grid, grid);
    const tile = profile.allOf('tiles')[newestTile(grid) ?? -1];
    if (change === 'same' || !tile) return 'unknown';
    await ctx.tap(ownProfile.tiles, {
      where: ({ bounds }) => bounds.left === tile.bounds.left && bounds.top === tile.bounds.top,
    });
    const page = await ctx.waitFor(ownVideo, { timeoutMs: 10_000 });
    if (isOurs(baseline, change, readVideoPage(page))) return 'done';
    await ctx.key('back');
    return 'unknown';
  }
}

export function readVideoPage(page: Seen<keyof typeof ownVideo.controls>): VideoPage {
  const { hierarchy } = page;
  return {
    caption: page.textOf('caption'),
    texts: hierarchy.nodes.map(({ text }) => text).filter((text) => text !== ''),
    age: page.textsOf('age')[0],
    at: hierarchy.at,
  };
}
