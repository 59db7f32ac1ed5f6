import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  captureFolder,
  complaint,
  describeFact,
  type Kept,
  type TreeFact,
  treeOfCapture,
  treeOfViews,
} from '../test-tree.ts';
import type { IdName, StableId } from './ids.ts';
import type { Session } from './session.ts';
import type { Stage } from './stage.ts';
import { account, TestPhone } from './test-phone.ts';
import type { Texts } from './texts/words.ts';

const folder = captureFolder;

/** A node that must be in both trees, its id by our name for it. */
interface Fact extends Omit<TreeFact, 'id'> {
  id?: IdName;
  stableId?: StableId;
}

interface Comparison {
  file: string;
  version: string;
  language?: string;
  kept?: Kept;
  reach: (phone: TestPhone) => Promise<void> | void;
  facts: (t: Texts, twin: Stage) => Fact[];
}

const view = 'android.view.View';
const textView = 'android.widget.TextView';
const imageView = 'android.widget.ImageView';
const button = 'android.widget.Button';
const frame = 'android.widget.FrameLayout';
const linear = 'android.widget.LinearLayout';
const editText = 'android.widget.EditText';
const unresolved = /^@21\d{8}$/;

const photo = { id: 1, kind: 'image', sha256: 'ab', durationMs: 0, bytes: 1, name: 'a.jpg' } as const;
const counted = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.?*+()]/g, '\\$&').replace('#', '[\\d.,KM]+')}$`);

const bar = (t: Texts, selected: string | undefined): Fact[] => [
  { desc: t.nav.home, id: 'nav-home', class: frame, clickable: true, selected: selected === t.nav.home },
  { desc: t.nav.friends, id: 'nav-friends', class: frame, clickable: true },
  { desc: t.nav.create, id: 'nav-create', class: button, clickable: true },
  { desc: t.nav.inbox, id: 'nav-inbox', class: frame, clickable: true },
  { desc: t.nav.profile, id: 'nav-profile', class: frame, clickable: true, selected: selected === t.nav.profile },
  { text: t.nav.home, class: textView, clickable: false, tapLevels: 1 },
];

const rail = (t: Texts): Fact[] => [
  { desc: counted(t.video.likeWithCount('#')), id: 'like-or-share-button', class: button, clickable: true },
  { desc: t.video.like, id: 'like-icon', class: imageView, clickable: false },
  { desc: counted(t.video.comments('#')), id: 'comment-button', class: button, clickable: true },
  { desc: t.video.favorite, id: 'favorite-button', class: button, clickable: false, tapLevels: 1 },
  { desc: counted(t.video.share('#')), id: 'like-or-share-button', class: button, clickable: true },
  { desc: /^Sound: .+ by .+/, id: 'sound-button', class: button, clickable: true },
  { desc: / profile$/, id: 'avatar', class: imageView, clickable: true },
  { desc: /^Follow /, id: 'follow-over-avatar', class: button, clickable: true },
  { stableId: 'title', class: button, clickable: true },
  { desc: t.video.label, stableId: 'long_press_layout', class: view, clickable: true },
  { desc: t.search, id: 'search-icon', class: imageView, clickable: true },
  { text: t.topTabs.forYou, class: textView, selected: true, clickable: false, tapLevels: 2 },
];

const cameraBelow = (t: Texts): Fact[] => [
  { id: 'camera-gallery', class: frame, clickable: true },
  { desc: unresolved, id: 'camera-record', class: button, clickable: true },
  { text: '10m', id: 'mode-text', class: textView, clickable: false },
  { text: '60s', class: textView, clickable: false },
  { text: '15s', class: textView, clickable: false },
  { text: t.camera.photo, class: textView, clickable: false },
  { text: t.camera.text, class: textView, clickable: false },
  { text: t.camera.addSound, id: 'sound-text', class: textView, selected: true },
  { desc: t.camera.flip, class: button, clickable: true },
  { desc: t.camera.more, id: 'tool-more', class: imageView, clickable: true },
];

const galleryTabs = (t: Texts): Fact[] => [
  { text: t.gallery.all, class: textView, clickable: false, selected: true },
  { desc: t.gallery.all, absent: true },
  { desc: t.gallery.videos, class: frame, clickable: true },
  { desc: t.gallery.photos, class: frame, clickable: true },
  { desc: t.gallery.aiGallery, class: frame, clickable: true },
  { desc: t.close, id: 'gallery-close', class: imageView, clickable: true },
  { id: 'gallery-title', class: textView, clickable: false },
  { text: /^\d\d:\d\d$/, id: 'gallery-duration', class: textView, clickable: false },
];

const postButtons = (t: Texts): Fact[] => [
  { text: t.post.post, id: 'post-post', class: button, clickable: true },
  { text: t.post.drafts, id: 'post-drafts', class: button, clickable: true },
  { desc: unresolved, id: 'back', class: button, clickable: true },
  { id: 'post-caption', class: editText, clickable: true },
  { desc: t.post.everyone, id: 'post-row', class: button, clickable: true },
];

const comparisons: readonly Comparison[] = [
  { file: 'feed-foryou--1.xml', version: '43.1.4', reach: () => {}, facts: (t) => [...bar(t, t.nav.home), ...rail(t)] },
  {
    file: 'feed-foryou--2.xml',
    version: '43.1.4',
    reach: () => {},
    facts: (t) => [
      ...bar(t, t.nav.home),
      ...rail(t),
      { stableId: 'desc', class: 'com.bytedance.tux.input.TuxTextLayoutView', clickable: true },
      { stableId: 'player_view', class: frame, clickable: false },
      { stableId: 'view_rootview', class: frame, clickable: false },
    ],
  },
  {
    file: 'feed-loading--1.xml',
    version: '43.1.4',
    kept: 'flat',
    reach: (phone) => phone.session.become({ is: 'feed', index: 0, isLoading: true, hasSurvey: false }),
    facts: (t) => [
      { desc: t.nav.create, id: 'nav-create', clickable: true },
      { text: t.topTabs.forYou },
      { desc: /^Like video/, absent: true },
      { stableId: 'player_view', absent: true },
      { id: 'loading-spinner' },
    ],
  },
  {
    file: 'feed-survey--1.xml',
    version: '43.1.4',
    kept: 'flat',
    reach: (phone) => phone.faults.add({ kind: 'survey' }),
    facts: (t) => [
      { text: t.survey.question, clickable: false },
      { text: t.survey.yes, clickable: false },
      { text: t.survey.no, clickable: false },
      // the video and its rail stay in the tree below
      { desc: counted(t.video.likeWithCount('#')), clickable: true },
      { desc: t.nav.create, clickable: true },
    ],
  },
  {
    file: 'launch-splash--1.xml',
    version: '46.4.3',
    reach: (phone) => phone.session.become({ is: 'splash' }),
    facts: () => [
      { text: /./, absent: true },
      { desc: /./, absent: true },
      { clickable: true, absent: true },
      { class: frame, clickable: false },
    ],
  },
  {
    file: 'comments--1.xml',
    version: '43.1.4',
    reach: async (phone) => {
      await phone.openLink(phone.world.postsBy('tiktok', 'harbor.kiln')[0]?.url ?? '');
      phone.tap(/^Read or add comments/);
    },
    facts: (t) => [
      { text: counted(t.comments.title('#')), id: 'comments-title', class: textView, clickable: false },
      { text: t.comments.hint, id: 'comments-input', class: editText, clickable: true },
      { desc: t.close, id: 'comments-close', class: imageView, clickable: true },
      { text: t.comments.reply, id: 'comments-reply', class: button, clickable: true },
      { desc: unresolved, id: 'comments-like', class: button, clickable: false },
      { desc: unresolved, id: 'comments-photo', class: button, clickable: true },
      { desc: t.comments.stickers, id: 'comments-sticker', class: imageView, clickable: true },
      { desc: t.comments.mention, id: 'comments-mention', class: imageView, clickable: true },
      { id: 'comments-send', absent: true },
      // player below, rail gone
      { desc: t.video.label, stableId: 'long_press_layout', class: view, clickable: true },
      { desc: /^Like video/, absent: true },
    ],
  },
  {
    file: 'comments-typing--3.xml',
    version: '46.4.3',
    kept: 'reduced',
    reach: async (phone) => {
      await phone.openLink(phone.world.postsBy('tiktok', 'harbor.kiln')[0]?.url ?? '');
      phone.tap(/^Read or add comments/);
      phone.tap(phone.session.t.comments.hint);
      phone.ui.type('calm');
    },
    facts: () => [
      { desc: '@2131823293', id: 'comments-send', class: button, clickable: true },
      { stableId: 'viewpager_container', class: linear, clickable: false },
      { stableId: 'title', class: button, clickable: true },
    ],
  },
  {
    file: 'create-camera--1.xml',
    version: '43.1.4',
    reach: (phone) => phone.tap('Create'),
    facts: (t) => [
      ...cameraBelow(t),
      { desc: unresolved, id: 'camera-close', class: imageView, clickable: true },
      { text: t.camera.post, class: textView, selected: true },
      { text: t.camera.create, class: textView },
      { desc: t.camera.addSound, id: 'sound-pill-inner', class: button, clickable: false, tapLevels: 1 },
      { desc: t.camera.timer, class: button, clickable: true },
      { desc: t.gallery.videos, absent: true },
      { desc: t.nav.create, absent: true },
    ],
  },
  {
    file: 'create-camera--2.xml',
    version: '46.4.3',
    kept: 'reduced',
    reach: (phone) => phone.tap('Create'),
    facts: () => [
      { desc: unresolved, id: 'camera-record', class: button, clickable: true },
      { id: 'camera-gallery', class: frame, clickable: true },
      { id: 'sound-pill-button', class: button, clickable: true },
    ],
  },
  {
    file: 'create-gallery--2.xml',
    version: '46.4.3',
    kept: 'reduced',
    reach: (phone) => {
      phone.addFilm();
      phone.tap('Create');
      phone.session.openGallery();
    },
    facts: (t) => [
      ...cameraBelow(t),
      ...galleryTabs(t),
      { text: t.gallery.next, id: 'gallery-next', class: button, clickable: false },
      { text: t.gallery.selectMultiple, id: 'gallery-multiple-text', class: textView, clickable: false },
      { id: 'gallery-multiple', class: 'android.widget.RelativeLayout', clickable: true },
      { id: 'gallery-bottom', class: linear, clickable: true },
    ],
  },
  {
    file: 'create-gallery-selected--1.xml',
    version: '46.4.3',
    kept: 'reduced',
    reach: (phone) => {
      phone.addFilm();
      phone.tap('Create');
      phone.session.openGallery();
      phone.tap('00:02');
    },
    facts: (t) => [
      ...cameraBelow(t),
      ...galleryTabs(t),
      { text: t.gallery.nextCount(1), id: 'gallery-next', class: button, clickable: true },
      { text: t.gallery.next, absent: true },
      { text: t.gallery.selectMultiple, absent: true },
      { text: '1', id: 'gallery-badge', class: button, clickable: true },
      { text: t.gallery.autoCut, id: 'gallery-autocut-text', class: textView, clickable: false },
    ],
  },
  {
    file: 'create-editor--1.xml',
    version: '43.1.4',
    reach: (phone) => phone.share(phone.addFilm()),
    facts: (t) => [
      { text: t.editor.next, id: 'editor-next-text', class: textView, clickable: false, tapLevels: 1 },
      { id: 'editor-next', class: linear, clickable: true },
      { text: t.editor.yourStory, id: 'editor-story-text', class: textView, clickable: false, tapLevels: 2 },
      { desc: unresolved, id: 'back', class: imageView, clickable: true },
      { desc: t.editor.settings, class: button, clickable: true },
      { desc: t.editor.videoTemplates, class: button, clickable: true },
      { desc: t.editor.text, class: button, clickable: true },
      { desc: t.editor.stickers, class: button, clickable: true },
      { id: 'sound-text', class: textView, clickable: false, tapLevels: 2 },
      { text: '10m', absent: true },
      { text: t.post.post, absent: true },
    ],
  },
  {
    file: 'create-editor--3.xml',
    version: '46.4.3',
    kept: 'reduced',
    reach: (phone) => phone.share(phone.addFilm()),
    facts: (t) => [
      { text: t.editor.next, id: 'editor-next-text', class: textView, clickable: false },
      { id: 'editor-next', class: linear, clickable: true },
      { text: t.editor.yourStory, id: 'editor-story-text', class: textView, clickable: false },
      { id: 'editor-story', class: frame, clickable: true },
      { desc: unresolved, id: 'back', class: imageView, clickable: true },
      { desc: t.editor.templates, class: button, clickable: true },
      { desc: t.editor.voice, class: button, clickable: true },
      { id: 'sound-pill-button', class: linear, clickable: true },
    ],
  },
  {
    file: 'create-post-screen--1.xml',
    version: '43.1.4',
    reach: (phone) =>
      phone.session.open({ is: 'post', media: [photo], caption: '', title: '', aiLabel: false, step: 'editing' }),
    facts: (t) => [
      ...postButtons(t),
      { text: t.post.longDescriptionHint, id: 'post-caption', class: editText, clickable: true },
      { text: t.post.titleHint, id: 'post-title', class: editText, clickable: true },
      { text: t.post.everyone, id: 'post-row-text', class: textView, clickable: false, tapLevels: 1 },
      { desc: t.post.addLink, id: 'post-row', class: button, clickable: true },
      { desc: /^More options, /, id: 'post-row', class: button, clickable: true },
      { text: t.post.cover, id: 'post-cover-text', class: textView, clickable: false },
      { text: /\/4000$/, absent: true },
      { desc: t.post.collapse, absent: true },
    ],
  },
  ...(
    [
      ['create-post-screen--2.xml', '46.4.3', []],
      ['create-post-screen--4.xml', '46.0.41', ['Add link']],
      ['create-post-screen--5.xml', '45.7.3', ['Add link']],
    ] as const
  ).map(
    ([file, version, rows]): Comparison => ({
      file,
      version,
      kept: 'reduced',
      reach: (phone) => {
        const film = phone.addFilm();
        const media = [{ ...photo, id: film.id, kind: 'video' as const }];
        phone.session.open({ is: 'post', media, caption: 'a caption', title: '', aiLabel: false, step: 'editing' });
      },
      facts: (t) => [
        ...postButtons(t),
        { desc: unresolved, id: 'post-cover', class: imageView, clickable: true },
        { id: 'post-cover-text', class: frame, clickable: true },
        { desc: t.post.moreOptions, id: 'post-row', class: button, clickable: true },
        ...rows.map((desc): Fact => ({ desc, id: 'post-row', class: button, clickable: true })),
        ...(rows.length === 0 ? [{ desc: t.post.addLink, absent: true }] : []),
      ],
    }),
  ),
  {
    file: 'create-post-screen-typing--1.xml',
    version: '43.1.4',
    kept: 'flat',
    reach: (phone) => {
      phone.session.open({
        is: 'post',
        media: [photo],
        caption: '',
        title: 'a title',
        aiLabel: false,
        step: 'editing',
      });
      phone.tap(phone.session.t.post.longDescriptionHint);
    },
    facts: (t) => [
      { text: t.post.post, id: 'post-post-top', clickable: true },
      { id: 'post-post', absent: true },
      { text: t.post.drafts, absent: true },
      { text: '0/4000', id: 'post-caption-counter', clickable: false },
      { desc: t.post.collapse, id: 'post-collapse', clickable: true },
      { text: t.post.longDescriptionHint, id: 'post-caption', clickable: true },
      { text: t.post.ideas, id: 'post-ideas', clickable: true },
    ],
  },
  {
    file: 'dialog-account-blocked--1.xml',
    version: '43.1.4',
    kept: 'flat',
    reach: (phone) => phone.session.showDialog('blocked'),
    facts: (t) => [{ text: t.dialogs.blockedTitle }, { text: t.dialogs.blocked }, { text: t.ok, clickable: true }],
  },
  {
    file: 'dialog-contacts--1.xml',
    version: '43.1.4',
    reach: (phone) => phone.session.showDialog('contacts'),
    facts: (t) => [
      { desc: t.dialogs.dialog, id: 'dialog-card', class: frame, clickable: false },
      { text: t.dialogs.dontAllow, class: button, clickable: true },
      { text: t.dialogs.openSettings, class: button, clickable: true },
      { text: t.dialogs.contacts, id: 'dialog-text', class: textView, clickable: false },
    ],
  },
  {
    file: 'dialog-turn-on-notifications--1.xml',
    version: '43.1.4',
    kept: 'flat',
    reach: (phone) => phone.session.showDialog('notifications'),
    facts: (t) => [
      { desc: t.switcher.sheet, id: 'sheet', clickable: false },
      { text: t.dialogs.notifications, id: 'notifications-title', clickable: false },
      { text: t.notNow, id: 'notifications-later', clickable: true },
      { text: t.dialogs.turnOn, id: 'notifications-accept', clickable: true },
    ],
  },
  {
    file: 'profile-own--1.xml',
    version: '43.1.4',
    language: 'fr-FR',
    reach: (phone) => phone.session.showTab('profile'),
    facts: (t) => [
      ...bar(t, t.nav.profile),
      { text: /^@\w/, id: 'profile-username', class: button, clickable: true },
      { id: 'profile-name', class: button, clickable: true },
      { desc: t.profile.menu, class: button, clickable: true },
      { desc: t.profile.photo, id: 'profile-avatar', class: button },
      { desc: t.profile.createStory, class: button, clickable: true },
      { text: t.profile.following, id: 'profile-label', class: textView, clickable: false, tapLevels: 1 },
      { text: t.profile.followers, id: 'profile-label', class: textView, clickable: false, tapLevels: 1 },
      { text: t.profile.likes, id: 'profile-label', class: textView, clickable: false, tapLevels: 1 },
      { desc: t.profile.tabVideos, class: 'android.widget.RelativeLayout', clickable: true, selected: true },
      { desc: t.profile.tabPrivate, class: 'android.widget.RelativeLayout', clickable: true, selected: false },
      { desc: t.profile.tabFavorites, class: 'android.widget.RelativeLayout', clickable: true },
      { desc: t.profile.tabLiked, class: 'android.widget.RelativeLayout', clickable: true },
      { stableId: 'cover', class: imageView, clickable: false, tapLevels: 1 },
      { id: 'grid-views', text: /^\d/, class: textView, clickable: false, tapLevels: 2 },
      { text: t.profile.edit, absent: true },
    ],
  },
  {
    file: 'profile-own--3.xml',
    version: '45.4.3',
    kept: 'reduced',
    reach: (phone) => phone.session.showTab('profile'),
    facts: (t) => [
      { text: t.profile.edit, class: button, clickable: true },
      { text: /^@\w/, id: 'profile-username', class: button, clickable: true },
      { desc: t.profile.menu, class: button, clickable: true },
    ],
  },
  {
    file: 'profile-other-follow--1.xml',
    version: '43.1.4',
    language: 'fr-FR',
    reach: (phone) => phone.openLink('https://www.tiktok.com/@sable.dance'),
    facts: (t) => [
      { text: t.profile.follow, id: 'profile-follow', class: textView, clickable: false, tapLevels: 4 },
      { text: t.profile.message, id: 'profile-follow', class: textView, clickable: false, tapLevels: 4 },
      { text: /^@\w/, id: 'profile-username', class: button, clickable: true },
      { text: t.profile.followers, id: 'profile-label', class: textView, clickable: false, tapLevels: 1 },
      { desc: t.profile.tabVideos, class: 'android.widget.RelativeLayout', clickable: true, selected: true },
      { desc: t.profile.tabReposts, class: 'android.widget.RelativeLayout', clickable: true },
      { stableId: 'cover', class: imageView, clickable: false, tapLevels: 1 },
      { desc: t.profile.menu, absent: true },
    ],
  },
  {
    file: 'search-results-users--1.xml',
    version: '43.1.4',
    language: 'fr-FR',
    reach: (phone) => {
      phone.session.open({ is: 'search', text: 'sable', submitted: 'sable', tab: 'users', scrolledRows: 0 });
    },
    facts: (t) => [
      { id: 'search-input', class: editText, clickable: true },
      { desc: t.search, id: 'search-input-icon', class: imageView, clickable: false },
      { desc: t.results.users, class: frame, clickable: false, selected: true },
      { desc: t.results.videos, class: frame, clickable: true, selected: false },
      { desc: t.results.top, class: frame, clickable: true },
      { text: t.profile.follow, id: 'search-follow', class: button, clickable: true },
      { id: 'search-username', class: textView, clickable: false, tapLevels: 3 },
    ],
  },
];

test.skipIf(existsSync(folder))(
  `captures: skipped, there is no folder ${folder} (DROVER_CAPTURES names another)`,
  () => {},
);

test.skipIf(!existsSync(folder)).each(comparisons)('$file and the twin agree', async (comparison) => {
  const { file, version, language = 'en-US', kept = 'all', reach, facts } = comparison;
  const phone = new TestPhone({ version, language });
  // the captured accounts sell nothing
  phone.world.setShowcase('tiktok', account, []);
  await phone.open();
  await reach(phone);
  const capture = treeOfCapture(join(folder, 'tiktok', file));
  const twin = treeOfViews(phone.views().filter((seen) => seen.package === phone.twin.package));
  for (const each of facts(phone.session.t, phone.session)) {
    const fact = resolved(each, phone.session);
    expect(complaint(capture, fact, kept), `capture: ${describeFact(fact)}`).toBe(undefined);
    expect(complaint(twin, fact, kept), `twin: ${describeFact(fact)}`).toBe(undefined);
  }
});

/** The facts with the ids that this release has; ids that no capture told us are not asked. */
function resolved(fact: Fact, twin: Session): TreeFact {
  const { id, stableId, ...others } = fact;
  const full = stableId !== undefined ? twin.stableId(stableId) : id !== undefined ? twin.id(id) : undefined;
  return { ...others, ...(full === undefined ? {} : { id: full.slice(full.indexOf('/') + 1) }) };
}
