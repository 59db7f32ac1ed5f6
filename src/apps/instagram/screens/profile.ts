import { both, byDesc, byId, byText, either, type Selector, where } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import type { Seen } from '../../../script/seen.ts';
import {
  barTab,
  clickable,
  firstOf,
  fiveTabs,
  heightOf,
  isNear,
  type Node,
  once,
  rowsOf,
  shared,
  tapTargetOf,
  widthOf,
} from '../../shapes.ts';
import { belowTitleBar, inTitleBar, titleLeft, titleRightIcon, usernamePattern, wideButton } from '../places.ts';
import { offersFollow, optionsOfPost, saysFollowed } from '../post-row.ts';
import type { TextKey } from '../texts/en.ts';
import { holding, t } from '../texts.ts';
import { bar, onProfile } from './bar.ts';
import { logo } from './feed.ts';
import { upload } from './upload.ts';

/** What stands on a button of its own: the words occur in captions and highlights too. */
const onButton = (...keys: readonly TextKey[]): Selector =>
  shared(
    where(
      either(byText(t(...keys)), byDesc(t(...keys))),
      (node, hierarchy) => {
        if (fiveTabs.find(hierarchy).includes(node)) return false;
        const box = node.clickable ? node : hierarchy.nodes[node.parent];
        // in Chinese the word below a number is that of the button
        if (box && textsIn(hierarchy, box).some(({ text }) => /^\d/.test(text))) return false;
        return (
          box?.clickable === true && widthOf(box) < hierarchy.width * 0.6 && heightOf(box) < hierarchy.width * 0.16
        );
      },
      'on a button',
    ),
  );

const editButton = belowTitleBar(onButton('edit-profile'));
const shareButton = belowTitleBar(onButton('share-profile'));
const messageButton = belowTitleBar(onButton('message'));
const headerFollow = shared(byId('profile_header_follow_button'));
const titleFollow = inTitleBar(shared(byId('action_bar_overflow_text')));
const offers = belowTitleBar(onButton('follow', 'follow-back'));
const titleOffers = shared(tapTargetOf(inTitleBar(byText(t('follow', 'follow-back')))));
const titleSays = shared(tapTargetOf(inTitleBar(byText(t('following', 'requested')))));
const says = belowTitleBar(onButton('following', 'requested'));

/** Handles have no spaces; the title Posts has none either, but there the header of a profile is missing. */
const title = inTitleBar(
  firstOf(
    byId(['action_bar_title', 'action_bar_large_title_auto_size']),
    where(
      byText(usernamePattern),
      ({ bounds, clickable: takesTaps }, { width }) =>
        !takesTaps && bounds.left > width * 0.1 && bounds.left < width * 0.5,
      'like a handle',
    ),
  ),
);

/** Three boxes side by side, each a number above its word: posts, followers, following. */
const counters = once('counters', (hierarchy) => {
  const boxes = clickable.find(hierarchy).filter((node) => {
    const texts = textsIn(hierarchy, node);
    return texts.length === 2 && /^\d/.test(texts[0]?.text ?? '') && node.bounds.top < hierarchy.height * 0.5;
  });
  return rowsOf(boxes).find((row) => row.length === 3) ?? [];
});

function textsIn(hierarchy: Parameters<Selector['find']>[0], box: Node): Node[] {
  return box.children.flatMap((index) => hierarchy.nodes[index] ?? []).filter((node) => node.text !== '');
}

const numberIn = (index: number): Selector => ({
  name: `number of counter ${index + 1}`,
  find: (hierarchy) =>
    counters
      .find(hierarchy)
      .slice(index, index + 1)
      .flatMap((box) => textsIn(hierarchy, box).slice(0, 1)),
});

/** The number whose word stands right below it. */
const numberAbove = (key: TextKey): Selector => {
  const words = byText(t(key));
  return {
    name: `number above ${key}`,
    find: (hierarchy) =>
      words
        .find(hierarchy)
        .flatMap((word) =>
          (hierarchy.nodes[word.parent]?.children ?? [])
            .flatMap((index) => hierarchy.nodes[index] ?? [])
            .filter((node) => /^\d/.test(node.text) && isNear(node.bounds.bottom, word.bounds.top, 8)),
        ),
  };
};

