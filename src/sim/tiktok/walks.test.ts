import { describe, expect, test } from 'vitest';
import { languages, sizes } from '../test-app-phone.ts';
import { account, otherAccount, TestPhone, versions } from './test-phone.ts';

const someVideo = (phone: TestPhone) => {
  const [post] = phone.world.postsBy('tiktok', 'harbor.kiln');
  if (!post) throw new Error('no post');
  return post;
};

async function toPostScreen(phone: TestPhone) {
  const film = phone.addFilm();
  await phone.share(film);
  phone.tap(phone.session.t.editor.next);
  return film;
}

function typeCaption(phone: TestPhone, text: string) {
  phone.tap(phone.session.t.post.descriptionHint);
  phone.ui.type(text);
}

const profileGrid = (phone: TestPhone) =>
  phone.views().filter((view) => view.node.id === 'com.zhiliaoapp.musically:id/cover').length;

describe.each(versions.flatMap((version) => languages.map((language) => ({ version, language }))))(
  'publishing in $version, $language',
  ({ version, language }) => {
    test.each(sizes)('shared into the app, at $width', async (size) => {
      const phone = new TestPhone({ version, language, size });
      const { t } = phone.session;
      const film = await toPostScreen(phone);
      const caption = 'Blue hour 🌊 #harbour\nשלום';
      typeCaption(phone, caption);
      phone.tap(t.post.post);
      expect(phone.actions().posts).toEqual([]);
      expect(phone.words().some((word) => /^\d+%$/.test(word))).toBe(true);
      await phone.clock.advance(1_600);
      expect(phone.actions().posts).toMatchObject([
        { account, app: 'tiktok', caption, media_sha256: [film.sha256], media_type: 'video' },
      ]);
      expect(phone.words()).toContain(`· ${t.ago(0)}`);
      expect(phone.words().some((word) => /^\d+%$/.test(word))).toBe(false);
    });

    test('through the add button and the gallery', async () => {
      const phone = new TestPhone({ version, language });
      const { t } = phone.session;
      phone.addFilm();
      await phone.clock.advance(5_000);
      const newest = phone.addFilm();
      await phone.open();
      phone.tap(t.nav.create);
      const corner = phone.views().find((view) => view.node.id === phone.session.id('camera-gallery'));
      if (!corner) throw new Error('no way into the gallery');
      phone.tapView(corner);
      phone.tap(t.gallery.next);
      expect(phone.sees(t.gallery.recents)).toBe(true); // nothing is picked, so Next is dead
      const [first] = phone.all('00:02');
      if (!first) throw new Error('the gallery is empty');
      phone.tapView(first);
      phone.tap(t.gallery.nextCount(1));
      expect(phone.sees(t.loading)).toBe(true);
      await phone.clock.advance(800);
      phone.tap(t.editor.next);
      phone.tap(t.post.post);
      await phone.clock.advance(1_600);
      expect(phone.actions().posts).toMatchObject([{ caption: '', media_sha256: [newest.sha256] }]);
    });
  },
);

