import { describe, expect, test } from 'vitest';
import { languages } from '../test-app-phone.ts';
import { codeOf, profileUrl } from './links.ts';
import { account, otherAccount, TestPhone, versions } from './test-phone.ts';

const someone = 'harbor.kiln';
const postOf = (phone: TestPhone, author: string, mediaType?: 'video' | 'image') => {
  const found = phone.world
    .postsBy('instagram', author)
    .find((each) => mediaType === undefined || each.mediaType === mediaType);
  if (!found) throw new Error(`${author} has no ${mediaType ?? 'post'}`);
  return found;
};
const followButton = (phone: TestPhone) =>
  phone.views().find((view) => view.node.id === phone.session.id('profile_header_follow_button'))?.text;
const tapField = (phone: TestPhone) => {
  const [field] = phone.fields();
  if (!field) throw new Error('there is no text field');
  phone.tapView(field);
};

describe.each(versions.flatMap((version) => languages.map((language) => ({ version, language }))))(
  'in $version, $language',
  ({ version, language }) => {
    test('following turns the button, and unfollowing goes through the sheet', async () => {
      const phone = new TestPhone({ version, language });
      const { t } = phone.session;
      await phone.openLink(profileUrl(someone));
      phone.tap(t.profile.follow);
      expect(followButton(phone)).toBe(t.profile.followed);
      expect(phone.actions().follows).toMatchObject([{ app: 'instagram', account, target: someone }]);
      phone.tap(t.profile.followed);
      phone.tap(t.profile.unfollow);
      expect(followButton(phone)).toBe(t.profile.follow);
      expect(phone.actions().unfollows).toMatchObject([{ account, target: someone }]);
    });

    test('a comment is typed, posted once and counted', async () => {
      const phone = new TestPhone({ version, language });
      const { t } = phone.session;
      const post = postOf(phone, someone);
      await phone.openLink(post.url);
      if (post.mediaType === 'image') phone.swipeUp();
      phone.tap(t.feed.comment);
      expect(phone.sees(t.comments.post)).toBe(false);
      tapField(phone);
      phone.ui.type('so calm 🌿');
      phone.tap(t.comments.post);
      expect([phone.sees(t.comments.posting), phone.actions().comments]).toEqual([true, []]);
      await phone.clock.advance(1_000);
      expect(phone.actions().comments).toMatchObject([{ account, url: post.url, text: 'so calm 🌿' }]);
      expect([phone.sees(t.comments.posting), phone.ui.isKeyboardShown]).toEqual([false, false]);
      expect(phone.sees(t.comments.profileOf(account))).toBe(true);
      phone.back();
      expect(phone.sees(t.comments.title)).toBe(false);
    });
  },
);

test('an app that was stopped opens on its feed, whatever tab was in front', async () => {
  const phone = new TestPhone();
  await phone.open();
  phone.tap(phone.session.t.nav.profile);
  expect(phone.session.tab).toBe('profile');
  phone.ui.forceStop(phone.twin.package);
  await phone.open();
  expect([phone.session.tab, phone.session.page?.is]).toEqual(['feed', 'feed']);
});

