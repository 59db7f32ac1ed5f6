/**
 * What the simulated TikTok draws is told as what it is, in each release, language and size. The twin's words are its own;
 * both are held to the same captures, and here to each other.
 */
import { describe, expect, test } from 'vitest';
import { tiktok } from '../../src/apps/tiktok/app.ts';
import { parseHierarchy } from '../../src/phone/hierarchy.ts';
import { type Recognised, recognise } from '../../src/script/recognise.ts';
import { pageSource, viewTrees } from '../../src/sim/hierarchy.ts';
import { languages, sizes } from '../../src/sim/test-app-phone.ts';
import { account, TestPhone, versions } from '../../src/sim/tiktok/test-phone.ts';

interface Scene {
  screen: string;
  reach(phone: TestPhone): Promise<void> | void;
  /** Controls that have to be there, ready to be tapped. */
  taps?: readonly string[];
  reads?: Readonly<Record<string, string | RegExp>>;
}

const bar = ['bar.navHome', 'bar.navCreate', 'bar.navInbox', 'bar.navProfile'];
const aVideo = (phone: TestPhone) => phone.world.postsBy('tiktok', 'harbor.kiln')[0]?.url ?? '';
const openComments = async (phone: TestPhone) => {
  await phone.openLink(aVideo(phone));
  const [start = ''] = phone.session.t.video.comments('').split('.');
  phone.tap(new RegExp(`^${start}`));
};

const openPost = async (phone: TestPhone) => {
  await phone.share(phone.addFilm());
  phone.tap(phone.session.t.editor.next);
};

