import { both, byClass, byDesc, where } from '../../../phone/selector.ts';
import { control, defineScreen } from '../../../script/screen.ts';
import { between, clickable } from '../places.ts';
import { t } from '../texts.ts';

const field = between(byClass('EditText'), 0, 0.2);
const tab = (key: 'search-top' | 'search-users' | 'search-videos') => between(byDesc(t(key)), 0, 0.25);

/** Search results with Users chosen. [captures: search-results-users (fr, 43.1.4)] */
export const userResults = defineScreen('tiktok.search-results-users', {
  needs: [where(tab('search-users'), (node) => node.selected, 'chosen')],
  shown: [field, tab('search-top'), tab('search-videos')],
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
    { many: true },
  ),
});
