import type { ScriptContext } from '../../script/kit.ts';
import type { Seen } from '../../script/seen.ts';
import { isSameName } from '../names.ts';
import type { Capture } from '../refusal.ts';
import { openSearch } from './feed.ts';
import { labelsOn } from './places.ts';
import { missingProfile, otherProfile, ownProfile } from './screens/profile.ts';
import { userResults } from './screens/search.ts';
import { otherResults, searchStart } from './screens/search-start.ts';

const pageMs = 15_000;
/** Whoever is searched for by the exact name stands among the first. */
const mostScrolls = 4;

/** By the link of the profile. Throws `app.target-missing`. */
export async function openUser(ctx: ScriptContext, user: string): Promise<void> {
  await ctx.open(`https://www.tiktok.com/@${encodeURIComponent(user)}`);
  await arrive(ctx, user);
}

/** Over the search box. Only the exact name counts: of a namesake the search also shows the display name. */
export async function findUser(ctx: ScriptContext, user: string): Promise<void> {
  await openSearch(ctx);
  await ctx.waitFor<'searchInput'>([searchStart, otherResults, userResults], { timeoutMs: pageMs });
  await ctx.type(searchStart.searchInput, user);
  await ctx.enter(searchStart.searchInput);
  const results = await ctx.waitFor<string>([otherResults, userResults], { timeoutMs: pageMs });
  if (results.of(otherResults).is) await ctx.tap(otherResults.usersTab);
  await ctx.waitFor(userResults, { timeoutMs: pageMs });
  await tapRowOf(ctx, user);
  await arrive(ctx, user);
}

async function tapRowOf(ctx: ScriptContext, user: string): Promise<void> {
  let shown = '';
  for (let scrolls = 0; scrolls <= mostScrolls; scrolls++) {
    const seen = await ctx.see(userResults);
    const handles = handlesOn(seen);
    if (handles.some((handle) => isSameName(handle, user))) {
      const rows = new Set(handles.filter((handle) => isSameName(handle, user)));
      if (rows.size > 1) break;
      await ctx.tap(userResults.resultRows, {
        where: ({ bounds }) => {
          const index = seen.allOf('resultRows').findIndex((row) => row.bounds.top === bounds.top);
          return isSameName(handles[index], user);
        },
        // the list may have moved on since it was read
        given: (now) => handlesOn(now as Seen<'resultRows'>).join() === handles.join(),
      });
      return;
    }
    if (scrolls > 0 && handles.join() === shown) break;
    shown = handles.join();
    await ctx.scroll('down');
  }
  ctx.fail('app.target-missing', `the search shows nobody who is called exactly @${user}`, { user });
}

/** The name stands first in its row, beside the picture; the display name below it may be anybody's name. */
function handlesOn(seen: Seen<'resultRows'>): (string | undefined)[] {
  return seen.allOf('resultRows').map((row) => {
    const width = row.bounds.right - row.bounds.left;
    const beside = { ...row, bounds: { ...row.bounds, left: row.bounds.left + Math.round(width * 0.19) } };
    return labelsOn(seen.hierarchy, beside, /./)[0];
  });
}

async function arrive(ctx: ScriptContext, user: string): Promise<void> {
  const isThere = (seen: Seen<string>) =>
    seen.name === missingProfile.screenName || isSameName(seen.textOf('username'), user);
  const seen = await ctx.waitFor<string>([otherProfile, ownProfile, missingProfile], {
    timeoutMs: pageMs,
    until: isThere,
  });
  if (seen.of(missingProfile).is) ctx.fail('app.target-missing', `TikTok shows no user @${user}`, { user });
  if (seen.of(ownProfile).is) {
    ctx.fail('input.invalid', `@${user} is the account itself, which cannot be followed or unfollowed by itself`, {
      user,
    });
  }
}

/** What the button says about us: `yes` also while a private account has not answered yet. */
export type Relation = 'yes' | 'no' | 'unknown';

/** On any other page than this user's profile it is unknown. */
export function relationOn(seen: Capture, user: string): Relation {
  const profile = seen.of(otherProfile);
  if (!isSameName(profile.textOf('username'), user)) return 'unknown';
  if (profile.has('followed') === profile.has('follow')) return 'unknown';
  return profile.has('followed') ? 'yes' : 'no';
}

export const showsUser =
  (user: string) =>
  (seen: Seen<string>): boolean =>
    isSameName(seen.textOf('username'), user);
