import { anything, where } from '../../../phone/selector.ts';
import { defineScreen } from '../../../script/screen.ts';
import { clickable } from '../places.ts';

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
