import { both, byDesc, byId, byText, clickableAround, either, type Selector, where } from '../../../phone/selector.ts';
import { control, defineScreen, first, weighted } from '../../../script/screen.ts';
import {
  clickable,
  firstOf,
  heightOf,
  inReadingOrder,
  isNear,
  leftmost,
  once,
  shared,
  shownWithin,
  tapTargetOf,
  widthOf,
} from '../../shapes.ts';
import { inTitleBar, isInTitleBar, titleLeft } from '../places.ts';
import type { TextKey } from '../texts/en.ts';
import { holding, startingWith, t } from '../texts.ts';

/** A row as wide as the screen; it is described by its whole sentence and labelled by one word. */
const row = (sentence: TextKey, word: TextKey) =>
  shared(
    where(
      firstOf(byDesc(t(sentence)), clickableAround(byText(t(word)))),
      (node, { width }) => node.clickable && widthOf(node) > width * 0.9,
      'as wide as the screen',
    ),
  );
const createRows = {
  reel: row('create-new-reel', 'create-row-reel'),
  post: row('create-new-post', 'create-row-post'),
  story: row('create-new-story', 'create-row-story'),
} as const;

/** The sheet Create over the own profile. It has no button to close it: Back does. [captures: create-sheet] */
export const createSheet = defineScreen('instagram.create-sheet', {
  over: ['instagram.profile-own', 'instagram.feed'],
  shown: [
    ...Object.values(createRows),
    where(
      byText(t('create-title')),
      ({ bounds }, { width }) => bounds.left > width * 0.15 && bounds.right < width * 0.85,
      'in the middle',
    ),
  ],
  createReel: control([createRows.reel]),
  createPost: control([createRows.post]),
  createStory: control([createRows.story]),
});

const thumbnailId = shared(byId('gallery_grid_item_thumbnail'));
const thumbnailWord = shared(byDesc(holding('media-thumbnail')));
const galleryTitle = shared(
  inTitleBar(
    either(byText(t('new-reel', 'new-post', 'add-to-story')), byDesc(t('new-reel', 'new-post', 'add-to-story'))),
  ),
);

/**
 * Cells with a medium: three or four in a row; the picture takes the taps, in a box of the same size. The cell of the camera
 * has no such picture.
 */
const cells = once('cells of the gallery', (hierarchy) =>
  clickable.find(hierarchy).filter((node) => {
    const box = hierarchy.nodes[node.parent];
    return (
      widthOf(node) > hierarchy.width * 0.2 &&
      widthOf(node) < hierarchy.width * 0.36 &&
      heightOf(node) >= widthOf(node) * 0.95 &&
      box?.clickable === true &&
      box.bounds.left === node.bounds.left &&
      box.bounds.top === node.bounds.top &&
      isNear(widthOf(box), widthOf(node), 2)
    );
  }),
);
const media = shared(firstOf(thumbnailId, thumbnailWord, cells));
const multiSelect = shared(either(byDesc(startingWith('select-multiple')), byText(startingWith('select-multiple'))));
const album = shared(either(byId('gallery_folder_menu_tv'), byText(startingWith('album-switcher'))));
const next = shared(
  where(
    either(byId(['next_button_textview', 'gallery_next_button']), byText(t('next')), byDesc(t('next'))),
    (node, hierarchy) =>
      node.bounds.right > hierarchy.width * 0.7 &&
      (isInTitleBar(node, hierarchy) || node.bounds.top > hierarchy.height * 0.75),
    'in a corner at the right',
  ),
);
const destinations = shared(
  either(byId(['cam_dest_feed', 'cam_dest_story', 'cam_dest_clips']), byId('multi_destination_scroll_view')),
);
const editorSign = shared(
  byId(['clips_right_action_button', 'creation_toolbar_recyclerview', 'caption_input_text_view']),
);

const selectedWords = startingWith('media-selected');
const isSelected = shared(
  where(media, (node, hierarchy) => selectedWords.test(node.desc) || hasOverlay(hierarchy, node.parent), 'selected'),
);

/** Older releases show what is chosen large above the grid and say no more about it; Next is there at once. */
const isPreviewed = shared(
  where(byId('crop_image_view'), (_, hierarchy) => next.find(hierarchy).length > 0, 'with Next'),
);

/** A chosen cell is dimmed by one more layer. */
function hasOverlay(hierarchy: Parameters<Selector['find']>[0], parent: number): boolean {
  const cell = hierarchy.nodes[parent];
  return (
    cell !== undefined &&
    shownWithin(hierarchy, cell).some(({ id }) => id.endsWith('gallery_grid_item_selection_overlay'))
  );
}

