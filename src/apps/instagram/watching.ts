import { normalText } from '../../phone/selector.ts';
import type { ScriptContext } from '../../script/kit.ts';
import type { Look } from '../../script/patience.ts';
import type { Seen } from '../../script/seen.ts';
import type { Capture } from '../refusal.ts';
import { shownWithin } from '../shapes.ts';
import { isTimeout } from '../timeout.ts';
import type { Skip } from '../warmup-plan.ts';
import { walk } from './account.ts';
import { openSearch } from './people.ts';
import { pageOn, postPages } from './posts.ts';
import { isLiked, isSaved } from './screens/feed.ts';
import { postDetail } from './screens/post-detail.ts';
import { missingReel, ownReel, reelViewer } from './screens/reel.ts';
import { explore, userResults } from './screens/search.ts';
import { reelMenu } from './screens/sheet.ts';

const pageMs = 20_000;
/** A swipe shows the next reel at once; loading it takes longer. */
const nextMs = 6_000;

/** One reel of somebody else that fills the screen. */
export interface Watched {
  author: string;
  caption: string;
  /** Changes with the reel and with nothing else. */
  identity: string;
}

export type Current = { is: 'reel'; reel: Watched } | { is: Skip | 'own' | 'nothing' };

/** The tab of the reels, from wherever the phone is. */
export async function openReels(ctx: ScriptContext): Promise<void> {
  const isThere = (seen: Seen) => seen.of(reelViewer).is || seen.of(ownReel).is || seen.of(missingReel).is;
  await walk(ctx, { isThere, tab: 'navReels', mayRestart: true });
}

/** The first reel or post that the search has for these words. Throws `app.target-missing`. */
export async function openTopic(ctx: ScriptContext, topic: string): Promise<void> {
  await openSearch(ctx);
  await ctx.type(explore.searchInput, topic);
  const typed = await ctx.see();
  await ctx.enter(typed.of(userResults).is ? userResults.searchInput : explore.searchInput);
  const results = await ctx.waitFor<string>([explore, userResults], {
    timeoutMs: pageMs,
    // the strip of tabs may reach beyond the edge; results without it are suggestions still
    until: (seen) => seen.has('reelsTab') || seen.has('accountsTab') || seen.has('tiles'),
  });
  const page = results.of(explore).is ? explore : userResults;
  if (results.has('reelsTab') && !results.isSelected('reelsTab')) await ctx.tap(page.reelsTab);
  const hasAny = async () => {
    const seen = await ctx.see();
    return seen.of(explore).has('tiles') || seen.of(userResults).has('tiles') ? true : undefined;
  };
  await ctx.waitUntil(`something is found for ${topic}`, hasAny, { timeoutMs: nextMs }).catch((thrown: unknown) => {
    if (!isTimeout(thrown)) throw thrown;
    ctx.fail('app.target-missing', `the search shows no reel for "${topic}"`, { topic });
  });
  const found = await ctx.see();
  const list = found.of(explore).is ? explore : userResults;
  const [first] = found.of(list as typeof explore).allOf('tiles');
  await ctx.tap(list.tiles, {
    where: ({ bounds }) => bounds.left === first?.bounds.left && bounds.top === first.bounds.top,
  });
  await ctx.waitFor<string>(postPages, { timeoutMs: pageMs });
}

/** What is in front; a page that is no reel of somebody else is passed over. */
export function currentOn(seen: Capture): Current {
  if (seen.of(ownReel).is) return { is: 'own' };
  const reel = watchedOn(seen);
  if (!reel) return { is: 'nothing' };
  const state = reelViewer.rules.state?.(seen.of(reelViewer) as never) ?? {};
  if (state.sponsored === true) return { is: 'ad' };
  return state.liked === true ? { is: 'liked' } : { is: 'reel', reel };
}

export function watchedOn(seen: Capture): Watched | undefined {
  const page = seen.of(reelViewer);
  if (!page.is || !page.has('author') || !page.has('like')) return undefined;
  const author = page.textOf('author') ?? '';
  const caption = captionOn(page);
  return { author, caption, identity: `${author} | ${caption} | ${likesOn(page)}` };
}

/** Stable while the words stay, and short enough to be read in a list. */
export const nameOf = ({ author, caption }: Watched): string =>
  `reel of @${author}: ${[...caption].slice(0, 60).join('')}`;

/**
 * What the page of a post says of it. Of a photo it is the author alone, because its words may be out of sight: such posts of
 * one author cannot be told apart.
 */
export function shownName(seen: Capture): string | undefined {
  const reel = watchedOn(seen);
  if (reel) return reel.author === '' ? undefined : nameOf(reel);
  const author = seen.of(postDetail).textOf('author');
  return author ? `post of @${author}` : undefined;
}

/** Its component holds no words itself; what hangs below it does. What only lies over it (a notice) comes and goes. */
function captionOn(page: Seen<keyof typeof reelViewer.controls>): string {
  const box = page.nodeOf('caption');
  if (!box) return '';
  return normalText(
    shownWithin(page.hierarchy, box)
      .map(({ text, desc }) => text || desc)
      .join(' '),
  );
}

/** Rounded as it is shown: two reels of one author with the same words still differ by it, mostly. */
const likesOn = (page: Seen<keyof typeof reelViewer.controls>): string =>
  page.find({
    name: 'counts at the right edge',
    find: ({ nodes, width, height }) =>
      nodes.filter(({ bounds, text }) => bounds.left > width * 0.8 && bounds.top > height * 0.3 && /\d/.test(text)),
  })[1]?.text ?? '';

/** Numbers change when one likes: only author and words tell that it is still the same reel. */
export const isStill =
  ({ author, caption }: Watched) =>
  (seen: Capture): boolean => {
    const now = watchedOn(seen);
    return now !== undefined && now.author === author && now.caption === caption;
  };

export function likeSight(seen: Capture): Look {
  const liked = isLiked(seen.of(reelViewer).nodeOf('like'));
  return liked === undefined ? 'unknown' : liked ? 'done' : 'not-done';
}

/** Newer rails have a ribbon; on others saving stands in the menu behind "More". */
export function savedOnRail(seen: Capture): Look {
  const saved = isSaved(seen.of(reelViewer).nodeOf('favorite'));
  return saved === undefined ? 'unknown' : saved ? 'done' : 'not-done';
}

export function savedInMenu(seen: Capture): Look {
  const menu = seen.of(reelMenu);
  if (!menu.is) return 'unknown';
  return menu.has('saved') ? 'done' : menu.has('save') ? 'not-done' : 'unknown';
}

/** The next one; false when there is none after it. */
export async function swipeOn(ctx: ScriptContext, before: string | undefined): Promise<boolean> {
  await ctx.swipe({ x: 0.45, y: 0.72 }, { x: 0.45, y: 0.22 }, 250);
  const look = async () => {
    const seen = await ctx.see();
    if (pageOn(seen) === undefined) return undefined;
    return before === undefined || watchedOn(seen)?.identity !== before ? true : undefined;
  };
  return await ctx.waitUntil('the next reel plays', look, { timeoutMs: nextMs }).catch((thrown: unknown) => {
    if (isTimeout(thrown)) return false;
    throw thrown;
  });
}
