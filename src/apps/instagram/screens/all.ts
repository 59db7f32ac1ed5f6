import type { AnyScreen } from '../../../script/screen.ts';
import { accountBlocked, checkpoint, chooseProfile, login, switcher } from './account.ts';
import { comments, typingComment } from './comments.ts';
import { camera, chosenGallery, createSheet, editor, gallery, loadingEditor, storyEditor } from './create.ts';
import { feed } from './feed.ts';
import { postDetail } from './post-detail.ts';
import { missingProfile, otherProfile, ownProfile } from './profile.ts';
import { loadingReel, missingPost, missingReel, ownReel, reelViewer } from './reel.ts';
import { explore, userResults } from './search.ts';
import { postScreen, typingPost } from './share.ts';
import { followSheet, unfollowConfirm } from './sheet.ts';
import { splash, webview } from './start.ts';

/** Every screen that is told from the others. */
export const screens: readonly AnyScreen[] = [
  splash,
  feed,
  postDetail,
  reelViewer,
  ownReel,
  loadingReel,
  missingReel,
  missingPost,
  ownProfile,
  otherProfile,
  missingProfile,
  followSheet,
  unfollowConfirm,
  userResults,
  explore,
  comments,
  typingComment,
  createSheet,
  gallery,
  chosenGallery,
  camera,
  editor,
  loadingEditor,
  storyEditor,
  postScreen,
  typingPost,
  switcher,
  login,
  chooseProfile,
  accountBlocked,
  checkpoint,
  webview,
];
