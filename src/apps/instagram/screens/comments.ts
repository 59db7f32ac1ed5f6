import { byDesc, byHint, byId, byText, either, type Selector, where } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { clickable, firstOf, isBeside, once, rowsOf, shared, widthOf } from '../../shapes.ts';
import { usernamePattern } from '../places.ts';
import { holding, startingWith, t } from '../texts.ts';

const lowerScreens: readonly string[] = [
  'instagram.feed',
  'instagram.post-detail',
  'instagram.reel-viewer',
  'instagram.reel-viewer-own',
  'instagram.reel-loading',
  'instagram.profile-own',
  'instagram.profile-other',
];

const isField = ({ className }: { className: string }): boolean => /EditText|AutoCompleteTextView/.test(className);
const fieldIds = ['layout_comment_thread_edittext', 'layout_comment_thread_edittext_multiline'];
const hints = startingWith('comment-hint');
const hinted = where(either(byText(hints), byHint(hints)), isField, 'a field');
/** Below the list; the field of a search stands at the top. */
const lowerField = shared(
  where(
    { name: 'text field', find: (hierarchy) => hierarchy.nodes.filter(isField).filter((node) => node.displayed) },
    ({ bounds }, { height }) => bounds.top > height * 0.3,
    'below the list',
  ),
);
const field = shared(firstOf(byId(fieldIds), hinted));

/** A row of eight emojis for quick answers, right above the field. */
const emojis = once('row of emojis', (hierarchy) => {
  const small = clickable.find(hierarchy).filter((node) => widthOf(node) < hierarchy.width * 0.13);
  return rowsOf(small).find((row) => row.length >= 7) ?? [];
});
const emojiRow = shared(either(byId('item_emoji'), emojis));

const besideField = (selector: Selector): Selector => ({
  name: `${selector.name} beside the field`,
  find(hierarchy) {
    const [input] = firstOf(field, lowerField).find(hierarchy);
    if (!input) return [];
    return selector
      .find(hierarchy)
      .filter((node) => isBeside(input, node) && node.bounds.left >= input.bounds.right - widthOf(node) * 1.5);
  },
});

const send = shared(
  besideField(
    firstOf(
      byId([
        'layout_comment_thread_post_button_icon',
        'layout_comment_thread_post_button',
        'layout_comment_thread_post_button_click_area',
      ]),
      where(either(byDesc(t('post-comment')), byText(t('post-comment'))), (node) => node.clickable, 'clickable'),
    ),
  ),
);
const sendByWord = besideField(
  where(either(byDesc(t('post-comment')), byText(t('post-comment'))), (node) => node.clickable, 'clickable'),
);
const sendById = besideField(
  byId([
    'layout_comment_thread_post_button_icon',
    'layout_comment_thread_post_button',
    'layout_comment_thread_post_button_click_area',
  ]),
);

const title = shared(
  where(
    either(byText(t('comments-title')), byDesc(t('comments-title'))),
    ({ bounds }, { width }) => bounds.left > width * 0.15,
    'in the middle',
  ),
);
const replies = shared(either(byText(t('reply')), byDesc(t('reply'))));
const none = shared(byText(startingWith('no-comments')));
const hearts = shared(byDesc(startingWith('like-comment')));
const off = shared(byText(holding('comments-off')));
const composer = shared(
  byId(['comment_composer_parent', 'comment_composer_parent_updated', 'comment_composer_text_parent']),
);

const input = control([shared(firstOf(byId(fieldIds), lowerField)), hinted], {});
const typedInput = control([shared(firstOf(byId(fieldIds), lowerField))]);

const notNames: ReadonlySet<string> = new Set(t('reply', 'see-translation', 'more'));

/** Handles of those who commented: the first line of each row, right of the picture. */
const names = once('names of those who commented', (hierarchy) =>
  where(
    where(byText(usernamePattern), (node) => node.clickable && !notNames.has(node.text), 'clickable'),
    ({ bounds }, { width, height }) =>
      bounds.left > width * 0.1 && bounds.left < width * 0.3 && bounds.top > height * 0.05,
    'at the beginning of a row',
  ).find(hierarchy),
);

const shown = [title, composer, emojiRow, replies, hearts, field];

/** The sheet with comments, nothing typed. It has no button to close it: Back does. [captures: comments--3] */
export const comments = defineScreen('instagram.comments', {
  over: lowerScreens,
  needs: [either(field, off)],
  shown: [weighted(2, either(composer, off)), ...shown],
  never: [send],
  enough: 0.35,
  state: (view) => ({ comment_count: view.find(none).length > 0 ? 0 : undefined }),
  commentInput: input,
  commentNames: control([names], { many: true, element: 'comment_authors' }),
  off: control([off], { readOnly: true, element: 'comments_off' }),
});

/** Text has been typed: a button to post has appeared beside it. [captures: comments--1, comments-empty--1] */
export const typingComment = defineScreen('instagram.comments-typing', {
  over: [...lowerScreens, 'instagram.comments'],
  needs: [weighted(2, send), firstOf(field, lowerField)],
  shown,
  enough: 0.35,
  state: (view) => ({
    draft: view.textOf('commentInput'),
    comment_count: view.find(none).length > 0 ? 0 : undefined,
  }),
  commentInput: typedInput,
  commentSend: control([sendById, sendByWord], { effect: 'comment' }),
  commentNames: control([names], { many: true, element: 'comment_authors' }),
});
