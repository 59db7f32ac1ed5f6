import { describe, test } from 'vitest';
import { languages, sizes } from '../test-app-phone.ts';
import { expectSight, wordsOnlyIn } from '../test-scenes.ts';
import type { Session } from './session.ts';
import { TestPhone, versions } from './test-phone.ts';
import { en } from './texts/en.ts';
import { fr } from './texts/fr.ts';
import type { Texts } from './texts/words.ts';

interface Scene {
  name: string;
  /** Brings the phone there from the running feed. */
  reach: (phone: TestPhone) => Promise<void> | void;
  /** What has to be readable. */
  says: (t: Texts, twin: Session) => (string | RegExp)[];
  /** What has to lead a tap somewhere: the control or something around it takes it. */
  taps: (t: Texts, twin: Session) => (string | RegExp)[];
}

const someVideo = (phone: TestPhone) => phone.world.postsBy('tiktok', 'harbor.kiln')[0]?.url ?? '';
const nav = (t: Texts) => Object.values(t.nav);
const starting = (text: string) => new RegExp(`^${text.split(/[.(]/)[0]}`);

const scenes: readonly Scene[] = [
  {
    name: 'feed',
    reach: () => {},
    says: (t) => [t.topTabs.forYou, starting(t.video.likeWithCount('')), starting(t.video.share('')), t.video.label],
    taps: (t) => [t.search, t.topTabs.forYou, starting(t.video.comments('')), t.video.favorite, ...nav(t)],
  },
  {
    name: 'feed with a survey',
    reach: (phone) => phone.faults.add({ kind: 'survey' }),
    says: (t) => [t.survey.question],
    taps: (t) => [t.survey.yes, t.survey.no, t.survey.adultsOnly],
  },
  { name: 'friends', reach: (phone) => phone.session.showTab('friends'), says: (t) => [t.friends.empty], taps: nav },
  {
    name: 'inbox',
    reach: (phone) => phone.session.showTab('inbox'),
    says: (t) => [t.inbox.newFollowers],
    taps: (t) => [t.inbox.activity, ...nav(t)],
  },
  {
    name: 'own profile',
    reach: (phone) => phone.session.showTab('profile'),
    says: (t) => ['@lena.paints', t.profile.following, t.profile.followers, t.profile.createStory],
    taps: (t) => [t.profile.menu, t.profile.tabVideos, t.profile.tabPrivate, 'Lena Paints', ...nav(t)],
  },
  {
    name: 'account switcher',
    reach: (phone) => {
      phone.session.showTab('profile');
      phone.session.showSheet({ is: 'switcher' });
    },
    says: (t) => [t.switcher.title, t.switcher.sheet, t.switcher.checkmark],
    taps: (t) => ['the.paints.corner.lena', t.switcher.add],
  },
  {
    name: 'a profile that is not followed',
    reach: (phone) => phone.openLink('https://www.tiktok.com/@harbor.kiln'),
    says: (t) => ['@harbor.kiln', t.profile.followers],
    taps: (t, twin) => [t.profile.follow, t.profile.message, twin.loose('back', t.back)],
  },
  {
    name: 'a private profile',
    reach: (phone) => phone.openLink('https://www.tiktok.com/@private.ida'),
    says: (t) => ['@private.ida', t.profile.isPrivate],
    taps: (t) => [t.profile.follow],
  },
  {
    name: 'a profile that does not exist',
    reach: (phone) => phone.openLink('https://www.tiktok.com/@no.such.user'),
    says: (t) => [t.profile.notFound],
    taps: (t, twin) => [twin.loose('back', t.back)],
  },
  {
    name: 'a sound',
    reach: async (phone) => {
      await phone.openLink('https://www.tiktok.com/music/Slow-Kettle-7201184417730054401');
      await phone.clock.advance(400);
    },
    says: () => ['Slow Kettle', 'Harbor Kiln'],
    taps: (t, twin) => [t.sounds[twin.release.useSoundLabel], t.sounds.favorite, twin.loose('back', t.back)],
  },
  {
    name: 'a sound that does not exist',
    reach: async (phone) => {
      await phone.openLink('https://www.tiktok.com/music/gone-1');
      await phone.clock.advance(400);
    },
    says: (t) => [t.sounds.missing],
    taps: (t, twin) => [twin.loose('back', t.back)],
  },
  {
    name: 'sounds over the editor',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.session.showSheet({ is: 'sounds', isLoading: false });
    },
    says: (t) => [t.sounds.recommended, 'Slow Kettle'],
    taps: (t) => [t.search, t.sounds.favorites, t.sounds.volume, 'Night Tram'],
  },
  {
    name: 'volumes',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.session.showSheet({ is: 'volume', originVolume: 50, addVolume: 50 });
    },
    says: (t) => [t.sounds.original, t.sounds.added],
    taps: (t) => [t.sounds.done],
  },
  {
    name: 'options of a post',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.tap(phone.session.t.editor.next);
      phone.tap(new RegExp(`^${phone.session.t.post.moreOptions}`));
    },
    says: (t) => [t.options.aiContent, t.options.aiNote],
    taps: () => [],
  },
  {
    name: 'products of the account',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.tap(phone.session.t.editor.next);
      phone.tap(phone.session.t.post.addLink);
      phone.tap(phone.session.t.products.product);
    },
    says: (t) => [t.products.title, t.products.showcase, 'Linen apron'],
    taps: (t) => [t.products.add],
  },
  {
    name: 'a video of its own',
    reach: (phone) => phone.openLink(someVideo(phone)),
    says: (t) => ['Harbor Kiln', new RegExp(`^${t.video.sound('', '').split(':')[0]}`)],
    taps: (t, twin) => [starting(t.video.likeWithCount('')), twin.loose('back', t.back)],
  },
  {
    name: 'a video that does not exist',
    reach: (phone) => phone.openLink('https://www.tiktok.com/@harbor.kiln/video/7000000000000000001'),
    says: (t) => [t.video.unavailable],
    taps: (t, twin) => [twin.loose('back', t.back)],
  },
  {
    name: 'comments',
    reach: async (phone) => {
      await phone.openLink(someVideo(phone));
      phone.tap(starting(phone.session.t.video.comments('')));
    },
    says: (t) => [t.comments.hint],
    taps: (t) => [t.close, t.comments.hint],
  },
  {
    name: 'comments while typing',
    reach: async (phone) => {
      await phone.openLink(someVideo(phone));
      phone.tap(starting(phone.session.t.video.comments('')));
      phone.tap(phone.session.t.comments.hint);
      phone.ui.type('so calm');
    },
    says: () => ['so calm'],
    taps: (t, twin) => [twin.loose('comment-send', t.comments.send), t.close],
  },
  {
    name: 'search results',
    reach: (phone) => {
      phone.tap(phone.session.t.search);
      phone.ui.type('kiln');
      phone.ui.key(66);
      phone.tap(phone.session.t.results.users);
    },
    says: () => ['harbor.kiln', 'Harbor Kiln'],
    taps: (t) => [t.results.top, t.profile.follow, t.results.clear, 'harbor.kiln'],
  },
  {
    name: 'camera',
    reach: (phone) => phone.tap(phone.session.t.nav.create),
    says: (t) => ['10m', '60s', '15s', t.camera.photo, t.camera.text, t.camera.post],
    taps: (t, twin) => [twin.loose('record', t.camera.record), twin.loose('camera-close', t.close), t.camera.flip],
  },
  {
    name: 'gallery, nothing picked',
    reach: (phone) => {
      phone.addFilm();
      phone.tap(phone.session.t.nav.create);
      phone.session.openGallery();
    },
    says: (t) => [t.gallery.recents, t.gallery.all, t.gallery.next, '00:02', '10m', t.camera.photo],
    taps: (t) => [t.gallery.videos, t.gallery.photos, t.gallery.selectMultiple],
  },
  {
    name: 'gallery, one picked',
    reach: (phone) => {
      phone.addFilm();
      phone.tap(phone.session.t.nav.create);
      phone.session.openGallery();
      phone.tap('00:02');
    },
    says: () => ['1'],
    taps: (t) => [t.gallery.nextCount(1)],
  },
  {
    name: 'editor that loads',
    reach: (phone) => phone.session.openEditor([]),
    says: (t) => [t.loading],
    taps: () => [],
  },
  {
    name: 'editor',
    reach: (phone) => phone.share(phone.addFilm()),
    says: (t) => [t.editor.next, t.editor.yourStory],
    taps: (t, twin) => [t.editor.next, t.editor.yourStory, t.editor.text, twin.loose('back', t.back)],
  },
  {
    name: 'post screen',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.tap(phone.session.t.editor.next);
    },
    says: (t) => [t.post.descriptionHint, t.post.everyone],
    taps: (t, twin) => [
      t.post.post,
      t.post.drafts,
      t.post.descriptionHint,
      t.post.everyone,
      twin.loose('back', t.back),
    ],
  },
  {
    name: 'post screen while typing',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.tap(phone.session.t.editor.next);
      phone.tap(phone.session.t.post.descriptionHint);
    },
    says: (t) => [t.post.descriptionHint, '0/4000'],
    taps: (t) => [t.post.post, t.post.collapse],
  },
  {
    name: 'contacts prompt',
    reach: (phone) => phone.faults.add({ kind: 'contacts-prompt' }),
    says: (t) => [t.dialogs.contacts, t.dialogs.dialog],
    taps: (t) => [t.dialogs.dontAllow, t.dialogs.openSettings],
  },
  {
    name: 'notifications prompt',
    reach: (phone) => phone.faults.add({ kind: 'notifications-prompt' }),
    says: (t) => [t.dialogs.notifications, t.switcher.sheet],
    taps: (t) => [t.notNow, t.dialogs.turnOn],
  },
  {
    name: 'account blocked',
    reach: (phone) => phone.session.showDialog('blocked'),
    says: (t) => [t.dialogs.blockedTitle, t.dialogs.blocked],
    taps: (t) => [t.ok],
  },
  {
    name: 'too fast',
    reach: (phone) => phone.session.showDialog('too-fast'),
    says: (t) => [t.dialogs.tooFastTitle],
    taps: (t) => [t.ok],
  },
  {
    name: 'login',
    reach: (phone) => phone.faults.add({ kind: 'logged-out' }),
    says: (t) => [t.login.title],
    taps: (t) => [t.login.logIn, t.login.signUp, t.login.usePhoneOrEmail],
  },
];

const cases = versions.flatMap((version) =>
  languages.flatMap((language) =>
    sizes.map((size) => ({ version, language, size, title: `${version} ${language} ${size.width}` })),
  ),
);

const none: ReadonlySet<string> = new Set();
/** English words the French app must not show. */
const englishOnly = wordsOnlyIn(en, fr);

describe.each(cases)('$title', ({ version, language, size }) => {
  test.each(scenes)('$name', async ({ reach, says, taps }) => {
    const phone = new TestPhone({ version, language, size });
    await phone.open();
    await reach(phone);
    const { session } = phone;
    const sight = { says: says(session.t, session), taps: taps(session.t, session) };
    expectSight(phone, sight, language === 'fr-FR' ? englishOnly : none);
  });
});
