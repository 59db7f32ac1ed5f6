import { byDesc, byId, byText, either, where } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { shared } from '../../shapes.ts';
import type { TextKey } from '../texts/en.ts';
import { holding, t } from '../texts.ts';

const onButton = (...keys: readonly TextKey[]) =>
  shared(
    where(
      either(byText(t(...keys)), byDesc(t(...keys))),
      (node, hierarchy) => node.clickable || hierarchy.nodes[node.parent]?.clickable === true,
      'on a button',
    ),
  );

const unfollowRow = shared(either(byId('follow_sheet_unfollow_row'), onButton('unfollow')));
const others = shared(
  either(
    byId(['follow_sheet_mute_row', 'follow_sheet_close_friends_row', 'follow_sheet_feed_favorites_row']),
    byText(t('sheet-favourites', 'sheet-mute', 'sheet-restrict')),
  ),
);

/** What comes after a tap on Following: what to do with this account. [notes: 300 to 410] */
export const followSheet = defineScreen('instagram.follow-sheet', {
  over: ['instagram.profile-other'],
  needs: [weighted(2, unfollowRow), others],
  unfollow: control([byId('follow_sheet_unfollow_row'), onButton('unfollow')], { effect: 'unfollow' }),
});

const asks = shared(either(byText(holding('unfollow-ask')), byDesc(holding('unfollow-ask'))));

/** Asked once more where the account is private: one would have to ask to follow again. [notes: 300 to 410] */
export const unfollowConfirm = defineScreen('instagram.unfollow-confirm', {
  over: ['instagram.profile-other', 'instagram.follow-sheet'],
  needs: [onButton('unfollow'), either(byId(['primary_button', 'negative_button']), onButton('cancel'))],
  shown: [asks, onButton('cancel'), byId('dialog_container')],
  never: [others],
  enough: 0.5,
  confirm: control([onButton('unfollow')], { effect: 'unfollow', confirms: followSheet.unfollow.name }),
  cancel: control([onButton('cancel')]),
});

const saveRow = onButton('save', 'saved');
const reportRow = onButton('report', 'not-interested');

/** What else can be done with a reel: the rail has no room for saving. [notes: 410] */
export const reelMenu = defineScreen('instagram.reel-menu', {
  over: ['instagram.reel-viewer', 'instagram.reel-viewer-own'],
  needs: [weighted(2, saveRow), weighted(2, reportRow)],
  save: control([shared(onButton('save'))], { effect: 'favourite' }),
  saved: control([shared(onButton('saved'))]),
});
