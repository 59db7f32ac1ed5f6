import { describe, expect, test } from 'vitest';
import type { MediaRow } from '../parts.ts';
import { languages, sizes } from '../test-app-phone.ts';
import { account, TestPhone, versions } from './test-phone.ts';

const tapFirst = (phone: TestPhone, words: string | RegExp) => {
  const [first] = phone.all(words);
  if (!first) throw new Error(`nothing says ${String(words)}; there is: ${phone.words().join(' | ')}`);
  phone.tapView(first);
};
const thumbnails = (phone: TestPhone) =>
  phone.views().filter((view) => view.node.id === phone.session.id('gallery_grid_item_thumbnail'));
const tapThumbnail = (phone: TestPhone, index: number) => {
  const cell = thumbnails(phone)[index];
  if (!cell) throw new Error(`there is no thumbnail ${index}`);
  phone.tapView(cell);
};
const gridSize = (phone: TestPhone) =>
  phone.views().filter((view) => view.node.id === phone.session.id('image_button')).length;

/** Where making something begins, by the means of that version. */
function create(phone: TestPhone, kind: 'reel' | 'post' | 'story'): void {
  const { t, release } = phone.session;
  if (release.hasCreateTab) {
    phone.tap(t.nav.create);
    if (kind !== 'post') phone.tap(kind === 'reel' ? t.create.tabReel : t.create.tabStory);
    return;
  }
  phone.tap(t.nav.profile);
  phone.tap(t.profile.createNew);
  phone.tap({ reel: t.create.newReel, post: t.create.newPost, story: t.create.newStory }[kind]);
}

async function addPhotos(phone: TestPhone, count: number): Promise<MediaRow[]> {
  const photos: MediaRow[] = [];
  for (let index = 0; index < count; index++) {
    const path = `/sdcard/Pictures/photo-${index}.png`;
    phone.files.write(path, await phone.ui.picture('png', { scale: 0.02 + index / 100 }));
    phone.files.scan(path);
    const row = phone.files.mediaRow(path);
    if (row) photos.push(row);
    await phone.clock.advance(2_000);
  }
  return photos;
}

async function toShareScreen(phone: TestPhone): Promise<MediaRow> {
  const film = phone.addFilm();
  await phone.share(film);
  phone.tap(phone.session.t.next);
  return film;
}

