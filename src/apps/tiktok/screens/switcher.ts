import { both, byClass, byDesc, byText, either, where } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { clickable } from '../places.ts';
import { t } from '../texts.ts';

const title = either(byText(t('switch-account')), byDesc(t('switch-account')));
const addAccount = either(byText(t('add-account')), byDesc(t('add-account')));

/** A row says whose it is in its description; the form of a username leaves the row that adds one out. */
const rows = where(
  both(byClass('Button'), both(byDesc(/^@?[\w.]{2,24}$/), clickable)),
  ({ bounds }, { width }) => bounds.right - bounds.left > width * 0.8,
  'as wide as the screen',
);

/** The accounts that are logged in on this phone, over the own profile. [notes: account switch of 43.1.4 and 46.7.3] */
export const switcher = defineScreen('tiktok.account-switcher', {
  over: ['tiktok.profile-own'],
  needs: [weighted(2, title)],
  shown: [addAccount, byDesc(t('bottom-sheet')), rows],
  rows: control([rows], { many: true }),
});
