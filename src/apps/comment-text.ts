/** The choice of a comment's words, the same in every app. */

/** What the choices are made with; `ScriptContext` is one. */
export interface Choice {
  pick<T>(lines: readonly T[]): T;
}

export interface CommentWish {
  /** One comment per line. */
  lines: string;
  order: 'random' | 'sequential';
  insertEmoji: boolean;
}

/** Friendly ones that every Android draws. */
const emojis = [
  ...['😀', '😄', '😁', '😊', '🙂', '😍', '🤩', '😎', '🥳', '😇', '🤗', '😋', '😉', '😺', '🙌'],
  ...['👏', '👍', '👌', '💪', '🙏', '✨', '🌟', '⭐', '🔥', '💯', '🎉', '🎊', '💖', '💙', '💚'],
  ...['💛', '🧡', '💜', '❤️', '🌈', '🌸', '🌻', '🍀', '☀️', '🌊', '🎶', '🎵', '📸', '🚀', '🏆'],
] as const;

/** Empty lines do not count; a carriage return at the end of a line is none of its characters. */
export const commentLines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/**
 * The words of the `turn`-th comment, turns beginning at 0: `sequential` takes the lines one after the other and begins
 * anew at the end. Undefined where no line holds anything.
 */
export function chooseComment(
  { lines, order, insertEmoji }: CommentWish,
  turn: number,
  choice: Choice,
): string | undefined {
  const all = commentLines(lines);
  const line = all.length === 0 ? undefined : order === 'sequential' ? all[turn % all.length] : choice.pick(all);
  if (line === undefined) return undefined;
  return insertEmoji ? `${line} ${choice.pick(emojis)}` : line;
}

/** Marks, joiners and modifiers stand only beside an emoji and say nothing alone. */
const emojiMarks = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u200d\u20e3\ufe0e\ufe0f]|[\u{1f1e6}-\u{1f1ff}]/gu;

/** The same comment with or without its emoji: the emoji is chosen anew by each task. */
export const withoutEmoji = (text: string): string => text.replace(emojiMarks, '').replace(/\s+/g, ' ').trim();
