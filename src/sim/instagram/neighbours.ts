import { seededRandom } from '../../base/random.ts';
import type { Post, World } from '../world.ts';
import { postUrl } from './links.ts';

const app = 'instagram';

/**
 * Who lives on this platform beside the cast that both share: people whose names are almost somebody else's, because a
 * search must not confuse them, and an advertiser.
 */
const namesakes = [
  {
    username: 'harbor.kiln_',
    name: 'Harbor Kiln',
    bio: 'not the mugs, the boat',
    followers: 1_204_000,
    isVerified: true,
  },
  { username: 'harborkiln', name: 'harbor kiln', bio: '', followers: 31 },
  { username: 'the.harbor.kiln', name: 'Harbor Kiln Fans', bio: 'we only repost', followers: 9_120 },
  { username: 'quietlybirding2', name: 'quietly birding 🐦', bio: 'second account', followers: 77 },
] as const;

const advertiser = 'ember.stoves';
const sensitiveAuthor = 'noor_repairs';
const closedAuthor = 'mossandmortar';
/** Whose newest post has more comments than one portion. */
const muchDiscussed = 'sable.dance';

export const isSponsored = (post: Post): boolean => post.author === advertiser;
/** Some posts hide behind a cover until somebody wants to see them. */
export const isSensitive = (post: Post): boolean => post.author === sensitiveAuthor && BigInt(post.id) % 3n === 0n;
/** A story lies in the tray for a day, and in no grid. */
export const isStory = (post: Post): boolean => post.placement === 'story';

const words = [
  'so good',
  'need this',
  'first!',
  'how?',
  'saved for later',
  'magnifique',
  '😂😂',
  'where is this',
  'again please',
  'love the light here',
];

/** Fills in what the shared cast does not have; a second call changes nothing. */
export function addNeighbours(world: World, { seed, now }: { seed: string; now: number }): void {
  if (world.profile(app, advertiser)) return;
  const random = seededRandom(`neighbours:${seed}`);
  for (const namesake of namesakes) world.addProfile({ app, following: random.int(3, 500), ...namesake });
  world.addProfile({ app, username: advertiser, name: 'Ember Stoves', followers: 4_310, following: 12 });
  for (const author of [...namesakes.map(({ username }) => username), advertiser, advertiser]) {
    const mediaType = author === advertiser || random.chance(50) ? 'video' : 'image';
    world.addPost({
      app,
      author,
      at: now - random.int(3_600_000, 20 * 86_400_000),
      caption: author === advertiser ? 'A warm room in ten minutes.' : 'hello again',
      mediaType,
      mediaSha256: [],
      durationMs: mediaType === 'video' ? random.int(6_000, 58_000) : 0,
      sound: null,
      views: random.int(10, 5_000),
      likes: random.int(3, 900),
      comments: 0,
      favorites: 0,
      shares: 0,
      url: (_author, id) => postUrl(id, mediaType),
    });
  }
  for (const post of world.postsBy(app, closedAuthor)) post.commentsOff = true;
  const [discussed] = world.postsBy(app, muchDiscussed);
  const talkers = world.profiles(app).filter((profile) => !profile.isPrivate);
  for (let turn = 0; discussed && turn < 40; turn++) {
    world.addComment({
      post: discussed.id,
      author: random.pick(talkers).username,
      text: random.pick(words),
      at: Math.min(now, discussed.at + random.int(60_000, 3 * 86_400_000)),
      likes: random.int(0, 90),
    });
  }
}
