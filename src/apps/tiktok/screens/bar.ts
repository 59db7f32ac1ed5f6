import { byDesc, normalText, where } from '../../../phone/selector.ts';
import { control, definePart } from '../../../script/screen.ts';
import { barTab, chosenTab, labelsOn } from '../places.ts';
import type { TextKey } from '../texts/en.ts';
import { t } from '../texts.ts';

/** The bottom bar. [captures: feed-foryou, profile-own (fr), shop-tab; 43.1.4 and trill] */
export const bar = definePart('tiktok.bar', {
  navHome: control([byDesc(t('nav-home')), barTab(0)]),
  navFriendsOrShop: control([byDesc(t('nav-friends', 'nav-shop')), barTab(1)]),
  navCreate: control([byDesc(t('nav-create')), barTab(2)]),
  navInbox: control([byDesc(t('nav-inbox')), barTab(3)]),
  navProfile: control([byDesc(t('nav-profile')), barTab(4)]),
});

/** In front, and called so: by its description, or by the word below its icon. */
const chosen = (key: TextKey, index: number) => {
  const words = new Set(t(key));
  return where(
    chosenTab(index),
    (node, hierarchy) =>
      words.has(normalText(node.desc)) || labelsOn(hierarchy, node, /./).some((label) => words.has(normalText(label))),
    `called ${key}`,
  );
};

export const onHome = chosen('nav-home', 0);
export const onFriends = chosen('nav-friends', 1);
export const onShop = chosen('nav-shop', 1);
export const onInbox = chosen('nav-inbox', 3);
export const onProfile = chosen('nav-profile', 4);
