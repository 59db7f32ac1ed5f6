import { byDesc, byText } from '../../../phone/selector.ts';
import { control, definePart, defineScreen } from '../../../script/screen.ts';
import { t } from '../texts.ts';

/** The bar at the bottom of most screens. A part is never a screen of its own. */
export const bar = definePart('example.bar', { homeTab: control([byDesc(t('tab-home'))]) });

/** The start page. */
export const feed = defineScreen('example.feed', {
  canonical: 'feed',
  shown: [byText(t('tab-for-you')), byText(t('tab-inbox'))],
  parts: [bar],
});

/** Being here ends every attempt with a code that tells the operator what to do. */
export const login = defineScreen('example.login', {
  shown: [byText(t('log-in')), byText(t('sign-up'))],
  fails: 'app.logged-out',
});
