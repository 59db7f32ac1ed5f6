import { both, byDesc, byId, either, type Selector, where } from '../../../phone/selector.ts';
import { control, definePart, type View } from '../../../script/screen.ts';
import { barTab, firstOf, fiveTabs, isChosen, shared } from '../../shapes.ts';
import { inTitleBar, titleLeft } from '../places.ts';
import type { TextKey } from '../texts/en.ts';
import { holding, t } from '../texts.ts';

const inBar = (selector: Selector): Selector => shared(both(selector, fiveTabs));
const named = (...keys: readonly TextKey[]): Selector => inBar(byDesc(t(...keys)));
const ofId = (id: string): Selector => shared(byId(id));

const home = [ofId('feed_tab'), named('nav-home'), barTab(0)];
const reels = [ofId('clips_tab'), named('nav-reels')];
const search = [ofId('search_tab'), named('nav-search')];
const profile = [ofId('profile_tab'), named('nav-profile'), barTab(4)];

/** Older bars have no inbox; it stands in the title bar there. */
const inbox = inTitleBar(either(byId('action_bar_inbox_button'), byDesc(holding('unread-messages'))));

/** Newer bars have no button to create; it stands at the left of the title bar, on the feed without any name. */
const creates = shared(
  firstOf(
    byId('creation_tab'),
    named('nav-create'),
    both(byDesc(t('create-new', 'create-a-reel')), titleLeft),
    // on the feed: an icon without a word, where other pages have Back
    where(titleLeft, ({ text, desc }) => text === '' && desc === '', 'without a word'),
  ),
);

/**
 * The bottom bar, in both orders that are about: Home, Reels, Message, Search, Profile; and Home, Search, Create, Reels,
 * Profile. [captures: feed-home, feed-home-oldnav, profile-other-follow--2 (es)]
 */
export const bar = definePart('instagram.bar', {
  state: (view: View) => {
    const chosen = tabs.find((key) => {
      const node = view.nodeOf(key);
      return node !== undefined && isChosen(view.hierarchy, node);
    });
    return { selected_nav: chosen?.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) };
  },
  navHome: control(home),
  navReels: control(reels),
  navSearch: control(search),
  navDirect: control([shared(firstOf(ofId('direct_tab'), inbox)), shared(firstOf(named('nav-direct'), inbox))]),
  navProfile: control(profile),
  navCreate: control([creates]),
});

const tabs = ['navHome', 'navReels', 'navSearch', 'navDirect', 'navProfile'] as const;

const chosen = (name: string, signals: readonly Selector[]): Selector =>
  shared({
    name: `${name} chosen`,
    find: (hierarchy) =>
      signals.flatMap((signal) => signal.find(hierarchy).filter((node) => isChosen(hierarchy, node))).slice(0, 1),
  });

export const onHome = chosen('Home', home);
export const onReels = chosen('Reels', reels);
export const onSearch = chosen('Search', search);
export const onProfile = chosen('Profile', profile);
