import {
  both,
  byClass,
  byDesc,
  byHint,
  byId,
  byText,
  either,
  normalText,
  type Selector,
  where,
} from '../../../phone/selector.ts';
import { control, defineScreen, type Facts, type View, weighted } from '../../../script/screen.ts';
import { between, clickable, firstOf, leftTwin, rightTwin, tapTargetOf } from '../places.ts';
import { startingWith, t } from '../texts.ts';

const captionHint = either(byText(startingWith('caption-hint')), byHint(startingWith('caption-hint')));
const editText = byClass('EditText');
const typedCount = byText(/^\d+\/\d{3,5}$/);
const collapse = byDesc(t('caption-collapse'));
const draftsButton = byText(t('drafts'));
const postButton = both(byText(t('post')), clickable);

/** Photo posts have a small title field above the description; the larger one is the caption. */
const largestField = {
  name: 'the largest text field',
  find: (hierarchy: Parameters<typeof editText.find>[0]) =>
    editText
      .find(hierarchy)
      .toSorted((a, b) => b.bounds.bottom - b.bounds.top - (a.bounds.bottom - a.bounds.top))
      .slice(0, 1),
};

/** Post, as wide as half the screen, at the lower right of a page with a text field. */
const widePost: Selector = {
  name: 'a wide Post at the lower right, and a text field',
  find: (hierarchy) =>
    editText.find(hierarchy).length === 0
      ? []
      : postButton
          .find(hierarchy)
          .filter(
            ({ bounds }) =>
              bounds.left > hierarchy.width * 0.45 &&
              bounds.right - bounds.left > hierarchy.width * 0.35 &&
              bounds.top > hierarchy.height * 0.8,
          ),
};

const caption = control([
  firstOf(
    largestField,
    both(captionHint, clickable),
    both(byId(['g19', 'gl9', 'gpr', 'guf', 'gv0', 'h00', 'fpj']), clickable),
  ),
]);

const title = control([
  firstOf(either(byText(t('title-hint')), byHint(t('title-hint'))), both(byId('g1c'), clickable)),
]);

const back = control([
  between(
    where(
      clickable,
      ({ bounds }, { width }) => bounds.right < width * 0.2 && bounds.bottom - bounds.top < width * 0.2,
      'at the left',
    ),
    0,
    0.13,
  ),
]);

/** A field that holds its hint is empty. */
function captionFacts(view: View): Facts {
  const text = view.nodeOf('caption')?.text;
  if (text === undefined) return {};
  return { caption: startingWith('caption-hint').test(normalText(text)) ? '' : text };
}

/** The last screen before publishing. [captures: create-post-screen--1 to --5; 43.1.4 to 46.4.3] */
export const postScreen = defineScreen('tiktok.create-post', {
  needs: [either(byText(t('post')), rightTwin)],
  shown: [
    weighted(2, draftsButton),
    weighted(2, widePost),
    byText(t('post')),
    editText,
    byDesc(startingWith('post-audience')),
    byDesc(startingWith('more-options')),
    rightTwin,
  ],
  never: [typedCount, collapse],
  state: captionFacts,
  caption,
  title,
  post: control([postButton, rightTwin], { effect: 'post' }),
  drafts: control([tapTargetOf(draftsButton), leftTwin]),
  moreOptions: control([tapTargetOf(byDesc(startingWith('more-options')))], { internal: true }),
  addLink: control([tapTargetOf(either(byDesc(t('add-link')), byText(t('add-link'))))], { internal: true }),
  back,
});

/**
 * The same while the caption is being written: Drafts is gone, Post stands in the title bar, a count of characters has
 * appeared. [captures: create-post-screen-typing]
 */
export const typingPost = defineScreen('tiktok.create-post-typing', {
  needs: [weighted(2, either(typedCount, collapse)), byText(t('post'))],
  shown: [editText, where(byText(t('post')), (node, { height }) => node.bounds.top < height * 0.2, 'in the title bar')],
  never: [draftsButton],
  enough: 0.6,
  state: (view) => ({ ...captionFacts(view), keyboard: true }),
  caption,
  title,
  post: control([postButton], { effect: 'post' }),
  captionDone: control([both(collapse, clickable)]),
  back,
});

/**
 * TikTok asks once more before the first public post of some accounts; until then nothing is public. [notes: 43.1.4]
 */
export const publishConfirm = defineScreen('tiktok.publish-confirm', {
  over: ['tiktok.create-post', 'tiktok.create-post-typing'],
  needs: [byText(startingWith('publish-confirm')), byText(t('publish-now'))],
  shown: [byText(t('cancel'))],
  confirm: control([tapTargetOf(byText(t('publish-now')))], {
    effect: 'post',
    confirms: postScreen.post.name,
  }),
  cancel: control([tapTargetOf(byText(t('cancel')))]),
});
