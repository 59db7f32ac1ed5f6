import { normalText } from '../../phone/selector.ts';
import type { ScriptContext } from '../../script/kit.ts';
import type { Look } from '../../script/patience.ts';
import type { Seen } from '../../script/seen.ts';
import { showsText } from '../caption.ts';
import { withoutEmoji } from '../comment-text.ts';
import { isSameName, isSamePost } from '../names.ts';
import type { Capture } from '../refusal.ts';
import { pageOn } from './posts.ts';
import { comments, typingComment } from './screens/comments.ts';
import { startingWith, t } from './texts.ts';
import { shownName } from './watching.ts';

const sheetMs = 15_000;

/**
 * Newer versions tell assistive technology who wrote a comment and keep the words to themselves; there the own comment is
 * told by one more row of ours, which stands on top right after it was sent. [captures: comments--1, comments--3]
 */
export interface OwnComment {
  text: string;
  username: string;
  /** Rows of ours that stood at the top of the list before. */
  rows: number;
}

/** It comes back from the journal as JSON. */
export function isOwnComment(value: unknown): value is OwnComment {
  if (typeof value !== 'object' || value === null) return false;
  const { text, username, rows } = value as Partial<Record<keyof OwnComment, unknown>>;
  return typeof text === 'string' && typeof username === 'string' && typeof rows === 'number';
}

/**
 * On the page of a post. Throws `app.comments-off` unless that `mayBeOff`, and `app.unexpected-screen` where the post was named
 * when it was opened (`shown`) and another one has come up since.
 */
export async function openComments(
  ctx: ScriptContext,
  { shown, mayBeOff = false }: { shown?: string | undefined; mayBeOff?: boolean } = {},
): Promise<'open' | 'off'> {
  const seen = await ctx.see();
  if (seen.of(comments).is || seen.of(typingComment).is) return 'open';
  const page = pageOn(seen);
  if (!page) return ctx.fail('app.unexpected-screen', `no post is in front, but ${seen.name ?? 'an unknown screen'}`);
  await ctx.tap(page.comment, { given: (now) => isSamePost(shown, shownName(now)) });
  const sheet = await ctx.waitFor<string>([comments, typingComment], {
    timeoutMs: sheetMs,
    until: (now) => now.has('off') || now.has('commentInput'),
  });
  const isOff = sheet.of(comments).has('off');
  if (isOff && !mayBeOff) ctx.fail('app.comments-off', 'Instagram says that this post takes no comments');
  return isOff ? 'off' : 'open';
}

/** What stands in the rows of one author, from the top; '' where the tree keeps the words to itself. */
export function rowsOf(seen: Capture, username: string): string[] {
  const sheet = seen.of(comments).is ? seen.of(comments) : seen.of(typingComment);
  return sheet
    .allOf('commentNames')
    .filter(({ text }) => isSameName(normalText(text), username))
    .map((name) => {
      const row = normalText(seen.hierarchy.nodes[name.parent]?.text ?? '');
      return row.startsWith(normalText(name.text)) ? row.slice(normalText(name.text).length).trim() : '';
    });
}

/** The very words stand there already, under our name. */
export const showsOwnComment = (seen: Capture, { text, username }: Pick<OwnComment, 'text' | 'username'>): boolean =>
  rowsOf(seen, username).some((words) => words !== '' && isSameComment(words, text));

/** The emoji is left out of it: each task chooses its own. */
const isSameComment = (shown: string, text: string): boolean =>
  showsText(withoutEmoji(shown), withoutEmoji(text), t('more'));

export const holdsComment = (seen: Seen<'commentInput'>, text: string): boolean =>
  showsText(seen.textOf('commentInput') ?? '', text);

const sending = startingWith('posting-comment');

/** What one capture of the sheet says. `not-done` is only the field that still holds our words. */
export function commentSight(seen: Capture, own: OwnComment): Look {
  if (!seen.of(comments).is && !seen.of(typingComment).is) return 'unknown';
  if (isInField(seen, own)) return 'not-done';
  if (seen.hierarchy.nodes.some(({ text }) => sending.test(normalText(text)))) return 'unknown';
  const rows = rowsOf(seen, own.username);
  if (rows.some((words) => words !== '' && isSameComment(words, own.text))) return 'done';
  const isSilent = rows.every((words) => words === '');
  return isSilent && rows.length > own.rows ? 'done' : 'unknown';
}

/** Also of a field that has lost the keyboard, to a notice for one. */
const isInField = ({ hierarchy }: Capture, { text }: OwnComment): boolean =>
  hierarchy.nodes.some((node) => /EditText|AutoComplete/.test(node.className) && showsText(node.text, text));
