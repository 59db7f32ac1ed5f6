import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { furnishAccount, ownAccounts, populate } from './cast.ts';
import { type Actor, World } from './world.ts';

const url = (author: string, id: string) => `https://example.test/${author}/${id}`;
const actor: Actor = { serial: 'one', app: 'tiktok', account: 'lena.paints' };

function makeWorld(): World {
  const clock = new ManualClock();
  const world = new World({ clock });
  populate(world, { app: 'tiktok', seed: 'test', now: clock.now(), url });
  world.addAccount(actor);
  return world;
}

const film = {
  mediaType: 'video',
  mediaSha256: ['ab'],
  durationMs: 2_000,
  sound: null,
  soundId: null,
  originSoundVolume: null,
  addSoundVolume: null,
  placement: null,
  productLink: null,
  aiLabel: false,
  url,
} as const;

test('actions have exactly the fields of the control routes', () => {
  const world = makeWorld();
  const [post] = world.postsBy('tiktok', 'harbor.kiln');
  if (!post) throw new Error('no post');
  world.publish(actor, { ...film, caption: 'a {b|c}\n#d 🌊' });
  world.follow(actor, 'harbor.kiln');
  world.unfollow(actor, '@Harbor.Kiln');
  world.comment(actor, post.id, 'nice');
  world.like(actor, post.id);
  world.favorite(actor, post.id);
  const deed = { at: '2026-01-02T09:00:00.000Z', account: 'lena.paints', app: 'tiktok' };
  expect(world.actions('one')).toEqual({
    posts: [
      {
        ...deed,
        caption: 'a {b|c}\n#d 🌊',
        media_sha256: ['ab'],
        media_type: 'video',
        sound: null,
        sound_id: null,
        origin_sound_volume: null,
        add_sound_volume: null,
        placement: null,
        product_link: null,
        ai_label: false,
      },
    ],
    follows: [{ ...deed, target: 'harbor.kiln' }],
    unfollows: [{ ...deed, target: 'harbor.kiln' }],
    comments: [{ ...deed, url: post.url, text: 'nice', image_sha256: null }],
    likes: [{ ...deed, url: post.url }],
    favorites: [{ ...deed, url: post.url }],
  });
  expect(world.actions('two')).toEqual({
    posts: [],
    follows: [],
    unfollows: [],
    comments: [],
    likes: [],
    favorites: [],
  });
});

test('an own post is the newest on the profile and counts', () => {
  const world = makeWorld();
  furnishAccount(world, { app: 'tiktok', seed: 'test', now: Date.UTC(2026, 0, 1), url }, actor.account);
  const before = world.counts('tiktok', actor.account).posts;
  const post = world.publish(actor, { ...film, caption: 'new' });
  expect(world.postsBy('tiktok', actor.account)[0]).toBe(post);
  expect(world.counts('tiktok', actor.account).posts).toBe(before + 1);
  expect(post.id).toMatch(/^\d{19}$/);
});

test('a private profile is asked, the other way round makes friends', () => {
  const world = makeWorld();
  expect(world.follow(actor, 'private.ida')).toBe('requested');
  expect(world.follow(actor, 'harbor.kiln')).toBe('following');
  world.addFollow('tiktok', 'harbor.kiln', actor.account);
  expect(world.relation('tiktok', actor.account, 'HARBOR.KILN')).toBe('friends');
  expect(world.follow(actor, 'nobody.here')).toBe('none');
  expect(world.actions('one').follows.map((follow) => follow.target)).toEqual(['private.ida', 'harbor.kiln']);
});

test('search finds the exact name first and namesakes after it', () => {
  const world = makeWorld();
  world.addProfile({ app: 'tiktok', username: 'harbor', followers: 1 });
  world.addProfile({ app: 'instagram', username: 'harbor.elsewhere' });
  expect(world.searchProfiles('tiktok', '@harbor').map((profile) => profile.username)).toEqual([
    'harbor',
    'harbor.kiln',
  ]);
  expect(world.searchProfiles('tiktok', '  ')).toEqual([]);
});

test('two phones never share an account', () => {
  const names = Array.from({ length: 450 }, (_, index) => ownAccounts(index)).flat();
  expect(new Set(names).size).toBe(names.length);
  expect(ownAccounts(0)[0]).toBe('lena.paints');
});

test('populating twice changes nothing', () => {
  const world = makeWorld();
  const ids = world.posts('tiktok').map((post) => post.id);
  populate(world, { app: 'tiktok', seed: 'other', now: 0, url });
  expect(world.posts('tiktok').map((post) => post.id)).toEqual(ids);
});

test('whatever is tapped in whatever order, the list holds what took effect and no more', () => {
  const step = fc.record({
    deed: fc.constantFrom('follow', 'unfollow', 'like', 'unlike', 'favorite', 'unfavorite'),
    target: fc.constantFrom('harbor.kiln', 'private.ida', 'nobody.here'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = makeWorld();
      const following = new Set<string>();
      const liked = new Set<string>();
      let follows = 0;
      let unfollows = 0;
      let likes = 0;
      for (const { deed, target } of steps) {
        const exists = world.profile('tiktok', target) !== undefined;
        const post = world.postsBy('tiktok', target)[0]?.id ?? 'none';
        if (deed === 'follow') {
          world.follow(actor, target);
          if (exists && !following.has(target)) follows++;
          if (exists) following.add(target);
        } else if (deed === 'unfollow') {
          world.unfollow(actor, target);
          if (following.delete(target)) unfollows++;
        } else if (deed === 'like') {
          world.like(actor, post);
          if (exists && !liked.has(target)) likes++;
          if (exists) liked.add(target);
        } else if (deed === 'unlike') {
          world.unlike(actor, post);
          liked.delete(target);
        } else if (deed === 'favorite') world.favorite(actor, post);
        else world.unfavorite(actor, post);
      }
      const actions = world.actions('one');
      expect([actions.follows.length, actions.unfollows.length, actions.likes.length]).toEqual([
        follows,
        unfollows,
        likes,
      ]);
      for (const target of ['harbor.kiln', 'private.ida', 'nobody.here']) {
        expect(world.relation('tiktok', actor.account, target) !== 'none').toBe(following.has(target));
      }
    }),
    { numRuns: 60 },
  );
});
