import { both, byClass, byDesc, byText, either, type Selector, where } from '../../../phone/selector.ts';
import { control, defineScreen, type Facts, first, type View, weighted } from '../../../script/screen.ts';
import type { Seen } from '../../../script/seen.ts';
import { barTab, chosenTab, clickable, firstOf, gridBelow, labelsOn, tapTargetOf } from '../places.ts';
import type { TextKey } from '../texts/en.ts';
import { startingWith, t } from '../texts.ts';
import { bar, onProfile } from './bar.ts';
import { upload } from './upload.ts';

const menuButton = byDesc(t('profile-menu'));
const username = first(byText(/^@[\w.]{2,24}$/));
const editButton = byText(t('edit-profile'));
const videosTab = byDesc(t('tab-videos'));
/** What somebody has liked may be shown to everybody; these are for the owner alone. */
const ownTabs = either(byDesc(t('tab-private')), byDesc(t('create-story')));
const messageButton = byText(t('message'));

/** The number above its label: `Followers` and its value are brothers. */
const numberAbove = (...keys: readonly TextKey[]): Selector => {
  const label = byText(t(...keys));
  return {
    name: `number above ${label.name}`,
    find: (hierarchy) =>
      label.find(hierarchy).flatMap((node) => {
        const brothers = hierarchy.nodes[node.parent]?.children ?? [];
        return brothers
          .flatMap((index) => hierarchy.nodes[index] ?? [])
          .filter((brother) => brother !== node && /^\d/.test(brother.text) && brother.bounds.top < node.bounds.top);
      }),
  };
};

const counters = {
  followersCount: control([numberAbove('counter-followers')]),
  followingCount: control([numberAbove('counter-following')]),
  likesCount: control([numberAbove('counter-likes')]),
};

const tabWords = where(
  either(videosTab, byDesc(t('tab-private', 'tab-favourites', 'tab-liked', 'tab-reposts'))),
  (node) => node.selected,
  'chosen',
);
const counts = (view: View): Facts => ({
  followers: view.textOf('followersCount'),
  following_count: view.textOf('followingCount'),
  selected_tab: view.find(tabWords)[0]?.desc,
});

const tiles = where(
  gridBelow(either(videosTab, byDesc(t('tab-private')))),
  (node, hierarchy) => labelsOn(hierarchy, node, startingWith('drafts')).length === 0,
  'without drafts',
);

/** The last icon of the title bar. */
const cornerAtTop = first(
  where(
    clickable,
    ({ bounds }, { width, height }) =>
      bounds.right > width * 0.95 && bounds.left > width * 0.82 && bounds.bottom < height * 0.12,
    'at the top right',
  ),
);

/** Some versions draw a pencil without a name, right of who one is. [captures: profile-own--1] */
const besideName = where(
  both(byClass('Button'), clickable),
  (node, hierarchy) =>
    node.text === '' &&
    node.desc === '' &&
    node.bounds.right > hierarchy.width * 0.9 &&
    node.bounds.left > hierarchy.width * 0.7 &&
    username.find(hierarchy).some(({ bounds }) => node.bounds.bottom > bounds.top && node.bounds.top < bounds.bottom),
  'without a name, beside the username',
);

const profileTab = chosenTab(4);
const othersButtons = either(messageButton, byText(t('follow')));
/** With the last tab of the bar in front it is the own one, whoever is suggested on it to be followed. */
const ofSomebodyElse: Selector = {
  name: 'Message or Follow, and no tab of the bar in front',
  find: (hierarchy) => (profileTab.find(hierarchy).length > 0 ? [] : othersButtons.find(hierarchy)),
};

