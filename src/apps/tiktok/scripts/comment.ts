import { defineScript, type Script } from '../../../script/define.ts';
import type { ScriptContext } from '../../../script/kit.ts';
import { chooseComment } from '../../comment-text.ts';
import {
  commentSight,
  findOwnComment,
  holdsComment,
  isOwnComment,
  type OwnComment,
  openComments,
  readOwnNames,
} from '../comments.ts';
import { watchRefusal } from '../refusal.ts';
import { commentPhotos } from '../screens/comment-photos.ts';
import { comments, typingComment } from '../screens/comments.ts';
import { openVideo } from '../videos.ts';

type Input = Parameters<Script<'comment'>['run']>[1];

const pageMs = 20_000;

/**
 * Writes one comment below one video. The words are typed and read back before the effect; the same words of ours that
 * stand there already are done and cost no cap.
 */
export const comment = defineScript('comment', write, {
  async prepare(ctx, input) {
    if (input.comment_image_path !== '') await ctx.choose(imageOf(input));
  },
  recalls: {
    async comment(ctx, { baseline }, { target }) {
      if (!isOwnComment(baseline)) return 'unknown';
      const sight = commentSight(await ctx.see(), baseline);
      if (sight !== 'unknown') return sight;
      await openVideo(ctx, target);
      await openComments(ctx);
      return (await findOwnComment(ctx, baseline)) ? 'done' : 'unknown';
    },
  },
});

async function write(ctx: ScriptContext, input: Input): Promise<void> {
  const { target, comment_image_path } = input;
  if (await ctx.isDone({ kind: 'comment', target })) return;
  const wish = { lines: input.comment_content, order: input.comment_order, insertEmoji: input.insert_emoji };
  const text = chooseComment(wish, ctx.position, ctx);
  if (text === undefined) return ctx.fail('input.invalid', 'comment_content holds no line of text');
  const own: OwnComment = { text, authors: await ctx.step('read the own name', () => readOwnNames(ctx)) };
  const shown = await ctx.step('open the video', () => openVideo(ctx, target));
  if ((await ctx.step('open the comments', () => openComments(ctx, shown))) === 'off') {
    ctx.fail('app.comments-off', `TikTok says that ${target} takes no comments`, { url: target });
  }
  if (await ctx.step('look for the same comment', () => findOwnComment(ctx, own))) return;
  if (comment_image_path !== '') await attachImage(ctx, input);
  await ctx.step('type the comment', async () => {
    await ctx.type(comments.commentInput, text);
    await ctx.waitFor(typingComment, { timeoutMs: pageMs, until: (seen) => holdsComment(seen, text) });
  });
  const refusal = watchRefusal(ctx);
  await ctx.effect(
    { kind: 'comment', target, shown, text, baseline: own },
    {
      look: async () => commentSight(await refusal.see(), own),
      isFinal: () => refusal.isTold,
      act: () =>
        ctx.tap(typingComment.commentSend, {
          given: (seen) => holdsComment(seen, text) && (comment_image_path === '' || seen.has('removePhoto')),
        }),
    },
  );
}

const imageOf = ({ comment_image_path }: Input): Parameters<ScriptContext['choose']>[0] => ({
  kind: 'image',
  count: 1,
  list: [comment_image_path],
  mayBeRelative: true,
  source: 'materialLibrary',
  folder: '',
  tags: [],
});

/** The pushed image is the newest of the phone, so it stands first. */
async function attachImage(ctx: ScriptContext, input: Input): Promise<void> {
  await ctx.media(imageOf(input));
  await ctx.step('add the image', async () => {
    await ctx.tap(comments.addPhoto);
    await ctx.waitFor(commentPhotos, { timeoutMs: pageMs });
    await ctx.tap(commentPhotos.firstItem);
    await ctx.waitFor(comments, { timeoutMs: pageMs, until: (seen) => seen.has('removePhoto') });
  });
}
