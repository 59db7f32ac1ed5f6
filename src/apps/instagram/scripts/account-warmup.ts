import { defineScript, type Script } from '../../../script/define.ts';
import type { EffectEnd } from '../../../script/effect.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import { chooseComment } from '../../comment-text.ts';
import { chooseTopic, planVideo, WarmupTally } from '../../warmup-plan.ts';
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

type Input = Parameters<Script<'account_warmup'>['run']>[1];

const pageMs = 20_000;
/** Backs that lead from the comments to the reel: the keyboard, the sheet, and one for what lies between. */
const mostBacks = 4;
const follows = lookFor('yes');

/**
 * Watches reels for a while, of the tab Reels or of a topic, and now and then likes, saves, follows or comments. Ads, own
 * reels and what is liked already are passed over. What the rules refuse is recorded and left out.
 */
export const accountWarmup = defineScript('account_warmup', (ctx, input) => new Warmup(ctx, input).run(), {
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

class Warmup {
  readonly #ctx: ScriptContext;
  readonly #input: Input;
  readonly #tally = new WarmupTally();
  #username = '';
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
    if (this.#input.comment_probable > 0) this.#username = (await activeAccount(ctx)) ?? '';
    await this.#open();
    while (this.#leftMs > 0) {
      ctx.progress(String(this.#tally), Math.floor(100 * (1 - Math.max(0, this.#leftMs) / totalMs)));
      const current = currentOn(await ctx.see());
      if (current.is === 'reel') await this.#watch(current.reel);
      else this.#tally.add('skipped');
      if (this.#leftMs <= 0) break;
      const before = current.is === 'reel' ? current.reel.identity : undefined;
      // results end; the reels of the tab do not
      if (!(await ctx.step('next reel', () => swipeOn(ctx, before))))
        await ctx.step('open the reels', () => openReels(ctx));
    }
    ctx.progress(String(this.#tally), 100);
  }

  async #open(): Promise<void> {
    const ctx = this.#ctx;
    const topic = chooseTopic(this.#input.topic, ctx);
    if (topic === undefined) await ctx.step('open the reels', () => openReels(ctx));
    else await ctx.step(`open the topic ${topic}`, () => openTopic(ctx, topic));
  }

  async #watch(reel: Watched): Promise<void> {
    const ctx = this.#ctx;
    const plan = planVideo(this.#input, ctx);
    await ctx.wait(`watch ${reel.author}`, Math.min(plan.watchMs, this.#leftMs));
    this.#tally.add('watched');
    if (plan.like) await this.#like(reel);
    if (plan.favourite) await this.#save(reel);
    if (plan.comment) await this.#comment(reel);
    if (plan.follow) await this.#follow(reel);
  }

  #count(end: EffectEnd, what: 'liked' | 'followed' | 'favourited' | 'commented'): void {
    if (end === 'done') this.#tally.add(what);
    else if (end !== 'already') this.#tally.add('refused');
  }

  async #like(reel: Watched): Promise<void> {
    const ctx = this.#ctx;
    const refusal = watchRefusal(ctx);
    const end = await ctx.effect(
      { kind: 'like', target: nameOf(reel), minor: true, longestGapMs: this.#leftMs },
      {
        look: async () => {
          const seen = await refusal.see();
          return isStill(reel)(seen) ? likeSight(seen) : 'unknown';
        },
        isFinal: () => refusal.isTold,
        act: () => ctx.tap(reelViewer.like, { given: isStill(reel) }),
      },
    );
    this.#count(end, 'liked');
  }

  async #save(reel: Watched): Promise<void> {
    const ctx = this.#ctx;
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
      { kind: 'favourite', target: nameOf(reel), minor: true, longestGapMs: this.#leftMs },
      {
        look,
        isFinal: () => refusal.isTold,
        act: () => (isOnRail ? ctx.tap(reelViewer.favorite, { given: isStill(reel) }) : ctx.tap(reelMenu.save)),
      },
    );
    this.#count(end, 'favourited');
    await this.#backToReel();
  }

  /** Over the author's page: there stands the name that limits are counted by, and the button that proves it. */
  async #follow(reel: Watched): Promise<void> {
    const ctx = this.#ctx;
    await ctx.tap(reelViewer.author, { given: isStill(reel) });
    const profile = await ctx.waitFor<string>([otherProfile, ownProfile], {
      timeoutMs: pageMs,
      until: (seen) => seen.has('username') && (seen.of(ownProfile).is || seen.has('follow') || seen.has('followed')),
    });
    const user = profile.of(otherProfile).textOf('username');
    if (user !== undefined) {
      const refusal = watchRefusal(ctx);
      const end = await ctx.effect(
        { kind: 'follow', target: `@${user}`, optional: true, longestGapMs: this.#leftMs },
        {
          look: async () => follows(relationOn(await refusal.see(), user)),
          isFinal: () => refusal.isTold,
          act: () => ctx.tap(otherProfile.follow, { given: showsUser(user) }),
        },
      );
      this.#count(end, 'followed');
    }
    await this.#backToReel();
  }

  async #comment(reel: Watched): Promise<void> {
    const ctx = this.#ctx;
    const { comment: lines, comment_order: order, insert_emoji: insertEmoji } = this.#input;
    const text = chooseComment({ lines, order, insertEmoji }, ctx.position + this.#commented, ctx);
    if (text === undefined) return;
    this.#commented += 1;
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
        { kind: 'comment', target: nameOf(reel), text, baseline: own, optional: true, longestGapMs: this.#leftMs },
        {
          look: async () => commentSight(await refusal.see(), own),
          isFinal: () => refusal.isTold,
          act: () => ctx.tap(typingComment.commentSend, { given: (seen) => holdsComment(seen, text) }),
        },
      );
      this.#count(end, 'commented');
    }
    await this.#backToReel();
  }

  async #backToReel(): Promise<void> {
    const ctx = this.#ctx;
    for (let backs = 0; backs < mostBacks; backs++) {
      const seen = await ctx.see();
      if (postPages.some((page) => seen.of(page).is)) return;
      await ctx.key('back');
    }
    await ctx.waitFor<string>(postPages, { timeoutMs: pageMs });
  }
}
