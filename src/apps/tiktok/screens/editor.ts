import { both, byDesc, byId, byText, where } from '../../../phone/selector.ts';
import { control, defineScreen } from '../../../script/screen.ts';
import { between, clickable, firstOf, leftTwin, rightTwin, tapTargetOf } from '../places.ts';
import { t } from '../texts.ts';

/** The edit screen after media was picked or shared to the app. [captures: create-editor--1 to --3] */
export const editor = defineScreen('tiktok.create-editor', {
  shown: [
    byText(t('your-story')),
    byText(t('next')),
    byDesc(t('tool-stickers')),
    byDesc(t('tool-effects')),
    byDesc(t('tool-text')),
    byDesc(t('tool-edit', 'tool-templates')),
    byDesc(t('tool-settings')),
    rightTwin,
  ],
  never: [byText(t('drafts'))],
  next: control([tapTargetOf(byText(t('next'))), rightTwin]),
  yourStory: control([tapTargetOf(byText(t('your-story'))), leftTwin]),
  addSound: control([tapTargetOf(byId(['tv_top_text', 'ycm']))]),
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
});

/** The same while its media is being read: no button works yet. [notes: create-editor-loading] */
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
});
