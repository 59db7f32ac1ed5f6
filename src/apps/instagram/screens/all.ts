import type { AnyScreen } from '../../../script/screen.ts';
import { accountBlocked, checkpoint, chooseProfile, login, switcher } from './account.ts';
import { audioList, audioTrim, storyText } from './audio.ts';
import { comments, typingComment } from './comments.ts';
import { camera, chosenGallery, createSheet, editor, gallery, loadingEditor, storyEditor } from './create.ts';
import { feed } from './feed.ts';
import { postDetail } from './post-detail.ts';
import { otherProfile, ownProfile } from './profile.ts';
import { loadingReel, missingPage, missingReel, ownReel, reelViewer } from './reel.ts';
import { explore, userResults } from './search.ts';
import { postScreen, typingPost } from './share.ts';
import { followSheet, reelMenu, unfollowConfirm } from './sheet.ts';
import { inbox, loading, splash, story, webview } from './start.ts';

/** Every screen that is told from the others. */
export const screens: readonly AnyScreen[] = [
  splash,
  loading,
  feed,
  postDetail,
  reelViewer,
  ownReel,
  loadingReel,
  missingReel,
  missingPage,
  ownProfile,
  otherProfile,
  followSheet,
  unfollowConfirm,
  reelMenu,
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
  audioList,
  audioTrim,
  storyText,
  postScreen,
  typingPost,
  switcher,
  login,
  chooseProfile,
  accountBlocked,
  checkpoint,
  webview,
  inbox,
  story,
];
