import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  captureFolder,
  complaint,
  describeFact,
  type Kept,
  type TreeFact,
  type TreeNode,
  treeOfCapture,
  treeOfViews,
} from '../test-tree.ts';
import { storyPage } from './page.ts';
import { TestPhone, versions } from './test-phone.ts';
import { postOf, scenes } from './test-scenes.ts';
import type { Texts } from './texts/words.ts';

const folder = join(captureFolder, 'instagram');
const hasCaptures = existsSync(folder);

test.skipIf(hasCaptures)(`captures: skipped, there is no folder ${folder} (DROVER_CAPTURES names another)`, () => {});

interface Comparison {
  file: string;
  version: string;
  kept?: Kept;
  reach: (phone: TestPhone) => Promise<void> | void;
  facts: (t: Texts) => TreeFact[];
  /** Share of the capture's ids that the twin has on this screen. Default 75 %. */
  covers?: number;
}

const view = 'android.view.View';
const group = 'android.view.ViewGroup';
const textView = 'android.widget.TextView';
const imageView = 'android.widget.ImageView';
const button = 'android.widget.Button';
const frame = 'android.widget.FrameLayout';
const linear = 'android.widget.LinearLayout';
const auto = 'android.widget.AutoCompleteTextView';
const unresolved = /^@21\d{8}$/;

const newBar = (t: Texts, selected?: string): TreeFact[] =>
  (
    [
      ['feed_tab', t.nav.home],
      ['clips_tab', t.nav.reels],
      ['direct_tab', t.nav.direct],
      ['search_tab', t.nav.explore],
      ['profile_tab', t.nav.profile],
    ] as const
  ).map(([id, desc]) => ({
    id,
    desc,
    class: frame,
    clickable: true,
    ...(desc === selected ? { selected: true } : {}),
  }));

const buttons = (t: Texts): TreeFact[] => [
  { id: 'row_feed_button_like', desc: t.feed.like, class: button, clickable: false, tapLevels: 1, selected: false },
  { id: 'row_feed_button_comment', desc: t.feed.comment, class: button, clickable: false, tapLevels: 1 },
  { id: 'row_feed_button_share', desc: t.feed.send, class: button, clickable: false, tapLevels: 1 },
  { id: 'row_feed_button_save', desc: t.feed.save, class: button, clickable: true },
];

const header = (t: Texts): TreeFact[] => [
  { id: 'row_feed_profile_header', desc: / posted a (video|photo) /, class: group, clickable: false },
  { id: 'row_feed_photo_profile_name', class: button, clickable: true },
  { id: 'row_feed_photo_profile_imageview', desc: /^Profile picture of /, class: imageView, tapLevels: 1 },
  { id: 'media_option_button', desc: t.feed.moreActions, class: imageView, clickable: true },
  { id: 'media_group', class: frame, clickable: true },
];

const counters: TreeFact[] = ['post_count', 'followers', 'following'].flatMap((name) => [
  { id: `profile_header_familiar_${name}_value`, class: textView, clickable: false },
  { id: `profile_header_familiar_${name}_label`, class: textView, clickable: false },
]);

const composer = (t: Texts, id: string): TreeFact[] => [
  { id: 'background_dimmer', desc: unresolved, class: button, clickable: true },
  { id: 'title_text_view', text: t.comments.title, class: textView, clickable: true },
  { id, class: group },
  { id: 'layout_comment_thread_edittext', class: auto, clickable: true },
  { desc: '❤️', id: 'item_emoji', class: imageView, clickable: true },
];

const typeComment = (phone: TestPhone) => {
  const post = postOf(phone, 'sable.dance', 'image');
  phone.session.openPost(post, 'link');
  phone.session.openComments(post);
  const [field] = phone.fields();
  if (field) phone.tapView(field);
  phone.ui.type('so calm');
};

const startUpload = async (phone: TestPhone, ms: number) => {
  await phone.share(phone.addFilm());
  phone.tap(phone.session.t.next);
  phone.tap(phone.session.t.share.share);
  await phone.clock.advance(ms);
};

