import { defineScript } from '../../../script/define.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import type { Look } from '../../../script/patience.ts';
import type { Capture } from '../../refusal.ts';
import { findUser, openUser, type Relation, relationOn, showsUser } from '../people.ts';
import { watchRefusal } from '../refusal.ts';
import { otherProfile, unfollowSheet } from '../screens/profile.ts';

const sights: Readonly<Record<Relation, Look>> = { no: 'done', yes: 'not-done', unknown: 'unknown' };

/** The question that still stands there shows that nothing has ended yet. */
const sightOn = (seen: Capture, target: string): Look =>
  seen.of(unfollowSheet).is ? 'not-done' : sights[relationOn(seen, target)];

/** A question comes at once or not at all; the time to act is short. */
const askMs = 3_000;

/** Ends following one user, or takes a request back. Who is not followed is done already and costs no cap. */
export const unfollow = defineScript(
  'unfollow',
  async (ctx, { target, access_method }) => {
    await ctx.step(`open @${target}`, () =>
      access_method === 'search' ? findUser(ctx, target) : openUser(ctx, target),
    );
    const refusal = watchRefusal(ctx);
    await ctx.effect(
      { kind: 'unfollow', target: `@${target}` },
      {
        look: async () => sightOn(await refusal.see(), target),
        isFinal: () => refusal.isTold,
        act: () => tapUnfollow(ctx, target),
      },
    );
  },
  {
    recalls: {
      unfollow: async (ctx, _, { target }) => {
        await openUser(ctx, target);
        return sightOn(await ctx.see(), target);
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
