import { anything, both, byClass, byDesc, byText, either, where } from '../../../phone/selector.ts';
import { control, defineScreen } from '../../../script/screen.ts';
import { barTab, clickable, firstOf } from '../places.ts';
import { t } from '../texts.ts';

const leftmostAtTop = where(
  clickable,
  ({ bounds }, { width, height }) => bounds.right < width * 0.2 && bounds.bottom < height * 0.13,
  'at the top left',
);

/**
 * The app's window is there and nothing is drawn yet: a few empty boxes, no word, nothing to tap. The prompt to update that
 * 43.1.4 draws without any words looks much the same but has more boxes and a card in the middle; that one stays unknown.
 * [captures: launch-splash; dialog-update-prompt as the counterpart]
 */
export const splash = defineScreen('tiktok.splash', {
  loading: true,
  shown: [
    where(
      anything,
      (node, hierarchy) =>
        node.parent < 0 &&
        node.package !== '' &&
        hierarchy.nodes.filter((other) => other.package === node.package).length <= 10,
      'a window of ten boxes at most',
    ),
  ],
  never: [
    clickable,
    where(
      anything,
      ({ bounds }, { width }) => bounds.left > width * 0.05 && bounds.right < width * 0.95,
      'a card in the middle',
    ),
    where(anything, (node) => node.text !== '' || node.desc !== '', 'any label'),
  ],
});

const spinner = where(anything, ({ className }) => className.endsWith('ProgressBar'), 'a turning circle');
const words = either(byText(/./), byDesc(/./));

/** A turning circle and nothing else: with the word for it, it is the editor. [not captured] */
export const loading = defineScreen('tiktok.loading', {
  loading: true,
  needs: [spinner],
  never: [clickable, words],
});

/** The app's own browser: a page of the web below a title bar of the app. [not captured] */
export const webview = defineScreen('tiktok.webview', {
  needs: [
    where(
      byClass('WebView'),
      ({ bounds }, { width, height }) =>
        (bounds.right - bounds.left) * (bounds.bottom - bounds.top) > width * height * 0.5,
      'that fills the screen',
    ),
  ],
  never: [barTab(4)],
  back: control([firstOf(both(byDesc(t('back')), clickable), leftmostAtTop)]),
  close: control([both(byDesc(t('close')), clickable)]),
});
