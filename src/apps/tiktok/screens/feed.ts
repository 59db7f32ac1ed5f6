import { both, byDesc, byId, byText, either } from '../../../phone/selector.ts';
import { control, defineScreen, type Facts, type View, weighted } from '../../../script/screen.ts';
import { barTab, between, chosenAtTop, chosenTab, clickable, tapTargetOf, topRightBox, topRow } from '../places.ts';
import { holding, t } from '../texts.ts';
import { bar, onHome } from './bar.ts';
import { likeButton, rail, railBox, railFacts, railSigns, videoSurface } from './rail.ts';
import { upload } from './upload.ts';

const topTabs = either(byText(t('tab-for-you')), byDesc(t('tab-for-you')));
const search = control([weighted(2, between(both(byDesc(t('search')), clickable), 0, 0.2)), topRightBox]);
const surveyQuestion = byText(holding('survey-question'));
const surface = either(byId('long_press_layout'), videoSurface);
/** The other pages behind the bar show videos too. */
const elsewhere = [chosenTab(1), chosenTab(2), chosenTab(3), chosenTab(4)];

const facts = (view: View): Facts => ({
  selected_nav: 'nav_home',
  ...railFacts(view),
  selected_tab: wordsOf(view),
});
function wordsOf(view: View): string | undefined {
  const chosen = view.find(chosenAtTop);
  return chosen.find(({ text }) => text !== '')?.text ?? chosen[0]?.desc;
}

/**
 * The main feed, on a video or a photo post. Never goes idle. What stands on its right edge is named by content-desc; the
 * button of Like and that of Share carry the same id. [captures: feed-foryou--1 to 4]
 */
export const feed = defineScreen('tiktok.feed', {
  parts: [bar, upload],
  needs: [barTab(4)],
  shown: [
    either(railSigns.like, railBox(0)),
    either(railSigns.comment, railBox(1)),
    either(railSigns.favourite, railBox(2)),
    either(railSigns.share, railBox(3)),
    surface,
    byId('desc'),
    either(topTabs, topRow),
    either(onHome, chosenTab(0)),
  ],
  never: elsewhere,
  enough: 0.4,
  state: facts,
  ...rail,
  search,
});

/** Home with its tabs, and no video yet. The bottom bar works. [captures: feed-loading] */
export const loadingFeed = defineScreen('tiktok.feed-loading', {
  parts: [bar, upload],
  needs: [barTab(4), weighted(2, either(topTabs, topRow))],
  shown: [either(between(both(byDesc(t('search')), clickable), 0, 0.2), topRightBox), byId('text1')],
  never: [likeButton, railBox(0), surface, ...elsewhere],
  state: facts,
  search,
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
  state: facts,
  surveyYes: control([tapTargetOf(byText(t('yes')))]),
  surveyNo: control([tapTargetOf(byText(t('no')))]),
  search,
});
