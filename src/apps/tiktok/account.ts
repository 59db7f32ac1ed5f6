import type { ScriptContext } from '../../script/kit.ts';
import type { Seen } from '../../script/seen.ts';
import { isSameName } from '../names.ts';
import { screens } from './screens/all.ts';
import { bar } from './screens/bar.ts';
import { editor, loadingEditor } from './screens/editor.ts';
import { postScreen, publishConfirm, typingPost } from './screens/post.ts';
import { ownProfile } from './screens/profile.ts';
import { switcher } from './screens/switcher.ts';

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
  [editor, loadingEditor, postScreen, typingPost, publishConfirm].map(({ screenName }) => screenName),
);

/** More moves than this lead nowhere. */
const mostMoves = 10;
const startMs = 15_000;
const loadMs = 30_000;
const pageMs = 15_000;
const mostLooks = 15;
/** A screen in between two known ones passes sooner. */
const unknownMs = 10_000;

/**
 * From wherever the phone is to the profile of who is logged in, on its tab of videos. Touches nothing public and loses nothing; throws
 * `app.unexpected-screen` where the way is not known, and the codes of the screens that end an attempt (logged out, …).
 */
export async function openOwnProfile(
  ctx: ScriptContext,
  { mayRestart = false }: RouteOptions = {},
): Promise<OwnProfile> {
  let isRestarted = false;
  for (let move = 0; move < mostMoves; move++) {
    const seen = await ctx.see();
    const profile = seen.of(ownProfile);
    const { top } = seen.recognised;
    if (profile.is && profile.has('username')) {
      if (profile.isSelected('videosTab') !== false) return profile;
      await ctx.tap(ownProfile.videosTab);
      continue;
    }
    if (seen.app !== ctx.packageName) await start(ctx, { fresh: false });
    else if (top === undefined) await ctx.waitFor(screens, { timeoutMs: unknownMs });
    else if (top.rules.loading) await waitWhileLoading(ctx);
    else if (profile.is || seen.of(bar).is) await goToProfile(ctx, { isThere: profile.is });
    else if (composers.has(top.screenName)) {
      if (!mayRestart || isRestarted) {
        ctx.fail('app.unexpected-screen', `a composer is open (${top.screenName}); it is left as it is`);
      }
      isRestarted = true;
      await start(ctx, { fresh: true });
    } else await ctx.key('back');
  }
  return ctx.fail('app.unexpected-screen', `the own profile was not reached in ${mostMoves} moves`);
}

/** The launcher stays in front for a moment, longer on slow phones. */
async function start(ctx: ScriptContext, { fresh }: { fresh: boolean }): Promise<void> {
  await ctx.openApp({ fresh });
  const isFront = async () => ((await ctx.see()).app === ctx.packageName ? true : undefined);
  await ctx.waitUntil('TikTok is in front', isFront, { timeoutMs: startMs });
}

async function waitWhileLoading(ctx: ScriptContext): Promise<void> {
  const isLoaded = async () => ((await ctx.see()).recognised.top?.rules.loading ? undefined : true);
  await ctx.waitUntil('TikTok has loaded', isLoaded, { timeoutMs: loadMs });
}

/** The tap may also lead to a log-in page, which ends the attempt by itself. */
async function goToProfile(ctx: ScriptContext, { isThere }: { isThere: boolean }): Promise<void> {
  if (!isThere) await ctx.tap(bar.navProfile);
  let looks = 0;
  await ctx.waitUntil(
    'the own profile is shown, or the tap went to something that came up in that moment',
    async () => ((await ctx.see(ownProfile)).has('username') || ++looks >= mostLooks ? true : undefined),
    { timeoutMs: pageMs },
  );
}

/** To another account of this phone. Throws `app.wrong-account` where it is not among them. */
export async function switchTo(ctx: ScriptContext, username: string): Promise<void> {
  await ctx.step(`switch to @${username}`, async () => {
    await openOwnProfile(ctx, { mayRestart: true });
    await ctx.tap(ownProfile.displayName);
    const list = await ctx.waitFor(switcher, { timeoutMs: pageMs, until: (seen) => seen.has('rows') });
    const names = list.textsOf('rows');
    if (!names.some((name) => isSameName(name, username))) {
      await ctx.key('back');
      ctx.fail('app.wrong-account', `@${username} is not logged in on this phone; it has ${names.join(', ')}`, {
        wanted: username,
        accounts: names,
      });
    }
    await ctx.tap(switcher.rows, { where: ({ desc }) => isSameName(desc, username) });
    await ctx.waitUntil(
      `@${username} is the active account`,
      async () => {
        const profile = await openOwnProfile(ctx);
        return isSameName(profile.textOf('username'), username) ? true : undefined;
      },
      { timeoutMs: loadMs },
    );
  });
}

/** Who is logged in, without the @. */
export async function activeAccount(ctx: ScriptContext): Promise<string | undefined> {
  return await ctx.step('read the active account', async () => {
    const profile = await openOwnProfile(ctx, { mayRestart: true });
    return profile.textOf('username')?.replace(/^@/, '');
  });
}