describe('people', () => {
  test.each([
    ['private.ida', 'Follow', 'Requested'],
    ['tinytrainyard', 'Follow back', 'Following'],
  ])('following %s: %s → %s', async (target, before, after) => {
    const phone = new TestPhone();
    await phone.openLink(profileUrl(target));
    phone.tap(before);
    expect(followButton(phone)).toBe(after);
    expect(phone.actions().follows).toMatchObject([{ target }]);
  });

  test('a private account is only unfollowed after a question', async () => {
    const phone = new TestPhone();
    await phone.openLink(profileUrl('private.ida'));
    phone.tap('Follow');
    phone.tap('Requested');
    expect(phone.sees('Unfollow private.ida?')).toBe(true);
    phone.tap('Cancel');
    expect([followButton(phone), phone.actions().unfollows]).toEqual(['Requested', []]);
    phone.tap('Requested');
    phone.tap('Unfollow');
    expect(followButton(phone)).toBe('Follow');
  });

  test('a search shows namesakes too; the row of the handle leads to its profile', async () => {
    const phone = new TestPhone();
    await phone.open();
    phone.tap('Search and explore');
    phone.tap('Search');
    expect(phone.ui.isKeyboardShown).toBe(true);
    phone.ui.type('harbor kiln');
    expect(phone.sees('harborkiln')).toBe(true);
    phone.ui.type(someone, { replace: true });
    phone.ui.key(66);
    phone.tap('Accounts');
    const rows = phone.views().filter((view) => view.node.id === phone.session.id('row_search_user_username'));
    expect(rows.map(({ text }) => text)).toEqual(['harbor.kiln', 'harbor.kiln_', 'the.harbor.kiln']);
    const [first] = rows;
    if (first) phone.tapView(first);
    await phone.clock.advance(500);
    expect(followButton(phone)).toBe('Follow');
  });

  test('the header slides away and its Follow moves into the bar', async () => {
    const phone = new TestPhone();
    for (let turn = 0; turn < 12; turn++) {
      phone.world.addPost({ ...postOf(phone, someone), at: 1_000 * turn, url: (_author, id) => id });
    }
    await phone.openLink(profileUrl(someone));
    expect(phone.sees('Harbor Kiln')).toBe(true);
    phone.swipeUp();
    expect([phone.sees('Harbor Kiln'), phone.sees('Grid view')]).toEqual([false, true]);
    phone.tap('Follow');
    expect(phone.actions().follows).toMatchObject([{ target: someone }]);
  });

  test('an own name in a link opens the own profile', async () => {
    const phone = new TestPhone();
    await phone.openLink(profileUrl(account));
    expect(phone.sees('Edit profile')).toBe(true);
  });

  test('rate limited: a notice, and nothing happened', async () => {
    const phone = new TestPhone();
    phone.faults.add({ kind: 'rate-limited' });
    await phone.openLink(profileUrl(someone));
    phone.tap('Follow');
    expect(phone.sees('Try again later')).toBe(true);
    phone.tap('OK');
    expect([followButton(phone), phone.actions().follows.length]).toEqual(['Follow', 0]);
  });
});

describe('posts', () => {
  test('a double tap on the picture likes once, a single one does nothing', async () => {
    const phone = new TestPhone();
    const post = postOf(phone, 'sable.dance', 'image');
    await phone.openLink(post.url);
    const picture = phone.one(/^Photo by/);
    phone.tapView(picture);
    await phone.clock.advance(1_000);
    phone.tapView(picture);
    expect(phone.actions().likes).toEqual([]);
    phone.tapView(picture);
    await phone.clock.advance(1_000);
    phone.tapView(picture);
    phone.tapView(picture);
    expect(phone.actions().likes).toMatchObject([{ account, url: post.url }]);
  });

  test('the heart turns, and takes the like back; the deed stays', async () => {
    const phone = new TestPhone();
    const post = postOf(phone, someone, 'video');
    await phone.openLink(post.url);
    const heart = () => phone.views().find((view) => view.node.id === phone.session.id('like_button'));
    phone.tap('Like');
    expect(heart()?.node).toMatchObject({ desc: 'Liked', selected: true });
    phone.tap('Liked');
    expect([heart()?.node.selected, phone.actions().likes.length]).toEqual([false, 1]);
  });

  test('a photo is saved by its button, a reel in its menu', async () => {
    const phone = new TestPhone();
    const photo = postOf(phone, 'sable.dance', 'image');
    await phone.openLink(photo.url);
    phone.swipeUp();
    phone.tap('Add to Saved');
    expect(phone.sees('Remove from saved')).toBe(true);
    const reel = postOf(phone, someone, 'video');
    await phone.openLink(reel.url);
    phone.tap('More');
    phone.tap('Save');
    expect(phone.actions().favorites).toMatchObject([{ url: photo.url }, { url: reel.url }]);
  });

  test('following from a reel', async () => {
    const phone = new TestPhone();
    await phone.openLink(postOf(phone, someone, 'video').url);
    phone.tap('Follow');
    expect([phone.sees('Follow'), phone.actions().follows]).toMatchObject([false, [{ target: someone }]]);
  });

  test('swiping up brings the next reel', async () => {
    const phone = new TestPhone();
    await phone.open();
    phone.tap('Reels');
    const shown = () => phone.session.reels[phone.session.page?.is === 'reels' ? phone.session.page.index : -1];
    const first = shown();
    phone.swipeUp();
    expect(shown()).not.toBe(first);
    phone.ui.swipe(540, 800, 540, 1_700, 200);
    expect(shown()).toBe(first);
    expect(phone.ui.isIdle()).toBe(false);
  });

  test('a link of the site that is no post opens the feed; one of another site is not for the app', async () => {
    const phone = new TestPhone();
    await phone.openLink('https://www.instagram.com/explore/');
    expect(phone.sees('Instagram Home Feed')).toBe(true);
    expect(
      phone.twin.resolve({
        action: 'android.intent.action.VIEW',
        data: 'https://example.com/p/abc/',
        categories: [],
        extras: {},
        flags: 0,
      }),
    ).toBe(undefined);
  });

  test('a code that belongs to nobody shows that the page is gone', async () => {
    const phone = new TestPhone();
    await phone.openLink(`https://www.instagram.com/p/${codeOf('3000000000000000001')}/`);
    expect(phone.sees("Sorry, this page isn't available.")).toBe(true);
    await phone.openLink(`https://www.instagram.com/reel/${codeOf('3000000000000000001')}/`);
    expect(phone.sees('This reel is unavailable.')).toBe(true);
  });
});

