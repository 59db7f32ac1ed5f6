import { defineScript, type Script } from '../../../script/define.ts';
import type { EffectEnd } from '../../../script/effect.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import { chooseComment } from '../../comment-text.ts';
import { chooseTopic, planVideo, WarmupTally } from '../../warmup-plan.ts';
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

type Input = Parameters<Script<'account_warmup'>['run']>[1];

const pageMs = 20_000;
const followSights = { yes: 'done', no: 'not-done', unknown: 'unknown' } as const;

/**
 * Watches videos for a while, of the feed or of a topic, and now and then likes, follows, favourites or comments. Ads,
 * people on air and what is liked already are passed over. What the rules refuse is recorded and left out.
 */
export const accountWarmup = defineScript('account_warmup', (ctx, input) => new Warmup(ctx, input).run(), {
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

class Warmup {
  readonly #ctx: ScriptContext;
  readonly #input: Input;
  readonly #tally = new WarmupTally();
  #names: readonly string[] = [];
  #commented = 0;
  #endMs = 0;

  constructor(ctx: ScriptContext, input: Input) {
    this.#ctx = ctx;
    this.#input = input;
  }

  /** Until the task is over; 0 from then on. */
  get #leftMs(): number {
    return Math.max(0, this.#endMs - this.#ctx.elapsedMs);
  }

  async run(): Promise<void> {
    const ctx = this.#ctx;
    const totalMs = this.#input.task_duration * 1_000;
    this.#endMs = ctx.elapsedMs + totalMs;
    if (this.#input.comment_probable > 0) this.#names = await ctx.step('read the own name', () => readOwnNames(ctx));
    await this.#open();
    while (this.#leftMs > 0) {
      ctx.progress(String(this.#tally), Math.floor(100 * (1 - Math.max(0, this.#leftMs) / totalMs)));
      const current = await readCurrent(ctx);
      if (current.is === 'video') await this.#watch(current.video);
      else this.#tally.add('skipped');
      if (this.#leftMs <= 0) break;
      const before = current.is === 'video' ? current.video.identity : undefined;
      // results end; the feed does not
      if (!(await ctx.step('next video', () => swipeOn(ctx, before))))
        await ctx.step('open the feed', () => openFeed(ctx));
    }
    ctx.progress(String(this.#tally), 100);
  }

  async #open(): Promise<void> {
    const ctx = this.#ctx;
    const topic = chooseTopic(this.#input.topic, ctx);
    if (topic === undefined) await ctx.step('open the feed', () => openFeed(ctx));
    else await ctx.step(`open the topic ${topic}`, () => openTopic(ctx, topic));
  }

  async #watch(video: Watched): Promise<void> {
    const ctx = this.#ctx;
    const plan = planVideo(this.#input, ctx);
    await ctx.wait(`watch ${video.author}`, Math.min(plan.watchMs, this.#leftMs));
    this.#tally.add('watched');
    if (plan.like) await this.#like(video);
    if (plan.favourite) await this.#favourite(video);
    if (plan.comment) await (this.#input.generate_by_chatgpt ? this.#propose(video) : this.#comment(video));
    if (plan.follow) await this.#follow(video);
  }

  #count(end: EffectEnd, what: 'liked' | 'followed' | 'favourited' | 'commented'): void {
    if (end === 'done') this.#tally.add(what);
    else if (end !== 'already') this.#tally.add('refused');
  }

  async #like(video: Watched): Promise<void> {
    const ctx = this.#ctx;
    const refusal = watchRefusal(ctx);
    const end = await ctx.effect(
      { kind: 'like', target: nameOf(video), minor: true, longestGapMs: this.#leftMs },
      {
        look: async () => {
          const seen = await refusal.see();
          return isStill(video)(seen) ? likeSight(seen) : 'unknown';
        },
        isFinal: () => refusal.isTold,
        act: () => ctx.tap(video.page.like, { given: isStill(video) }),
      },
    );
    this.#count(end, 'liked');
  }

  async #favourite(video: Watched): Promise<void> {
    const ctx = this.#ctx;
    const refusal = watchRefusal(ctx);
    const end = await ctx.effect(
      { kind: 'favourite', target: nameOf(video), minor: true, longestGapMs: this.#leftMs },
      {
        look: async () => {
          const seen = await refusal.see();
          return isStill(video)(seen) ? favouriteSight(seen) : 'unknown';
        },
        isFinal: () => refusal.isTold,
        act: () => ctx.tap(video.page.favorite, { given: isStill(video) }),
      },
    );
    this.#count(end, 'favourited');
  }

  /** Over the author's page: there stands the name that limits are counted by, and the button that proves it. */
  async #follow(video: Watched): Promise<void> {
    const ctx = this.#ctx;
    await ctx.tap(video.page.author, { given: isStill(video) });
    const profile = await ctx.waitFor<'username'>([otherProfile, ownProfile], {
      timeoutMs: pageMs,
      until: (seen) => seen.has('username'),
    });
    const user = profile.of(otherProfile).textOf('username')?.replace(/^@/, '');
    if (user !== undefined) {
      const refusal = watchRefusal(ctx);
      const end = await ctx.effect(
        { kind: 'follow', target: `@${user}`, optional: true, longestGapMs: this.#leftMs },
        {
          look: async () => followSights[relationOn(await refusal.see(), user)],
          isFinal: () => refusal.isTold,
          act: () => ctx.tap(otherProfile.follow, { given: showsUser(user) }),
        },
      );
      this.#count(end, 'followed');
    }
    await ctx.key('back');
    await ctx.waitFor<string>(videoPages, { timeoutMs: pageMs });
  }

  async #comment(video: Watched): Promise<void> {
    const ctx = this.#ctx;
    const { comment: lines, comment_order: order, insert_emoji: insertEmoji } = this.#input;
    const text = chooseComment({ lines, order, insertEmoji }, ctx.position + this.#commented, ctx);
    if (text === undefined) return;
    this.#commented += 1;
    const own: OwnComment = { text, authors: this.#names };
    const isOpen = (await ctx.step('open the comments', () => openComments(ctx))) === 'open';
    if (isOpen && commentSight(await ctx.see(), own) !== 'done') {
      await ctx.step('type the comment', async () => {
        await ctx.type(comments.commentInput, text);
        await ctx.waitFor(typingComment, { timeoutMs: pageMs, until: (seen) => holdsComment(seen, text) });
      });
      const refusal = watchRefusal(ctx);
      const end = await ctx.effect(
        { kind: 'comment', target: nameOf(video), text, baseline: own, optional: true, longestGapMs: this.#leftMs },
        {
          look: async () => commentSight(await refusal.see(), own),
          isFinal: () => refusal.isTold,
          act: () => ctx.tap(typingComment.commentSend, { given: (seen) => holdsComment(seen, text) }),
        },
      );
      this.#count(end, 'commented');
    }
    await closeComments(ctx);
  }

  /** Words of a model are never typed: they wait for a person, who may make a comment of them. Without a link there is no draft. */
  async #propose(video: Watched): Promise<void> {
    const ctx = this.#ctx;
    const link = await ctx.step('read the link', () => readLink(ctx, video));
    if (link.is === 'none') {
      await ctx.step(`no draft: ${link.why}`, async () => {});
      return;
    }
    const about = `A video on TikTok by ${video.author}. Its description: ${video.caption || '(none)'}`;
    await ctx.propose({ kind: 'comment', target: link.url, prompt: about });
    this.#tally.add('drafted');
  }
}
