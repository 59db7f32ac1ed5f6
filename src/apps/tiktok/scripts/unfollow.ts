import { defineScript } from '../../../script/define.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import type { Look } from '../../../script/patience.ts';
import { findUser, openUser, readRelation, showsUser } from '../people.ts';
import { otherProfile, unfollowSheet } from '../screens/profile.ts';

/** A question comes at once or not at all; the time to act is short. */
const askMs = 3_000;

/** Ends following one user, or takes a request back. Who is not followed is done already and costs no cap. */
export const unfollow = defineScript(
  'unfollow',
  async (ctx, { target, access_method }) => {
    await ctx.step(`open @${target}`, () =>
      access_method === 'search' ? findUser(ctx, target) : openUser(ctx, target),
    );
    await ctx.effect(
      { kind: 'unfollow', target: `@${target}` },
      { look: () => look(ctx, target), act: () => tapUnfollow(ctx, target) },
    );
  },
  {
    recalls: {
      unfollow: async (ctx, _, { target }) => {
        await openUser(ctx, target);
        return await look(ctx, target);
      },
    },
  },
);

/** The one public tap; where the app asks once more, its answer, which only then ends it. */
async function tapUnfollow(ctx: ScriptContext, target: string): Promise<void> {
  await ctx.tap(otherProfile.followed, { given: showsUser(target) });
  const isAsked = await ctx.waitUntil(
    'the app asks once more, or has done it',
    async () => {
      const seen = await ctx.see();
      if (seen.of(unfollowSheet).is) return true;
      return seen.of(otherProfile).has('followed') ? undefined : false;
    },
    { timeoutMs: askMs },
  );
  if (isAsked) await ctx.tap(unfollowSheet.unfollow);
}

async function look(ctx: ScriptContext, target: string): Promise<Look> {
  const relation = await readRelation(ctx, target);
  return relation === 'unknown' ? 'unknown' : relation === 'no' ? 'done' : 'not-done';
}
