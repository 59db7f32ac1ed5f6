import { defineScript } from '../../../script/define.ts';
import type { EffectEnd } from '../../../script/effect.ts';
import { Warmup } from '../../warmup.ts';
import {
  closeComments,
  commentSight,
  holdsComment,
  isOwnComment,
  type OwnComment,
  openComments,
  readOwnNames,
} from '../comments.ts';
import { openFeed } from '../feed.ts';
import { readLink } from '../link.ts';
import { openUser, relationOn, showsUser } from '../people.ts';
import { watchRefusal } from '../refusal.ts';
import { comments, typingComment } from '../screens/comments.ts';
import { otherProfile, ownProfile } from '../screens/profile.ts';
import {
  favouriteSight,
  isStill,
  likeSight,
  nameOf,
  openTopic,
  readCurrent,
  swipeOn,
  videoPages,
  type Watched,
} from '../watching.ts';

const pageMs = 20_000;
const followSights = { yes: 'done', no: 'not-done', unknown: 'unknown' } as const;

/**
 * Watches videos for a while, of the feed or of a topic, and now and then likes, follows, favourites or comments. Ads,
 * people on air and what is liked already are passed over. What the rules refuse is recorded and left out.
 */
export const accountWarmup = defineScript('account_warmup', (ctx, input) => new TiktokWarmup(ctx, input).run(), {
  recalls: {
    async follow(ctx, { target }) {
      const user = target.replace(/^@/, '');
      await openUser(ctx, user);
      return followSights[relationOn(await ctx.see(), user)];
    },
    // no link leads back to a video of the feed: only what is still on the screen can tell
    comment: async (ctx, { baseline }) =>
      isOwnComment(baseline) ? commentSight(await ctx.see(), baseline) : 'unknown',
  },
});

class TiktokWarmup extends Warmup<Watched> {
  protected readonly words = { stream: 'the feed', one: 'video' };
  #names: readonly string[] = [];

  protected async readOwnName(): Promise<void> {
    this.#names = await readOwnNames(this.ctx);
  }

  protected openStream(): Promise<void> {
    return openFeed(this.ctx);
  }

  protected openTopic(topic: string): Promise<void> {
    return openTopic(this.ctx, topic);
  }

  protected async readCurrent(): Promise<Watched | undefined> {
    const current = await readCurrent(this.ctx);
    return current.is === 'video' ? current.video : undefined;
  }

  protected swipeOn(before: string | undefined): Promise<boolean> {
    return swipeOn(this.ctx, before);
  }

  protected like(video: Watched): Promise<EffectEnd> {
    const { ctx } = this;
    const refusal = watchRefusal(ctx);
    return ctx.effect(
      { kind: 'like', target: nameOf(video), minor: true, longestGapMs: this.leftMs },
      {
        look: async () => {
          const seen = await refusal.see();
          return isStill(video)(seen) ? likeSight(seen) : 'unknown';
        },
        isFinal: () => refusal.isTold,
        act: () => ctx.tap(video.page.like, { given: isStill(video) }),
      },
    );
  }

  protected favourite(video: Watched): Promise<EffectEnd> {
    const { ctx } = this;
    const refusal = watchRefusal(ctx);
    return ctx.effect(
      { kind: 'favourite', target: nameOf(video), minor: true, longestGapMs: this.leftMs },
      {
        look: async () => {
          const seen = await refusal.see();
          return isStill(video)(seen) ? favouriteSight(seen) : 'unknown';
        },
        isFinal: () => refusal.isTold,
        act: () => ctx.tap(video.page.favorite, { given: isStill(video) }),
      },
    );
  }

  /** Over the author's page: there stands the name that limits are counted by, and the button that proves it. */
  protected async follow(video: Watched): Promise<void> {
    const { ctx } = this;
    await ctx.tap(video.page.author, { given: isStill(video) });
    const profile = await ctx.waitFor<'username'>([otherProfile, ownProfile], {
      timeoutMs: pageMs,
      until: (seen) => seen.has('username'),
    });
    const user = profile.of(otherProfile).textOf('username')?.replace(/^@/, '');
    if (user !== undefined) {
      const refusal = watchRefusal(ctx);
      const end = await ctx.effect(
        { kind: 'follow', target: `@${user}`, optional: true, longestGapMs: this.leftMs },
        {
          look: async () => followSights[relationOn(await refusal.see(), user)],
          isFinal: () => refusal.isTold,
          act: () => ctx.tap(otherProfile.follow, { given: showsUser(user) }),
        },
      );
      this.count(end, 'followed');
    }
    await ctx.key('back');
    await ctx.waitFor<string>(videoPages, { timeoutMs: pageMs });
  }

  protected async comment(video: Watched): Promise<void> {
    if (this.input.generate_by_chatgpt) return await this.#propose(video);
    const { ctx } = this;
    const text = this.nextComment();
    if (text === undefined) return;
    const own: OwnComment = { text, authors: this.#names };
    const isOpen = (await ctx.step('open the comments', () => openComments(ctx))) === 'open';
    if (isOpen && commentSight(await ctx.see(), own) !== 'done') {
      await ctx.step('type the comment', async () => {
        await ctx.type(comments.commentInput, text);
        await ctx.waitFor(typingComment, { timeoutMs: pageMs, until: (seen) => holdsComment(seen, text) });
      });
      const refusal = watchRefusal(ctx);
      const end = await ctx.effect(
        { kind: 'comment', target: nameOf(video), text, baseline: own, optional: true, longestGapMs: this.leftMs },
        {
          look: async () => commentSight(await refusal.see(), own),
          isFinal: () => refusal.isTold,
          act: () => ctx.tap(typingComment.commentSend, { given: (seen) => holdsComment(seen, text) }),
        },
      );
      this.count(end, 'commented');
    }
    await closeComments(ctx);
  }

  /** Words of a model are never typed: they wait for a person, who may make a comment of them. Without a link there is no draft. */
  async #propose(video: Watched): Promise<void> {
    const { ctx } = this;
    const link = await ctx.step('read the link', () => readLink(ctx, video));
    if (link.is === 'none') {
      await ctx.step(`no draft: ${link.why}`, async () => {});
      return;
    }
    const about = `A video on TikTok by ${video.author}. Its description: ${video.caption || '(none)'}`;
    await ctx.propose({ kind: 'comment', target: link.url, prompt: about });
    this.tally.add('drafted');
  }
}