/** In Spanish "seguidos" is counter and in some languages the button says the same: the counter is told by its place. */
const counterSignals = (ids: readonly string[], key: TextKey, index: number) => [
  byId(ids),
  numberAbove(key),
  numberIn(index),
];

const counterControls = {
  postsCount: control(
    counterSignals(
      ['profile_header_familiar_post_count_value', 'row_profile_header_textview_post_count'],
      'counter-posts',
      0,
    ),
  ),
  followersCount: control(
    counterSignals(
      ['profile_header_familiar_followers_value', 'row_profile_header_textview_followers_count'],
      'counter-followers',
      1,
    ),
  ),
  followingCount: control(
    counterSignals(
      ['profile_header_familiar_following_value', 'row_profile_header_textview_following_count'],
      'counter-following',
      2,
    ),
  ),
};

const metrics = shared(
  firstOf(
    byId(['profile_header_metrics_full_width', 'row_profile_header', 'row_profile_header_container_followers']),
    counters,
    byText(t('counter-followers')),
  ),
);

/** Icons in boxes side by side that fill the width: grid, reels, tagged. */
const tabs = once('tabs of a profile', (hierarchy) => {
  const { width } = hierarchy;
  const boxes = clickable
    .find(hierarchy)
    .filter(
      (node) =>
        node.text === '' &&
        widthOf(node) > width * 0.18 &&
        widthOf(node) < width * 0.52 &&
        heightOf(node) < width * 0.14,
    );
  const isRow = (row: readonly Node[]) =>
    row.length >= 2 &&
    row.length <= 8 &&
    isNear(row[0]?.bounds.left ?? 1, 0) &&
    isNear(row.at(-1)?.bounds.right ?? 0, width);
  const rows = rowsOf(boxes).filter(isRow);
  const bars = new Set(barTab(0).find(hierarchy));
  return rows.find((row) => !row.some((node) => bars.has(node))) ?? [];
});
const gridTab = shared(firstOf(byId('profile_tab_icon_view'), byDesc(t('tab-grid')), tabs));

const tileIds = shared(byId('image_button'));
const rowColumn = /\b\d+\b.*\b\d+$/;

/** Tiles of the grid: three in a row, equal, higher than wide or square. A row that the edge cuts off is left out. */
const tileShapes = once('tiles of the grid', (hierarchy) => {
  const { width } = hierarchy;
  const top = Math.max(0, ...gridTab.find(hierarchy).map(({ bounds }) => bounds.bottom));
  const cells = clickable
    .find(hierarchy)
    .filter(
      (node) =>
        node.bounds.top >= top - 4 &&
        widthOf(node) > width * 0.3 &&
        widthOf(node) < width * 0.345 &&
        heightOf(node) > widthOf(node) * 0.95 &&
        (node.desc === '' || rowColumn.test(node.desc)),
    );
  return cells.toSorted((a, b) => a.bounds.top - b.bounds.top || a.bounds.left - b.bounds.left);
});
export const tiles = shared(
  where(firstOf(tileIds, tileShapes), (node) => heightOf(node) > widthOf(node) * 0.95, 'whole'),
);

const selectedTab = (view: { hierarchy: Parameters<Selector['find']>[0]; find(selector: Selector): readonly Node[] }) =>
  view.find(firstOf(byId('profile_tab_icon_view'), tabs)).find((node) => node.selected)?.desc || undefined;

const chevron = byId('action_bar_title_chevron');