const scenes: readonly Scene[] = [
  { screen: 'tiktok.feed', reach: () => {}, taps: [...bar, 'feed.search', 'feed.like', 'feed.comment', 'feed.share'] },
  { screen: 'tiktok.feed-survey', reach: (phone) => phone.faults.add({ kind: 'survey' }), taps: bar },
  { screen: 'tiktok.friends', reach: (phone) => phone.session.showTab('friends'), taps: bar },
  { screen: 'tiktok.inbox', reach: (phone) => phone.session.showTab('inbox'), taps: bar },
  {
    screen: 'tiktok.profile-own',
    reach: (phone) => phone.session.showTab('profile'),
    taps: [...bar, 'profile-own.username', 'profile-own.displayName', 'profile-own.menu', 'profile-own.tiles'],
    reads: { 'profile-own.username': '@lena.paints', 'profile-own.followersCount': /^\d/ },
  },
  {
    screen: 'tiktok.profile-other',
    reach: (phone) => phone.openLink('https://www.tiktok.com/@harbor.kiln'),
    taps: ['profile-other.follow', 'profile-other.message'],
    reads: { 'profile-other.username': '@harbor.kiln' },
  },
  { screen: 'tiktok.profile-missing', reach: (phone) => phone.openLink('https://www.tiktok.com/@no.such.user') },
  {
    screen: 'tiktok.create-camera',
    reach: (phone) => phone.tap(phone.session.t.nav.create),
    taps: ['create-camera.gallery', 'create-camera.record', 'create-camera.close', 'create-camera.addSound'],
  },
  {
    screen: 'tiktok.create-gallery',
    reach: (phone) => {
      phone.addFilm();
      phone.tap(phone.session.t.nav.create);
      phone.session.openGallery();
    },
    taps: ['create-gallery.firstItem', 'create-gallery.tabVideos', 'create-gallery.close'],
  },
  {
    screen: 'tiktok.create-gallery-selected',
    reach: (phone) => {
      phone.addFilm();
      phone.tap(phone.session.t.nav.create);
      phone.session.openGallery();
      phone.tap('00:02');
    },
    taps: ['create-gallery-selected.next'],
  },
  { screen: 'tiktok.create-editor-loading', reach: (phone) => phone.session.openEditor([]) },
  {
    screen: 'tiktok.create-editor',
    reach: (phone) => phone.share(phone.addFilm()),
    taps: ['create-editor.next', 'create-editor.yourStory', 'create-editor.back'],
  },
  {
    screen: 'tiktok.sound',
    reach: async (phone) => {
      await phone.openLink('https://www.tiktok.com/music/Slow-Kettle-7201184417730054401');
      await phone.clock.advance(400);
    },
    taps: ['sound.use'],
    reads: { 'sound.title': 'Slow Kettle' },
  },
  {
    screen: 'tiktok.sound-missing',
    reach: async (phone) => {
      await phone.openLink('https://www.tiktok.com/music/gone-7123456789');
      await phone.clock.advance(400);
    },
  },
  {
    screen: 'tiktok.create-sounds',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.session.showSheet({ is: 'sounds', isLoading: false });
    },
    taps: ['create-sounds.search', 'create-sounds.rows', 'create-sounds.volume'],
  },
  {
    screen: 'tiktok.search',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.session.showSheet({ is: 'sound-search', text: '', isLoading: false });
    },
    taps: ['search.searchInput'],
  },
  {
    screen: 'tiktok.create-sound-results',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      const words = { text: 'tram', submitted: 'tram', marked: '7237534069312850180' };
      phone.session.showSheet({ is: 'sound-search', ...words, isLoading: false });
    },
    taps: ['create-sound-results.rows', 'create-sound-results.use'],
  },
  {
    screen: 'tiktok.create-volume',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.session.showSheet({ is: 'volume', originVolume: 50, addVolume: 25 });
    },
    taps: ['create-volume.done'],
    reads: { 'create-volume.original': '100.0', 'create-volume.added': '50.0' },
  },
  {
    screen: 'tiktok.create-post',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.tap(phone.session.t.editor.next);
    },
    taps: ['create-post.post', 'create-post.drafts', 'create-post.caption', 'create-post.back'],
  },
  {
    screen: 'tiktok.create-post-typing',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.tap(phone.session.t.editor.next);
      phone.tap(phone.session.t.post.descriptionHint);
      phone.ui.type('so calm');
    },
    taps: ['create-post-typing.post', 'create-post-typing.captionDone'],
    reads: { 'create-post-typing.caption': 'so calm' },
  },
  {
    screen: 'tiktok.publish-confirm',
    reach: async (phone) => {
      await phone.share(phone.addFilm());
      phone.tap(phone.session.t.editor.next);
      phone.session.showDialog('confirm-post');
    },
    taps: ['publish-confirm.confirm'],
  },
  {
    screen: 'tiktok.create-post-options',
    reach: async (phone) => {
      await openPost(phone);
      phone.session.showSheet({ is: 'post-options' });
    },
    taps: ['create-post-options.aiLabel'],
  },
  {
    screen: 'tiktok.create-add-link',
    reach: async (phone) => {
      await openPost(phone);
      phone.session.showSheet({ is: 'add-link' });
    },
    taps: ['create-add-link.products'],
  },
  {
    screen: 'tiktok.create-products',
    reach: async (phone) => {
      await openPost(phone);
      phone.session.showSheet({ is: 'products' });
    },
    taps: ['create-products.add'],
  },
  {
    screen: 'tiktok.create-product-name',
    reach: async (phone) => {
      await openPost(phone);
      const product = { id: '1', title: 'Linen apron', price: '€34.50' };
      phone.session.showSheet({ is: 'product-name', product, name: product.title });
    },
    taps: ['create-product-name.add'],
    reads: { 'create-product-name.name': 'Linen apron' },
  },
  {
    screen: 'tiktok.dialog-contacts',
    reach: (phone) => phone.faults.add({ kind: 'contacts-prompt' }),
    taps: ['dialog-contacts.deny', 'dialog-contacts.accept'],
  },
  {
    screen: 'tiktok.dialog-notifications',
    reach: (phone) => phone.faults.add({ kind: 'notifications-prompt' }),
    taps: ['dialog-notifications.later', 'dialog-notifications.accept'],
  },
  {
    screen: 'tiktok.dialog-save-login',
    reach: (phone) => phone.session.showDialog('save-login'),
    taps: ['dialog-save-login.later'],
  },
  { screen: 'tiktok.dialog-account-blocked', reach: (phone) => phone.session.showDialog('blocked') },
  {
    screen: 'tiktok.account-switcher',
    reach: (phone) => {
      phone.session.showTab('profile');
      phone.session.showSheet({ is: 'switcher' });
    },
    taps: ['account-switcher.rows'],
  },
  { screen: 'tiktok.dialog-update-required', reach: (phone) => phone.faults.add({ kind: 'update-required' }) },
  { screen: 'tiktok.dialog-limited', reach: (phone) => phone.session.showDialog('too-fast') },
  { screen: 'tiktok.login', reach: (phone) => phone.faults.add({ kind: 'logged-out' }) },
  {
    screen: 'tiktok.comments',
    reach: openComments,
    taps: ['comments.commentInput', 'comments.commentsClose', 'comments.addPhoto'],
  },
  {
    screen: 'tiktok.comments-typing',
    reach: async (phone) => {
      await openComments(phone);
      phone.tap(phone.session.t.comments.hint);
      phone.ui.type('so calm');
    },
    taps: ['comments-typing.commentSend'],
    reads: { 'comments-typing.commentInput': 'so calm' },
  },
  {
    screen: 'tiktok.profile-unfollow',
    reach: async (phone) => {
      phone.world.addFollow('tiktok', account, 'harbor.kiln');
      await phone.openLink('https://www.tiktok.com/@harbor.kiln');
      phone.session.showSheet({ is: 'unfollow', username: 'harbor.kiln' });
    },
    taps: ['profile-unfollow.unfollow'],
  },
  {
    screen: 'tiktok.search',
    reach: (phone) => {
      phone.tap(phone.session.t.search);
      phone.ui.type('kiln');
    },
    taps: ['search.searchInput'],
    reads: { 'search.searchInput': 'kiln' },
  },
  {
    screen: 'tiktok.search-results',
    reach: (phone) => {
      phone.tap(phone.session.t.search);
      phone.ui.type('kiln');
      phone.ui.key(66);
    },
    taps: ['search-results.usersTab', 'search-results.videosTab'],
  },
  {
    screen: 'tiktok.video',
    reach: (phone) => phone.openLink(aVideo(phone)),
    taps: ['video.comment', 'video.like', 'video.favorite'],
  },
  { screen: 'tiktok.video-missing', reach: (phone) => phone.openLink('https://www.tiktok.com/@a/video/1') },
  {
    screen: 'tiktok.comments-off',
    reach: async (phone) => {
      const [post] = phone.world.postsBy('tiktok', 'harbor.kiln');
      if (post) post.commentsOff = true;
      await openComments(phone);
    },
  },
  {
    screen: 'tiktok.comment-photos',
    reach: async (phone) => {
      await openComments(phone);
      phone.session.openGallery({ post: '1', text: '' });
      phone.files.write('/sdcard/DCIM/Camera/a.jpg', Uint8Array.from([0xff, 0xd8, 0xff]));
      phone.files.scan('/sdcard/DCIM/Camera/a.jpg');
    },
    taps: ['comment-photos.firstItem'],
  },
  {
    screen: 'tiktok.feed-live',
    reach: (phone) => {
      const index = phone.session.feed.findIndex((entry) => entry.startsWith('live:'));
      phone.session.become({ is: 'feed', index, isLoading: false, hasSurvey: false });
    },
    taps: bar,
  },
  {
    screen: 'tiktok.share',
    reach: (phone) => phone.session.showSheet({ is: 'share', post: '1' }),
    taps: ['share.copyLink'],
  },
  {
    screen: 'tiktok.search-results-videos',
    reach: (phone) => {
      phone.tap(phone.session.t.search);
      phone.ui.type('diy');
      phone.ui.key(66);
      phone.tap(phone.session.t.results.videos);
    },
    taps: ['search-results-videos.firstCard'],
  },
  {
    screen: 'tiktok.search-results-users',
    reach: (phone) => {
      phone.tap(phone.session.t.search);
      phone.ui.type('kiln');
      phone.ui.key(66);
      phone.tap(phone.session.t.results.users);
    },
    taps: ['search-results-users.resultRows', 'search-results-users.back'],
  },
];

