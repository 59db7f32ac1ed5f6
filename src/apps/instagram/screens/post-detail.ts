import { both, byDesc, byId, byText, either, where } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { firstOf, shared } from '../../shapes.ts';
import { inTitleBar, isInTitleBar, rail, titleLeft } from '../places.ts';
import * as post from '../post-row.ts';
import { t } from '../texts.ts';
import { bar } from './bar.ts';
import { isLiked, logo } from './feed.ts';
import { upload } from './upload.ts';

export const back = shared(
  firstOf(inTitleBar(byId('action_bar_button_back')), both(byDesc(t('back')), titleLeft), titleLeft),
);
const namedBack = shared(either(byId('action_bar_button_back'), both(byDesc(t('back')), titleLeft)));

/** In the title bar of somebody's posts. Its words stand in a label of their own. */
const titleFollow = where(
  either(byId('action_bar_overflow_text'), byText(t('follow', 'follow-back'))),
  (node, hierarchy) => isInTitleBar(node, hierarchy) && post.offersFollow(node),
  'in the title bar',
);
const titleFollowed = where(
  either(byId('action_bar_overflow_text'), byText(t('following', 'requested'))),
  (node, hierarchy) => isInTitleBar(node, hierarchy) && post.saysFollowed(node),
  'in the title bar',
);
const [inlineById, inlineByText] = post.followSignals;
const [followedById, followedByText] = post.followedSignals;

/**
 * A post opened from a grid or by its URL, alone or as the first of a list with the title Posts. It has a way back where the
 * feed has its logo. [captures: post-detail--1, posts-list--1]
 */
export const postDetail = defineScreen('instagram.post-detail', {
  parts: [bar, upload],
  needs: [namedBack],
  shown: [...post.postSigns, weighted(0.5, inTitleBar(either(byId('action_bar_title'), byText(t('posts-title')))))],
  never: [logo, rail, shared(byId(['profile_header_container', 'clips_viewer_view_pager']))],
  state: (view) => ({
    following: view.has('followed') ? true : view.has('follow') ? false : undefined,
    liked: view.has('like') ? isLiked(view.nodeOf('like')) : undefined,
    sponsored: view.find(post.isAd).length > 0 || undefined,
    sensitive_cover: view.find(post.sensitiveCover).length > 0 || undefined,
  }),
  author: control(post.authorSignals),
  follow: control([firstOf(...[inlineById, inlineByText].flatMap((way) => way ?? []), titleFollow)], {
    effect: 'follow',
  }),
  followed: control([firstOf(...[followedById, followedByText].flatMap((way) => way ?? []), titleFollowed)], {
    element: 'follow',
  }),
  like: control(post.likeSignals, { effect: 'like' }),
  comment: control(post.commentSignals),
  favorite: control(post.saveSignals, { effect: 'favourite' }),
  share: control(post.shareSignals),
  sound: control(post.soundSignals),
  back: control([back]),
});
