import { both, byDesc, byId, byText, either, type Selector, where } from '../../../phone/selector.ts';
import { control, defineScreen, type Facts, type View, weighted } from '../../../script/screen.ts';
import { between, clickable, firstOf, pillAtTop, tapTargetOf } from '../places.ts';
import { t } from '../texts.ts';
import { nextBelow } from './gallery.ts';

const squareAtBottomLeft = where(
  clickable,
  ({ bounds, text }, { height }) => {
    const width = bounds.right - bounds.left;
    const tall = bounds.bottom - bounds.top;
    return text === '' && bounds.left <= 4 && bounds.bottom > height * 0.8 && tall > width * 0.6 && tall < width * 1.6;
  },
  'a square at the bottom left',
);

/** A big round button in the middle of the lower half; its label is an unresolved resource. */
const shutter = where(
  clickable,
  ({ bounds }, { width, height }) => {
    const size = bounds.right - bounds.left;
    const isSquare = Math.abs(size - (bounds.bottom - bounds.top)) <= size * 0.05;
    return isSquare && size > width * 0.22 && bounds.left > width * 0.25 && bounds.top > height * 0.55;
  },
  'a big round button',
);

/** The camera of the create flow. Its nodes stay in the tree under the gallery. [captures: create-camera--1, --2] */
export const camera = defineScreen('tiktok.create-camera', {
  shown: [
    byText(t('add-sound')),
    byText(t('length-10m', 'length-60s', 'length-15s')),
    byText(t('mode-photo', 'mode-text')),
    byText(t('tab-post', 'tab-create')),
    byDesc(t('flip', 'timer')),
    either(byId(['upload_hot_area', 'ymg', 'c_u', 'ce9', 'cl2']), squareAtBottomLeft),
    shutter,
  ],
  // its nodes stay below the picker, which has Next
  never: [nextBelow],
  enough: 0.4,
  state: modes,
  gallery: control([
    firstOf(
      both(byId('upload_hot_area'), clickable),
      squareAtBottomLeft,
      byDesc(t('upload-entry')),
      byText(t('upload-entry')),
    ),
  ]),
  record: control([shutter]),
  addSound: control([weighted(2, firstOf(tapTargetOf(byText(t('add-sound'))), byText(t('add-sound')))), pillAtTop]),
  close: control([
    firstOf(
      both(byDesc(t('close')), clickable),
      between(
        where(
          clickable,
          ({ bounds }, { width }) => bounds.right < width * 0.2 && bounds.bottom - bounds.top < width * 0.2,
          'at the top left',
        ),
        0,
        0.2,
      ),
    ),
  ]),
});

const chosen = (selector: Selector): Selector => where(selector, (node) => node.selected, 'chosen');
function modes(view: View): Facts {
  return {
    selected_tab: view.find(chosen(byText(t('tab-post', 'tab-create', 'tab-live'))))[0]?.text,
    mode: view.find(chosen(byText(t('mode-photo', 'mode-text', 'length-10m', 'length-60s', 'length-15s'))))[0]?.text,
  };
}

/** The camera screen on its CREATE tab. [captures: create-tools-sheet] */
export const createTools = defineScreen('tiktok.create-tools', {
  over: ['tiktok.create-camera'],
  shown: [
    byText(t('new-video')),
    byText(t('templates')),
    byText(t('photo-editor')),
    where(byText(t('tab-create')), (node) => node.selected, 'chosen'),
  ],
  state: () => ({ selected_tab: 'CREATE' }),
  close: control([both(byDesc(t('close')), clickable)]),
  newVideo: control([tapTargetOf(byText(t('new-video')))]),
  drafts: control([tapTargetOf(byText(t('drafts')))]),
});