/** The same order, begun at that post: what a phone shows first follows from its seed. */
function turnTo(posts: readonly string[], first: string | undefined): void {
  const order = posts as string[];
  const at = order.indexOf(first ?? '');
  if (at < 0) throw new Error('that post is not among them');
  order.push(...order.splice(0, at));
}

const comparisons: readonly Comparison[] = [
  {
    file: 'feed-home--1.xml',
    version: '410.0.0',
    reach: () => {},
    facts: (t) => [
      ...newBar(t, undefined),
      { id: 'title_logo', desc: t.feed.logo, class: imageView, tapLevels: 2 },
      { desc: t.feed.tray, class: 'androidx.recyclerview.widget.RecyclerView' },
      { id: 'outer_container', class: linear, clickable: true },
      { id: 'reel_empty_badge', desc: t.feed.addToStory, class: imageView },
      { id: 'username', text: t.feed.yourStory, class: textView },
      { id: 'creation_tab', absent: true },
    ],
    covers: 0.8,
  },
  {
    file: 'feed-home--2.xml',
    version: '410.0.0',
    reach: (phone) => phone.session.become({ is: 'feed', offset: 1_500, isLoading: false }),
    facts: (t) => [...newBar(t, t.nav.home), ...buttons(t), ...header(t)],
    // the capture has people suggested between the posts
    covers: 0.6,
  },
  {
    file: 'feed-home-oldnav--1.xml',
    version: '390.0.0',
    reach: (phone) => startUpload(phone, 1_000),
    facts: (t) => [
      { id: 'creation_tab', desc: t.nav.create, class: frame, clickable: true },
      { id: 'action_bar_inbox_button', desc: t.feed.inbox, class: imageView, clickable: true },
      { id: 'row_pending_media_sub_status_textview', text: t.upload.keepOpen, class: textView, tapLevels: 2 },
      { id: 'row_pending_media_progress_bar', class: 'android.widget.ProgressBar' },
      { id: 'direct_tab', absent: true },
    ],
  },
  {
    file: 'feed-upload-posting--1.xml',
    version: '410.0.0',
    reach: (phone) => startUpload(phone, 100),
    facts: () => [{ id: 'row_pending_media_sub_status_textview', text: /^Posting to .+…$/, class: textView }],
  },
  {
    file: 'feed-upload-done--1.xml',
    version: '410.0.0',
    reach: (phone) => startUpload(phone, 1_600),
    facts: (t) => [
      { id: 'row_pending_media_status_textview', text: t.upload.done, class: textView },
      { id: 'row_pending_media_sub_status_textview', text: t.upload.doneNote, class: textView },
      { id: 'row_pending_media_reshare_button', desc: t.upload.send, class: button, clickable: true },
    ],
  },
  {
    file: 'feed-upload-failed--1.xml',
    version: '410.0.0',
    reach: async (phone) => {
      phone.faults.add({ kind: 'upload-failure' });
      await startUpload(phone, 1_600);
    },
    facts: (t) => [
      { id: 'row_pending_media_status_textview', text: t.upload.videoFailed, class: textView, tapLevels: 2 },
      { id: 'row_pending_media_discard_button', desc: '', class: imageView, clickable: true },
    ],
  },
  {
    file: 'feed-sensitive-content--1.xml',
    version: '410.0.0',
    reach: (phone) => {
      const post = phone.world
        .postsBy('instagram', 'noor_repairs')
        .find((each) => each.mediaType === 'video' && phone.session.isCovered(each));
      turnTo(phone.session.feed, post?.id);
      phone.session.become({ is: 'feed', offset: 0, isLoading: false });
    },
    facts: (t) => [
      { id: 'restricted_media_title', text: t.feed.sensitive, class: textView },
      { id: 'restricted_media_subtitle', text: t.feed.sensitiveNote, desc: t.feed.sensitiveNote, class: textView },
      { id: 'blurred_image_view_overlay', class: frame, clickable: true },
    ],
  },
  {
    file: 'feed-sponsored--1.xml',
    version: '410.0.0',
    reach: (phone) => {
      turnTo(phone.session.feed, phone.world.postsBy('instagram', 'ember.stoves')[0]?.id);
      phone.session.become({ is: 'feed', offset: 1_100, isLoading: false });
    },
    facts: (t) => [
      { text: t.feed.visitProfile, desc: t.feed.visitProfile, class: group },
      { id: 'cta_container', class: group },
      ...buttons(t),
    ],
    covers: 0.5,
  },
  {
    file: 'post-detail--1.xml',
    version: '390.0.0',
    reach: (phone) => phone.openLink(postOf(phone, 'sable.dance', 'image').url),
    facts: (t) => [
      ...header(t),
      { id: 'action_bar_button_back', desc: t.back, class: imageView, clickable: true },
      { id: 'row_feed_photo_imageview', desc: /^Photo by /, class: frame, tapLevels: 1 },
      { id: 'list', class: 'android.widget.ListView' },
      { id: 'tab_bar', absent: true },
    ],
  },
  {
    file: 'posts-list--1.xml',
    version: '410.0.0',
    reach: (phone) => phone.session.openPost(postOf(phone, 'sable.dance', 'image'), 'grid'),
    facts: (t) => [
      { id: 'action_bar_title', text: t.feed.posts, desc: t.feed.posts, class: textView, clickable: true },
      { id: 'follow_button', class: button, clickable: true, selected: true },
      { id: 'action_bar_overflow_text', text: t.profile.follow, class: textView, tapLevels: 1 },
      { id: 'row_feed_photo_profile_name', class: button, clickable: true },
      { id: 'tab_bar', absent: true },
    ],
    covers: 0.7,
  },
  {
    file: 'profile-other-follow--2.xml',
    version: '390.0.0',
    reach: (phone) => phone.openLink('https://www.instagram.com/harbor.kiln/'),
    facts: () => [
      ...counters,
      { id: 'profile_header_follow_button', class: button, clickable: true, selected: true },
      { id: 'button_container', class: button, clickable: true },
      { id: 'action_bar_title', class: textView, clickable: false },
      { id: 'profile_header_bio_text', class: textView, clickable: true },
      { id: 'image_button', class: button, clickable: true },
      { id: 'profile_tab_icon_view', class: imageView, clickable: true, selected: true },
      { id: 'creation_tab', class: frame, clickable: true },
    ],
    covers: 0.8,
  },
  {
    file: 'profile-other-following--1.xml',
    version: '410.0.0',
    reach: async (phone) => {
      await phone.openLink('https://www.instagram.com/harbor.kiln/');
      phone.tap(phone.session.t.profile.follow);
    },
    facts: (t) => [
      ...counters,
      {
        id: 'profile_header_follow_button',
        text: t.profile.followed,
        desc: /^Following /,
        class: button,
        clickable: true,
        selected: false,
      },
      { id: 'profile_user_info_compose_view', class: 'com.facebook.compose.view.MetaComposeView' },
      { id: 'button_container', desc: t.profile.message, class: button, clickable: true },
      { text: t.profile.message, class: textView, clickable: false, tapLevels: 1 },
    ],
    // the person in the capture has links, a banner and highlights
    covers: 0.45,
  },
  {
    file: 'profile-own--1.xml',
    version: '410.0.0',
    reach: (phone) => phone.tap(phone.session.t.nav.profile),
    facts: (t) => [
      ...newBar(t, t.nav.profile),
      ...counters,
      { desc: t.profile.createNew, id: '', class: imageView, clickable: true },
      { id: 'button_container', desc: t.profile.editProfile, class: button, clickable: true },
      { id: 'action_bar_username_container', class: linear, clickable: true },
      { id: 'action_bar_title', class: textView, clickable: false, tapLevels: 2 },
      { desc: t.options, class: imageView, clickable: true },
      { id: 'profile_tab_icon_view', desc: t.profile.grid, class: imageView, clickable: true, selected: true },
      { id: 'image_button', desc: / at row 1, column 1$/, class: button, clickable: true },
      { id: 'row_profile_header_imageview', desc: t.profile.ownPhoto, class: imageView, tapLevels: 1 },
    ],
    covers: 0.7,
  },
  {
    file: 'comments--1.xml',
    version: '390.0.0',
    reach: typeComment,
    facts: (t) => [
      ...composer(t, 'comment_composer_parent'),
      { id: 'layout_comment_thread_post_button_icon', desc: t.comments.post, class: imageView, clickable: true },
      { desc: /^Go to .+'s profile$/, class: imageView, clickable: true },
      { text: t.comments.reply, desc: t.comments.reply, class: button, clickable: true },
    ],
    covers: 0.85,
  },
  {
    file: 'comments-empty--1.xml',
    version: '410.0.0',
    reach: typeComment,
    facts: (t) => [
      ...composer(t, 'comment_composer_parent_updated'),
      { id: 'comment_composer_text_parent', class: group },
      { id: 'layout_comment_thread_post_button_icon', desc: t.comments.post, class: imageView, clickable: true },
    ],
    covers: 0.7,
  },
  {
    file: 'create-sheet--1.xml',
    version: '410.0.0',
    reach: (phone) => {
      phone.tap(phone.session.t.nav.profile);
      phone.tap(phone.session.t.profile.createNew);
    },
    facts: (t) => [
      { id: 'title_text_view', text: t.create.title, class: textView },
      { desc: t.create.newReel, id: '', class: button, clickable: true },
      { desc: t.create.newPost, class: button, clickable: true },
      { desc: t.create.newStory, class: button, clickable: true },
      { id: 'label', text: t.create.reel, class: textView, clickable: false, tapLevels: 3 },
      { id: 'button_container', desc: t.profile.editProfile, class: button },
    ],
    covers: 0.7,
  },
  {
    file: 'create-gallery-reel--2.xml',
    version: '410.0.0',
    reach: (phone) => {
      phone.addFilm();
      phone.session.openGallery('reel');
    },
    facts: (t) => [
      { id: 'gallery_cancel_button', desc: t.create.backHome, class: button, clickable: true },
      { id: 'gallery_title_text', text: t.share.title, class: textView, clickable: false },
      { id: 'gallery_folder_menu_tv', text: t.create.albumSwitcher, class: textView },
      {
        id: 'gallery_grid_item_thumbnail',
        desc: /^Unselected Video thumbnail created on /,
        class: button,
        clickable: true,
      },
      { id: 'gallery_grid_item_label', text: /^\d+:\d\d$/, class: textView },
      { desc: t.create.openCamera, class: button, clickable: true },
      { id: 'gallery_menu_multi_select_button', desc: t.create.selectMultipleLong, class: button, clickable: true },
      { id: 'cam_dest_clips', text: t.create.tabReel, desc: t.create.tabReel, class: textView, clickable: true },
    ],
    // many boxes of the camera, empty ones, lie in the capture
    covers: 0.45,
  },
  {
    file: 'create-gallery-post--1.xml',
    version: '390.0.0',
    reach: (phone) => {
      phone.addFilm();
      phone.session.openGallery('post');
    },
    facts: (t) => [
      { id: 'action_bar_cancel', desc: t.cancel, class: imageView, clickable: true },
      { id: 'new_post_title', text: t.share.postTitle, class: textView },
      { id: 'next_button_textview', text: t.next, desc: t.next, class: button, clickable: true },
      { id: 'gallery_folder_menu_tv', text: t.create.recents, class: button, clickable: true },
      {
        id: 'gallery_grid_item_thumbnail',
        desc: /^Selected Video thumbnail created on /,
        class: button,
        clickable: true,
      },
      { id: 'multi_select_slide_button_alt', desc: t.create.selectMultipleButton, class: linear, clickable: true },
      { id: 'cam_dest_feed', text: t.create.tabPost, class: textView, clickable: true },
      { id: 'cam_dest_story', text: t.create.tabStory, class: textView, clickable: true },
    ],
  },
  {
    file: 'create-gallery-story--1.xml',
    version: '410.0.0',
    reach: (phone) => {
      phone.addFilm();
      phone.session.openGallery('story');
    },
    facts: (t) => [
      { id: 'gallery_title_text', text: t.create.addToStory, class: textView },
      { id: 'button_name', text: t.create.music, class: textView, clickable: false },
      { id: 'gallery_destination_bar', class: 'android.widget.GridView' },
    ],
    covers: 0.55,
  },
  {
    file: 'create-video-editor--2.xml',
    version: '410.0.0',
    reach: (phone) => phone.share(phone.addFilm()),
    facts: (t) => [
      { id: 'clips_right_action_button', desc: t.next, class: button, clickable: true },
      { text: t.next, class: textView, clickable: false, tapLevels: 1 },
      { id: 'clips_left_action_button', desc: t.editor.editVideoLong, class: button, clickable: true },
      { id: 'cancel_button', desc: t.cancel, class: button, clickable: true },
      { id: 'overflow_button', desc: unresolved, class: button, clickable: true },
      { id: 'capture_interactive_drawable_container', desc: t.editor.preview, class: frame },
    ],
    covers: 0.5,
  },
  {
    file: 'create-save-draft-dialog--1.xml',
    version: '410.0.0',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.back();
    },
    facts: (t) => [
      { id: 'action_sheet_header_text_view', text: t.editor.draftTitle, class: textView },
      { id: 'action_sheet_subheader_text_view', text: t.editor.draftText, class: textView },
      { id: 'action_sheet_row_text_view', text: t.editor.startOver, class: button, clickable: true },
      { id: 'action_sheet_row_text_view', text: t.editor.saveDraft, class: button, clickable: true },
      { id: 'action_sheet_row_text_view', text: t.editor.keepEditing, class: button, clickable: true },
      { id: 'background_dimmer', desc: unresolved, class: button, clickable: true },
    ],
    covers: 0.55,
  },
  {
    file: 'create-share--3.xml',
    version: '410.0.0',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.tap(phone.session.t.next);
    },
    facts: (t) => [
      { id: 'caption_input_text_view', text: t.share.hint, class: auto, clickable: true },
      { id: 'share_button', desc: t.share.share, class: frame, clickable: true },
      { text: t.share.share, class: textView, clickable: false, tapLevels: 1 },
      { id: 'save_draft_button', desc: t.share.saveDraft, class: button, clickable: true },
      { id: 'action_bar_title', text: t.share.title, desc: t.share.title, class: textView },
      { id: 'clip_thumbnail_image', desc: t.share.editCoverLong, class: button, clickable: true },
      { id: 'action_bar_button_text', absent: true },
    ],
    covers: 0.85,
  },
  {
    file: 'create-share-caption-focused--1.xml',
    version: '410.0.0',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.tap(phone.session.t.next);
      phone.tap(phone.session.t.share.hint);
    },
    facts: (t) => [
      { id: 'action_bar_button_text', text: t.ok, desc: t.ok, class: button, clickable: true },
      { id: 'caption_input_text_view', text: t.share.hint, class: auto, clickable: true },
      { id: 'share_button', absent: true },
      { id: 'clip_thumbnail_image', absent: true },
    ],
  },
  {
    file: 'account-switcher--1.xml',
    version: '410.0.0',
    reach: (phone) => {
      phone.tap(phone.session.t.nav.profile);
      phone.session.showDialog('switcher');
    },
    facts: (t) => [
      { desc: t.switcher.add, id: '', class: button, clickable: true },
      { desc: t.switcher.accountsCenter, class: button, clickable: true },
      { desc: t.cancel, class: frame, clickable: true },
      { text: t.switcher.add, class: view, clickable: false, tapLevels: 1 },
      { desc: t.switcher.meta, class: imageView },
      { class: group, clickable: true, selected: true, id: '' },
    ],
  },
  {
    file: 'login--1.xml',
    version: '410.0.0',
    reach: (phone) => phone.faults.add({ kind: 'logged-out' }),
    facts: (t) => [
      { desc: `${t.login.name},`, class: 'android.widget.EditText', clickable: true, id: '' },
      { desc: `${t.login.password},`, class: 'android.widget.EditText', clickable: true },
      { desc: t.login.logIn, class: button, clickable: true },
      { desc: t.login.create, class: button, clickable: true },
      { desc: t.login.logo, class: imageView },
      { text: t.login.logIn, class: view, clickable: false, tapLevels: 2 },
    ],
    covers: 1,
  },
  {
    file: 'blocked-account-suspended--1.xml',
    version: '410.0.0',
    reach: (phone) => phone.session.places.reset({ is: 'suspended' }),
    facts: (t) => [
      { text: /^We suspended your account, /, class: view },
      { desc: t.suspended.appeal, class: button, clickable: true },
      { desc: t.suspended.menu, class: button, clickable: true },
      { id: 'bloks_container', class: frame },
    ],
    covers: 1,
  },
  {
    file: 'launch-blank--1.xml',
    version: '410.0.0',
    reach: (phone) => phone.session.places.reset({ is: 'splash' }),
    facts: () => [
      { class: imageView, clickable: false },
      { clickable: true, absent: true },
      { text: /./, absent: true },
    ],
    covers: 1,
  },
  {
    file: 'reel-viewer-other--1.xml',
    version: '410.0.0',
    reach: (phone) => {
      turnTo(phone.session.reels, postOf(phone, 'harbor.kiln', 'video').id);
      phone.tap(phone.session.t.nav.reels);
    },
    facts: (t) => [
      ...newBar(t, t.nav.reels),
      { id: 'like_button', desc: t.feed.like, class: imageView, clickable: true },
      { id: 'like_count', text: /^Like number is\d+\. View likes$/, class: button, clickable: true },
      { id: 'comment_button', desc: t.feed.comment, class: imageView, clickable: true },
      { id: 'direct_share_button', desc: t.reels.share, class: imageView, clickable: true },
      { desc: t.reels.repost, id: '', class: imageView, clickable: true },
      { id: 'clips_ufi_more_button_component', desc: t.more, class: imageView, clickable: true },
      {
        id: 'inline_follow_button',
        text: t.profile.follow,
        desc: /^Follow /,
        class: button,
        clickable: true,
        selected: true,
      },
      { id: 'clips_author_username', class: button, clickable: true },
      {
        id: 'clips_media_component',
        desc: /^Reel by .+\. Double tap to play or pause\.$/,
        class: group,
        clickable: false,
      },
      { id: 'text1', text: t.reels.title, class: textView, selected: true },
      { id: 'scrubber', desc: unresolved, class: 'android.widget.SeekBar' },
    ],
    covers: 0.7,
  },
  {
    file: 'reel-viewer-own--1.xml',
    version: '410.0.0',
    reach: async (phone) => {
      await startUpload(phone, 12_000);
      phone.session.openPost(postOf(phone, 'lena.paints', 'video'), 'grid');
      await phone.clock.advance(500);
    },
    facts: (t) => [
      { text: t.reels.insights, desc: t.reels.insights, class: group, clickable: true },
      { text: t.reels.boost, desc: t.reels.boost, class: group, clickable: true },
      { id: 'like_count', absent: true },
      { id: 'inline_follow_button', absent: true },
    ],
    covers: 0.7,
  },
  {
    file: 'reel-loading--1.xml',
    version: '410.0.0',
    reach: async (phone) => {
      await startUpload(phone, 1_600);
      phone.tap(phone.session.t.nav.reels);
      phone.session.become({ is: 'reels', index: 0, isLoading: true });
    },
    facts: (t) => [
      { id: 'clips_media_component', desc: t.reels.media(''), class: group },
      { id: 'clips_video_container', desc: t.reels.media('null'), class: frame },
      { id: 'status_text', text: t.upload.reelDone, class: textView },
      { id: 'upload_snackbar_button', text: t.upload.send, class: button, clickable: true },
      { id: 'like_button', absent: true },
    ],
  },
  {
    file: 'reel-viewer-own--4.xml',
    version: '410.0.0',
    reach: (phone) => {
      phone.tap(phone.session.t.nav.reels);
      phone.session.showSheet({ is: 'promo' });
    },
    facts: (t) => [
      { id: 'bb_primary_action_container', desc: t.reels.promoButton, class: button, clickable: true },
      { id: 'background_dimmer', desc: unresolved, class: button, clickable: true },
      { id: 'igds_headline_emphasized_headline', text: t.reels.promoTitle, class: textView },
    ],
    covers: 0.6,
  },
  {
    file: 'dialog-create-sticker-nux--1.xml',
    version: '410.0.0',
    kept: 'flat',
    reach: (phone) => phone.session.showDialog('sticker-nux'),
    facts: (t) => [
      { id: 'igds_headline_headline', text: t.dialogs.stickerTitle },
      { id: 'primary_button', text: t.dialogs.tryIt, clickable: true },
      { id: 'auxiliary_button', text: t.notNow, clickable: true },
    ],
    covers: 1,
  },
  {
    file: 'dialog-rate-instagram--1.xml',
    version: '410.0.0',
    reach: (phone) => phone.session.showDialog('rate'),
    facts: (t) => [
      { id: 'appirater_title_area', text: t.dialogs.rate, class: textView },
      { id: 'appirater_rate_button', text: t.dialogs.rate, class: button, clickable: true },
      { id: 'appirater_rate_later_button', text: t.dialogs.rateLater, class: button, clickable: true },
      { id: 'appirater_cancel_button', text: t.dialogs.noThanks, class: button, clickable: true },
    ],
    covers: 1,
  },
  {
    file: 'story-editor--1.xml',
    version: '410.0.0',
    reach: (phone) => phone.session.open(storyPage([])),
    facts: (t) => [
      { desc: t.story.yourStory, id: '', class: button, clickable: true },
      { text: t.story.yourStory, class: textView, clickable: false, tapLevels: 1 },
      { desc: t.story.closeFriends, class: button, clickable: true },
      { id: 'cancel_button', desc: t.cancel, class: imageView, clickable: true },
      { id: 'music_button', desc: t.story.music, class: imageView, clickable: true },
    ],
    covers: 0.35,
  },
];

