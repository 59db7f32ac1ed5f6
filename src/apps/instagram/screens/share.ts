import { both, byDesc, byId, byText, either, type Selector, where } from '../../../phone/selector.ts';
import { control, defineDialog, defineScreen, weighted } from '../../../script/screen.ts';
import { clickable, firstOf, heightOf, shared, switchBeside } from '../../shapes.ts';
import { inTitleBar, isInTitleBar, titleLeft, wideButton } from '../places.ts';
import type { TextKey } from '../texts/en.ts';
import { holding, startingWith, t } from '../texts.ts';

const isField = ({ className }: { className: string }): boolean => /EditText|AutoCompleteTextView/.test(className);
const captionIds = ['caption_input_text_view', 'caption_text_view'];
const textFields = shared({
  name: 'text field',
  find: (hierarchy) =>
    where(clickable, isField, '')
      .find(hierarchy)
      .toSorted((a, b) => heightOf(b) - heightOf(a)),
});
const caption = shared(
  firstOf(
    byId(captionIds),
    where(textFields, () => true, 'largest'),
  ),
);
const hintText = startingWith('caption-hint');

const bottom = { from: 0.7, to: 1 };
const atBottom = (selector: Selector): Selector =>
  where(selector, ({ bounds }, { height }) => bounds.top > height * 0.7, 'at the bottom');

const shareIds = shared(byId(['share_button', 'share_footer_button']));
const shareWord = shared(
  where(
    either(byDesc(t('share')), byText(t('share'))),
    (node, hierarchy) =>
      node.bounds.top > hierarchy.height * 0.7 ||
      (isInTitleBar(node, hierarchy) && node.bounds.right > hierarchy.width * 0.8),
    'at the bottom or in the title bar',
  ),
);
const draft = shared(either(byText(t('save-draft')), byDesc(t('save-draft'))));
const done = inTitleBar(shared(either(byId('action_bar_button_text'), byText(t('ok')))));
const rows = [
  shared(byText(t('tag-people'))),
  shared(byText(t('add-location'))),
  shared(byText(t('audience'))),
  shared(byText(t('ai-label', 'also-share', 'edit-cover'))),
];
const title = inTitleBar(shared(either(byText(t('new-reel', 'new-post')), byId('action_bar_title'))));

const destinationOf = (title: string | undefined): string | undefined => {
  const says = (key: TextKey) => title !== undefined && t(key).includes(title);
  return says('new-reel') ? 'reel' : says('new-post') ? 'post' : undefined;
};

const state: NonNullable<Parameters<typeof defineScreen>[1]['state']> = (view) => {
  const field = view.nodeOf('caption');
  const isEmpty = field === undefined || field.text === field.hint || hintText.test(field.text);
  return {
    destination: destinationOf(view.find(title)[0]?.text),
    caption: field === undefined ? undefined : isEmpty ? '' : field.text,
  };
};

const back = control([
  inTitleBar(shared(byId('action_bar_button_back'))),
  both(byDesc(t('back')), titleLeft),
  titleLeft,
]);
const captionField = control([
  shared(firstOf(byId(captionIds), textFields)),
  where(either(byText(hintText), textFields), isField, 'a field'),
]);

const drafts = control([
  shared(byId('save_draft_button')),
  atBottom(
    where(
      draft,
      (node, hierarchy) => node.clickable || hierarchy.nodes[node.parent]?.clickable === true,
      'on a button',
    ),
  ),
]);

/** A field to search in and a word Share are on the sheet that sends a post to friends, too. */
const composing = shared(
  either(
    byId(captionIds),
    where(either(byText(hintText), byDesc(hintText)), isField, 'a field'),
    byText(t('new-reel', 'new-post')),
    draft,
    ...rows,
  ),
);

/** The last screen before publishing. [captures: create-share] */
export const postScreen = defineScreen('instagram.create-post', {
  needs: [either(caption, ...rows), either(shareIds, shareWord), composing],
  shown: [weighted(2, caption), either(shareIds, shareWord), draft, title, ...rows],
  never: [done],
  enough: 0.4,
  state,
  caption: captionField,
  post: control([shareIds, shareWord, wideButton(-1, bottom)], { effect: 'post' }),
  drafts,
  aiLabel: control([shared(switchBeside(byText(t('ai-label'))))], { internal: true }),
  back,
});

/**
 * The same while the caption is being written: OK has taken the place of Share, or stands in the title bar while Share is
 * still to be seen. [captures: create-share-caption-focused]
 */
export const typingPost = defineScreen('instagram.create-post-typing', {
  needs: [weighted(2, done), caption],
  shown: [title, ...rows],
  // older releases share from the title bar
  never: [inTitleBar(shareWord), inTitleBar(shareIds)],
  enough: 0.4,
  state,
  caption: captionField,
  captionDone: control([done]),
  post: control([atBottom(shareIds), atBottom(shareWord)], { effect: 'post' }),
  drafts,
  back,
});

const limitedReachWords = shared(either(byText(holding('limited-reach-ask')), byDesc(holding('limited-reach-ask'))));
const buttonSaying = (...keys: readonly TextKey[]): Selector =>
  shared(
    where(
      either(byText(t(...keys)), byDesc(t(...keys))),
      (node, hierarchy) => node.clickable || hierarchy.nodes[node.parent]?.clickable === true,
      'on a button',
    ),
  );

/** Of two the one that stands next to the way back: the composer's own Share may be in the tree below the warning. */
const besideEdit = (selector: Selector): Selector => ({
  name: `${selector.name} beside the way back`,
  find(hierarchy) {
    const [edit] = buttonSaying('edit-draft').find(hierarchy);
    if (!edit) return [];
    const distance = ({ bounds }: typeof edit) => Math.abs(bounds.top - edit.bounds.top);
    return selector
      .find(hierarchy)
      .toSorted((a, b) => distance(a) - distance(b))
      .slice(0, 1);
  },
});

/** A warning after Share; until its own Share is tapped nothing is public. [notes: dialog-limited-reach] */
export const limitedReach = defineDialog('instagram.dialog-limited-reach', {
  over: ['instagram.create-post', 'instagram.create-post-typing'],
  needs: [
    weighted(2, limitedReachWords),
    either(buttonSaying('edit-draft'), byId(['primary_button', 'bb_primary_action'])),
  ],
  shown: [buttonSaying('share')],
  dismiss: 'edit',
  accept: control(
    [firstOf(byId(['primary_button', 'bb_primary_action_container']), besideEdit(buttonSaying('share')))],
    {
      effect: 'post',
      confirms: postScreen.post.name,
    },
  ),
  edit: control([
    firstOf(
      byId(['auxiliary_button', 'negative_button', 'secondary_button', 'bb_secondary_action_container']),
      buttonSaying('edit-draft'),
    ),
  ]),
});
