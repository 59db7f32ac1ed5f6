import type { AnyScreen } from '../../../script/screen.ts';
import { camera, createTools } from './camera.ts';
import { commentPhotos } from './comment-photos.ts';
import { comments, commentsOff, typingComment } from './comments.ts';
import { editor, loadingEditor } from './editor.ts';
import { feed, loadingFeed, survey } from './feed.ts';
import { liveFeed, shareSheet } from './feed-more.ts';
import { chosenGallery, gallery } from './gallery.ts';
import { login } from './login.ts';
import { postScreen, publishConfirm, typingPost } from './post.ts';
import { linkMenu, postOptions, productName, products } from './post-more.ts';
import { missingProfile, otherProfile, ownProfile, unfollowSheet } from './profile.ts';
import { userResults } from './search.ts';
import { otherResults, searchStart, videoResults } from './search-start.ts';
import { missingSound, soundPage, soundResults, sounds, volume } from './sounds.ts';
import { loading, splash, webview } from './start.ts';
import { switcher } from './switcher.ts';
import { friends, inbox, shop } from './tabs.ts';
import { missingVideo, ownVideo, video } from './video.ts';

/** Every screen that is told from the others. */
export const screens: readonly AnyScreen[] = [
  splash,
  loading,
  webview,
  feed,
  loadingFeed,
  survey,
  liveFeed,
  shareSheet,
  friends,
  shop,
  inbox,
  camera,
  createTools,
  gallery,
  chosenGallery,
  editor,
  loadingEditor,
  postScreen,
  typingPost,
  publishConfirm,
  postOptions,
  linkMenu,
  products,
  productName,
  soundPage,
  missingSound,
  sounds,
  soundResults,
  volume,
  ownProfile,
  switcher,
  otherProfile,
  unfollowSheet,
  missingProfile,
  video,
  missingVideo,
  ownVideo,
  searchStart,
  otherResults,
  videoResults,
  userResults,
  comments,
  typingComment,
  commentsOff,
  commentPhotos,
  login,
];
