import { byDesc, byText } from '../../../phone/selector.ts';
import { control, defineScreen, first, weighted } from '../../../script/screen.ts';
import { durationPattern, gridBelow } from '../places.ts';
import { counted, t } from '../texts.ts';

const title = byText(t('gallery-recents'));
const grid = gridBelow(title);

/** The photos of the phone, one of which goes out with a comment: newest first, the first tap chooses. [not captured] */
export const commentPhotos = defineScreen('tiktok.comment-photos', {
  needs: [title, weighted(2, grid)],
  never: [
    byDesc(t('gallery-videos', 'gallery-photos')),
    byText(t('select-multiple')),
    byText(counted('next')),
    byText(durationPattern),
  ],
  firstItem: control([first(grid)]),
});
