import { normalText } from '../../phone/selector.ts';
import type { ScriptContext } from '../../script/kit.ts';
import type { Look } from '../../script/patience.ts';
import type { Seen } from '../../script/seen.ts';
import { showsText } from '../caption.ts';
import { withoutEmoji } from '../comment-text.ts';
import { isSamePost } from '../names.ts';
import type { Capture } from '../refusal.ts';
import { openOwnProfile } from './account.ts';
import { comments, commentsOff, typingComment } from './screens/comments.ts';
import { video } from './screens/video.ts';
import { t } from './texts.ts';
import { shownName, videoPages } from './watching.ts';

const panelMs = 15_000;
/** The keyboard, the panel, and one for what a version may put in between. */
const mostBacks = 3;
/** How far an own comment is searched for: the app shows it among the first. */
const mostScrolls = 4;

/** What an own comment looks like in the list; kept with the intent. */
export interface OwnComment {
  text: string;
  /** Under which of our names it may stand: versions differ. */
  authors: readonly string[];
}

/** It comes back from the journal as JSON. */
export function isOwnComment(value: unknown): value is OwnComment {
  if (typeof value !== 'object' || value === null) return false;
  const { text, authors } = value as Partial<Record<keyof OwnComment, unknown>>;
  return typeof text === 'string' && Array.isArray(authors) && authors.every((name) => typeof name === 'string');
}

export async function readOwnNames(ctx: ScriptContext): Promise<string[]> {
  const profile = await openOwnProfile(ctx, { mayRestart: true });
  const names = [profile.textOf('displayName'), profile.textOf('username')?.replace(/^@/, '')];
  return [...new Set(names.filter((name) => name !== undefined && name !== ''))] as string[];
}

/**
 * On the page of a video, or on the feed. `off`: it takes none, and a notice says so. Where the video was named when it was
 * opened (`shown`), another one that has come up since throws `app.unexpected-screen`.
 */
export async function openComments(ctx: ScriptContext, shown?: string): Promise<'open' | 'off'> {
  const seen = await ctx.see();
  if (seen.of(comments).is || seen.of(typingComment).is) return 'open';
  const page = videoPages.find((one) => seen.of(one).is) ?? video;
  await ctx.tap(page.comment, { given: (now) => isSamePost(shown, shownName(now)) });
  const panel = await ctx.waitFor<string>([comments, typingComment, commentsOff], { timeoutMs: panelMs });
  return panel.of(commentsOff).is ? 'off' : 'open';
}

/** Back to the video below the panel. What stands in the field stays there or goes; nothing is sent. */
export async function closeComments(ctx: ScriptContext): Promise<void> {
  for (let backs = 0; backs < mostBacks; backs++) {
    const seen = await ctx.see();
    if (videoPages.some((page) => seen.of(page).is)) return;
    await ctx.key('back');
  }
  await ctx.waitFor<string>(videoPages, { timeoutMs: panelMs });
}

/** Among the first comments of the open panel, scrolling down a little. */
export async function findOwnComment(ctx: ScriptContext, own: OwnComment): Promise<boolean> {
  let shown = '';
  for (let scrolls = 0; scrolls <= mostScrolls; scrolls++) {
    const seen = await ctx.see();
    if (showsOwnComment(seen, own)) return true;
    const texts = seen.hierarchy.nodes.map(({ text }) => text).join('\n');
    if (texts === shown || !seen.of(comments).is) return false;
    shown = texts;
    await ctx.scroll('down');
  }
  return false;
}

/** Our words, with one of our names right above them. The emoji is left out of it: each task chooses its own. */
export function showsOwnComment(seen: Capture, { text, authors }: OwnComment): boolean {
  if (!seen.of(comments).is && !seen.of(typingComment).is) return false;
  const { nodes, height } = seen.hierarchy;
  const isOurName = (label: string) => authors.some((name) => showsText(label, name));
  return nodes.some(
    (node) =>
      !node.className.endsWith('EditText') &&
      showsText(withoutEmoji(node.text), withoutEmoji(text), t('more')) &&
      nodes.some(
        (author) =>
          isOurName(author.text) &&
          Math.abs(author.bounds.left - node.bounds.left) <= 16 &&
          author.bounds.top < node.bounds.top &&
          node.bounds.top - author.bounds.bottom < height * 0.03,
      ),
  );
}

export const holdsComment = (seen: Seen<'commentInput'>, text: string): boolean =>
  showsText(seen.textOf('commentInput') ?? '', text);

/** Of the open panel: its field stands there, and nothing is in it but its hint. */
export const isCommentFieldEmpty = (seen: Seen<'commentInput'>): boolean =>
  ['', ...t('add-comment').map(normalText)].some((text) => seen.textOf('commentInput') === text);

/** What one capture of the panel says. `not-done` is only the field that still holds our words. */
export function commentSight(seen: Capture, own: OwnComment): Look {
  if (!seen.of(comments).is && !seen.of(typingComment).is) return 'unknown';
  if (isInField(seen, own)) return 'not-done';
  return showsOwnComment(seen, own) ? 'done' : 'unknown';
}

/** Also of a field that has lost the keyboard, to a notice for one. */
const isInField = ({ hierarchy }: Capture, { text }: OwnComment): boolean =>
  hierarchy.nodes.some((node) => node.className.endsWith('EditText') && showsText(node.text, text));
