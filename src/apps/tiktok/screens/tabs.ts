import { both, byDesc, byText } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { barTab, between, clickable } from '../places.ts';
import { holding, t } from '../texts.ts';
import { bar, onFriends, onInbox, onShop } from './bar.ts';
import { upload } from './upload.ts';

/** The other pages behind the bottom bar: good enough to leave them. [captures: shop-tab; notes on the friends tab] */
export const friends = defineScreen('tiktok.friends', {
  parts: [bar, upload],
  needs: [barTab(4), weighted(3, onFriends)],
  shown: [byText(holding('friends-empty'))],
  search: control([between(both(byDesc(t('search')), clickable), 0, 0.2)]),
});

export const shop = defineScreen('tiktok.shop', { parts: [bar, upload], needs: [barTab(4), weighted(3, onShop)] });

export const inbox = defineScreen('tiktok.inbox', {
  parts: [bar, upload],
  needs: [barTab(4), weighted(3, onInbox)],
  shown: [byText(t('nav-inbox'))],
});
