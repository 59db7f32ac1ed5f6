import type { ScriptContext } from '../../script/kit.ts';
import { openOwnProfile } from './account.ts';
import { missingVideo, ownVideo, video } from './screens/video.ts';
import { shownName } from './watching.ts';

/** A short link is asked of the platform first. */
const videoMs = 25_000;

/**
 * By its link, long or short. Comes from the own profile, so that no page of another video is taken for this one. Gives what
 * the page says of it, as far as that can be read. Throws `app.target-missing`.
 */
export async function openVideo(ctx: ScriptContext, url: string): Promise<string | undefined> {
  await openOwnProfile(ctx, { mayRestart: true });
  await ctx.open(url);
  const seen = await ctx.waitFor<string>([video, ownVideo, missingVideo], { timeoutMs: videoMs });
  if (seen.of(missingVideo).is) ctx.fail('app.target-missing', `TikTok says that ${url} is not available`, { url });
  return shownName(seen);
}
