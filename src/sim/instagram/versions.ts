import { seededRandom } from '../../base/random.ts';

export type NavTab = 'feed' | 'reels' | 'direct' | 'explore' | 'create' | 'profile';

/** What differs between releases. Ids hardly do; whole screens are rebuilt instead. */
export interface Release {
  /** Bottom bar, left to right. */
  tabs: readonly NavTab[];
  /** The inbox is an icon of the home header where the bar has no tab for it. */
  hasInboxInHeader: boolean;
  /** Where creating begins: a tab of the bar, or icons of the home header and of the own profile. */
  hasCreateTab: boolean;
  /** The bio is drawn by Compose, or an ordinary text view with an id. */
  hasComposeBio: boolean;
  /** The composer below the comments: a box around the field, or the field alone. */
  hasBoxedComposer: boolean;
  /** A comment's words are readable in its row. Newer trees only tell who wrote it. */
  hasCommentText: boolean;
  /** What picking opens for a feed post: a picker with a preview above the grid, or the grid alone as for reels. */
  hasPreviewPicker: boolean;
  /** What the like button says once it was tapped; `selected` tells, too. */
  likedLabel: 'liked' | 'unlike';
  /** Number of the unresolved label of the dark area behind a bottom sheet. */
  dimmerLabel: string;
  overflowLabel: string;
  scrubberLabel: string;
}

const newBar: readonly NavTab[] = ['feed', 'reels', 'direct', 'explore', 'profile'];
const oldBar: readonly NavTab[] = ['feed', 'explore', 'create', 'reels', 'profile'];

/** The bar was reordered towards the end of 2025: both orders are in captures of those months. */
const firstOfNewBar = 400;

export function releaseOf(version: string): Release {
  const major = Number(version.split('.')[0]);
  const isNew = major >= firstOfNewBar;
  const random = seededRandom(`instagram labels:${version}`);
  const unresolved = () => `@${2_131_950_000 + random.int(0, 29_999)}`;
  return {
    tabs: isNew ? newBar : oldBar,
    hasInboxInHeader: !isNew,
    hasCreateTab: !isNew,
    hasComposeBio: isNew,
    hasBoxedComposer: isNew,
    hasCommentText: !isNew,
    hasPreviewPicker: !isNew,
    likedLabel: isNew ? 'liked' : 'unlike',
    dimmerLabel: unresolved(),
    overflowLabel: unresolved(),
    scrubberLabel: unresolved(),
  };
}