const capture = (phone: TestPhone): Recognised => {
  const { size, rotation } = phone.ui;
  const xml = pageSource(viewTrees(phone.ui.windows(), { size }), { rotation, size });
  return recognise(parseHierarchy(xml), tiktok);
};

const cases = versions.flatMap((version) =>
  languages.flatMap((language) =>
    sizes.map((size) => ({ title: `${version} ${language} ${size.width}×${size.height}`, version, language, size })),
  ),
);

describe.each(cases)('TikTok $title', ({ version, language, size }) => {
  test.each(scenes)('$screen', async ({ screen, reach, taps = [], reads = {} }) => {
    const phone = new TestPhone({ version, language, size });
    await phone.open();
    await reach(phone);
    const { top, language: told, controls, candidates } = capture(phone);
    const best = candidates.slice(0, 3).map((one) => `${one.screen.screenName} ${one.fits} ${one.share.toFixed(2)}`);
    expect(top?.screenName, best.join('; ')).toBe(screen);
    if (told !== undefined) expect(language).toContain(told);
    const controlOf = (name: string) => controls.get(`tiktok.${name}`);
    const missing = taps.filter((name) => {
      const found = controlOf(name);
      if (found?.is === 'many') return found.places.some(({ target }) => !target);
      return found?.is !== 'one' || !found.target;
    });
    expect(missing.map((name) => `${name}: ${controlOf(name)?.is}`)).toEqual([]);
    for (const [name, text] of Object.entries(reads)) {
      const found = controlOf(name);
      expect(found?.is === 'one' ? found.node.text : found?.is, name).toMatch(text);
    }
  });
});