/** Clones carry another package name; flat captures none. */
const isOurs = (node: TreeNode): boolean => node.package === '' || node.package.startsWith('com.instagram.');

const appNodes = (phone: TestPhone): TreeNode[] =>
  treeOfViews(phone.views().filter((seen) => seen.package === phone.twin.package));

describe.skipIf(!hasCaptures)('Instagram on a phone and its twin', () => {
  test.each(comparisons)('$file: agree on what scripts rely on', async (comparison) => {
    const { file, version, kept = 'all', reach, facts, covers = 0.75 } = comparison;
    const phone = new TestPhone({ version });
    await phone.open();
    await reach(phone);
    const capture = treeOfCapture(join(folder, file)).filter(isOurs);
    const twin = appNodes(phone);
    for (const fact of facts(phone.session.t)) {
      expect(complaint(capture, fact, kept), `capture: ${describeFact(fact)}`).toBe(undefined);
      expect(complaint(twin, fact, kept), `twin: ${describeFact(fact)}`).toBe(undefined);
    }
    const has = new Set(twin.map(({ id }) => id));
    const ids = [...new Set(capture.map(({ id }) => id).filter((id) => id !== ''))];
    const lacking = ids.filter((id) => !has.has(id));
    expect(1 - lacking.length / ids.length, `not in the twin: ${lacking.join(' ')}`).toBeGreaterThanOrEqual(covers);
  });

  test('no node of the twin is of a kind that its id never has in a capture', async () => {
    const kinds = kindsInCaptures();
    const strange = new Set<string>();
    for (const version of versions) {
      for (const { reach } of scenes) {
        const phone = new TestPhone({ version });
        await phone.open();
        await reach(phone);
        for (const node of appNodes(phone)) {
          const known = kinds.get(node.id);
          if (known && !known.has(kindOf(node)))
            strange.add(`${node.id}: ${kindOf(node)}, captured as ${[...known].join(' or ')}`);
        }
      }
    }
    expect([...strange]).toEqual([]);
  });
});

const kindOf = (node: TreeNode): string => `${node.class}${node.clickable ? ' clickable' : ''}`;

/** What each id is in captures that kept classes and nesting: `android.widget.Button clickable`. */
function kindsInCaptures(): Map<string, Set<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.xml'))) {
    for (const node of treeOfCapture(join(folder, file))) {
      // flat captures have no packages, and no classes either
      if (node.id === '' || !node.package.startsWith('com.instagram.')) continue;
      const known = kinds.get(node.id) ?? new Set<string>();
      kinds.set(node.id, known.add(kindOf(node)));
    }
  }
  return kinds;
}
