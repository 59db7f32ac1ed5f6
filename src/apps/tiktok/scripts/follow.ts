import { defineScript } from '../../../script/define.ts';
import type { Look } from '../../../script/patience.ts';
import { findUser, openUser, type Relation, relationOn, showsUser } from '../people.ts';
import { watchRefusal } from '../refusal.ts';
import { otherProfile } from '../screens/profile.ts';

/** Follows one user. Who is followed already is done and costs no cap; a private account ends as "Requested", also done. */
export const follow = defineScript(
  'follow',
  async (ctx, { target, access_method }) => {
    await ctx.step(`open @${target}`, () =>
      access_method === 'search' ? findUser(ctx, target) : openUser(ctx, target),
    );
    const refusal = watchRefusal(ctx);
    await ctx.effect(
      { kind: 'follow', target: `@${target}` },
      {
        look: async () => sights[relationOn(await refusal.see(), target)],
        isFinal: () => refusal.isTold,
        act: () => ctx.tap(otherProfile.follow, { given: showsUser(target) }),
      },
    );
  },
  {
    recalls: {
      follow: async (ctx, _, { target }) => {
        await openUser(ctx, target);
        return sights[relationOn(await ctx.see(), target)];
      },
    },
  },
);

const sights: Readonly<Record<Relation, Look>> = {
  yes: 'done',
  no: 'not-done',
  unknown: 'unknown',
};
