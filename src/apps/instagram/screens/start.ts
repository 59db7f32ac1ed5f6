import { anything, byClass, byId, either, where } from '../../../phone/selector.ts';
import { control, defineScreen } from '../../../script/screen.ts';
import { clickable, shared } from '../../shapes.ts';
import { anyLabel } from '../places.ts';

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
