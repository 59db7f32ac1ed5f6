import type { App } from '../../script/define.ts';
import { dialogs } from './dialogs.ts';
import { camera, createTools } from './screens/camera.ts';
import { comments, typingComment } from './screens/comments.ts';
import { editor, loadingEditor } from './screens/editor.ts';
import { feed, loadingFeed, survey } from './screens/feed.ts';
import { chosenGallery, gallery } from './screens/gallery.ts';
import { login } from './screens/login.ts';
import { postScreen, publishConfirm, typingPost } from './screens/post.ts';
import { missingProfile, otherProfile, ownProfile } from './screens/profile.ts';
import { userResults } from './screens/search.ts';
import { splash } from './screens/start.ts';
import { friends, inbox, shop } from './screens/tabs.ts';
import { ownVideo } from './screens/video.ts';
import { distinctWords } from './texts.ts';

/** TikTok. Follow, unfollow, comment and warm-up come with their scripts; until then they end as `app.missing-script`. */
export const tiktok: App = {
  platform: 'tiktok',
  packageName: 'com.zhiliaoapp.musically',
  label: 'TikTok',
  words: distinctWords(),
  screens: [
    splash,
    feed,
    loadingFeed,
    survey,
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
    ownProfile,
    otherProfile,
    missingProfile,
    ownVideo,
    userResults,
    comments,
    typingComment,
    login,
  ],
  dialogs,
  scripts: {},
};
