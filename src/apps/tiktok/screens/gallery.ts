import { both, byDesc, byId, byText, either, where } from '../../../phone/selector.ts';
import { control, defineScreen, first, type View, weighted } from '../../../script/screen.ts';
import { between, chosenAtTop, clickable, durationPattern, firstOf, gridBelow, last, tapTargetOf } from '../places.ts';
import { counted, t } from '../texts.ts';

const tab = (key: 'gallery-videos' | 'gallery-photos') =>
  between(firstOf(byDesc(t(key)), tapTargetOf(byText(t(key)))), 0, 0.25);
const grid = gridBelow(tab('gallery-videos'));
const nextButton = byText(counted('next'));
const nextWithCount = where(nextButton, ({ text }) => /\d/.test(text), 'with a count');
const someResult = byDesc(t('search-users'));

const shown = [
  tab('gallery-videos'),
  tab('gallery-photos'),
  byText(t('gallery-all')),
  byText(durationPattern),
  byId(['video_image_mixed_bottom_view_root', 'viewpager_choose_media', 'tv_title']),
  grid,
];

/** Cells of the grid, newest first: their only label is how long the video is. */
const cells = where(
  grid,
  ({ bounds }, { height }) => bounds.top < height * 0.72,
  'above the tray with what was chosen',
);

/** The camera below has one of its own, which stands before it. */
const cornerAtTop = where(
  clickable,
  ({ bounds }, { width, height }) =>
    bounds.right < width * 0.2 &&
    bounds.bottom < height * 0.13 &&
    Math.abs(bounds.right - bounds.left - (bounds.bottom - bounds.top)) <= 8,
  'a square at the top left',
);

const controls = {
  firstItem: control([first(cells)]),
  items: control([cells], { many: true }),
  tabVideos: control([tab('gallery-videos')]),
  tabPhotos: control([tab('gallery-photos')]),
  selectMultiple: control([tapTargetOf(byText(t('select-multiple')))]),
  close: control([firstOf(last(both(byDesc(t('close')), clickable)), last(cornerAtTop))]),
};

const tabWords = either(
  byText(t('gallery-all', 'gallery-videos', 'gallery-photos')),
  byDesc(t('gallery-all', 'gallery-videos', 'gallery-photos')),
);
const countOf = (label = ''): number | undefined => (/\d/.test(label) ? Number(label.replace(/\D/g, '')) : undefined);
const tabOf = (view: View): string | undefined => {
  const [named] = view.find(both(tabWords, chosenAtTop));
  const chosen = named ?? view.find(chosenAtTop).at(-1); // the camera below stands before it
  return chosen && (chosen.text || chosen.desc);
};

/** The picker of the create flow, nothing chosen. The camera stays in the tree below it. [captures: create-gallery--2] */
export const gallery = defineScreen('tiktok.create-gallery', {
  over: ['tiktok.create-camera', 'tiktok.create-tools'],
  shown,
  never: [someResult, nextWithCount],
  /** Shown, and dead until something is chosen. */
  next: control([first(where(nextButton, ({ bounds }, { height }) => bounds.top > height * 0.8, 'at the bottom'))], {
    readOnly: true,
  }),
  state: (view) => ({ gallery_selected_count: 0, selected_tab: tabOf(view) }),
  ...controls,
});

/** The picker with something chosen: Next carries the count and can be tapped. [captures: create-gallery-selected] */
export const chosenGallery = defineScreen('tiktok.create-gallery-selected', {
  over: ['tiktok.create-gallery', 'tiktok.create-camera', 'tiktok.create-tools'],
  needs: [weighted(2, nextWithCount)],
  shown,
  never: [someResult],
  next: control([tapTargetOf(nextWithCount)]),
  state: (view) => ({ gallery_selected_count: countOf(view.textOf('next')), selected_tab: tabOf(view) }),
  ...controls,
});