describe('the post screen', () => {
  test('moves Post to the title bar while the keyboard is up, and back again', async () => {
    const phone = new TestPhone();
    await toPostScreen(phone);
    expect(phone.one('Post').bounds.top).toBeGreaterThan(phone.ui.size.height / 2);
    typeCaption(phone, 'abc');
    expect(phone.one('Post').bounds.bottom).toBeLessThan(phone.ui.size.height / 5);
    expect([phone.sees('Drafts'), phone.sees('3/4000'), phone.sees('Collapse')]).toEqual([false, true, true]);
    phone.tap('Collapse');
    expect(phone.one('Post').bounds.top).toBeGreaterThan(phone.ui.size.height / 2);
    expect([phone.sees('Drafts'), phone.sees('3/4000'), phone.sees('abc')]).toEqual([true, false, true]);
  });

  test('shows the hint as the text of an empty caption, and the caption once there is one', async () => {
    const phone = new TestPhone();
    await toPostScreen(phone);
    const text = () => phone.fields().map((field) => [field.text, field.isShowingHint]);
    expect(text()).toEqual([['Add a description...', true]]);
    typeCaption(phone, 'x'.repeat(5_000));
    expect(text()).toEqual([['x'.repeat(4_000), false]]);
    phone.ui.type('', { replace: true });
    expect(text()).toEqual([['Add a description...', true]]);
  });

  test('back closes the keyboard first, then leads to the editor', async () => {
    const phone = new TestPhone();
    await toPostScreen(phone);
    typeCaption(phone, 'abc');
    phone.back();
    expect(phone.sees('Drafts')).toBe(true);
    phone.back();
    expect(phone.sees('Your Story')).toBe(true);
  });

  test('a second tap on the same spot posts nothing more', async () => {
    const phone = new TestPhone();
    await toPostScreen(phone);
    const { bounds } = phone.one('Post');
    for (let tap = 0; tap < 5; tap++) phone.ui.tap(bounds.left + 10, bounds.top + 10);
    await phone.clock.advance(10_000);
    expect(phone.actions().posts).toHaveLength(1);
  });

  test('asks before a first public post where it does that: only the answer publishes', async () => {
    const phone = new TestPhone({ confirmsFirstPost: true });
    await toPostScreen(phone);
    phone.tap('Post');
    await phone.clock.advance(5_000);
    expect([phone.sees('Publish video publicly?'), phone.actions().posts.length]).toEqual([true, 0]);
    phone.tap('Cancel');
    expect(phone.sees('Drafts')).toBe(true);
    phone.tap('Post');
    phone.tap('Publish now');
    await phone.clock.advance(2_000);
    expect(phone.actions().posts).toHaveLength(1);
    await toPostScreen(phone);
    phone.tap('Post');
    await phone.clock.advance(2_000);
    expect(phone.actions().posts).toHaveLength(2);
  });

  test('a draft is kept on the profile and published nowhere', async () => {
    const phone = new TestPhone();
    await toPostScreen(phone);
    phone.tap('Drafts');
    await phone.clock.advance(5_000);
    expect([phone.sees('Drafts: 1'), phone.actions().posts.length]).toEqual([true, 0]);
  });
});

describe('an upload', () => {
  test('goes on while other screens are shown, and the profile has one video more when it is through', async () => {
    const phone = new TestPhone();
    await phone.open();
    phone.tap('Profile');
    const before = profileGrid(phone);
    await toPostScreen(phone);
    phone.tap('Post');
    phone.tap('Inbox');
    await phone.clock.advance(700);
    expect([phone.sees('46%'), phone.ui.isIdle()]).toEqual([true, false]);
    phone.ui.key(3);
    await phone.clock.advance(2_000);
    await phone.open();
    phone.tap('Profile');
    expect(profileGrid(phone)).toBe(before + 1);
    expect(phone.actions().posts).toHaveLength(1);
  });

  test('that takes long is still under way after a minute', async () => {
    const phone = new TestPhone({ uploadMs: 120_000 });
    await toPostScreen(phone);
    phone.tap('Post');
    await phone.clock.advance(60_000);
    expect([phone.sees('50%'), phone.actions().posts.length]).toEqual([true, 0]);
  });

  test('dies with the app and is offered again', async () => {
    const phone = new TestPhone();
    await toPostScreen(phone);
    typeCaption(phone, 'once only');
    phone.tap('Post');
    await phone.clock.advance(1_000);
    phone.ui.forceStop(phone.twin.package);
    await phone.clock.advance(60_000);
    expect(phone.actions().posts).toEqual([]);
    await phone.open();
    phone.tap('Retry');
    await phone.clock.advance(2_000);
    expect(phone.actions().posts).toMatchObject([{ caption: 'once only' }]);
    expect(phone.sees('Retry')).toBe(false);
  });

  test('that fails publishes nothing and can be dismissed to the drafts', async () => {
    const phone = new TestPhone();
    phone.faults.add({ kind: 'upload-failure' });
    await toPostScreen(phone);
    phone.tap('Post');
    await phone.clock.advance(5_000);
    expect([phone.sees('Couldn’t upload your video'), phone.actions().posts.length]).toEqual([true, 0]);
    phone.tap('Close');
    phone.tap('Profile');
    expect([phone.sees('Couldn’t upload your video'), phone.sees('Drafts: 1')]).toEqual([false, true]);
  });

  test('names its beginning, so that a fault can be set at it', async () => {
    const phone = new TestPhone();
    phone.faults.add({ kind: 'unplug', at: 'upload' });
    await toPostScreen(phone);
    expect(phone.faults.isOn('unplug')).toBe(false);
    phone.tap('Post');
    expect(phone.faults.isOn('unplug')).toBe(true);
  });

  test('of a file that was deleted meanwhile still publishes what was picked', async () => {
    const phone = new TestPhone();
    const film = await toPostScreen(phone);
    phone.tap('Post');
    phone.files.removeMedia(film.id);
    await phone.clock.advance(2_000);
    expect(phone.actions().posts).toMatchObject([{ media_sha256: [film.sha256] }]);
  });
});

