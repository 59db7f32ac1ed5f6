import type { ScriptContext } from '../../script/kit.ts';
import type { Seen } from '../../script/seen.ts';
import { screens } from './screens/all.ts';
import { bar } from './screens/bar.ts';
import { editor, loadingEditor } from './screens/editor.ts';
import { postScreen, publishConfirm, typingPost } from './screens/post.ts';
import { ownProfile } from './screens/profile.ts';

type OwnProfile = Seen<keyof typeof ownProfile.controls>;

export interface RouteOptions {
  /**
   * A composer that an earlier attempt left open may be dropped, by starting the app afresh. Never while an upload may be
   * under way: it would die with the process.
   */
  mayRestart?: boolean;
}

/** Leaving these by Back asks whether to keep what is in them. */
const composers: ReadonlySet<string> = new Set(
  [editor, loadingEditor, postScreen, typingPost, publishConfirm].map(({ screenName }) => screenName),
);

/** More moves than this lead nowhere. */
const mostMoves = 8;
const startMs = 25_000;

/**
 * From wherever the phone is to the profile of who is logged in. Touches nothing public and loses nothing; throws
 * `app.unexpected-screen` where the way is not known, and the codes of the screens that end an attempt (logged out, …).
 */
export async function openOwnProfile(
  ctx: ScriptContext,
  { mayRestart = false }: RouteOptions = {},
): Promise<OwnProfile> {
  let isStarted = false;
  for (let move = 0; move < mostMoves; move++) {
    const seen = await ctx.see();
    const profile = seen.of(ownProfile);
    if (profile.is && profile.has('username')) return profile;
    if (seen.app !== ctx.packageName) {
      await ctx.openApp();
      await waitForKnown(ctx);
    } else if (seen.of(bar).is) {
      await ctx.tap(bar.navProfile);
      await waitForProfile(ctx);
    } else if (seen.recognised.top === undefined || seen.recognised.top.rules.loading) {
      await waitForKnown(ctx);
    } else if (composers.has(seen.recognised.top.screenName)) {
      if (!mayRestart || isStarted) {
        ctx.fail('app.unexpected-screen', `a composer is open (${seen.name}); it is left as it is`, {
          screen: seen.name,
        });
      }
      isStarted = true;
      await ctx.openApp({ fresh: true });
      await waitForKnown(ctx);
    } else {
      await ctx.key('back');
    }
  }
  return ctx.fail('app.unexpected-screen', `the own profile was not reached in ${mostMoves} moves`);
}

/** The app's start takes its time on a real phone; a screen that stays unknown is named by the wait that fails. */
async function waitForKnown(ctx: ScriptContext): Promise<void> {
  await ctx.waitFor(
    screens.filter(({ rules }) => !rules.loading),
    { timeoutMs: startMs },
  );
}

/** The tap on the bar may also lead to a log-in page, which ends the attempt by itself. */
async function waitForProfile(ctx: ScriptContext): Promise<void> {
  await ctx.waitFor(ownProfile, { timeoutMs: 15_000, until: (seen) => seen.has('username') });
}

/** Who is logged in, without the @. */
export async function activeAccount(ctx: ScriptContext): Promise<string | undefined> {
  return await ctx.step('read the active account', async () => {
    const profile = await openOwnProfile(ctx, { mayRestart: true });
    return profile.textOf('username')?.replace(/^@/, '');
  });
}
