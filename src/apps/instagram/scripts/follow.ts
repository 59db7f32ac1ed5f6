import { defineScript } from '../../../script/define.ts';
import { findUser, lookFor, openUser, relationOn, showsUser } from '../people.ts';
import { watchRefusal } from '../refusal.ts';
import { otherProfile } from '../screens/profile.ts';

const follows = lookFor('yes');

/** Follows one user. Who is followed already is done and costs no cap; a private account ends as "Requested", also done. */
export const follow = defineScript(
  'follow',
  async (ctx, { target, access_method }) => {
    await ctx.step(`open @${target}`, () => (access_method === 'search' ? findUser : openUser)(ctx, target));
    const refusal = watchRefusal(ctx);
    await ctx.effect(
      { kind: 'follow', target: `@${target}` },
      {
        look: async () => follows(relationOn(await refusal.see(), target)),
        isFinal: () => refusal.isTold,
        act: () => ctx.tap(otherProfile.follow, { given: showsUser(target) }),
      },
    );
  },
  {
    recalls: {
      follow: async (ctx, _, { target }) => {
        await openUser(ctx, target);
        return follows(relationOn(await watchRefusal(ctx).see(), target));
      },
    },
  },
);
