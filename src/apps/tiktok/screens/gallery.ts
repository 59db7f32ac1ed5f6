import { both, byDesc, byId, byText, either, once, type Selector, where } from '../../../phone/selector.ts';
import { control, defineScreen, first, type View, weighted } from '../../../script/screen.ts';
import { heightOf, type Node, rowsOf, widthOf } from '../../shapes.ts';
import { between, chosenAtTop, clickable, durationPattern, firstOf, gridBelow, last, tapTargetOf } from '../places.ts';
import { counted, t } from '../texts.ts';

const tab = (key: 'gallery-videos' | 'gallery-photos') =>
  between(firstOf(byDesc(t(key)), tapTargetOf(byText(t(key)))), 0, 0.25);
const grid = gridBelow(tab('gallery-videos'));
const nextButton = byText(counted('next'));
const nextWithCount = where(nextButton, ({ text }) => /\d/.test(text), 'with a count');

/** Next of the picker; the camera below it has none. */
export const nextBelow = first(
  where(
    nextButton,
    ({ bounds }, { width, height }) => bounds.top > height * 0.8 && bounds.right > width * 0.8,
    'at the lower right',
  ),
);

/** The small circles in the corners of the cells, empty or with a number: two at least in one row, a third or a quarter of the width apart. */
const circles = once('circles to choose by', (hierarchy) => {
  const isCircle = (node: Node) => {
    const [size, tall] = [widthOf(node), heightOf(node)];
    const isSmall = size > hierarchy.width * 0.035 && size < hierarchy.width * 0.12;
    return isSmall && Math.abs(size - tall) <= 4 && /^\d*$/.test(node.text) && node.desc === '';
  };
  const isApart = (left: Node, right: Node) => {
    const share = (right.bounds.left - left.bounds.left) / hierarchy.width;
    return (share > 0.3 && share < 0.36) || (share > 0.22 && share < 0.27);
  };
  const rows = rowsOf(clickable.find(hierarchy).filter(isCircle));
  return rows.find(([left, right]) => left && right && isApart(left, right)) ?? [];
});
const choosing: Selector = {
  name: 'circles to choose by, and Next',
  find: (hierarchy) => (nextBelow.find(hierarchy).length > 0 ? circles.find(hierarchy) : []),
};
const someResult = byDesc(t('search-users'));

const shown = [
  weighted(3, choosing),
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
  // the camera below stands before it, and marks the sound to be added as chosen
  const chosen = named ?? view.find(chosenAtTop).findLast(({ text }) => !t('add-sound').includes(text));
  return chosen && (chosen.text || chosen.desc);
};

/** The picker of the create flow, nothing chosen. The camera stays in the tree below it. [captures: create-gallery--2] */
export const gallery = defineScreen('tiktok.create-gallery', {
  over: ['tiktok.create-camera', 'tiktok.create-tools'],
  shown,
  never: [someResult, nextWithCount],
  enough: 0.33,
  /** Shown, and dead until something is chosen. */
  next: control([nextBelow], { readOnly: true }),
  state: (view) => ({ gallery_selected_count: 0, selected_tab: tabOf(view) }),
  ...controls,
});

/** The picker with something chosen: Next carries the count and can be tapped. [captures: create-gallery-selected] */
export const chosenGallery = defineScreen('tiktok.create-gallery-selected', {
  over: ['tiktok.create-gallery', 'tiktok.create-camera', 'tiktok.create-tools'],
  needs: [weighted(2, nextWithCount)],
  shown,
  enough: 0.4,
  never: [someResult],
  next: control([tapTargetOf(nextWithCount)]),
  state: (view) => ({ gallery_selected_count: countOf(view.textOf('next')), selected_tab: tabOf(view) }),
  ...controls,
});
