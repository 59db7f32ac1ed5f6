import { anything, both, byDesc, byId, byText, either, type Selector, where } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { clickable, heightOf, isBeside, isNear, type Node, once, rowsOf, shared, widthOf } from '../../shapes.ts';
import { rail, railIcon, railSound, titleLeft } from '../places.ts';
import { offersFollow, optionsOfPost, saysFollowed } from '../post-row.ts';
import { holding, startingWith, t } from '../texts.ts';
import { bar, onReels } from './bar.ts';
import { isLiked, logo } from './feed.ts';
import { upload } from './upload.ts';

const pager = shared(byId(['clips_viewer_view_pager', 'root_clips_layout', 'clips_viewer_container']));
const medium = shared(either(byId('clips_media_component'), byDesc(startingWith('reel-by'))));
/** Wherever a reel is shown, it stands in a pager that fills the screen and names its author. */
const reelName = shared(
  where(byDesc(startingWith('reel-by')), (node, { width }) => widthOf(node) > width * 0.95, 'over the whole width'),
);
const moreIcon = shared(either(byId('clips_ufi_more_button_component'), both(byDesc(t('more-icon')), rail)));
const largeSentence = where(
  anything,
  (node, { width, height }) => node.text !== '' && widthOf(node) > width * 0.95 && heightOf(node) > height * 0.6,
  'a sentence as large as the screen',
);
/** Named, or among the reels a sentence as large as the screen. */
const unavailable = shared(
  either(byText(startingWith('reel-unavailable')), {
    name: 'a sentence as large as the screen, among the reels',
    find: (hierarchy) =>
      [onReels, pager].some((sign) => sign.find(hierarchy).length > 0) ? largeSentence.find(hierarchy) : [],
  }),
);
/** Two equal buttons that meet in the middle, above the bottom bar: numbers, and paying for reach. */
const twins = once('two equal buttons below the reel', (hierarchy) => {
  const { width, height } = hierarchy;
  const wide = clickable
    .find(hierarchy)
    .filter(
      (node) =>
        widthOf(node) > width * 0.4 &&
        widthOf(node) < width * 0.5 &&
        node.bounds.top > height * 0.7 &&
        node.text !== '',
    );
  return rowsOf(wide).find(([left, right]) => left && right && isNear(left.bounds.right, right.bounds.left, 8)) ?? [];
});
const insights = shared(
  either(byText(t('view-insights', 'boost-reel')), byDesc(t('view-insights', 'boost-reel')), twins),
);
const sponsored = shared(either(byText(t('sponsored')), byDesc(t('sponsored'))));
const nothingYet = shared(
  where(byDesc(/\bnull\b|^\S+(?: \S+)? \. /), (node, { width }) => widthOf(node) > width * 0.9, 'of nobody'),
);

const onRail = (selector: Selector): Selector =>
  where(
    selector,
    ({ bounds }, { width, height }) => bounds.left > width * 0.8 && bounds.top > height * 0.25,
    'at the right edge',
  );

/** The picture of the author, at the lower left; the name stands right of it. */
const names = once('name beside the picture of the author', (hierarchy) => {
  const nodes = clickable.find(hierarchy);
  const isPicture = (node: Node) =>
    node.text === '' &&
    node.bounds.left < hierarchy.width * 0.08 &&
    node.bounds.top > hierarchy.height * 0.5 &&
    widthOf(node) < hierarchy.width * 0.13 &&
    isNear(widthOf(node), heightOf(node), 6) &&
    widthOf(node) > hierarchy.width * 0.05;
  const picture = nodes.filter(isPicture).at(-1);
  if (!picture) return [];
  return nodes
    .filter(
      (node) =>
        node.text !== '' &&
        isNear(node.bounds.left, picture.bounds.right, hierarchy.width * 0.03) &&
        isBeside(picture, node) &&
        !node.text.includes('•'),
    )
    .slice(0, 1);
});

const author = shared(either(byId('clips_author_username'), names));
const besideAuthor = (selector: Selector): Selector => ({
  name: `${selector.name} beside the author`,
  find(hierarchy) {
    const [name] = author.find(hierarchy);
    if (!name) return [];
    const reach = heightOf(name) * 1.2;
    return selector
      .find(hierarchy)
      .filter(
        ({ bounds }) =>
          bounds.left >= name.bounds.right - 4 &&
          Math.abs((bounds.top + bounds.bottom) / 2 - (name.bounds.top + name.bounds.bottom) / 2) < reach,
      );
  },
});

