import {
  below,
  both,
  byClass,
  byDesc,
  byHint,
  byId,
  byText,
  either,
  type Selector,
  where,
} from '../../../phone/selector.ts';
import { control, defineScreen, first, weighted } from '../../../script/screen.ts';
import { clickable, firstOf } from '../places.ts';
import { holding, startingWith, t } from '../texts.ts';

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
const countTitle = byText(/^\d[\d.,KMkm\s]* (?:comments?|commentaires?)$/);
const closeIcon = where(
  both(byDesc(t('close')), clickable),
  ({ bounds }, { width }) => bounds.left > width * 0.8,
  'at the right',
);
const lowerScreens: readonly string[] = [
  'tiktok.feed',
  'tiktok.feed-loading',
  'tiktok.feed-survey',
  'tiktok.video-own',
  'tiktok.video',
];

/** Two authors or more in one column, each with the id that only the author of a video has elsewhere. */
const authors: Selector = {
  name: 'authors of comments',
  find(hierarchy) {
    const titles = byId('title').find(hierarchy);
    return titles.filter((node) => titles.filter((other) => other.bounds.left === node.bounds.left).length > 1);
  },
};

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
  shown: [weighted(2, countTitle), emptyField, closeIcon, byDesc(t('mention-someone')), authors],
  never: [filledField],
  commentInput: control([both(emptyField, byClass('EditText'))]),
  commentsClose: control([closeIcon]),
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

/** Text has been typed; the field was raised above the keyboard, and the panel's own field below still shows older text. [captures: comments--3, comments-typing--1] */
export const typingComment = defineScreen('tiktok.comments-typing', {
  over: [...lowerScreens, 'tiktok.comments'],
  needs: [weighted(2, filledField)],
  shown: [byText(holding('comments-title')), byDesc(t('mention-someone')), sendButton, authors],
  commentInput: control([filledField]),
  commentSend: control([sendButton], { effect: 'comment' }),
  removePhoto: photo.removePhoto,
  commentCount: control([countTitle], { readOnly: true }),
});
