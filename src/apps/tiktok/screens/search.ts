import {
  both,
  byClass,
  byDesc,
  byText,
  either,
  normalText,
  once,
  type Selector,
  where,
} from '../../../phone/selector.ts';
import { control, defineScreen, type Facts, type View } from '../../../script/screen.ts';
import { between, clickable, firstOf } from '../places.ts';
import { t } from '../texts.ts';

const field = between(byClass('EditText'), 0, 0.2);
const tab = (key: 'search-top' | 'search-users' | 'search-videos') =>
  between(firstOf(byDesc(t(key)), byText(t(key))), 0, 0.25);

/** What stands in a row beside the picture, from above: username, name, numbers. */
const rowWords: Selector = once('words beside the picture', (hierarchy) =>
  where(byText(/./), ({ bounds }, { width }) => bounds.left > width * 0.18 && bounds.left < width * 0.5, '')
    .find(hierarchy)
    .toSorted((a, b) => a.bounds.top - b.bounds.top || a.bounds.left - b.bounds.left),
);
const rowButton = where(
  either(byText(t('follow', 'follow-back', 'following', 'friends', 'requested')), both(byClass('Button'), byText(/./))),
  ({ bounds }, { width }) => bounds.left > width * 0.6,
  'at the right',
);
const followWords: ReadonlySet<string> = new Set(t('follow', 'follow-back'));

/** Nobody on the page is followed; with somebody who is, the one in question has to be looked at. */
function facts(view: View): Facts {
  const labels = view.find(rowButton).map(({ text }) => normalText(text));
  const isNobody = labels.length > 0 && labels.every((label) => followWords.has(label));
  const [chosen] = view.find(where(tab('search-users'), (node) => node.selected, 'chosen'));
  return {
    selected_tab: chosen && (chosen.desc || chosen.text),
    query: view.nodeOf('searchInput')?.text,
    following: isNobody ? false : undefined,
  };
}

/** Search results with Users chosen. [captures: search-results-users (fr, 43.1.4)] */
export const userResults = defineScreen('tiktok.search-results-users', {
  needs: [where(tab('search-users'), (node) => node.selected, 'chosen')],
  shown: [field, tab('search-top'), tab('search-videos')],
  state: facts,
  searchInput: control([field]),
  back: control([
    where(
      clickable,
      ({ bounds }, hierarchy) =>
        field
          .find(hierarchy)
          .some(
            (input) =>
              bounds.right <= input.bounds.left + 8 &&
              bounds.top < input.bounds.bottom &&
              bounds.bottom > input.bounds.top,
          ),
      'left of the field',
    ),
  ]),
  resultRows: control(
    [
      where(
        both(byClass('Button'), clickable),
        ({ bounds }, { width }) => bounds.right - bounds.left > width * 0.9,
        'as wide as the screen',
      ),
    ],
    { many: true, fields: { username: rowWords, follow: rowButton } },
  ),
});
