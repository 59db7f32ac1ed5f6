import type { ScriptContext } from '../../script/kit.ts';
import type { Seen } from '../../script/seen.ts';
import { isSameName } from '../names.ts';
import { nameIn, switcher } from './screens/account.ts';
import { screens } from './screens/all.ts';
import { bar } from './screens/bar.ts';
import { chosenGallery, editor, loadingEditor, storyEditor } from './screens/create.ts';
import { ownProfile } from './screens/profile.ts';
import { postScreen, typingPost } from './screens/share.ts';

export type OwnProfile = Seen<keyof typeof ownProfile.controls>;

export interface RouteOptions {
  /**
   * A composer that an earlier attempt left open may be dropped, by starting the app afresh. Never while an upload may be
   * under way: it would die with the process.
   */
  mayRestart?: boolean;
}

/** Leaving these by Back asks whether to keep what is in them. */
const composers: ReadonlySet<string> = new Set(
  [editor, loadingEditor, postScreen, typingPost, storyEditor, chosenGallery].map(({ screenName }) => screenName),
);

/** More moves than this lead nowhere. */
const mostMoves = 12;
const startMs = 15_000;
const loadMs = 30_000;
const pageMs = 15_000;
/** A screen in between two known ones passes sooner. */
const unknownMs = 10_000;

/**
 * From wherever the phone is to the profile of who is logged in. Touches nothing public and loses nothing; throws
 * `app.unexpected-screen` where the way is not known, and the codes of the screens that end an attempt (logged out, …).
 */
export async function openOwnProfile(
  ctx: ScriptContext,
  { mayRestart = false }: RouteOptions = {},
): Promise<OwnProfile> {
  const isThere = (seen: Seen) => {
    const profile = seen.of(ownProfile);
    return profile.is && profile.has('username');
  };
  const seen = await walk(ctx, { mayRestart, isThere, tab: 'navProfile' });
  return seen.of(ownProfile);
}

export interface Walk extends RouteOptions {
  isThere(seen: Seen): boolean;
  /** The tab of the bottom bar that leads there. */
  tab: 'navHome' | 'navReels' | 'navProfile' | 'navSearch';
}

/** To a page behind the bottom bar, from wherever the phone is. */
export async function walk(ctx: ScriptContext, { mayRestart = false, isThere, tab }: Walk): Promise<Seen> {
  let isRestarted = false;
  for (let move = 0; move < mostMoves; move++) {
    const seen = await ctx.see();
    if (isThere(seen)) return seen;
    const { top } = seen.recognised;
    if (seen.app !== ctx.packageName) await start(ctx, { fresh: false });
    else if (top === undefined) await ctx.waitFor(screens, { timeoutMs: unknownMs });
    else if (top.rules.loading && !seen.of(bar).has(tab)) await waitWhileLoading(ctx);
    else if (seen.of(bar).has(tab)) await goTo(ctx, tab, isThere);
    else if (composers.has(top.screenName)) {
      if (!mayRestart || isRestarted) {
        ctx.fail('app.unexpected-screen', `a composer is open (${top.screenName}); it is left as it is`);
      }
      isRestarted = true;
      await start(ctx, { fresh: true });
    } else await ctx.key('back');
  }
  return ctx.fail('app.unexpected-screen', `${tab} was not reached in ${mostMoves} moves`);
}

/** The launcher stays in front for a moment, longer on slow phones. */
async function start(ctx: ScriptContext, { fresh }: { fresh: boolean }): Promise<void> {
  await ctx.openApp({ fresh });
  const isFront = async () => ((await ctx.see()).app === ctx.packageName ? true : undefined);
  await ctx.waitUntil('Instagram is in front', isFront, { timeoutMs: startMs });
}

async function waitWhileLoading(ctx: ScriptContext): Promise<void> {
  const isLoaded = async () => ((await ctx.see()).recognised.top?.rules.loading ? undefined : true);
  await ctx.waitUntil('Instagram has loaded', isLoaded, { timeoutMs: loadMs });
}

/** The tap may also lead to a log-in page, which ends the attempt by itself. */
async function goTo(ctx: ScriptContext, tab: Walk['tab'], isThere: (seen: Seen) => boolean): Promise<void> {
  await ctx.tap(bar[tab]);
  const look = async () => (isThere(await ctx.see()) ? true : undefined);
  // a page that was left open behind the tab comes first; the tab again, or Back, leads on from there
  await ctx.waitUntil(`${tab} shows its page`, look, { timeoutMs: pageMs / 3 }).catch(rethrowUnlessLate);
}

function rethrowUnlessLate(thrown: unknown): void {
  if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'phone.timeout')) throw thrown;
}

/** Who is logged in. */
export async function activeAccount(ctx: ScriptContext): Promise<string | undefined> {
  return await ctx.step('read the active account', async () => {
    const profile = await openOwnProfile(ctx, { mayRestart: true });
    return profile.textOf('username');
  });
}

/**
 * Makes `username` the active account, from the list that hangs on the name of the own profile. Throws
 * `app.wrong-account` where this phone does not have it.
 */
export async function switchTo(ctx: ScriptContext, username: string): Promise<void> {
  await ctx.step(`switch to @${username}`, async () => {
    await openOwnProfile(ctx, { mayRestart: true });
    await ctx.tap(ownProfile.username);
    const list = await ctx.waitFor(switcher, { timeoutMs: pageMs });
    const names = list.allOf('accounts').map(({ desc, text }) => nameIn(desc || text));
    if (!names.some((name) => isSameName(name, username))) {
      await ctx.key('back');
      ctx.fail('app.wrong-account', `Instagram on this phone knows ${shown(names)}, not @${username}`, {
        wanted: username,
      });
    }
    await ctx.tap(switcher.accounts, { where: ({ desc, text }) => isSameName(nameIn(desc || text), username) });
    const isSwitched = async () => ((await ctx.see()).of(switcher).is ? undefined : true);
    await ctx.waitUntil('the list has gone', isSwitched, { timeoutMs: pageMs });
  });
}

const shown = (names: readonly (string | undefined)[]): string =>
  names.flatMap((name) => (name === undefined ? [] : `@${name}`)).join(', ') || 'no account';
