import type { ScriptContext } from '../../script/kit.ts';
import { closeComments, isCommentFieldEmpty, openComments } from './comments.ts';
import { comments } from './screens/comments.ts';
import { shareSheet } from './screens/feed-more.ts';
import { isStill, shownName, videoPages, type Watched } from './watching.ts';

const pageMs = 20_000;

export type Link = { is: 'link'; url: string } | { is: 'none'; why: string };

/**
 * The link of what is playing, for whoever may comment it: copied over Share, and pasted for a moment into the empty field of
 * its comments, because only the app itself may read what was copied. Nothing is sent, and the field is empty afterwards.
 */
export async function readLink(ctx: ScriptContext, video: Watched): Promise<Link> {
  await ctx.clearClipboard();
  await ctx.tap(video.page.share, { given: isStill(video) });
  await ctx.waitFor(shareSheet, { timeoutMs: pageMs });
  await ctx.tap(shareSheet.copyLink);
  if ((await ctx.see()).of(shareSheet).is) await ctx.key('back');
  const seen = await ctx.waitFor<string>(videoPages, { timeoutMs: pageMs });
  if (!isStill(video)(seen)) return { is: 'none', why: 'another video has come up' };
  const panel = await openComments(ctx, shownName(seen));
  const link = panel === 'open' ? await pasteLink(ctx) : ({ is: 'none', why: 'it takes no comments' } as const);
  await closeComments(ctx);
  return link;
}

async function pasteLink(ctx: ScriptContext): Promise<Link> {
  if (!isCommentFieldEmpty(await ctx.see(comments))) {
    return { is: 'none', why: 'the field of its comments is not there or not empty' };
  }
  const text = await ctx.readByPasting(comments.commentInput);
  const [url] = /https:\/\/(?:[a-z]+\.)?tiktok\.com\/\S+/.exec(text ?? '') ?? [];
  return url === undefined ? { is: 'none', why: 'its link was not copied' } : { is: 'link', url };
}
