import type { ScriptContext } from '../../script/kit.ts';
import type { Look } from '../../script/patience.ts';
import type { Screen } from '../../script/screen.ts';
import type { Capture } from '../refusal.ts';
import type { Skip } from '../warmup-plan.ts';
import { openSearch } from './feed.ts';
import { feed, survey } from './screens/feed.ts';
import { liveFeed } from './screens/feed-more.ts';
import { userResults } from './screens/search.ts';
import { otherResults, searchStart, videoResults } from './screens/search-start.ts';
import { ownVideo, video } from './screens/video.ts';
import { startingWith, t } from './texts.ts';

const pageMs = 20_000;
/** Looks at results that stay empty. */
const mostLooks = 12;

/** Where one video fills the screen. One whose author is followed already cannot be told from an own one. */
export type VideoPage = Screen<'author' | 'comment' | 'favorite' | 'like' | 'share'>;
export const videoPages: readonly VideoPage[] = [feed, video, ownVideo];

export interface Watched {
  page: VideoPage;
  /** Who made it and what it says: the tree knows no address of a video. */
  author: string;
  caption: string;
  /** Changes with the video and with nothing else. */
  identity: string;
}

export type Current = { is: 'video'; video: Watched } | { is: Exclude<Skip, 'liked'> | 'survey' } | { is: 'liked' };

/** What is playing, once it has loaded. */
export async function readCurrent(ctx: ScriptContext): Promise<Current> {
  const seen = await ctx.waitFor<string>([...videoPages, survey, liveFeed], { timeoutMs: pageMs });
  if (seen.of(liveFeed).is) return { is: 'live' };
  const watched = watchedOn(seen);
  if (!watched) return { is: 'survey' };
  if (seen.hierarchy.nodes.some(({ text, displayed }) => displayed && t('ad-label').includes(text.trim()))) {
    return { is: 'ad' };
  }
  return likeSight(seen) === 'done' ? { is: 'liked' } : { is: 'video', video: watched };
}

export function watchedOn(seen: Capture): Watched | undefined {
  const page = videoPages.find((one) => seen.of(one).is);
  if (!page) return undefined;
  const textOf = (id: string) => seen.hierarchy.nodes.find((node) => node.id.endsWith(`/${id}`))?.text.trim() ?? '';
  const sound = seen.hierarchy.nodes.find(({ desc }) => startingWith('sound').test(desc))?.desc ?? '';
  const [author, caption] = [textOf('title'), textOf('desc')];
  return { page, author, caption, identity: [author, caption, sound].join(' | ') };
}

/** Stable while the words stay, and short enough to be read in a list. */
export const nameOf = ({ author, caption }: Pick<Watched, 'author' | 'caption'>): string =>
  `video of ${author}: ${[...caption].slice(0, 60).join('')}`;

/** What the page of a video says of it, as far as that can be read. */
export function shownName(seen: Capture): string | undefined {
  const shown = watchedOn(seen);
  return shown && shown.author !== '' ? nameOf(shown) : undefined;
}

export const isStill =
  ({ identity }: Watched) =>
  (seen: Capture): boolean =>
    watchedOn(seen)?.identity === identity;

const isAtTheRight = (seen: Capture, left: number): boolean => left > seen.hierarchy.width * 0.75;

/** The heart is selected, or its label says that it was given. */
export function likeSight(seen: Capture): Look {
  const rail = seen.hierarchy.nodes.filter(({ bounds }) => isAtTheRight(seen, bounds.left));
  const isGiven = rail.some(
    ({ desc, selected }) =>
      startingWith('video-liked').test(desc) ||
      (selected && (t('like-icon').includes(desc) || startingWith('like-video').test(desc))),
  );
  if (isGiven) return 'done';
  return rail.some(({ desc }) => startingWith('like-video').test(desc)) ? 'not-done' : 'unknown';
}

/** The label is the same in both states; `selected` tells. */
export function favouriteSight(seen: Capture): Look {
  const buttons = seen.hierarchy.nodes.filter(({ desc }) => startingWith('favourite-video').test(desc));
  if (buttons.length === 0) return 'unknown';
  return buttons.some(({ selected }) => selected) ? 'done' : 'not-done';
}

/** The next video; false when there is none after it. */
export async function swipeOn(ctx: ScriptContext, before: string | undefined): Promise<boolean> {
  await ctx.swipe({ x: 0.45, y: 0.72 }, { x: 0.45, y: 0.22 }, 250);
  const seen = await ctx.waitFor<string>([...videoPages, survey, liveFeed], { timeoutMs: pageMs });
  return before === undefined || watchedOn(seen)?.identity !== before;
}

/** The first video that the search has for these words. Throws `app.target-missing`. */
export async function openTopic(ctx: ScriptContext, topic: string): Promise<void> {
  await openSearch(ctx);
  await ctx.waitFor<'searchInput'>([searchStart, otherResults, userResults], { timeoutMs: pageMs });
  await ctx.type(searchStart.searchInput, topic);
  await ctx.enter(searchStart.searchInput);
  const results = await ctx.waitFor<string>([otherResults, userResults, videoResults], { timeoutMs: pageMs });
  if (!results.of(videoResults).is) await ctx.tap(otherResults.videosTab);
  await ctx.waitFor(videoResults, { timeoutMs: pageMs });
  let looks = 0;
  const hasAny = await ctx.waitUntil(
    `the search shows a video for "${topic}"`,
    async () => ((await ctx.see(videoResults)).has('firstCard') ? true : ++looks < mostLooks ? undefined : false),
    { timeoutMs: pageMs },
  );
  if (!hasAny) ctx.fail('app.target-missing', `the search shows no video for "${topic}"`, { topic });
  await ctx.tap(videoResults.firstCard);
  await ctx.waitFor<string>([video, ownVideo], { timeoutMs: pageMs });
}