describe.each(versions.flatMap((version) => languages.map((language) => ({ version, language }))))(
  'publishing in $version, $language',
  ({ version, language }) => {
    test.each(sizes)('a reel shared into the app, at $width', async (size) => {
      const phone = new TestPhone({ version, language, size });
      const { t } = phone.session;
      const film = await toShareScreen(phone);
      const caption = 'Blue hour 🌊 #harbour\nשלום';
      phone.tap(t.share.hint);
      phone.ui.type(caption);
      expect(phone.sees(t.share.share)).toBe(false);
      phone.tap(t.ok);
      phone.tap(t.share.share);
      expect([phone.actions().posts, phone.sees(t.upload.posting(account))]).toEqual([[], true]);
      await phone.clock.advance(1_000);
      expect(phone.sees(t.upload.keepOpen)).toBe(true);
      await phone.clock.advance(1_000);
      expect(phone.actions().posts).toMatchObject([
        { account, app: 'instagram', caption, media_sha256: [film.sha256], media_type: 'video', placement: 'reel' },
      ]);
      expect(phone.sees(t.upload.done)).toBe(true);
      await phone.clock.advance(10_000);
      expect(phone.sees(t.upload.done)).toBe(false);
    });

    test('a reel through the app itself: the first tap in the picker goes on', async () => {
      const phone = new TestPhone({ version, language });
      const { t } = phone.session;
      phone.addFilm();
      await phone.clock.advance(5_000);
      const newest = phone.addFilm();
      await phone.open();
      create(phone, 'reel');
      tapThumbnail(phone, 0);
      await phone.clock.advance(800);
      phone.tap(t.next);
      phone.tap(t.share.share);
      await phone.clock.advance(2_000);
      expect(phone.actions().posts).toMatchObject([{ caption: '', media_sha256: [newest.sha256], placement: 'reel' }]);
    });

    test('photos as one post, in the order in which they were picked', async () => {
      const phone = new TestPhone({ version, language });
      const { t } = phone.session;
      const photos = await addPhotos(phone, 3);
      await phone.open();
      create(phone, 'post');
      phone.tap(t.create.selectMultipleButton);
      expect(thumbnails(phone)).toHaveLength(3);
      // the newest stays picked, as it was by itself
      for (const index of [2, 1]) tapThumbnail(phone, index);
      phone.tap(t.next);
      expect(phone.sees(t.share.postTitle)).toBe(true);
      phone.tap(t.share.postHint);
      phone.ui.type('three views');
      phone.tap(t.ok);
      phone.tap(t.share.share);
      await phone.clock.advance(2_000);
      expect(phone.actions().posts).toMatchObject([{ media_type: 'image', caption: 'three views', placement: 'post' }]);
      const order = [photos[2], photos[0], photos[1]].map((photo) => photo?.sha256);
      expect(phone.actions().posts[0]?.media_sha256).toEqual(order);
    });

    test('a story, which no grid shows', async () => {
      const phone = new TestPhone({ version, language });
      const { t } = phone.session;
      const film = phone.addFilm();
      await phone.open();
      phone.tap(t.nav.profile);
      const before = gridSize(phone);
      create(phone, 'story');
      tapThumbnail(phone, 0);
      phone.tap(t.story.yourStory);
      await phone.clock.advance(2_000);
      expect(phone.actions().posts).toMatchObject([{ media_sha256: [film.sha256], placement: 'story' }]);
      phone.tap(t.nav.profile);
      expect(gridSize(phone)).toBe(before);
    });
  },
);

describe('the picker', () => {
  test('for a post picks the newest by itself and shows it above the grid', async () => {
    const phone = new TestPhone();
    await addPhotos(phone, 2);
    await phone.open();
    create(phone, 'post');
    expect(thumbnails(phone).map(({ node }) => node.desc?.split(' ')[0])).toEqual(['Selected', 'Unselected']);
    tapThumbnail(phone, 1);
    expect(thumbnails(phone).map(({ node }) => node.desc?.split(' ')[0])).toEqual(['Unselected', 'Selected']);
  });

  test('a film picked for a post becomes a reel', async () => {
    const phone = new TestPhone();
    phone.addFilm();
    await phone.open();
    create(phone, 'post');
    phone.tap('Next');
    await phone.clock.advance(800);
    expect(phone.sees('Edit video')).toBe(true);
  });

  test('changes what is made under its strip', async () => {
    const phone = new TestPhone();
    phone.addFilm();
    await phone.open();
    create(phone, 'reel');
    phone.tap('STORY');
    expect(phone.sees('Add to story')).toBe(true);
    phone.tap('POST');
    expect(phone.sees('New post')).toBe(true);
  });

  test('asks for the gallery and says so when it was refused', async () => {
    const phone = new TestPhone({ hasPermissions: false });
    phone.addFilm();
    await phone.open();
    create(phone, 'reel');
    expect(phone.ui.foreground().package).toContain('permissioncontroller');
    phone.tap('Don’t allow');
    expect([phone.sees('Allow Instagram to access your photos and videos'), thumbnails(phone)]).toEqual([true, []]);
    phone.tap('Allow access');
    phone.tap('Allow all');
    expect(thumbnails(phone)).toHaveLength(1);
  });
});