const close = shared(
  inTitleBar(
    firstOf(
      byId(['gallery_cancel_button', 'action_bar_cancel']),
      both(byDesc(t('back-to-home', 'cancel', 'close')), titleLeft),
      titleLeft,
    ),
  ),
);

const galleryShown = [
  weighted(2, media),
  galleryTitle,
  album,
  multiSelect,
  destinations,
  shared(byId(['gallery_grid_container', 'gallery_recycler_view', 'media_picker_grid_view'])),
];

const destinationOf = (texts: readonly string[]): string | undefined => {
  const says = (key: TextKey) => texts.some((text) => t(key).includes(text));
  return says('new-reel') ? 'reel' : says('add-to-story') ? 'story' : says('new-post') ? 'post' : undefined;
};

const galleryState: NonNullable<Parameters<typeof defineScreen>[1]['state']> = (view) => ({
  gallery_selected_count: view.find(isSelected).length || view.find(isPreviewed).length,
  destination: destinationOf(view.find(galleryTitle).map(({ text, desc }) => text || desc)),
});

const galleryControls = {
  firstItem: control([first(inReadingOrder(media))]),
  items: control([media], { many: true, element: 'media_items' }),
  selectedItems: control([isSelected], { many: true }),
  selectMultiple: control([
    tapTargetOf(firstOf(byId(['gallery_menu_multi_select_button', 'multi_select_slide_button_alt']), multiSelect)),
  ]),
  close: control([close]),
  galleryTitle: control([galleryTitle], { readOnly: true, element: 'title' }),
  destinationReel: control([both(either(byId('cam_dest_clips'), byText(t('dest-reel'))), clickable)], {
    element: 'destination_reel',
  }),
  destinationStory: control([both(either(byId('cam_dest_story'), byText(t('dest-story'))), clickable)], {
    element: 'destination_story',
  }),
  destinationPost: control([both(either(byId('cam_dest_feed'), byText(t('dest-post'))), clickable)], {
    element: 'destination_post',
  }),
};

/** The picker of the create flow, nothing chosen. [captures: create-gallery-reel, create-gallery-story] */
export const gallery = defineScreen('instagram.create-gallery', {
  needs: [either(media, album)],
  shown: galleryShown,
  never: [isSelected, isPreviewed, editorSign],
  enough: 0.35,
  state: galleryState,
  ...galleryControls,
});

/** The picker with something chosen: Next has come. [captures: create-gallery-post] */
export const chosenGallery = defineScreen('instagram.create-gallery-selected', {
  over: ['instagram.create-gallery'],
  needs: [media, weighted(2, either(isSelected, isPreviewed))],
  shown: [...galleryShown, next],
  never: [editorSign],
  enough: 0.35,
  state: galleryState,
  next: control([next]),
  ...galleryControls,
});

const shutter = shared(
  either(
    byId(['camera_shutter_button', 'clips_shutter_button', 'camera_shutter_button_container']),
    byDesc(t('shutter')),
  ),
);
const galleryEntry = shared(
  either(byId(['gallery_preview_button', 'clips_gallery_button', 'camera_gallery_button']), byDesc(t('gallery'))),
);

/** The camera of the create flow. [notes; no capture] */
export const camera = defineScreen('instagram.create-camera', {
  needs: [shutter],
  shown: [galleryEntry, shared(byDesc(t('flip'))), shared(byDesc(t('flash'))), destinations],
  never: [media, editorSign],
  enough: 0.4,
  record: control([shutter]),
  gallery: control([galleryEntry]),
  addSound: control([shared(byDesc(t('add-audio')))]),
  close: control([close]),
});

const tools = shared(byId('creation_toolbar_recyclerview'));
/** Small equal boxes in one row, one per tool. */
const toolBoxes = once('row of tools', (hierarchy) => {
  const { width, height } = hierarchy;
  const small = clickable
    .find(hierarchy)
    .filter(
      (node) =>
        node.text === '' &&
        node.bounds.top > height * 0.5 &&
        widthOf(node) > width * 0.05 &&
        widthOf(node) < width * 0.14 &&
        isNear(widthOf(node), heightOf(node), 6),
    );
  const rows = new Map<number, typeof small>();
  for (const node of small) rows.set(node.bounds.top, [...(rows.get(node.bounds.top) ?? []), node]);
  return [...rows.values()].find((line) => line.length >= 5) ?? [];
});
const editVideo = shared(byText(t('edit-video')));
const editorNext = shared(
  where(
    either(byId('clips_right_action_button'), byDesc(t('next')), byText(t('next'))),
    ({ bounds }, { width, height }) => bounds.right > width * 0.7 && bounds.top > height * 0.7,
    'at the lower right',
  ),
);
const lowerRight: Selector = {
  name: 'button at the lower right',
  find: (hierarchy) =>
    toolBoxes.find(hierarchy).length === 0
      ? []
      : clickable
          .find(hierarchy)
          .filter(
            (node) =>
              node.bounds.right > hierarchy.width * 0.93 &&
              node.bounds.right < hierarchy.width &&
              widthOf(node) > hierarchy.width * 0.12 &&
              widthOf(node) < hierarchy.width * 0.4 &&
              node.bounds.top > (toolBoxes.find(hierarchy)[0]?.bounds.bottom ?? 0),
          )
          .slice(0, 1),
};
const editorLoading = shared(byText(startingWith('loading-media')));

