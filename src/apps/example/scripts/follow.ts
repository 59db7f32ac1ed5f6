import { defineScript } from '../../../script/define.ts';
import { openUser, profile, relation } from '../screens/profile.ts';

/** Follows one user. Who is followed already is done and costs no cap. */
export const follow = defineScript(
  'follow',
  async (ctx, { target }) => {
    await ctx.step(`open @${target}`, () => openUser(ctx, target));
    await ctx.effect(
      { kind: 'follow', target: `@${target}` },
      { look: () => relation(ctx, target), act: () => ctx.tap(profile.follow) },
    );
  },
  {
    // An attempt that died in its act is settled by looking, before anything is tapped again.
    recalls: {
      follow: async (ctx, _, { target }) => {
        await openUser(ctx, target);
        return await relation(ctx, target);
      },
    },
  },
);
