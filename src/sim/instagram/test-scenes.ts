import { profileUrl } from './links.ts';
import { storyPage } from './page.ts';
import type { Session } from './session.ts';
import type { TestPhone } from './test-phone.ts';
import type { Texts } from './texts/words.ts';

export interface Scene {
  name: string;
  /** Brings the phone there from the running feed. */
  reach: (phone: TestPhone) => Promise<void> | void;
  /** What has to be readable. */
  says: (t: Texts, session: Session) => (string | RegExp)[];
  /** What has to lead a tap somewhere: the control or something around it takes it. */
  taps: (t: Texts, session: Session) => (string | RegExp)[];
}

export const postOf = (phone: TestPhone, author: string, mediaType: 'video' | 'image') => {
  const found = phone.world.postsBy('instagram', author).find((each) => each.mediaType === mediaType);
  if (!found) throw new Error(`${author} has no ${mediaType}`);
  return found;
};
const nav = (t: Texts, session: Session) => session.release.tabs.map((tab) => ({ ...t.nav, feed: t.nav.home })[tab]);
const openPhoto = (phone: TestPhone) => phone.openLink(postOf(phone, 'sable.dance', 'image').url);
const openReel = (phone: TestPhone) => phone.openLink(postOf(phone, 'sable.dance', 'video').url);

const slowKettle = '7201184417730054401';

