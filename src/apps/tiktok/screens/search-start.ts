import { both, byClass, byDesc, byText, either, type Selector, where } from '../../../phone/selector.ts';
import { control, defineScreen, first, weighted } from '../../../script/screen.ts';
import { between, clickable } from '../places.ts';
import type { TextKey } from '../texts/en.ts';
import { startingWith, t } from '../texts.ts';

const field = between(byClass('EditText'), 0, 0.2);
const tab = (key: TextKey) => between(byDesc(t(key)), 0, 0.25);
const besideField = where(
  either(byText(t('search')), byDesc(t('search'))),
  ({ bounds }, hierarchy) =>
    field.find(hierarchy).some((input) => bounds.top < input.bounds.bottom && bounds.bottom > input.bounds.top),
  'in the row of the field',
);

/** The field to search with and what the app suggests below it; nothing was asked yet. [not captured; the field as in search-results-users] */
export const searchStart = defineScreen('tiktok.search', {
  needs: [field, besideField],
  // over camera and editor it is a sound that is searched for
  over: ['tiktok.create-camera', 'tiktok.create-editor', 'tiktok.create-tools', 'tiktok.create-sounds'],
  never: [tab('search-users'), tab('search-videos')],
  enough: 0.6,
  searchInput: control([field]),
  none: control([byText(startingWith('no-results'))], { readOnly: true }),
});

/** Results under their tabs, another one than Users chosen: the app opens on Top. [not captured; the tabs as in search-results-users] */
export const otherResults = defineScreen('tiktok.search-results', {
  needs: [field, weighted(2, both(tab('search-users'), clickable))],
  shown: [tab('search-top'), tab('search-videos')],
  searchInput: control([field]),
  usersTab: control([both(tab('search-users'), clickable)]),
  videosTab: control([tab('search-videos')]),
});

/** Cards in two columns, in the order in which one reads them. */
const cards: Selector = {
  name: 'cards in two columns',
  find: (hierarchy) =>
    clickable
      .find(hierarchy)
      .filter(({ bounds }) => {
        const share = (bounds.right - bounds.left) / hierarchy.width;
        return share > 0.4 && share < 0.53 && bounds.bottom - bounds.top > hierarchy.height * 0.15;
      })
      .toSorted((a, b) => a.bounds.top - b.bounds.top || a.bounds.left - b.bounds.left),
};

/** Results with Videos chosen. [not captured; the tabs as in search-results-users] */
export const videoResults = defineScreen('tiktok.search-results-videos', {
  over: ['tiktok.search-results'],
  needs: [
    field,
    weighted(
      2,
      where(tab('search-videos'), (node) => node.selected, 'chosen'),
    ),
  ],
  shown: [tab('search-top'), tab('search-users')],
  firstCard: control([first(cards)]),
});
