import type { ScriptContext } from '../../script/kit.ts';
import type { Look } from '../../script/patience.ts';
import type { Seen } from '../../script/seen.ts';
import { isSameName, plainName } from '../names.ts';
import type { Capture } from '../refusal.ts';
import { isTimeout } from '../timeout.ts';
import { walk } from './account.ts';
import { otherProfile, ownProfile } from './screens/profile.ts';
import { missingPage } from './screens/reel.ts';
import { explore, handleIn, userResults } from './screens/search.ts';

const pageMs = 15_000;
/** Whoever is searched for by the exact name stands among the first. */
const mostScrolls = 3;

/** By the link of the profile. Throws `app.target-missing`. */
export async function openUser(ctx: ScriptContext, user: string): Promise<void> {
  await ctx.open(`https://www.instagram.com/${encodeURIComponent(plainName(user))}/`);
  await arrive(ctx, user);
}

/** Over the search box. Only the exact handle counts: names and look-alikes are other people. */
export async function findUser(ctx: ScriptContext, user: string): Promise<void> {
  await openSearch(ctx);
  await ctx.type(explore.searchInput, plainName(user));
  await tapRowOf(ctx, user);
  await arrive(ctx, user);
}

/** To the field to search with, empty or not, ready to be typed into. */
export async function openSearch(ctx: ScriptContext): Promise<void> {
  const isSearch = (seen: Seen) => seen.of(explore).is || seen.of(userResults).is;
  const seen = await walk(ctx, { isThere: isSearch, tab: 'navSearch', mayRestart: true });
  const page = seen.of(explore).is ? explore : userResults;
  await ctx.tap(page.searchInput);
  await ctx.waitFor<string>([explore, userResults], {
    timeoutMs: pageMs,
    until: (now) => (now.nodeOf('searchInput')?.focused ?? false) || now.of(userResults).is,
  });
  const now = await ctx.see();
  // results of an earlier search stand there: the field of theirs takes the words just as well
  if (now.of(userResults).is) await ctx.key('back');
  await ctx.waitFor(explore, { timeoutMs: pageMs });
}

async function tapRowOf(ctx: ScriptContext, user: string): Promise<void> {
  let shown = '';
  const isRow = (seen: Seen<'resultRows'>) => (row: { bounds: { top: number } }) => {
    const index = seen.allOf('resultRows').findIndex(({ bounds }) => bounds.top === row.bounds.top);
    return isSameName(handlesOn(seen)[index], user);
  };
  for (let scrolls = 0; scrolls <= mostScrolls; scrolls++) {
    const seen = await waitForRows(ctx, user);
    const handles = seen ? handlesOn(seen) : [];
    const fitting = handles.filter((handle) => isSameName(handle, user));
    if (seen && fitting.length === 1) {
      await ctx.tap(userResults.resultRows, {
        where: isRow(seen),
        // the list may have moved on since it was read
        given: (now) => handlesOn(now as Seen<'resultRows'>).join() === handles.join(),
      });
      return;
    }
    if (fitting.length > 1 || (scrolls > 0 && handles.join() === shown) || !seen) break;
    shown = handles.join();
    if (scrolls === 0) await ctx.enter(userResults.searchInput);
    else await ctx.scroll('down');
    const results = (await ctx.see()).of(userResults);
    if (results.is && results.has('accountsTab') && !results.isSelected('accountsTab'))
      await ctx.tap(userResults.accountsTab);
  }
  ctx.fail('app.target-missing', `the search shows nobody who is called exactly @${plainName(user)}`, { user });
}

/** Suggestions change while they come in. Undefined: nobody at all is shown. */
async function waitForRows(ctx: ScriptContext, user: string): Promise<Seen<'resultRows'> | undefined> {
  let before = '';
  const look = async () => {
    const seen = (await ctx.see()).of(userResults);
    const handles = seen.is ? handlesOn(seen).join() : '';
    const isSettled =
      handles !== '' && (handles === before || handles.split(',').some((name) => isSameName(name, user)));
    before = handles;
    return isSettled ? seen : undefined;
  };
  return await ctx.waitUntil('people are found', look, { timeoutMs: pageMs / 2 }).catch((thrown: unknown) => {
    if (isTimeout(thrown)) return undefined;
    throw thrown;
  });
}

const handlesOn = (seen: Seen<'resultRows'>): (string | undefined)[] =>
  seen.allOf('resultRows').map((row) => handleIn(seen.hierarchy, row));

async function arrive(ctx: ScriptContext, user: string): Promise<void> {
  const isThere = (seen: Seen<string>) =>
    seen.name === missingPage.screenName ||
    (isSameName(seen.textOf('username'), user) && (seen.of(ownProfile).is || tellsRelation(seen)));
  const seen = await ctx.waitFor<string>([otherProfile, ownProfile, missingPage], {
    timeoutMs: pageMs,
    until: isThere,
  });
  if (seen.of(missingPage).is) {
    ctx.fail('app.target-missing', `Instagram shows no user @${plainName(user)}`, { user });
  }
  if (seen.of(ownProfile).is) {
    ctx.fail(
      'input.invalid',
      `@${plainName(user)} is the account itself, which cannot be followed or unfollowed by itself`,
      {
        user,
      },
    );
  }
}

const tellsRelation = (seen: Seen<string>): boolean => {
  const profile = seen.of(otherProfile);
  return profile.has('follow') || profile.has('followed');
};

/** What the button says about us: `yes` also while a private account has not answered yet. */
export type Relation = 'yes' | 'no' | 'unknown';

/** Reads only; on any other page than this user's profile it is unknown. */
export function relationOn(seen: Capture, user: string): Relation {
  const profile = seen.of(otherProfile);
  if (!isSameName(profile.textOf('username'), user)) return 'unknown';
  if (profile.has('followed') === profile.has('follow')) return 'unknown';
  return profile.has('followed') ? 'yes' : 'no';
}

export const lookFor =
  (wanted: 'yes' | 'no') =>
  (relation: Relation): Look =>
    relation === 'unknown' ? 'unknown' : relation === wanted ? 'done' : 'not-done';

export const showsUser =
  (user: string) =>
  (seen: Seen<string>): boolean =>
    isSameName(seen.textOf('username'), user);
