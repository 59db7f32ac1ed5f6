import {
  below,
  both,
  byClass,
  byDesc,
  byHint,
  byId,
  byText,
  either,
  normalText,
  once,
  type Selector,
  where,
} from '../../../phone/selector.ts';
import { control, defineScreen, type Facts, first, type View, weighted } from '../../../script/screen.ts';
import { clickable, firstOf } from '../places.ts';
import { counting, holding, startingWith, t } from '../texts.ts';

type Node = ReturnType<Selector['find']>[number];

const emptyField = where(
  either(byText(t('add-comment')), byHint(t('add-comment'))),
  (node) => node.clickable,
  'clickable',
);
const emptyFieldTexts: ReadonlySet<string> = new Set(t('add-comment'));
const filledField = where(
  byClass('EditText'),
  (node) => node.focused && node.text !== '' && !emptyFieldTexts.has(node.text) && node.text !== node.hint,
  'focused and filled',
);
/** "3 comments", "コメント3件": a count and the word, in the order of the language. */
const countTitle = byText(counting('comments-title'));
const closeWords = where(
  both(byDesc(t('close')), clickable),
  ({ bounds }, { width }) => bounds.left > width * 0.8,
  'at the right',
);
/** Small, square, at the right edge of the row in whose middle a number stands. */
const closeShape = once('small box beside the count', (hierarchy) => {
  const titles = where(
    byText(/\d/),
    ({ bounds }, { width }) =>
      Math.abs(bounds.left + bounds.right - width) < width * 0.06 && bounds.bottom - bounds.top < width * 0.15,
    'in the middle',
  ).find(hierarchy);
  return clickable.find(hierarchy).filter(({ bounds }) => {
    const size = bounds.right - bounds.left;
    const isSmall = size < hierarchy.width * 0.08 && Math.abs(size - (bounds.bottom - bounds.top)) <= size * 0.1;
    const isRight = bounds.left > hierarchy.width * 0.88;
    return (
      isSmall && isRight && titles.some((title) => bounds.top < title.bounds.bottom && bounds.bottom > title.bounds.top)
    );
  });
});
const closeIcon = firstOf(closeWords, closeShape);
const lowerScreens: readonly string[] = [
  'tiktok.feed',
  'tiktok.feed-loading',
  'tiktok.feed-survey',
  'tiktok.video-own',
  'tiktok.video',
];

/** Two authors or more in one column, each with the id that only the author of a video has elsewhere. */
const authors = once('authors of comments', (hierarchy) => inColumn(byId('title').find(hierarchy)));
/** The same where its id has another name: buttons with a word, right of a column of avatars. */
const column = once('names in a column', (hierarchy) =>
  inColumn(
    where(
      both(byClass('Button'), byText(/./)),
      ({ bounds }, { width }) => bounds.left > width * 0.1 && bounds.left < width * 0.2,
      '',
    ).find(hierarchy),
  ),
);
const inColumn = (nodes: readonly Node[]): Node[] =>
  nodes.filter((node) => nodes.filter((other) => other.bounds.left === node.bounds.left).length > 1);
const someAuthors = either(authors, column);

/** A number that is written out; "1.2K" is not one. */
function panelFacts(view: View): Facts {
  const label = view.textOf('commentCount') ?? '';
  const digits = label.replace(/(?<=\d)[.,\s](?=\d{3}(?!\d))/g, '').match(/\d+(?![\d.,]*\s?[KMkm万천만])/)?.[0];
  return { comment_count: digits === undefined ? undefined : Number(digits) };
}

const mention = byDesc(t('mention-someone'));
/** The leftmost of the icons behind the field; some builds cannot resolve its name. */
const photoButton = firstOf(
  both(byDesc(t('comment-photo')), clickable),
  first(
    where(
      both(byClass('Button'), clickable),
      ({ bounds }, hierarchy) =>
        mention
          .find(hierarchy)
          .some(
            (icon) =>
              bounds.right <= icon.bounds.left && bounds.top < icon.bounds.bottom && bounds.bottom > icon.bounds.top,
          ),
      'left of the mention icon',
    ),
  ),
);
const photo = {
  addPhoto: control([photoButton]),
  /** On the photo that goes out with the comment. [not captured] */
  removePhoto: control([both(byDesc(t('comment-photo-remove')), clickable)]),
};

/** The panel with comments, nothing typed. Its nodes stand in the tree before those of the feed below it. [captures: comments--1, --2] */
export const comments = defineScreen('tiktok.comments', {
  over: lowerScreens,
  shown: [weighted(2, countTitle), emptyField, closeIcon, byDesc(t('mention-someone')), someAuthors],
  never: [filledField],
  state: panelFacts,
  commentInput: control([both(emptyField, byClass('EditText'))]),
  commentsClose: control([weighted(2, closeWords), closeShape]),
  commentCount: control([countTitle], { readOnly: true }),
  ...photo,
});

/** The author lets nobody comment, or not us: the panel has no field. [not captured] */
export const commentsOff = defineScreen('tiktok.comments-off', {
  over: lowerScreens,
  needs: [weighted(2, byText(startingWith('comments-off')))],
  shown: [either(countTitle, closeIcon)],
  never: [filledField],
});

const atTheRight = where(
  both(byClass('Button'), clickable),
  ({ bounds }, { width }) => bounds.right > width * 0.93 && bounds.left > width * 0.75,
  'at the right',
);
const besideField = where(
  atTheRight,
  ({ bounds }, hierarchy) =>
    filledField
      .find(hierarchy)
      .some(
        (field) =>
          bounds.left >= field.bounds.right && bounds.top < field.bounds.bottom && bounds.bottom > field.bounds.top,
      ),
  'beside the field',
);

/**
 * What sends has a name on some phones and an unresolved resource on others: a button at the right, in the row of the
 * field (46.4.3) or right below it (trill).
 */
const sendButton = firstOf(
  first(below(byDesc(t('post-comment')), filledField)),
  besideField,
  first(below(atTheRight, filledField)),
);
/**
 * Some captures keep what takes taps and lose the field: there a wide button without a word at the right edge, among the
 * authors of comments, is what sends. [captures: comments-typing--3]
 */
const loneSend = once('a wide button without a word among comments', (hierarchy) => {
  if (byClass('EditText').find(hierarchy).length > 0 || someAuthors.find(hierarchy).length < 2) return [];
  const words = new Set(t('post-comment'));
  const wide = atTheRight.find(hierarchy).filter(({ bounds, text, desc }) => {
    const shape = (bounds.right - bounds.left) / Math.max(1, bounds.bottom - bounds.top);
    const label = normalText(desc);
    return text === '' && (label === '' || words.has(label)) && shape > 1.35 && shape < 2.2;
  });
  return wide.length === 1 ? wide : [];
});

/** Text has been typed; the field was raised above the keyboard, and the panel's own field below still shows older text. [captures: comments--3, comments-typing--1] */
export const typingComment = defineScreen('tiktok.comments-typing', {
  over: [...lowerScreens, 'tiktok.comments'],
  needs: [weighted(2, either(filledField, loneSend))],
  shown: [byText(holding('comments-title')), byDesc(t('mention-someone')), either(sendButton, loneSend), someAuthors],
  state: (view) => ({ ...panelFacts(view), keyboard: true, draft: view.textOf('commentInput') }),
  commentInput: control([filledField]),
  commentSend: control([firstOf(sendButton, loneSend)], { effect: 'comment' }),
  removePhoto: photo.removePhoto,
  commentCount: control([countTitle], { readOnly: true }),
});
