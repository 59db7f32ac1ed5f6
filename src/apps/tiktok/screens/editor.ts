import { both, byDesc, byId, byText, where } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { between, clickable, firstOf, leftTwin, pillAtTop, rightTwin, soundOn, tapTargetOf } from '../places.ts';
import { t } from '../texts.ts';

const soundCross = where(
  between(byDesc(t('close')), 0, 0.2),
  ({ bounds }, { width }) => bounds.left > width * 0.3 && bounds.right < width * 0.92,
  'in the upper middle',
);

const controls = {
  next: control([weighted(2, tapTargetOf(byText(t('next')))), rightTwin]),
  yourStory: control([weighted(2, tapTargetOf(byText(t('your-story')))), leftTwin]),
  addSound: control([tapTargetOf(byId(['tv_top_text', 'ycm'])), pillAtTop]),
  /** The cross beside the title of a sound that is on. [captures: create-editor--1, --2] */
  removeSound: control([tapTargetOf(soundCross)]),
  back: control([
    firstOf(
      both(byDesc(t('back')), clickable),
      between(
        where(clickable, ({ bounds }, { width }) => bounds.right < width * 0.2, 'at the left'),
        0,
        0.2,
      ),
    ),
  ]),
};

/** The edit screen after media was picked or shared to the app. [captures: create-editor--1 to --3] */
export const editor = defineScreen('tiktok.create-editor', {
  shown: [
    weighted(2, byText(t('your-story'))),
    byText(t('next')),
    byDesc(t('tool-stickers')),
    byDesc(t('tool-effects')),
    byDesc(t('tool-text')),
    byDesc(t('tool-edit', 'tool-templates')),
    byDesc(t('tool-settings')),
    rightTwin,
  ],
  never: [byText(t('drafts'))],
  enough: 0.4,
  state: (view) => ({ sound: soundOn(view.hierarchy, view.nodeOf('addSound')) }),
  ...controls,
});

/** The same while its media is being read: its buttons are there already. [notes: create-editor-loading] */
export const loadingEditor = defineScreen('tiktok.create-editor-loading', {
  loading: true,
  over: ['tiktok.create-editor'],
  needs: [byText(t('loading'))],
  shown: [
    byText(t('your-story')),
    byText(t('next')),
    byDesc(t('tool-stickers', 'tool-effects', 'tool-text')),
    rightTwin,
  ],
  enough: 0.2,
  ...controls,
});