/** The profile of whoever is logged in. [captures: profile-own] */
export const ownProfile = defineScreen('instagram.profile-own', {
  parts: [bar, upload],
  needs: [either(editButton, shareButton, byId('action_bar_username_container'))],
  shown: [
    weighted(2, either(editButton, shareButton)),
    onProfile,
    metrics,
    gridTab,
    inTitleBar(byDesc(t('create-new'))),
    chevron,
  ],
  never: [headerFollow, messageButton, titleFollow],
  enough: 0.4,
  state: (view) => ({
    followers: view.textOf('followersCount'),
    following_count: view.textOf('followingCount'),
    selected_tab: selectedTab(view),
  }),
  username: control([title]),
  edit: control([editButton, wideButton(0, { from: 0.2, to: 0.75 })]),
  shareProfile: control([shareButton]),
  menu: control([inTitleBar(byDesc(t('options'))), titleRightIcon]),
  createNew: control([both(byDesc(t('create-new')), titleLeft), titleLeft], { element: 'nav_create' }),
  tiles: control([tiles], { many: true }),
  ...counterControls,
});

/** What only a profile has: lists of people, stories and reels have buttons to follow, too. */
const headerSign = shared(
  either(headerFollow, titleFollow, messageButton, metrics, gridTab, byId('action_bar_username_container')),
);
const isPrivate = shared(either(byText(holding('private-account')), byId('private_profile_empty_state')));

/** Somebody else's profile. [captures: profile-other-follow (en, es), profile-other-following] */
export const otherProfile = defineScreen('instagram.profile-other', {
  parts: [bar, upload],
  needs: [
    shared(
      either(
        headerFollow,
        offers,
        says,
        messageButton,
        byId('action_bar_username_container'),
        titleFollow,
        titleOffers,
        titleSays,
      ),
    ),
    either(headerSign, isPrivate),
  ],
  shown: [
    weighted(2, shared(either(headerFollow, offers, says, titleFollow, titleOffers, titleSays))),
    messageButton,
    metrics,
    gridTab,
    isPrivate,
    title,
  ],
  never: [
    editButton,
    shareButton,
    logo,
    optionsOfPost,
    byId(['row_feed_button_like', 'layout_comment_thread_edittext']),
  ],
  enough: 0.3,
  state: (view) => ({
    followers: view.textOf('followersCount'),
    following_count: view.textOf('followingCount'),
    following: view.has('followed') ? true : view.has('follow') ? false : undefined,
    requested: view.find(where(says, ({ text }) => requestedWords.has(text), 'asked')).length > 0 || undefined,
    private: view.find(isPrivate).length > 0 || undefined,
    selected_tab: selectedTab(view),
  }),
  username: control([title], { readOnly: true }),
  follow: control(
    [
      firstOf(
        where(headerFollow, offersFollow, 'that offers to follow'),
        tapTargetOf(where(titleFollow, offersFollow, 'that offers to follow')),
      ),
      firstOf(offers, titleOffers),
    ],
    { effect: 'follow' },
  ),
  followed: control(
    [
      firstOf(
        where(headerFollow, saysFollowed, 'that says so'),
        tapTargetOf(where(titleFollow, saysFollowed, 'that says so')),
      ),
      firstOf(says, titleSays),
    ],
    { element: 'follow' },
  ),
  message: control([messageButton, wideButton(1, { from: 0.15, to: 0.75 })]),
  menu: control([inTitleBar(byDesc(t('options', 'post-options'))), titleRightIcon]),
  back: control([either(byId('action_bar_button_back'), both(byDesc(t('back')), titleLeft)), titleLeft]),
  tiles: control([tiles], { many: true }),
  ...counterControls,
});

export const requestedWords: ReadonlySet<string> = new Set(t('requested'));

/** Somebody's grid as far as it is on the screen, newest first; pinned posts stand before the newest. */
export interface Grid {
  /** What the profile counts; undefined where the number was shortened or is missing. */
  readonly posts: number | undefined;
  readonly labels: readonly string[];
}

export function gridOn(seen: Seen<'tiles' | 'postsCount'>): Grid {
  const count = seen.textOf('postsCount')?.replace(/[.,\s]/g, '') ?? '';
  return {
    posts: /^\d+$/.test(count) ? Number(count) : undefined,
    labels: seen.allOf('tiles').map(({ desc, text }) => desc || text),
  };
}
