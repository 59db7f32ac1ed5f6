/**
 * Sounds for what is being made. No capture shows these screens: they are written from the app's help and from what public
 * automations tap, and unproven on real phones.
 */
import { both, byClass, byDesc, byText, either, once, type Selector, where } from '../../../phone/selector.ts';
import { control, defineScreen, first, weighted } from '../../../script/screen.ts';
import { isBeside } from '../../shapes.ts';
import { between, clickable, labelsOn, tapTargetOf } from '../places.ts';
import { startingWith, t } from '../texts.ts';

const useSound = byText(t('use-sound'));

/** What stands beside the picture of the sound; its title is the uppermost. */
const words = where(
  byText(/./),
  ({ bounds }, { width, height }) =>
    bounds.left > width * 0.25 && bounds.top > height * 0.06 && bounds.bottom < height * 0.35,
  'beside the picture',
);

/** One sound, what was made with it, and the way into the camera with it. [not captured] */
export const soundPage = defineScreen('tiktok.sound', {
  needs: [weighted(2, useSound)],
  shown: [either(byText(t('favourite-sound')), byDesc(t('favourite-sound'))), byDesc(t('back', 'share-video'))],
  enough: 0.5,
  title: control([first(words)], { readOnly: true }),
  use: control([tapTargetOf(useSound)]),
});

/** A link to a sound that is not there, or not for this country. [not captured] */
export const missingSound = defineScreen('tiktok.sound-missing', {
  needs: [byText(startingWith('sound-unavailable'))],
});

const soundTabs = either(byText(t('sounds-recommended')), byDesc(t('sounds-recommended')));
const favourites = either(byText(t('sounds-favourites')), byDesc(t('sounds-favourites')));
const composer = [
  'tiktok.create-camera',
  'tiktok.create-editor',
  'tiktok.create-editor-loading',
  'tiktok.create-tools',
];

/** As wide as the screen, as high as two lines, one of which ends with how long the sound is. */
const rows: Selector = once('rows of sounds', (hierarchy) =>
  clickable.find(hierarchy).filter((node) => {
    const { bounds } = node;
    const { width, height } = hierarchy;
    const tall = bounds.bottom - bounds.top;
    const isRow = bounds.right - bounds.left > width * 0.85 && tall > height * 0.035 && tall < height * 0.12;
    return isRow && labelsOn(hierarchy, node, /\d:\d{2}$/).length > 0;
  }),
);
const title = once('words beside the picture of a row', (hierarchy) =>
  where(byText(/./), ({ bounds }, { width }) => bounds.left > width * 0.12 && bounds.left < width * 0.6, '').find(
    hierarchy,
  ),
);

/** The sounds that the app recommends, over camera or editor. [not captured] */
export const sounds = defineScreen('tiktok.create-sounds', {
  over: composer,
  needs: [weighted(2, between(soundTabs, 0.15, 0.75)), between(favourites, 0.15, 0.75)],
  search: control([between(both(either(byDesc(t('search')), byText(t('search'))), clickable), 0.15, 0.75)]),
  rows: control([between(rows, 0.2, 1)], { many: true, fields: { title } }),
  volume: control([tapTargetOf(either(byText(t('volume')), byDesc(t('volume'))))]),
});

const field = between(byClass('EditText'), 0, 0.2);
const isFavourite = either(byDesc(t('favourite-sound')), byText(t('favourite-sound')));

/**
 * At the right end of a row, once it was tapped and plays: a box without a word that takes the sound. The bookmark that
 * every row has stands beside it and has a name.
 */
const useBox: Selector = once('the box at the end of a row', (hierarchy) => {
  const named = new Set(isFavourite.find(hierarchy));
  return clickable
    .find(hierarchy)
    .filter(
      (node) =>
        node.bounds.left > hierarchy.width * 0.8 &&
        !named.has(node) &&
        rows.find(hierarchy).some((row) => isBeside(row, node)),
    );
});

/** What a search for a sound has found. The field before it is that of any search: `tiktok.search`. [not captured] */
export const soundResults = defineScreen('tiktok.create-sound-results', {
  over: [...composer, 'tiktok.search', 'tiktok.create-sounds'],
  needs: [field, weighted(2, between(rows, 0.1, 1))],
  never: [byDesc(t('search-users', 'search-videos'))],
  rows: control([between(rows, 0.1, 1)], { many: true, fields: { title } }),
  use: control([useBox]),
});

const bars = byClass('SeekBar');
const barOf = (key: 'original-sound' | 'added-sound'): Selector => ({
  name: `bar of ${key}`,
  find: (hierarchy) => {
    const [label] = byText(t(key)).find(hierarchy);
    if (!label) return [];
    return bars
      .find(hierarchy)
      .filter(({ bounds }) => bounds.bottom > label.bounds.top)
      .toSorted((a, b) => a.bounds.top - b.bounds.top)
      .slice(0, 1);
  },
});

/** How loud the video's own sound is, and how loud the added one. [not captured] */
export const volume = defineScreen('tiktok.create-volume', {
  over: [...composer, 'tiktok.create-sounds'],
  needs: [bars, byText(t('added-sound'))],
  shown: [byText(t('volume')), byText(t('done'))],
  original: control([barOf('original-sound')], { bare: true }),
  added: control([barOf('added-sound')], { bare: true }),
  done: control([tapTargetOf(byText(t('done')))]),
});
