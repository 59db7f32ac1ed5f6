import { both, byDesc, byId, byText, either } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { barTab, firstOf, shared } from '../../shapes.ts';
import { titleLeft } from '../places.ts';
import * as post from '../post-row.ts';
import { t } from '../texts.ts';
import { bar, onHome, onProfile, onReels, onSearch } from './bar.ts';
import { upload } from './upload.ts';

export const logo = shared(either(byId('title_logo'), byDesc(t('home-title'))));
const tray = shared(either(byId('reels_tray_container'), byDesc(t('stories-tray')), byText(t('your-story-tray'))));
const backButton = shared(either(byId('action_bar_button_back'), both(byDesc(t('back')), titleLeft)));

/** On the own picture in the tray of stories, with or without a story of ours. */
const badge = shared(either(byId('reel_empty_badge'), byDesc(t('add-to-story'))));

/**
 * The ring around the own picture: a story of ours is up. The badge with the plus stays, so that it tells nothing.
 * [notes: 410; pictures of others have the ring too]
 */
const ownRing = shared({
  name: 'ring around the own picture',
  find: (hierarchy) =>
    badge
      .find(hierarchy)
      .flatMap((plus) =>
        (hierarchy.nodes[plus.parent]?.children ?? [])
          .flatMap((index) => hierarchy.nodes[index] ?? [])
          .filter(({ className, desc }) => className === 'android.view.View' && desc === ''),
      ),
});

/** The home feed. Parts of several posts are on the screen at once. [captures: feed-*] */
export const feed = defineScreen('instagram.feed', {
  parts: [bar, upload],
  needs: [shared(firstOf(barTab(4), byId('profile_tab')))],
  shown: [weighted(2, onHome), logo, tray, ...post.postSigns],
  never: [onReels, onSearch, onProfile, backButton],
  enough: 0.4,
  state: (view) => ({
    following: view.has('followed') ? true : view.has('follow') ? false : undefined,
    liked: view.has('like') ? isLiked(view.nodeOf('like')) : undefined,
    sponsored: view.find(post.isAd).length > 0 || undefined,
    sensitive_cover: view.find(post.sensitiveCover).length > 0 || undefined,
  }),
  author: control(post.authorSignals),
  follow: control(post.followSignals, { effect: 'follow' }),
  followed: control(post.followedSignals, { element: 'follow' }),
  like: control(post.likeSignals, { effect: 'like' }),
  comment: control(post.commentSignals),
  favorite: control(post.saveSignals, { effect: 'favourite' }),
  share: control(post.shareSignals),
  sound: control(post.soundSignals),
  addToStory: control([badge], { readOnly: true }),
  ownStory: control([ownRing], { readOnly: true }),
});

const likedWords = new Set(t('liked'));

/** A heart is `selected` once it is given; its name changes too. */
export const isLiked = (node: { selected: boolean; desc: string } | undefined): boolean | undefined =>
  node && (node.selected || likedWords.has(node.desc));

const savedWords = new Set(t('saved'));
export const isSaved = (node: { selected: boolean; desc: string } | undefined): boolean | undefined =>
  node && (node.selected || savedWords.has(node.desc));
