import { defineScript } from '../../../script/define.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import type { Look } from '../../../script/patience.ts';
import { findUser, openUser, readRelation, showsUser } from '../people.ts';
import { otherProfile } from '../screens/profile.ts';

/** Follows one user. Who is followed already is done and costs no cap; a private account ends as "Requested", also done. */
export const follow = defineScript(
  'follow',
  async (ctx, { target, access_method }) => {
    await ctx.step(`open @${target}`, () =>
      access_method === 'search' ? findUser(ctx, target) : openUser(ctx, target),
    );
    await ctx.effect(
      { kind: 'follow', target: `@${target}` },
      {
        look: () => look(ctx, target),
        act: () => ctx.tap(otherProfile.follow, { given: showsUser(target) }),
      },
    );
  },
  {
    recalls: {
      follow: async (ctx, _, { target }) => {
        await openUser(ctx, target);
        return await look(ctx, target);
      },
    },
  },
);

const sights: Readonly<Record<Awaited<ReturnType<typeof readRelation>>, Look>> = {
  yes: 'done',
  no: 'not-done',
  unknown: 'unknown',
};

const look = async (ctx: ScriptContext, target: string): Promise<Look> => sights[await readRelation(ctx, target)];
