import { both, byClass, byDesc, byId, byText, either, type Selector, where } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { clickable, firstOf, type Hierarchy, heightOf, holds, type Node, once, shared, widthOf } from '../../shapes.ts';
import { usernamePattern } from '../places.ts';
import type { TextKey } from '../texts/en.ts';
import { t } from '../texts.ts';
import { bar, onSearch } from './bar.ts';
import { logo } from './feed.ts';
import { tiles } from './profile.ts';
import { inboxSigns } from './start.ts';
import { upload } from './upload.ts';

const atTop = (selector: Selector): Selector =>
  where(selector, ({ bounds }, { height }) => bounds.bottom < height * 0.16, 'at the top');

const field = shared(
  atTop(firstOf(byId('action_bar_search_edit_text'), byId('row_search_edit_text'), byClass('EditText'))),
);
const tabWords = shared(
  where(
    either(
      byText(t('search-accounts', 'search-tags', 'search-places', 'search-for-you')),
      byDesc(t('search-accounts', 'search-tags', 'search-places', 'search-for-you')),
    ),
    ({ bounds }, { height }) => bounds.bottom < height * 0.25,
    'in the bar of tabs',
  ),
);

const rowIds = ['row_search_user_container', 'row_search_user'];
const usernameIds = ['row_search_user_username'];

/** Rows as wide as the screen below the field, one under the other, each with a handle as one of its lines. */
const rowShapes = once('rows of users', (hierarchy) => {
  const top = Math.max(0, ...field.find(hierarchy).map(({ bounds }) => bounds.bottom));
  return clickable
    .find(hierarchy)
    .filter(
      (node) =>
        node.bounds.top >= top &&
        widthOf(node) > hierarchy.width * 0.85 &&
        heightOf(node) > hierarchy.width * 0.1 &&
        heightOf(node) < hierarchy.width * 0.3 &&
        handlesIn(hierarchy, node).some((handle) => hasLineBelow(hierarchy, node, handle)),
    );
});

/** A handle has a name or a number below it; a word to search for stands alone in its row. */
const hasLineBelow = (hierarchy: Hierarchy, row: Node, handle: Node): boolean =>
  hierarchy.nodes.some(
    (node) => node !== handle && node.text !== '' && node.bounds.top >= handle.bounds.bottom - 4 && holds(row, node),
  );

const handlesIn = (hierarchy: Hierarchy, row: Node): Node[] =>
  hierarchy.nodes.filter(
    (node) =>
      node.text !== '' &&
      usernamePattern.test(node.text) &&
      node.bounds.left > hierarchy.width * 0.12 &&
      node.bounds.left < hierarchy.width * 0.4 &&
      holds(row, node),
  );

const usernames = shared(
  firstOf(
    byId(usernameIds),
    where(
      byText(usernamePattern),
      ({ bounds }, { width, height }) =>
        bounds.left > width * 0.12 && bounds.left < width * 0.4 && bounds.top > height * 0.1,
      'like a handle',
    ),
  ),
);
const rows = shared(
  firstOf(
    byId(rowIds),
    {
      name: 'rows around usernames',
      find: (hierarchy) =>
        byId(usernameIds)
          .find(hierarchy)
          .flatMap((name) =>
            clickable
              .find(hierarchy)
              .filter((row) => holds(row, name) && heightOf(row) < hierarchy.width * 0.3)
              .slice(0, 1),
          ),
    },
    rowShapes,
  ),
);
const followInRow = where(
  either(byId('row_search_user_follow_button'), byText(t('follow', 'follow-back', 'following', 'requested'))),
  (node) => node.clickable,
  'clickable',
);

/** Whose row it is: the handle stands on top, the name below it is anybody's to choose. */
export function handleIn(hierarchy: Hierarchy, row: Node): string | undefined {
  const named = byId(usernameIds)
    .find(hierarchy)
    .filter((node) => holds(row, node));
  const [handle] = named.length > 0 ? named : handlesIn(hierarchy, row).toSorted((a, b) => a.bounds.top - b.bounds.top);
  return handle?.text;
}

const tab = (...keys: readonly TextKey[]): Selector =>
  shared(
    where(
      either(byText(t(...keys)), byDesc(t(...keys))),
      ({ bounds }, { height }) => bounds.bottom < height * 0.25,
      'in the bar of tabs',
    ),
  );

const lists = {
  accountsTab: control([tab('search-accounts')]),
  reelsTab: control([tab('tab-reels', 'nav-reels')]),
  tiles: control([tiles], { many: true }),
};

/** What a search has found, users among it. [notes: ids of 300 to 410; no capture] */
export const userResults = defineScreen('instagram.search-results-users', {
  parts: [bar, upload],
  needs: [field, either(byId([...rowIds, ...usernameIds]), rowShapes)],
  shown: [weighted(2, byId([...rowIds, ...usernameIds])), tabWords, onSearch],
  never: [logo],
  enough: 0.3,
  searchInput: control([field]),
  resultRows: control([rows], { many: true, fields: { username: usernames, follow: followInRow } }),
  ...lists,
  back: control([
    both(
      either(byId('action_bar_button_back'), byDesc(t('back'))),
      where(clickable, ({ bounds }, { height }) => bounds.bottom < height * 0.14, 'at the top'),
    ),
  ]),
});

/** The page behind the magnifying glass: a field and a wall of posts, or suggestions while nothing has been found. */
export const explore = defineScreen('instagram.search', {
  parts: [bar, upload],
  needs: [field, either(onSearch, byId('action_bar_search_edit_text'), tabWords)],
  shown: [
    weighted(2, onSearch),
    byId('action_bar_search_edit_text'),
    either(byText(t('search-hint')), byText(t('recent-searches')), tabWords),
  ],
  never: [byId([...rowIds, ...usernameIds]), rowShapes, logo, inboxSigns],
  searchInput: control([field]),
  ...lists,
});