const editorShown = [
  weighted(2, editorNext),
  editVideo,
  either(tools, toolBoxes),
  shared(byDesc(t('add-audio'))),
  shared(byDesc(t('voiceover', 'captions', 'volume'))),
];

/** The edit screen of a reel. [captures: create-video-editor] */
export const editor = defineScreen('instagram.create-editor', {
  needs: [either(editVideo, tools, toolBoxes, byId('clips_right_action_button'))],
  shown: editorShown,
  never: [
    shared(byId(['share_button', 'caption_input_text_view'])),
    shared(either(byText(t('close-friends')), byDesc(t('close-friends')))),
  ],
  enough: 0.4,
  state: (view) => ({ tooltip: view.find(byId('toast_message_title'))[0]?.text }),
  next: control([shared(tapTargetOf(first(editorNext))), lowerRight]),
  addSound: control([
    first(
      firstOf(
        where(
          byId('clips_action_bar_volume_controls_button'),
          ({ bounds }, { width }) => bounds.left < width * 0.1,
          'leftmost',
        ),
        byId(['music_button', 'clips_action_bar_music_button']),
      ),
    ),
    first(where(byDesc(t('add-audio')), (node) => node.clickable, 'clickable')),
    leftmost(toolBoxes),
  ]),
  back: control([
    shared(inTitleBar(byId(['cancel_button', 'action_bar_button_back']))),
    both(byDesc(t('cancel', 'back', 'close')), titleLeft),
    titleLeft,
  ]),
});

/** The same while its media is being read. [notes; no capture] */
export const loadingEditor = defineScreen('instagram.create-editor-loading', {
  loading: true,
  over: ['instagram.create-editor'],
  needs: [editorLoading, either(editVideo, tools, toolBoxes)],
  shown: [shared(byDesc(t('add-audio')))],
  enough: 0.3,
});

const yourStory = shared(byText(t('your-story')));
const closeFriends = shared(either(byText(t('close-friends')), byDesc(t('close-friends'))));
/** The lowest row of the story editor: Your story, Close Friends, and what else it can be sent to. */
const storyButtons = shared(byId(['story_share_controls_action_bar', 'post_capture_button_share_container']));

/** The editor of a story: its first button publishes. [capture: story-editor--1, a clone package] */
export const storyEditor = defineScreen('instagram.story-editor', {
  needs: [
    either(
      where(yourStory, ({ bounds }, { height }) => bounds.top > height * 0.7, 'at the bottom'),
      storyButtons,
    ),
    either(
      closeFriends,
      byId(['add_text_button', 'asset_button', 'edit_buttons_toolbar']),
      byDesc(t('add-text', 'add-sticker')),
    ),
  ],
  shown: [
    weighted(2, yourStory),
    closeFriends,
    shared(byDesc(t('add-text'))),
    shared(byDesc(t('add-sticker'))),
    storyButtons,
  ],
  never: [editVideo, shared(byId(['clips_right_action_button', 'share_button']))],
  enough: 0.35,
  post: control([where(yourStory, ({ bounds }, { height }) => bounds.top > height * 0.7, 'at the bottom')], {
    effect: 'post',
  }),
  addText: control([both(either(byId('add_text_button'), byDesc(t('add-text'))), clickable)], { internal: true }),
  closeFriends: control(
    [where(either(byText(t('close-friends'))), ({ bounds }, { height }) => bounds.top > height * 0.7, 'at the bottom')],
    { effect: 'post' },
  ),
  close: control([
    shared(where(byId('cancel_button'), ({ bounds }, { height }) => bounds.bottom < height * 0.2, 'at the top')),
    both(
      byDesc(t('cancel', 'close', 'back')),
      where(
        clickable,
        ({ bounds }, { width, height }) => bounds.right < width * 0.2 && bounds.bottom < height * 0.2,
        'at the upper left',
      ),
    ),
  ]),
  addSound: control([
    shared(byId('music_button')),
    where(
      byDesc(t('add-audio')),
      (node, { height }) => node.clickable && node.bounds.bottom < height * 0.2,
      'at the top',
    ),
  ]),
});