test('photos are posted together, with a title of their own', async () => {
  const phone = new TestPhone();
  const photos = [];
  for (const name of ['one', 'two']) {
    const path = `/sdcard/Pictures/${name}.png`;
    phone.files.write(path, await phone.ui.picture('png', { scale: name === 'one' ? 0.05 : 0.06 }));
    phone.files.scan(path);
    photos.push(phone.files.mediaRow(path));
    await phone.clock.advance(2_000);
  }
  await phone.open();
  phone.tap('Create');
  phone.session.openGallery();
  phone.tap('Photos');
  phone.tap('Select multiple');
  const cells = () => phone.views().filter((view) => view.node.key?.startsWith('media:'));
  for (const index of [0, 1]) {
    const cell = cells()[index];
    if (!cell) throw new Error(`no photo ${index}`);
    phone.tapView(cell);
  }
  phone.tap('Next (2)');
  await phone.clock.advance(1_000);
  phone.tap('Next');
  phone.tap('Add a catchy title');
  phone.ui.type('Two views');
  phone.tap(/^Writing a long description/);
  phone.ui.type('from the roof');
  phone.tap('Post');
  await phone.clock.advance(2_000);
  expect(phone.actions().posts).toMatchObject([
    {
      media_type: 'image',
      media_sha256: [photos[1]?.sha256, photos[0]?.sha256],
      caption: 'Two views\nfrom the roof',
    },
  ]);
});

test('sharing something unreadable shows a notice, not an editor', async () => {
  const phone = new TestPhone();
  const film = phone.addFilm();
  phone.files.removeMedia(film.id);
  await phone.share(film);
  expect([phone.sees('Couldn’t load this file'), phone.sees('Next')]).toEqual([true, false]);
});

describe('permissions', () => {
  test('are asked when camera and gallery first open, and block what lies below', async () => {
    const phone = new TestPhone({ hasPermissions: false });
    const film = phone.addFilm();
    await phone.open();
    phone.tap('Create');
    expect(phone.ui.foreground().package).toContain('permissioncontroller');
    phone.tap('While using the app');
    phone.tap('While using the app');
    const corner = phone.views().find((view) => view.node.id === phone.session.id('camera-gallery'));
    if (!corner) throw new Error('no way into the gallery');
    phone.tapView(corner);
    expect(phone.sees('00:02')).toBe(false);
    phone.tap('Allow all');
    phone.tap('00:02');
    expect(phone.sees('Next (1)')).toBe(true);
    expect(film.durationMs).toBe(2_000);
  });

  test('that are refused leave a screen that says so', async () => {
    const phone = new TestPhone({ hasPermissions: false });
    await phone.open();
    phone.tap('Create');
    phone.tap('Don’t allow');
    expect(phone.sees('To record, let TikTok use the camera and microphone')).toBe(true);
  });
});

describe('prompts', () => {
  test.each([
    ['contacts-prompt', 'Don’t allow'],
    ['notifications-prompt', 'Not now'],
    ['survey', 'No'],
  ] as const)('%s takes all touches until it is answered', async (kind, answer) => {
    const phone = new TestPhone();
    await phone.open();
    const profile = phone.one('Profile').bounds;
    phone.faults.add({ kind });
    const like = phone.all(/^Like video/)[0]?.bounds;
    if (like && kind !== 'survey') phone.ui.tap(like.left + 20, like.top + 20);
    phone.swipeUp();
    expect(phone.sees(answer)).toBe(true);
    expect(phone.actions().likes).toEqual([]);
    if (kind !== 'survey') {
      phone.ui.tap(profile.right - 5, profile.top + 20); // beside the buttons of a prompt
      expect(phone.sees('Profile menu')).toBe(false);
    }
    phone.tap(answer);
    expect(phone.sees(answer)).toBe(false);
    expect(phone.faults.isOn(kind)).toBe(false);
  });

  test('set while the app is closed come at the first screen that is ready', async () => {
    const phone = new TestPhone();
    phone.faults.add({ kind: 'contacts-prompt' });
    phone.faults.add({ kind: 'survey' });
    await phone.open();
    expect(phone.sees('Don’t allow')).toBe(true);
    phone.tap('Don’t allow');
    expect(phone.sees('Is this video appropriate for TikTok?')).toBe(true);
  });

  test('never lie over the post screen, where a caption is being typed', async () => {
    const phone = new TestPhone();
    await toPostScreen(phone);
    phone.faults.add({ kind: 'notifications-prompt' });
    expect(phone.sees('Not now')).toBe(false);
    phone.tap('Post');
    expect(phone.sees('Not now')).toBe(true);
    await phone.clock.advance(2_000);
    expect(phone.actions().posts).toHaveLength(1);
  });

  test('come by themselves in some installations and not in others', async () => {
    let asked = 0;
    for (let n = 0; n < 12; n++) {
      const phone = new TestPhone({ prompts: 'seeded', seed: n });
      await phone.open();
      if (phone.sees('Don’t allow')) asked++;
    }
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(12);
  });
});

