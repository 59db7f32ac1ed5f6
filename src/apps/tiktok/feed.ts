import type { ScriptContext } from '../../script/kit.ts';
import { openOwnProfile } from './account.ts';
import { bar } from './screens/bar.ts';
import { feed, loadingFeed, survey } from './screens/feed.ts';

const pageMs = 15_000;

/** The pages behind Home. They bring the search icon along whether or not a video has loaded. */
const homePages = [feed, loadingFeed, survey] as const;

/** To the main feed, from wherever the phone is. Touches nothing public. */
export async function openFeed(ctx: ScriptContext): Promise<void> {
  const seen = await ctx.see();
  if (homePages.some((page) => seen.of(page).is)) return;
  if (!seen.of(bar).is) await openOwnProfile(ctx, { mayRestart: true });
  await ctx.tap(bar.navHome);
  await ctx.waitFor<string>(homePages, { timeoutMs: pageMs });
}

/** To the field to search with. */
export async function openSearch(ctx: ScriptContext): Promise<void> {
  await openFeed(ctx);
  const seen = await ctx.see();
  const page = homePages.find((one) => seen.of(one).is) ?? feed;
  await ctx.tap(page.search);
}
