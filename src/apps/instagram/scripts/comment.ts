import { defineScript, type Script } from '../../../script/define.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import { chooseComment } from '../../comment-text.ts';
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
import { openPost } from '../posts.ts';
import { watchRefusal } from '../refusal.ts';
import { comments, typingComment } from '../screens/comments.ts';
import { shownName } from '../watching.ts';

type Input = Parameters<Script<'comment'>['run']>[1];

const pageMs = 20_000;

/**
 * Writes one comment below one post. The words are typed and read back before the effect; the same words of ours that can be
 * read there already are done and cost no cap.
 */
export const comment = defineScript('comment', write, {
  recalls: {
    async comment(ctx, { baseline }, { target }) {
      if (!isOwnComment(baseline)) return 'unknown';
      const sight = commentSight(await ctx.see(), baseline);
      if (sight !== 'unknown') return sight;
      await openPost(ctx, target);
      await openComments(ctx);
      return commentSight(await ctx.see(), baseline);
    },
  },
});

async function write(ctx: ScriptContext, input: Input): Promise<void> {
  const { target } = input;
  if (await ctx.isDone({ kind: 'comment', target })) return;
  const wish = { lines: input.comment_content, order: input.comment_order, insertEmoji: input.insert_emoji };
  const text = chooseComment(wish, ctx.position, ctx);
  if (text === undefined) return ctx.fail('input.invalid', 'comment_content holds no line of text');
  const username = await activeAccount(ctx);
  if (username === undefined) return ctx.fail('app.unexpected-screen', 'the own profile shows no name');
  const shown = shownName(await ctx.step('open the post', () => openPost(ctx, target)));
  await ctx.step('open the comments', () => openComments(ctx, { shown }));
  const before = await ctx.step('look for the same comment', () => ctx.see());
  if (showsOwnComment(before, { text, username })) return;
  const own: OwnComment = { text, username, rows: rowsOf(before, username).length };
  await ctx.step('type the comment', async () => {
    const field = before.of(typingComment).is ? typingComment.commentInput : comments.commentInput;
    await ctx.type(field, text);
    await ctx.waitFor(typingComment, { timeoutMs: pageMs, until: (seen) => holdsComment(seen, text) });
  });
  const refusal = watchRefusal(ctx);
  await ctx.effect(
    { kind: 'comment', target, shown, text, baseline: own },
    {
      look: async () => commentSight(await refusal.see(), own),
      isFinal: () => refusal.isTold,
      act: () => ctx.tap(typingComment.commentSend, { given: (seen) => holdsComment(seen, text) }),
    },
  );
}