test('a comment that was on its way when the app died was never made', async () => {
  const phone = new TestPhone();
  await phone.openLink(postOf(phone, someone, 'video').url);
  phone.tap('Comment');
  tapField(phone);
  phone.ui.type('lost words');
  phone.tap('Post');
  phone.ui.forceStop(phone.twin.package);
  await phone.clock.advance(5_000);
  expect(phone.actions().comments).toEqual([]);
  expect(phone.clock.pending).toBe(0);
});

test('more comments come when one reaches the end of those that are there', async () => {
  const phone = new TestPhone();
  const post = postOf(phone, 'sable.dance');
  await phone.openLink(post.url);
  phone.session.openComments(post);
  const authors = () => phone.words().filter((word) => word.startsWith('Go to ')).length;
  expect(authors()).toBeGreaterThan(3);
  const loaded = () => (phone.session.places.sheet?.is === 'comments' ? phone.session.places.sheet.loaded : 0);
  const before = loaded();
  for (let turn = 0; turn < 12 && loaded() === before; turn++) {
    phone.ui.swipe(540, 1_900, 540, 1_100, 200);
    await phone.clock.advance(500);
  }
  expect(loaded()).toBeGreaterThan(before);
});

test('stories follow one another by themselves and end where they began', async () => {
  const phone = new TestPhone();
  await phone.open();
  const [first = '', second = ''] = phone.session.storyUsers;
  phone.tap(new RegExp(`^${first}'s story`));
  const shown = () => phone.views().find((view) => view.node.id === phone.session.id('reel_viewer_title'))?.text;
  expect(shown()).toBe(first);
  await phone.clock.advance(5_100);
  expect(shown()).toBe(second);
  await phone.clock.advance(60_000);
  expect(phone.sees('Instagram Home Feed')).toBe(true);
  expect(phone.one(new RegExp(`^${second}'s story, .* Seen`)).node.desc).toContain('Seen');
});

test('switching changes who acts', async () => {
  const phone = new TestPhone();
  await phone.open();
  phone.tap('Profile');
  phone.tap(account);
  phone.tap(otherAccount);
  expect(phone.sees('Save your login info?')).toBe(true);
  phone.tap('Not now');
  await phone.openLink(profileUrl(someone));
  phone.tap('Follow');
  expect(phone.actions().follows).toMatchObject([{ account: otherAccount }]);
});

test('logged out, every way in ends at the login', async () => {
  const phone = new TestPhone();
  phone.faults.add({ kind: 'logged-out' });
  await phone.openLink(profileUrl(someone));
  expect([phone.sees('Log in'), phone.sees('Follow')]).toEqual([true, false]);
  phone.faults.clear();
  expect(phone.sees('Instagram Home Feed')).toBe(true);
});

test('a clone carries its own package in window and ids, and acts for its own account', async () => {
  const phone = new TestPhone({ package: 'com.instagram.androim', account: 'second.lena.paints', otherAccounts: [] });
  await phone.openLink(profileUrl(someone));
  const button = phone.one('Follow');
  expect([button.package, button.node.id]).toEqual([
    'com.instagram.androim',
    'com.instagram.androim:id/profile_header_follow_button',
  ]);
  phone.tap('Follow');
  expect(phone.actions().follows).toMatchObject([{ account: 'second.lena.paints' }]);
});

test('ids change while the fault lasts; words do not', async () => {
  const phone = new TestPhone();
  await phone.open();
  const before = phone.one('Profile').node.id;
  phone.faults.add({ kind: 'renamed-ids' });
  expect(phone.one('Profile').node.id).not.toBe(before);
  phone.faults.clear();
  expect(phone.one('Profile').node.id).toBe(before);
});

test('an app that was stopped on another tab begins with Home', async () => {
  const phone = new TestPhone();
  await phone.openLink(profileUrl(someone));
  phone.session.showTab('reels');
  phone.ui.forceStop(phone.twin.package);
  await phone.open();
  expect(phone.session.tab).toBe('feed');
});