describe('the share screen', () => {
  test('back closes the keyboard, then the writing, then leads to the editor', async () => {
    const phone = new TestPhone();
    await toShareScreen(phone);
    phone.tap('Write a caption and add hashtags…');
    phone.ui.type('abc');
    phone.back();
    expect([phone.ui.isKeyboardShown, phone.sees('OK')]).toEqual([false, true]);
    phone.back();
    expect([phone.sees('OK'), phone.sees('Share'), phone.sees('abc')]).toEqual([false, true, true]);
    phone.back();
    expect(phone.sees('Edit video')).toBe(true);
  });

  test('a second tap on the same spot publishes nothing more', async () => {
    const phone = new TestPhone();
    await toShareScreen(phone);
    const { bounds } = phone.one('Share');
    for (let tap = 0; tap < 5; tap++) phone.ui.tap(bounds.left + 10, bounds.top + 10);
    await phone.clock.advance(10_000);
    expect(phone.actions().posts).toHaveLength(1);
  });

  test('shows the hint as the text of an empty caption, and cuts a long one', async () => {
    const phone = new TestPhone();
    await toShareScreen(phone);
    const text = () => phone.fields().map((field) => [field.text, field.isShowingHint]);
    expect(text()).toEqual([['Write a caption and add hashtags…', true]]);
    phone.tap('Write a caption and add hashtags…');
    phone.ui.type('x'.repeat(3_000));
    expect(text()).toEqual([['x'.repeat(2_200), false]]);
  });

  test('a draft is kept and published nowhere', async () => {
    const phone = new TestPhone();
    await toShareScreen(phone);
    phone.tap('Save draft');
    await phone.clock.advance(5_000);
    phone.session.openGallery('reel');
    expect([phone.sees('Drafts · 1'), phone.actions().posts.length]).toEqual([true, 0]);
  });

  test('leaving the editor asks what becomes of it', async () => {
    const phone = new TestPhone();
    await phone.share(phone.addFilm());
    phone.back();
    phone.tap('Keep editing');
    expect([phone.sees('Save draft?'), phone.sees('Edit video')]).toEqual([false, true]);
    phone.tap('Cancel');
    phone.tap('Start over');
    expect(phone.sees('Edit video')).toBe(false);
    expect(phone.actions().posts).toEqual([]);
  });
});

describe('an upload', () => {
  test('goes on while other screens are shown, and the grid has one more, first, when it is through', async () => {
    const phone = new TestPhone();
    await phone.open();
    phone.tap('Profile');
    const before = gridSize(phone);
    await toShareScreen(phone);
    phone.tap('Share');
    phone.tap('Reels');
    await phone.clock.advance(700);
    expect([phone.sees('Sharing to Reels…'), phone.ui.isIdle()]).toEqual([true, false]);
    await phone.clock.advance(1_000);
    expect(phone.sees('Done posting. Want to send it directly to friends?')).toBe(true);
    phone.tap('Profile');
    expect(gridSize(phone)).toBe(before + 1);
    tapFirst(phone, / at row 1, column 1$/);
    await phone.clock.advance(500);
    expect(phone.session.page).toMatchObject({ is: 'reel', post: phone.world.postsBy('instagram', account)[0]?.id });
  });

  test('dies with the app and is offered again', async () => {
    const phone = new TestPhone();
    await toShareScreen(phone);
    phone.tap('Share');
    await phone.clock.advance(1_000);
    phone.ui.forceStop(phone.twin.package);
    await phone.clock.advance(60_000);
    expect(phone.actions().posts).toEqual([]);
    await phone.open();
    phone.tap("Video can't be posted");
    phone.tap('Try again');
    await phone.clock.advance(2_000);
    expect(phone.actions().posts).toHaveLength(1);
  });

  test('that the platform refuses publishes nothing and can be dismissed', async () => {
    const phone = new TestPhone();
    phone.faults.add({ kind: 'upload-failure' });
    await toShareScreen(phone);
    phone.tap('Share');
    await phone.clock.advance(5_000);
    expect([phone.sees("Video can't be posted"), phone.actions().posts]).toEqual([true, []]);
    const discard = phone.views().find((view) => view.node.id === phone.session.id('row_pending_media_discard_button'));
    if (discard) phone.tapView(discard);
    expect(phone.sees("Video can't be posted")).toBe(false);
  });

  test('names its beginning, so that a fault can be set at it', async () => {
    const phone = new TestPhone();
    phone.faults.add({ kind: 'unplug', at: 'upload' });
    await toShareScreen(phone);
    expect(phone.faults.isOn('unplug')).toBe(false);
    phone.tap('Share');
    expect(phone.faults.isOn('unplug')).toBe(true);
  });
});

