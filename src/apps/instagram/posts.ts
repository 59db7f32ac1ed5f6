import type { ScriptContext } from '../../script/kit.ts';
import type { Seen } from '../../script/seen.ts';
import { openOwnProfile } from './account.ts';
import { postDetail } from './screens/post-detail.ts';
import { missingPage, missingReel, ownReel, reelViewer } from './screens/reel.ts';

/** A link is asked of the platform first. */
const postMs = 25_000;

/** The pages that show one post: a photo (or carousel), somebody's reel, an own reel. */
export const postPages = [postDetail, reelViewer, ownReel] as const;
export type PostPage = (typeof postPages)[number];

/** Which of them is in front. */
export const pageOn = (seen: Pick<Seen, 'of'>): PostPage | undefined => postPages.find((page) => seen.of(page).is);

/**
 * By its link, `/p/…` or `/reel/…`. Comes from the own profile, so that no page of another post is taken for this one.
 * Throws `app.target-missing`.
 */
export async function openPost(ctx: ScriptContext, url: string): Promise<Seen<string>> {
  await openOwnProfile(ctx, { mayRestart: true });
  await ctx.open(url);
  const seen = await ctx.waitFor<string>([...postPages, missingPage, missingReel], {
    timeoutMs: postMs,
    until: (now) => pageOn(now) === undefined || now.has('comment'),
  });
  if (!pageOn(seen)) ctx.fail('app.target-missing', `Instagram says that ${url} is not available`, { url });
  return seen;
}
