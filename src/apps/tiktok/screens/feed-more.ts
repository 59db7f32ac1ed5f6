import { byDesc, byText, either } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { barTab, tapTargetOf } from '../places.ts';
import { t } from '../texts.ts';
import { bar } from './bar.ts';
import { upload } from './upload.ts';

/** A page of the feed with somebody on air: a tap anywhere would join, a swipe leaves it. [not captured] */
export const liveFeed = defineScreen('tiktok.feed-live', {
  canonical: 'feed',
  parts: [bar, upload],
  over: ['tiktok.feed', 'tiktok.feed-loading'],
  needs: [weighted(3, byText(t('watch-live'))), barTab(4)],
});

const copyLink = either(byText(t('copy-link')), byDesc(t('copy-link')));

/** What the Share button brings up over a video. [not captured] */
export const shareSheet = defineScreen('tiktok.share', {
  over: ['tiktok.feed', 'tiktok.video', 'tiktok.video-own'],
  needs: [weighted(2, copyLink)],
  copyLink: control([tapTargetOf(copyLink)]),
});