describe('interruptions', () => {
  test.each([
    ['contacts-prompt', "Don't allow"],
    ['notifications-prompt', 'Not now'],
    ['survey', 'No, thanks'],
  ] as const)('%s takes all touches until it is answered', async (kind, answer) => {
    const phone = new TestPhone();
    await phone.open();
    const profile = phone.one('Profile').bounds;
    phone.faults.add({ kind });
    phone.ui.tap(profile.left + 5, profile.top + 5);
    phone.swipeUp();
    expect([phone.sees(answer), phone.sees('Edit profile')]).toEqual([true, false]);
    phone.tap(answer);
    expect([phone.sees(answer), phone.faults.isOn(kind)]).toEqual([false, false]);
  });

  test('wait while the app is not in front, and while a caption is being written', async () => {
    const phone = new TestPhone();
    await toShareScreen(phone);
    phone.faults.add({ kind: 'notifications-prompt' });
    expect(phone.sees('Not now')).toBe(false);
    phone.ui.key(3);
    await phone.clock.advance(1_000);
    expect(phone.faults.isOn('notifications-prompt')).toBe(true);
    await phone.open();
    phone.tap('Share');
    expect(phone.sees('Not now')).toBe(true);
  });

  test('come by themselves in some installations and not in others', async () => {
    let asked = 0;
    for (let n = 0; n < 12; n++) {
      const phone = new TestPhone({ prompts: 'seeded', seed: n });
      await phone.open();
      if (phone.sees("Don't allow")) asked++;
    }
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(12);
  });

  test('a question about an advertisement takes no touch from the posts, and goes when it is answered', async () => {
    const phone = new TestPhone({ prompts: 'seeded', seed: 'ads' });
    await phone.open();
    const isAsked = () => phone.sees('Are you interested in this ad?');
    for (let turn = 0; turn < 250 && !isAsked(); turn++) phone.swipeUp();
    expect(isAsked()).toBe(true);
    tapFirst(phone, 'Not interested');
    expect(isAsked()).toBe(false);
  });
});

test('an erased app has no account, and the other app on the phone keeps its own', async () => {
  const phone = new TestPhone();
  phone.twin.clear();
  await phone.open();
  expect(phone.sees('Log in')).toBe(true);
  phone.tap('Log in');
  expect(phone.sees('Instagram Home Feed')).toBe(true);
});

test('a suspended account sees only that', async () => {
  const phone = new TestPhone();
  const own = phone.world.profile('instagram', account);
  if (own) own.isSuspended = true;
  await phone.openLink('https://www.instagram.com/harbor.kiln/');
  expect([phone.sees('Appeal'), phone.sees('Follow')]).toEqual([true, false]);
  phone.back();
  expect(phone.ui.foreground().package).not.toBe(phone.twin.package);
});

test('an account that is disabled while the app is open is told so', async () => {
  const phone = new TestPhone();
  await phone.open();
  phone.faults.add({ kind: 'account-disabled' });
  expect(phone.sees('Appeal')).toBe(true);
  phone.faults.clear();
  expect(phone.sees('Instagram Home Feed')).toBe(true);
});

test('a profile that the platform closed looks like one that never was', async () => {
  const phone = new TestPhone();
  const other = phone.world.profile('instagram', 'harbor.kiln');
  if (other) other.isSuspended = true;
  await phone.openLink('https://www.instagram.com/harbor.kiln/');
  expect(phone.sees("Sorry, this page isn't available.")).toBe(true);
});

test('a stopped app leaves no timer behind', async () => {
  const phone = new TestPhone();
  await toShareScreen(phone);
  phone.tap('Share');
  phone.ui.forceStop(phone.twin.package);
  await phone.openLink('https://www.instagram.com/harbor.kiln/');
  phone.ui.forceStop(phone.twin.package);
  expect([phone.clock.pending, phone.twin.windows()]).toEqual([0, []]);
});
