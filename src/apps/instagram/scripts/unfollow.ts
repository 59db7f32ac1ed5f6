import { defineScript } from '../../../script/define.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import { findUser, lookFor, openUser, relationOn, showsUser } from '../people.ts';
import { watchRefusal } from '../refusal.ts';
import { otherProfile } from '../screens/profile.ts';
import { followSheet, unfollowConfirm } from '../screens/sheet.ts';

/** A sheet comes at once or not at all; the time to act is short. */
const sheetMs = 4_000;
/** A question after the sheet's row, for private accounts only. */
const askLooks = 2;

const isNotFollowed = lookFor('no');

/** Ends following one user, or takes a request back. Who is not followed is done already and costs no cap. */
export const unfollow = defineScript(
  'unfollow',
  async (ctx, { target, access_method }) => {
    await ctx.step(`open @${target}`, () => (access_method === 'search' ? findUser : openUser)(ctx, target));
    const refusal = watchRefusal(ctx);
    await ctx.effect(
      { kind: 'unfollow', target: `@${target}` },
      {
        look: async () => isNotFollowed(relationOn(await refusal.see(), target)),
        isFinal: () => refusal.isTold,
        act: () => tapUnfollow(ctx, target),
      },
    );
  },
  {
    recalls: {
      unfollow: async (ctx, _, { target }) => {
        await openUser(ctx, target);
        return isNotFollowed(relationOn(await watchRefusal(ctx).see(), target));
      },
    },
  },
);

/**
 * "Following" opens a sheet, whose last row is the public tap; a private account asks once more after it. "Requested" asks
 * at once.
 */
async function tapUnfollow(ctx: ScriptContext, target: string): Promise<void> {
  await ctx.tap(otherProfile.followed, { given: showsUser(target) });
  const shown = await ctx.waitFor<string>([followSheet, unfollowConfirm], { timeoutMs: sheetMs });
  if (shown.of(unfollowConfirm).is) {
    await ctx.tap(unfollowConfirm.confirm);
    return;
  }
  await ctx.tap(followSheet.unfollow);
  for (let looks = 0; looks < askLooks; looks++) {
    const seen = await ctx.see();
    if (seen.of(unfollowConfirm).is) return await ctx.tap(unfollowConfirm.confirm);
    if (seen.of(otherProfile).has('follow')) return;
  }
}