/** The profile of whoever is logged in. [captures: profile-own--1 (fr, 43.1.4), profile-own--3 (45.4.3)] */
export const ownProfile = defineScreen('tiktok.profile-own', {
  parts: [bar, upload],
  shown: [
    weighted(2, menuButton),
    editButton,
    byDesc(t('create-story')),
    byText(t('counter-followers')),
    byDesc(t('tab-private')),
    byDesc(t('tab-liked')),
    username,
    weighted(2, either(onProfile, chosenTab(4))),
  ],
  never: [ofSomebodyElse],
  enough: 0.4,
  state: counts,
  username: control([username]),
  displayName: control([
    // the button right above the @username opens the list of accounts
    where(
      both(byClass('Button'), clickable),
      (node, hierarchy) =>
        username
          .find(hierarchy)
          .some(
            ({ bounds }) =>
              Math.abs(node.bounds.left - bounds.left) < 60 && Math.abs(node.bounds.bottom - bounds.top) < 12,
          ),
      'right above the username',
    ),
  ]),
  edit: control([firstOf(both(editButton, clickable), besideName)]),
  menu: control([firstOf(both(menuButton, clickable), cornerAtTop)]),
  videosTab: control([both(videosTab, clickable)]),
  tiles: control([tiles], { many: true }),
  ...counters,
});

/** What stands in the row of Message: "Following" is also the word below a number, and suggested accounts have a Follow of their own. */
const besideMessage = (...keys: readonly TextKey[]): Selector =>
  where(
    byText(t(...keys)),
    ({ bounds }, hierarchy) =>
      messageButton
        .find(hierarchy)
        .some((message) => bounds.top < message.bounds.bottom && bounds.bottom > message.bounds.top),
    'in the row of Message',
  );
const followLabel = firstOf(besideMessage('follow', 'follow-back'), byText(t('follow', 'follow-back')));

/** Somebody else's profile. [captures: profile-other-follow (fr, 43.1.4)] */
export const otherProfile = defineScreen('tiktok.profile-other', {
  shown: [
    username,
    byText(t('counter-followers')),
    messageButton,
    byText(t('follow', 'follow-back', 'requested')),
    either(videosTab, byDesc(t('tab-reposts')), byText(t('private-account'))),
  ],
  never: [menuButton, ownTabs, editButton, chosenTab(4)],
  enough: 0.6,
  state: (view) => ({
    ...counts(view),
    following: view.has('followed') ? true : view.has('follow') ? false : undefined,
  }),
  username: control([username]),
  follow: control([tapTargetOf(followLabel)], { effect: 'follow' }),
  /** Some versions ask once more, others end it with this tap. */
  followed: control([tapTargetOf(besideMessage('following', 'friends', 'requested'))], {
    effect: 'unfollow',
    element: 'follow',
  }),
  message: control([tapTargetOf(messageButton)]),
  ...counters,
});

/** Asks whether to end it; the profile stays in the tree below. [not captured] */
export const unfollowSheet = defineScreen('tiktok.profile-unfollow', {
  over: ['tiktok.profile-other'],
  needs: [weighted(2, byText(t('unfollow')))],
  shown: [either(byText(t('cancel')), byDesc(t('bottom-sheet')))],
  unfollow: control([tapTargetOf(byText(t('unfollow')))], {
    effect: 'unfollow',
    confirms: otherProfile.followed.name,
  }),
});

/** No such user, or not for us. */
export const missingProfile = defineScreen('tiktok.profile-missing', {
  needs: [byText(startingWith('user-not-found'))],
});

/** Somebody's grid as far as it is on the screen: what stands on each whole tile (views, mostly), newest first. */
export interface Grid {
  readonly labels: readonly string[];
  /** More tiles lie below the edge, so that one more would not show by their number. */
  readonly isFull: boolean;
}

export function gridOn(seen: Seen<'tiles'>): Grid {
  const tiles = seen.allOf('tiles');
  const last = tiles.at(-1);
  const [barTop] = barTab(0)
    .find(seen.hierarchy)
    .map(({ bounds }) => bounds.top);
  const end = barTop ?? seen.hierarchy.height;
  return {
    labels: tiles.map((tile) => labelsOn(seen.hierarchy, tile, /./).join(' ')),
    isFull: last !== undefined && 2 * last.bounds.bottom - last.bounds.top > end,
  };
}

/** Pinned posts stand before the newest one. */
export const isPinned = (label: string): boolean => t('pinned').some((word) => label.includes(word));