const controls = {
  author: control([byId('clips_author_username'), names]),
  follow: control(
    [
      besideAuthor(where(byId('inline_follow_button'), offersFollow, 'that offers to follow')),
      besideAuthor(where(byText(t('follow', 'follow-back')), (node) => node.clickable, 'clickable')),
    ],
    { effect: 'follow' },
  ),
  followed: control(
    [
      besideAuthor(where(byId('inline_follow_button'), saysFollowed, 'that says so')),
      besideAuthor(where(byText(t('following', 'requested')), (node) => node.clickable, 'clickable')),
    ],
    { element: 'follow' },
  ),
  like: control([byId('like_button'), onRail(byDesc(t('like', 'liked'))), railIcon(0)], { effect: 'like' }),
  comment: control([byId('comment_button'), onRail(byDesc(t('comment'))), railIcon(1)]),
  share: control([byId('direct_share_button'), onRail(byDesc(t('share', 'send-post'))), railIcon(-2)]),
  more: control([byId('clips_ufi_more_button_component'), onRail(byDesc(t('more-icon'))), railIcon(-1)]),
  favorite: control([onRail(byId(['save_button', 'clips_save_button'])), onRail(byDesc(t('save', 'saved')))], {
    effect: 'favourite',
  }),
  sound: control([byId('media_album_art_button'), onRail(byDesc(t('audio'))), railSound]),
  caption: control([byId('clips_caption_component')], { readOnly: true }),
  back: control([both(either(byId('action_bar_button_back'), byDesc(t('back'))), titleLeft)]),
};

const state: NonNullable<Parameters<typeof defineScreen>[1]['state']> = (view) => ({
  following: view.has('followed') ? true : view.has('follow') ? false : undefined,
  liked: view.has('like') ? isLiked(view.nodeOf('like')) : undefined,
  sponsored: view.find(sponsored).length > 0 || undefined,
});

/** A reel of somebody else, or an ad among the reels. [captures: reel-viewer-other, reel-viewer-sponsored] */
export const reelViewer = defineScreen('instagram.reel-viewer', {
  parts: [bar, upload],
  shown: [weighted(2, either(pager, reelName)), onReels, medium, rail, moreIcon, author],
  needs: [shared(either(rail, moreIcon, sponsored, byId('clips_media_info_component')))],
  never: [unavailable, insights, nothingYet, logo, optionsOfPost],
  state,
  dismissLayer: control([where(byText(t('dismiss-layer')), (node) => node.clickable, 'clickable')], {
    element: 'dismiss',
  }),
  ...controls,
});

/** An own reel: numbers instead of a button to follow. [captures: reel-viewer-own] */
export const ownReel = defineScreen('instagram.reel-viewer-own', {
  parts: [bar, upload],
  needs: [weighted(2, insights), shared(either(rail, pager, reelName))],
  shown: [onReels, medium, moreIcon, author],
  never: [unavailable, nothingYet],
  enough: 0.4,
  state,
  ...controls,
});

/** The frame of the reels while nothing has come yet. [captures: reel-loading] */
export const loadingReel = defineScreen('instagram.reel-loading', {
  loading: true,
  parts: [bar, upload],
  needs: [shared(either(onReels, pager))],
  shown: [weighted(2, nothingYet), pager],
  never: [unavailable, insights, rail, moreIcon, sponsored, shared(byId('clips_media_info_component')), author],
  state: () => ({}),
});

/** [captures: reel-unavailable] */
export const missingReel = defineScreen('instagram.reel-unavailable', {
  parts: [bar, upload],
  needs: [weighted(2, unavailable)],
  shown: [onReels, pager],
  never: [rail],
});

const gone = shared(
  either(byText(holding('post-missing', 'user-not-found')), byDesc(holding('post-missing', 'user-not-found'))),
);

/** A post or a profile that does not exist, or is not for us. */
export const missingPage = defineScreen('instagram.missing', {
  parts: [bar],
  needs: [gone],
  never: [
    rail,
    optionsOfPost,
    shared(byId(['profile_header_follow_button', 'layout_comment_thread_edittext', 'row_search_user_username'])),
  ],
});
