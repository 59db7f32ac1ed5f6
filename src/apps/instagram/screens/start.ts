import { anything, byClass, byId, byText, either, where } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { clickable, isChosen, shared } from '../../shapes.ts';
import { anyLabel } from '../places.ts';
import { startingWith, t } from '../texts.ts';
import { bar } from './bar.ts';
import { upload } from './upload.ts';

/** The window is there and nothing is drawn yet. [captures: launch-blank] */
export const splash = defineScreen('instagram.splash', {
  loading: true,
  shown: [
    where(
      anything,
      (node, { nodes }) =>
        node.parent < 0 && node.package !== '' && nodes.filter((other) => other.package === node.package).length <= 10,
      'a window of ten boxes at most',
    ),
  ],
  never: [clickable, anyLabel],
});

const spinner = shared(where(anything, ({ className }) => className.endsWith('ProgressBar'), 'a turning circle'));
const loadingWords = startingWith('loading-media');

/** A turning circle and nothing else: a page or a medium on its way. */
export const loading = defineScreen('instagram.loading', {
  loading: true,
  needs: [spinner],
  never: [
    clickable,
    shared(
      where(anyLabel, ({ text, desc }) => !loadingWords.test(text || desc), 'that is more than a request to wait'),
    ),
  ],
});

/** Messages: nothing for us, but a page to leave. */
export const inboxSigns = shared(
  byId([
    'inbox_refreshable_thread_list_container',
    'inbox_refreshable_thread_list_recyclerview',
    'direct_inbox_action_bar',
  ]),
);
const directChosen = shared(where(byId('direct_tab'), (node, hierarchy) => isChosen(hierarchy, node), 'chosen'));
export const inbox = defineScreen('instagram.inbox', {
  parts: [bar, upload],
  needs: [either(inboxSigns, directChosen)],
  shown: [weighted(0.5, byText(t('nav-direct')))],
});

/** Somebody's story, over the whole screen. Back leaves it. */
export const story = defineScreen('instagram.story', {
  needs: [shared(byId(['reel_viewer_root', 'reel_viewer_media_container', 'reel_viewer_title']))],
});

/** The app's own browser, opened by a link in an ad or a profile. */
export const webview = defineScreen('instagram.webview', {
  needs: [
    shared(either(byClass('WebView'), byId(['ig_browser_text_title', 'ig_browser_container', 'browser_lite_root']))),
  ],
  shown: [
    shared(
      byId(['ig_browser_text_title', 'ig_browser_text_subtitle', 'ig_browser_close_button', 'ig_chrome_subsection']),
    ),
  ],
  enough: 0.4,
  close: control([byId(['ig_browser_close_button'])]),
});