describe('people', () => {
  test('follow turns the button, and unfollow asks first', async () => {
    const phone = new TestPhone();
    await phone.openLink('https://www.tiktok.com/@harbor.kiln');
    phone.tap('Follow');
    expect(phone.sees('Follow')).toBe(false);
    expect(phone.actions().follows).toMatchObject([{ account, target: 'harbor.kiln' }]);
    const [button] = phone.all('Following').filter((view) => view.node.id === phone.session.id('profile-follow'));
    if (!button) throw new Error('no button says Following');
    phone.tapView(button);
    phone.tap('Unfollow');
    expect(phone.sees('Follow')).toBe(true);
    expect(phone.actions().unfollows).toMatchObject([{ account, target: 'harbor.kiln' }]);
  });

  test.each([
    ['private.ida', 'Follow', 'Requested'],
    ['tinytrainyard', 'Follow back', 'Friends'],
  ])('following @%s: %s → %s', async (target, before, after) => {
    const phone = new TestPhone();
    await phone.openLink(`https://www.tiktok.com/@${target}`);
    phone.tap(before);
    expect(phone.all(after).some((view) => view.node.id === phone.session.id('profile-follow'))).toBe(true);
    expect(phone.actions().follows).toMatchObject([{ target }]);
  });

  test('a search lands on Top; a row of Users follows right there', async () => {
    const phone = new TestPhone();
    await phone.open();
    phone.tap('Search');
    expect(phone.ui.isKeyboardShown).toBe(true);
    phone.ui.type('harbor');
    const [submit] = phone.all('Search').filter((view) => view.text === 'Search');
    if (!submit) throw new Error('nothing submits');
    phone.tapView(submit);
    expect(phone.all('Top').some((view) => view.node.selected)).toBe(true);
    phone.tap('Users');
    phone.tap('Follow');
    expect(phone.actions().follows).toMatchObject([{ target: 'harbor.kiln' }]);
    phone.tap('harbor.kiln');
    expect(phone.sees('@harbor.kiln')).toBe(true);
  });

  test('rate limited: a notice, and nothing happened', async () => {
    const phone = new TestPhone();
    phone.faults.add({ kind: 'rate-limited' });
    await phone.openLink('https://www.tiktok.com/@harbor.kiln');
    phone.tap('Follow');
    expect(phone.sees('You’re following too fast')).toBe(true);
    phone.tap('OK');
    expect([phone.sees('Follow'), phone.actions().follows.length]).toEqual([true, 0]);
  });
});

describe('videos', () => {
  test('swiping up brings the next one, down the one before', async () => {
    const phone = new TestPhone();
    await phone.open();
    const desc = () => phone.one(/ profile$/).node.desc;
    const first = desc();
    phone.swipeUp();
    expect(desc()).not.toBe(first);
    phone.ui.swipe(540, 800, 540, 1_700, 200);
    expect(desc()).toBe(first);
    expect(phone.ui.isIdle()).toBe(false);
  });

  test('a like shows as selected and can be taken back; the deed stays', async () => {
    const phone = new TestPhone();
    const post = someVideo(phone);
    await phone.openLink(post.url);
    phone.tap(/^Like video/);
    const button = () => phone.views().filter((view) => view.node.id === phone.session.id('like-or-share-button'))[0];
    expect(button()?.node).toMatchObject({ desc: 'Like', selected: true });
    expect(phone.actions().likes).toMatchObject([{ url: post.url }]);
    const again = button();
    if (again) phone.tapView(again);
    expect(button()?.node.selected).toBe(false);
    expect(phone.actions().likes).toHaveLength(1);
  });

  test('a comment is typed, sent once and shown', async () => {
    const phone = new TestPhone();
    const post = someVideo(phone);
    await phone.openLink(post.url);
    phone.tap(/^Read or add comments/);
    phone.tap('Add comment...');
    const send = '@2131823293'; // this release does not resolve the label
    expect(phone.sees(send)).toBe(false);
    phone.ui.type('so calm 🌿');
    phone.tap(send);
    expect(phone.actions().comments).toMatchObject([
      { account, url: post.url, text: 'so calm 🌿', image_sha256: null },
    ]);
    expect([phone.sees('so calm 🌿'), phone.sees(send), phone.ui.isKeyboardShown]).toEqual([true, false, false]);
    phone.back();
    expect(phone.sees('Add comment...')).toBe(false);
  });
});