export const scenes: readonly Scene[] = [
  {
    name: 'feed',
    reach: () => {},
    says: (t) => [t.feed.logo, t.feed.tray, t.feed.yourStory],
    taps: (t, session) => [t.feed.yourStory, ...nav(t, session)],
  },
  {
    name: 'feed, moved on to the buttons of a post',
    reach: (phone) => {
      for (let turn = 0; turn < 4; turn++) phone.swipeUp();
    },
    says: () => [],
    taps: (t, session) => [t.feed.moreActions, t.feed.save, ...nav(t, session)].slice(1),
  },
  {
    name: 'reels',
    reach: (phone) => phone.tap(phone.session.t.nav.reels),
    says: (t) => [t.reels.title],
    taps: (t, session) =>
      [t.feed.like, t.feed.comment, t.more, t.reels.create, ...nav(t, session)].filter((word) => word !== t.nav.reels),
  },
  {
    name: 'explore',
    reach: (phone) => phone.tap(phone.session.t.nav.explore),
    says: (t) => [t.search.hint],
    taps: (t, session) => [t.search.hint, ...nav(t, session)],
  },
  {
    name: 'search while typing',
    reach: (phone) => {
      phone.tap(phone.session.t.nav.explore);
      phone.tap(phone.session.t.search.hint);
      phone.ui.type('harbor');
    },
    says: () => ['harbor.kiln', 'harbor.kiln_', 'Harbor Kiln'],
    taps: (t) => ['harbor.kiln', t.search.clear, t.back],
  },
  {
    name: 'search results',
    reach: (phone) => {
      phone.tap(phone.session.t.nav.explore);
      phone.tap(phone.session.t.search.hint);
      phone.ui.type('harbor');
      phone.ui.key(66);
      phone.tap(phone.session.t.search.accounts);
    },
    says: () => ['harbor.kiln', 'harborkiln'],
    taps: (t) => ['harbor.kiln', t.search.forYou, t.search.audio],
  },
  {
    name: 'own profile',
    reach: (phone) => phone.tap(phone.session.t.nav.profile),
    says: (t) => ['lena.paints', t.profile.followers, t.profile.following],
    taps: (t, session) => [t.profile.editProfile, t.profile.shareProfile, t.options, ...nav(t, session), 'lena.paints'],
  },
  {
    name: 'a profile that is not followed',
    reach: (phone) => phone.openLink(profileUrl('harbor.kiln')),
    says: (t) => ['harbor.kiln', 'Harbor Kiln', t.profile.followers],
    taps: (t) => [t.profile.follow, t.profile.message, t.back, t.options],
  },
  {
    name: 'the sheet of a followed profile',
    reach: async (phone) => {
      await phone.openLink(profileUrl('harbor.kiln'));
      phone.tap(phone.session.t.profile.follow);
      phone.tap(phone.session.t.profile.followed);
    },
    says: () => [],
    taps: (t) => [t.profile.unfollow, t.profile.mute, t.profile.restrict],
  },
  {
    name: 'a private profile',
    reach: (phone) => phone.openLink(profileUrl('private.ida')),
    says: (t) => ['private.ida', t.profile.isPrivate, t.profile.isPrivateNote],
    taps: (t) => [t.profile.follow],
  },
  {
    name: 'a profile that does not exist',
    reach: (phone) => phone.openLink(profileUrl('no.such.user')),
    says: (t) => [t.missing.title],
    taps: (t) => [t.back],
  },
  {
    name: 'a photo by its link',
    reach: openPhoto,
    says: () => ['sable.dance'],
    taps: (t) => [t.back, t.feed.moreActions],
  },
  {
    name: 'posts from a grid',
    reach: (phone) => phone.session.openPost(postOf(phone, 'sable.dance', 'image'), 'grid'),
    says: (t) => [t.feed.posts],
    taps: (t) => [t.back, t.profile.follow],
  },
  {
    name: 'a reel by its link',
    reach: openReel,
    says: (t) => [t.reels.media('sable.dance')],
    taps: (t) => [t.feed.like, t.feed.comment, t.more, t.profile.follow, t.back],
  },
  {
    name: 'an own reel',
    reach: async (phone) => {
      const film = phone.addFilm();
      await phone.share(film);
      phone.tap(phone.session.t.next);
      phone.tap(phone.session.t.share.share);
      await phone.clock.advance(12_000);
      await phone.openLink(phone.world.postsBy('instagram', 'lena.paints')[0]?.url ?? '');
    },
    says: (t) => [t.reels.media('lena.paints')],
    taps: (t) => [t.reels.insights, t.reels.boost, t.feed.like],
  },
  {
    name: 'a post that does not exist',
    reach: (phone) => phone.openLink('https://www.instagram.com/p/Cxxxxxxxxxx/'),
    says: (t) => [t.missing.title, t.missing.text],
    taps: (t) => [t.back],
  },
  {
    name: 'comments',
    reach: async (phone) => {
      await openReel(phone);
      phone.tap(phone.session.t.feed.comment);
    },
    says: (t) => [t.comments.title],
    taps: () => ['❤️'],
  },
  {
    name: 'comments while typing',
    reach: async (phone) => {
      await openReel(phone);
      phone.tap(phone.session.t.feed.comment);
      const [field] = phone.fields();
      if (field) phone.tapView(field);
      phone.ui.type('so calm');
    },
    says: () => ['so calm'],
    taps: (t) => [t.comments.post],
  },
  {
    name: 'comments that are off',
    reach: (phone) => phone.session.openComments(postOf(phone, 'mossandmortar', 'video')),
    says: (t) => [t.comments.off],
    taps: () => [],
  },
  {
    name: 'inbox',
    reach: (phone) => phone.session.open({ is: 'direct' }),
    says: (t) => [t.direct.title],
    taps: (t) => [t.direct.search],
  },
  {
    name: 'a story',
    reach: (phone) => phone.session.openStory(phone.session.storyUsers[0] ?? ''),
    says: (_t, session) => [session.storyUsers[0] ?? ''],
    taps: (_t, session) => [session.storyUsers[0] ?? ''],
  },
  {
    name: 'create sheet',
    reach: (phone) => {
      phone.tap(phone.session.t.nav.profile);
      phone.session.showSheet({ is: 'create' });
    },
    says: (t) => [t.create.title, t.create.reel, t.profile.editProfile],
    taps: (t) => [t.create.newReel, t.create.newPost, t.create.newStory],
  },
  {
    name: 'picker for a post',
    reach: (phone) => {
      phone.addFilm();
      phone.session.openGallery('post');
    },
    says: (t) => [t.share.postTitle, t.create.recents, '0:02'],
    taps: (t) => [t.next, t.cancel, t.create.tabReel, t.create.tabStory, t.create.selectMultipleButton],
  },
  {
    name: 'picker for a reel',
    reach: (phone) => {
      phone.addFilm();
      phone.session.openGallery('reel');
    },
    says: (t) => [t.share.title, '0:02'],
    taps: (t) => [t.create.backHome, t.create.openCamera, t.create.tabPost, t.create.selectMultipleLong],
  },
  {
    name: 'picker for a story',
    reach: (phone) => {
      phone.addFilm();
      phone.session.openGallery('story');
    },
    says: (t) => [t.create.addToStory],
    taps: (t) => [t.create.backHome, t.create.music],
  },
  {
    name: 'editor',
    reach: (phone) => phone.share(phone.addFilm()),
    says: (t) => [t.editor.preview],
    taps: (t) => [t.next, t.editor.editVideo, t.cancel, t.editor.text],
  },
  {
    name: 'save draft',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.back();
    },
    says: (t) => [t.editor.draftTitle, t.editor.draftText],
    taps: (t) => [t.editor.startOver, t.editor.saveDraft, t.editor.keepEditing],
  },
  {
    name: 'music for a reel',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.session.showSheet({ is: 'audio', text: '', submitted: '', isLoading: false, marked: slowKettle });
    },
    says: (t) => [t.audio.search],
    taps: (t) => [t.audio.forYou, t.audio.trending, /Night Tram/, t.audio.select],
  },
  {
    name: 'the part of the music',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.session.showSheet({ is: 'audio-trim', sound: slowKettle });
    },
    says: () => ['Slow Kettle'],
    taps: (t) => [t.audio.done],
  },
  {
    name: 'text on a story',
    reach: (phone) => {
      phone.session.open({ is: 'story-editor', media: [], text: 'hello', isTyping: true });
    },
    says: () => ['hello'],
    taps: (t) => [t.story.done],
  },
  {
    name: 'story editor',
    reach: (phone) => {
      phone.session.open(storyPage([]));
    },
    says: () => [],
    taps: (t) => [t.story.yourStory, t.story.closeFriends, t.story.shareTo, t.cancel],
  },
  {
    name: 'share screen',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.tap(phone.session.t.next);
    },
    says: (t) => [t.share.title, t.share.hint],
    taps: (t) => [t.share.share, t.share.saveDraft, t.share.hint, t.share.tagPeople, t.back],
  },
  {
    name: 'share screen while typing',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.tap(phone.session.t.next);
      phone.tap(phone.session.t.share.hint);
    },
    says: (t) => [t.share.hint],
    taps: (t) => [t.ok, t.back],
  },
  {
    name: 'account switcher',
    reach: (phone) => {
      phone.tap(phone.session.t.nav.profile);
      phone.session.showDialog('switcher');
    },
    says: (t) => [t.switcher.add, t.switcher.accountsCenter],
    taps: (t) => ['the.paints.corner.lena', t.switcher.add, t.cancel],
  },
  {
    name: 'contacts prompt',
    reach: (phone) => phone.faults.add({ kind: 'contacts-prompt' }),
    says: (t) => [t.dialogs.contactsTitle],
    taps: (t) => [t.dialogs.allow, t.dialogs.dontAllow],
  },
  {
    name: 'notifications prompt',
    reach: (phone) => phone.faults.add({ kind: 'notifications-prompt' }),
    says: (t) => [t.dialogs.notificationsTitle],
    taps: (t) => [t.notNow, t.dialogs.turnOn],
  },
  {
    name: 'rating prompt',
    reach: (phone) => phone.faults.add({ kind: 'survey' }),
    says: (t) => [t.dialogs.rateText],
    taps: (t) => [t.dialogs.noThanks, t.dialogs.rateLater],
  },
  {
    name: 'introduction of stickers',
    reach: (phone) => phone.session.showDialog('sticker-nux'),
    says: (t) => [t.dialogs.stickerTitle],
    taps: (t) => [t.notNow, t.dialogs.tryIt],
  },
  {
    name: 'promotion over an own reel',
    reach: (phone) => {
      phone.tap(phone.session.t.nav.reels);
      phone.session.showSheet({ is: 'promo' });
    },
    says: (t) => [t.reels.promoTitle],
    taps: (t) => [t.reels.promoButton],
  },
  {
    name: 'try again later',
    reach: (phone) => phone.session.showDialog('try-again-later'),
    says: (t) => [t.dialogs.tooOftenTitle],
    taps: (t) => [t.ok, t.dialogs.tellUs],
  },
  {
    name: 'suspended',
    reach: (phone) => phone.session.places.reset({ is: 'suspended' }),
    says: (t) => [t.suspended.title('lena.paints'), t.suspended.note],
    taps: (t) => [t.suspended.appeal, t.suspended.menu],
  },
  {
    name: 'login',
    reach: (phone) => phone.faults.add({ kind: 'logged-out' }),
    says: (t) => [t.login.name, t.login.password, t.login.logo],
    taps: (t) => [`${t.login.name},`, t.login.logIn, t.login.forgot, t.login.create],
  },
];
