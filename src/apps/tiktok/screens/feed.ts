import { both, byDesc, byId, byText, either, where } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { barTab, between, clickable, tapTargetOf } from '../places.ts';
import { holding, startingWith, t } from '../texts.ts';
import { bar, onFriends, onHome, onInbox, onProfile, onShop } from './bar.ts';
import { upload } from './upload.ts';

const likeButton = byDesc(startingWith('like-video'));
const topTabs = either(byText(t('tab-for-you')), byDesc(t('tab-for-you')));
const searchIcon = between(both(byDesc(t('search')), clickable), 0, 0.2);
const surveyQuestion = byText(holding('survey-question'));

/**
 * The main feed, on a video or a photo post. Never goes idle. What stands on its right edge is named by content-desc; the
 * button of Like and that of Share carry the same id. [captures: feed-foryou--1 to 4]
 */
export const feed = defineScreen('tiktok.feed', {
  parts: [bar, upload],
  needs: [barTab(4)],
  shown: [
    likeButton,
    byDesc(startingWith('read-comments')),
    byDesc(startingWith('favourite-video')),
    byDesc(startingWith('share-video')),
    byId('long_press_layout'),
    byId('desc'),
    topTabs,
    onHome,
  ],
  never: [onFriends, onShop, onInbox, onProfile],
  enough: 0.4,
  author: control([both(byId('title'), clickable)]),
  follow: control(
    [
      where(
        byDesc(startingWith('follow-author')),
        (node, { width }) => node.bounds.left > width * 0.75,
        'at the right',
      ),
    ],
    { effect: 'follow' },
  ),
  like: control([both(likeButton, clickable)], { effect: 'like' }),
  comment: control([both(byDesc(startingWith('read-comments')), clickable)]),
  favorite: control([tapTargetOf(byDesc(startingWith('favourite-video')))], { effect: 'favourite' }),
  share: control([both(byDesc(startingWith('share-video')), clickable)]),
  sound: control([both(byDesc(startingWith('sound')), clickable)]),
  search: control([searchIcon]),
});

/** Home with its tabs, and no video yet. The bottom bar works. [captures: feed-loading] */
export const loadingFeed = defineScreen('tiktok.feed-loading', {
  parts: [bar, upload],
  needs: [barTab(4), weighted(2, topTabs)],
  shown: [searchIcon, byId('text1')],
  never: [likeButton, byId('long_press_layout'), onFriends, onShop, onInbox, onProfile],
  search: control([searchIcon]),
});

/**
 * A page of the feed that asks about a video. It does not stand in the way of anything: the bar works, a swipe leaves it,
 * and we do not answer. [captures: feed-survey]
 */
export const survey = defineScreen('tiktok.feed-survey', {
  parts: [bar, upload],
  over: ['tiktok.feed', 'tiktok.feed-loading'],
  needs: [weighted(3, surveyQuestion), barTab(4)],
  shown: [byText(t('yes')), byText(t('no'))],
  surveyYes: control([tapTargetOf(byText(t('yes')))]),
  surveyNo: control([tapTargetOf(byText(t('no')))]),
  search: control([searchIcon]),
});