describe('accounts', () => {
  test('switching changes who acts', async () => {
    const phone = new TestPhone();
    await phone.open();
    phone.tap('Profile');
    phone.tap('Lena Paints');
    phone.tap(otherAccount);
    expect(phone.sees('Save login for next time?')).toBe(true);
    phone.tap('Not now');
    expect(phone.sees(`@${otherAccount}`)).toBe(true);
    await toPostScreen(phone);
    phone.tap('Post');
    await phone.clock.advance(2_000);
    expect(phone.actions().posts).toMatchObject([{ account: otherAccount }]);
  });

  test('logged out, every way in ends at the login', async () => {
    const phone = new TestPhone();
    phone.faults.add({ kind: 'logged-out' });
    await phone.share(phone.addFilm());
    expect([phone.sees('Log in'), phone.sees('Next')]).toEqual([true, false]);
    phone.faults.clear();
    expect(phone.sees('For You')).toBe(true);
  });
});

describe('back', () => {
  test('from a tab to the feed, from the feed out', async () => {
    const phone = new TestPhone();
    await phone.open();
    phone.tap('Inbox');
    phone.back();
    expect(phone.sees('For You')).toBe(true);
    phone.back();
    expect(phone.ui.foreground().package).not.toBe(phone.twin.package);
  });
});

test('a disabled account is told so once, and nothing it does takes effect', async () => {
  const phone = new TestPhone();
  await phone.open();
  phone.faults.add({ kind: 'account-disabled' });
  expect(phone.sees('Account status')).toBe(true);
  phone.tap('OK');
  await phone.openLink('https://www.tiktok.com/@harbor.kiln');
  expect(phone.sees('Account status')).toBe(false);
  phone.tap('Follow');
  expect([phone.sees('Account status'), phone.actions().follows]).toEqual([true, []]);
});

test('an erased app has no account until somebody signs in', async () => {
  const phone = new TestPhone();
  phone.twin.clear();
  await phone.open();
  expect(phone.sees('Sign up')).toBe(true);
});

test('ids change while the fault lasts; words do not', async () => {
  const phone = new TestPhone();
  await phone.open();
  const before = phone.one('Create').node.id;
  phone.faults.add({ kind: 'renamed-ids' });
  expect(phone.one('Create').node.id).not.toBe(before);
  phone.faults.clear();
  expect(phone.one('Create').node.id).toBe(before);
});

test('starting while it starts leads to the newer wish', async () => {
  const phone = new TestPhone();
  const film = phone.addFilm();
  phone.start({
    action: 'android.intent.action.VIEW',
    data: 'https://www.tiktok.com/@harbor.kiln',
    package: phone.twin.package,
  });
  await phone.share(film);
  expect([phone.sees('Your Story'), phone.sees('@harbor.kiln')]).toEqual([true, false]);
});

test('an activity that the app does not have is an error', () => {
  const phone = new TestPhone();
  expect(() => phone.start({ component: `${phone.twin.package}/.Nope` })).toThrow(/does not exist/);
});

test('a stopped app leaves no timer behind', async () => {
  const phone = new TestPhone();
  await toPostScreen(phone);
  phone.tap('Post');
  phone.ui.forceStop(phone.twin.package);
  phone.start({
    action: 'android.intent.action.VIEW',
    data: 'https://www.tiktok.com/@harbor.kiln',
    package: phone.twin.package,
  });
  phone.ui.forceStop(phone.twin.package);
  expect(phone.clock.pending).toBe(0);
  expect(phone.twin.windows()).toEqual([]);
});
