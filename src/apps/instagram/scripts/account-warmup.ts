import { defineScript } from '../../../script/define.ts';
import type { EffectEnd } from '../../../script/effect.ts';
import { Warmup } from '../../warmup.ts';
import { activeAccount } from '../account.ts';
import {
  commentSight,
  holdsComment,
  isOwnComment,
  type OwnComment,
  openComments,
  rowsOf,
  showsOwnComment,
} from '../comments.ts';
import { lookFor, openUser, relationOn, showsUser } from '../people.ts';
import { postPages } from '../posts.ts';
import { watchRefusal } from '../refusal.ts';
import { comments, typingComment } from '../screens/comments.ts';
import { otherProfile, ownProfile } from '../screens/profile.ts';
import { reelViewer } from '../screens/reel.ts';
import { reelMenu } from '../screens/sheet.ts';
import {
  currentOn,
  isStill,
  likeSight,
  nameOf,
  openReels,
  openTopic,
  savedInMenu,
  savedOnRail,
  swipeOn,
  type Watched,
} from '../watching.ts';

const pageMs = 20_000;
/** Backs that lead from the comments to the reel: the keyboard, the sheet, and one for what lies between. */
const mostBacks = 4;
const follows = lookFor('yes');

/**
 * Watches reels for a while, of the tab Reels or of a topic, and now and then likes, saves, follows or comments. Ads, own
 * reels and what is liked already are passed over. What the rules refuse is recorded and left out.
 */
export const accountWarmup = defineScript('account_warmup', (ctx, input) => new InstagramWarmup(ctx, input).run(), {
  async prepare(ctx, { generate_by_chatgpt, comment_probable }) {
    // a draft names the address of what it is for, which stands behind a share sheet that no capture shows
    if (generate_by_chatgpt && comment_probable > 0) {
      ctx.fail('app.missing-script', 'account_warmup on Instagram does not know generate_by_chatgpt yet', {
        unbuilt: 'generate_by_chatgpt',
      });
    }
  },
  recalls: {
    async follow(ctx, { target }) {
      const user = target.replace(/^@/, '');
      await openUser(ctx, user);
      return follows(relationOn(await ctx.see(), user));
    },
    // no link leads back to a reel: only what is still on the screen can tell
    comment: async (ctx, { baseline }) =>
      isOwnComment(baseline) ? commentSight(await ctx.see(), baseline) : 'unknown',
  },
});

class InstagramWarmup extends Warmup<Watched> {
  protected readonly words = { stream: 'the reels', one: 'reel' };
  #username = '';

  protected async readOwnName(): Promise<void> {
    this.#username = (await activeAccount(this.ctx)) ?? '';
  }

  protected openStream(): Promise<void> {
    return openReels(this.ctx);
  }

  protected openTopic(topic: string): Promise<void> {
    return openTopic(this.ctx, topic);
  }

  protected async readCurrent(): Promise<Watched | undefined> {
    const current = currentOn(await this.ctx.see());
    return current.is === 'reel' ? current.reel : undefined;
  }

  protected swipeOn(before: string | undefined): Promise<boolean> {
    return swipeOn(this.ctx, before);
  }

  protected like(reel: Watched): Promise<EffectEnd> {
    const { ctx } = this;
    const refusal = watchRefusal(ctx);
    return ctx.effect(
      { kind: 'like', target: nameOf(reel), minor: true, longestGapMs: this.leftMs },
      {
        look: async () => {
          const seen = await refusal.see();
          return isStill(reel)(seen) ? likeSight(seen) : 'unknown';
        },
        isFinal: () => refusal.isTold,
        act: () => ctx.tap(reelViewer.like, { given: isStill(reel) }),
      },
    );
  }

  protected async favourite(reel: Watched): Promise<EffectEnd> {
    const { ctx } = this;
    const refusal = watchRefusal(ctx);
    const isOnRail = savedOnRail(await ctx.see(reelViewer)) !== 'unknown';
    const look = async () => {
      const seen = await refusal.see();
      if (isOnRail) return isStill(reel)(seen) ? savedOnRail(seen) : 'unknown';
      if (!seen.of(reelMenu).is) {
        if (!isStill(reel)(seen)) return 'unknown';
        await ctx.tap(reelViewer.more, { given: isStill(reel) });
        await ctx.waitFor(reelMenu, { timeoutMs: pageMs });
      }
      return savedInMenu(await refusal.see());
    };
    const end = await ctx.effect(
      { kind: 'favourite', target: nameOf(reel), minor: true, longestGapMs: this.leftMs },
      {
        look,
        isFinal: () => refusal.isTold,
        act: () => (isOnRail ? ctx.tap(reelViewer.favorite, { given: isStill(reel) }) : ctx.tap(reelMenu.save)),
      },
    );
    await this.#backToReel();
    return end;
  }

  /** Over the author's page: there stands the name that limits are counted by, and the button that proves it. */
  protected async follow(reel: Watched): Promise<void> {
    const { ctx } = this;
    await ctx.tap(reelViewer.author, { given: isStill(reel) });
    const profile = await ctx.waitFor<string>([otherProfile, ownProfile], {
      timeoutMs: pageMs,
      until: (seen) => seen.has('username') && (seen.of(ownProfile).is || seen.has('follow') || seen.has('followed')),
    });
    const user = profile.of(otherProfile).textOf('username');
    if (user !== undefined) {
      const refusal = watchRefusal(ctx);
      const end = await ctx.effect(
        { kind: 'follow', target: `@${user}`, optional: true, longestGapMs: this.leftMs },
        {
          look: async () => follows(relationOn(await refusal.see(), user)),
          isFinal: () => refusal.isTold,
          act: () => ctx.tap(otherProfile.follow, { given: showsUser(user) }),
        },
      );
      this.count(end, 'followed');
    }
    await this.#backToReel();
  }

  protected async comment(reel: Watched): Promise<void> {
    const { ctx } = this;
    const text = this.nextComment();
    if (text === undefined) return;
    const sheet = await ctx.step('open the comments', () => openComments(ctx, { mayBeOff: true }));
    const before = await ctx.see();
    const { length: rows } = rowsOf(before, this.#username);
    const own: OwnComment = { text, username: this.#username, rows };
    // what cannot be read may be ours: one comment of ours is enough
    if (sheet === 'open' && rows === 0 && !showsOwnComment(before, own)) {
      await ctx.step('type the comment', async () => {
        await ctx.type(comments.commentInput, text);
        await ctx.waitFor(typingComment, { timeoutMs: pageMs, until: (seen) => holdsComment(seen, text) });
      });
      const refusal = watchRefusal(ctx);
      const end = await ctx.effect(
        { kind: 'comment', target: nameOf(reel), text, baseline: own, optional: true, longestGapMs: this.leftMs },
        {
          look: async () => commentSight(await refusal.see(), own),
          isFinal: () => refusal.isTold,
          act: () => ctx.tap(typingComment.commentSend, { given: (seen) => holdsComment(seen, text) }),
        },
      );
      this.count(end, 'commented');
    }
    await this.#backToReel();
  }

  async #backToReel(): Promise<void> {
    const { ctx } = this;
    for (let backs = 0; backs < mostBacks; backs++) {
      const seen = await ctx.see();
      if (postPages.some((page) => seen.of(page).is)) return;
      await ctx.key('back');
    }
    await ctx.waitFor<string>(postPages, { timeoutMs: pageMs });
  }
}
