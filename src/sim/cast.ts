import { type Random, seededRandom } from '../base/random.ts';
import type { AppName, Post, Product, World } from './world.ts';

/**
 * The made-up people and posts that fill a world before anybody does anything. Names hold what real ones hold and parsers
 * trip over: emoji, non-breaking spaces, bidi marks, right-to-left words, the word "Follow".
 */
interface Creator {
  username: string;
  name: string;
  bio: string;
  followers: number;
  isPrivate?: boolean;
  isVerified?: boolean;
}

const creators: readonly Creator[] = [
  { username: 'harbor.kiln', name: 'Harbor Kiln', bio: 'mugs, glazes, small fires', followers: 184_200 },
  { username: 'noor_repairs', name: 'Noor\u00a0repairs\u00a0', bio: 'bikes back on the road', followers: 22_340 },
  {
    username: 'bakeoff.bruno',
    name: 'Bruno 🥖',
    bio: 'sourdough every Sunday',
    followers: 1_240_000,
    isVerified: true,
  },
  { username: 'quietlybirding', name: 'quietly birding 🐦', bio: 'no talking, only birds', followers: 8_410 },
  { username: 'atelier.mado', name: 'Atelier Mado', bio: 'couture et café', followers: 56_900 },
  { username: 'zaytoun.kitchen', name: '\u2067مطبخ زيتون\u2069', bio: 'وصفات سهلة', followers: 402_700 },
  { username: 'tinytrainyard', name: 'Tiny Train Yard', bio: 'N scale, big heart', followers: 3_905 },
  { username: 'follow.the.tide', name: 'Follow the Tide 🌊', bio: 'Follow for tide tables', followers: 12_050 },
  { username: 'mossandmortar', name: 'Moss & Mortar', bio: 'old walls, new gardens', followers: 77_310 },
  { username: 'pixel.pottering', name: 'Pixel Pottering', bio: 'making games after work', followers: 940 },
  { username: 'clubdesechecs', name: 'Club d’échecs', bio: 'un problème par jour', followers: 15_760 },
  { username: 'rooftop.okra', name: 'rooftop okra', bio: 'vegetables above the city', followers: 331 },
  { username: 'sable.dance', name: 'Sable 💃', bio: 'steps, slowly', followers: 2_310_000, isVerified: true },
  { username: 'private.ida', name: 'Ida', bio: 'friends only', followers: 214, isPrivate: true },
  { username: 'locked.garden', name: 'Locked Garden 🔒', bio: '', followers: 5_120, isPrivate: true },
  { username: 'oneminutemaps', name: 'One Minute Maps', bio: 'where things are and why', followers: 640_800 },
];

/** Who pays to be in the feed. */
const brands: readonly Creator[] = [
  {
    username: 'kettleworks.shop',
    name: 'Kettleworks',
    bio: 'kettles, nothing else',
    followers: 31_000,
    isVerified: true,
  },
  { username: 'ropeandpine', name: 'Rope & Pine', bio: 'shelves that stay up', followers: 9_870 },
];

const captions: readonly string[] = [
  'first light over the harbour #morning',
  'this took four tries and one bad burn 🔥 #diy #fail',
  'three things I wish I had known sooner',
  'wait for the last second 👀',
  'un geste simple, un grand effet ✨ #atelier',
  'day 12 of fixing the same bench',
  'no music, only rain ☔️',
  'how to sharpen a knife without fear #kitchen',
  'والنتيجة رائعة 🍋',
  'the smallest bridge I have built so far #modelrailway',
  'ask me anything about compost',
  'before and after, same wall #restoration',
];

const sounds: readonly string[] = [
  'original sound',
  'Slow Kettle',
  'Paper Boats (Instrumental)',
  'Lundi matin',
  'Night Tram',
];

const wares: readonly Product[] = [
  { id: '1729384756100000001', title: 'Stoneware mug, 300 ml', price: '€18.00' },
  { id: '1729384756100000002', title: 'Linen apron', price: '€34.50' },
];

const remarks: readonly string[] = [
  'I watched this twice 😂',
  'follow for more garden tips',
  'how long did it take?',
  'magnifique, merci !',
  'the ending 👏👏👏',
  'ما شاء الله',
  'where did you find that table',
];

const firstNames = [
  'lena',
  'milo',
  'ines',
  'tariq',
  'yuki',
  'oskar',
  'amara',
  'pablo',
  'hanna',
  'sami',
  'ruth',
  'emil',
  'nadia',
  'theo',
  'wilma',
  'jun',
];
const crafts = [
  'paints',
  'cycles',
  'bakes',
  'knits',
  'plants',
  'climbs',
  'sketches',
  'brews',
  'sews',
  'sails',
  'builds',
  'folds',
  'prints',
];

/** The two made-up accounts of the n-th phone (from 0): the one that is active first, and one to switch to. Never twice. */
export function ownAccounts(index: number): [string, string] {
  // 16 names and 13 crafts have no common factor, so stepping both walks through all 208 pairs before one returns.
  const first = firstNames[index % firstNames.length] ?? 'lena';
  const craft = crafts[index % crafts.length] ?? 'paints';
  const round = Math.floor(index / (firstNames.length * crafts.length));
  const suffix = round === 0 ? '' : `${round + 1}`;
  return [`${first}.${craft}${suffix}`, `the.${craft}.corner.${first}${suffix}`];
}

export interface PopulateOptions {
  app: AppName;
  seed: string;
  /** Epoch ms; everything made here is older. */
  now: number;
  url: (author: string, id: string, mediaType: 'video' | 'image') => string;
  /** How many of a hundred posts are photos. Default 0. */
  photoPercent?: number;
}

/** Fills the world for one app; a second call for the same app changes nothing. */
export function populate(world: World, { app, seed, now, ...look }: PopulateOptions): void {
  if (world.posts(app).length > 0) return;
  const random = seededRandom(`cast:${app}:${seed}`);
  for (const creator of creators) {
    world.addProfile({
      app,
      ...creator,
      isPrivate: creator.isPrivate ?? false,
      isVerified: creator.isVerified ?? false,
      following: random.int(3, 900),
      likes: creator.followers * random.int(4, 20),
    });
  }
  // only where the twin shows them for what they are
  for (const brand of app === 'tiktok' ? brands : []) {
    world.addProfile({ app, ...brand, isVerified: brand.isVerified ?? false, following: 1, likes: brand.followers });
    addPost(world, {
      app,
      author: brand.username,
      now,
      ...look,
      random: seededRandom(`ad:${seed}:${brand.username}`),
    }).isAd = true;
  }
  for (let turn = 0; turn < 3; turn++) {
    for (const creator of creators) addPost(world, { app, author: creator.username, now, random, ...look });
  }
}

/** Some older posts and a few followers for an own account, so that its profile does not look newborn. */
export function furnishAccount(world: World, { app, seed, now, ...look }: PopulateOptions, username: string): void {
  const profile = world.profile(app, username);
  if (!profile || world.postsBy(app, username).length > 0) return;
  const random = seededRandom(`account:${app}:${seed}:${username}`);
  profile.name = username.replaceAll('.', ' ').replace(/\b\w/g, (letter) => letter.toUpperCase());
  profile.followers = random.int(20, 900);
  profile.following = random.int(5, 120);
  profile.likes = random.int(50, 4_000);
  const posts = random.int(2, 5);
  for (let turn = 0; turn < posts; turn++) addPost(world, { app, author: username, now, random, ...look });
  if (app === 'tiktok') world.setShowcase(app, username, wares);
  // Somebody follows the account already: their profile offers "Follow back".
  world.addFollow(app, 'tinytrainyard', username);
}

function addPost(
  world: World,
  {
    app,
    author,
    now,
    url,
    random,
    photoPercent = 0,
  }: Omit<PopulateOptions, 'seed'> & { author: string; random: Random },
): Post {
  const reach = Math.max(40, Math.floor((world.profile(app, author)?.followers ?? 0) * (0.2 + random.next())));
  const mediaType = photoPercent > 0 && random.chance(photoPercent) ? 'image' : 'video';
  const post = world.addPost({
    app,
    author,
    url: (name, id) => url(name, id, mediaType),
    at: now - random.int(3_600_000, 90 * 86_400_000),
    caption: random.pick(captions),
    mediaType,
    mediaSha256: [],
    durationMs: mediaType === 'video' ? random.int(6_000, 58_000) : 0,
    sound: random.pick(sounds),
    views: reach,
    likes: Math.floor(reach * 0.11),
    comments: 0,
    favorites: Math.floor(reach * 0.02),
    shares: Math.floor(reach * 0.01),
  });
  const remarkCount = random.int(0, 5);
  for (let turn = 0; turn < remarkCount; turn++) {
    world.addComment({
      post: post.id,
      author: random.pick(creators).username,
      text: random.pick(remarks),
      at: Math.min(now, post.at + random.int(60_000, 86_400_000)),
      likes: random.int(0, 400),
    });
  }
  return post;
}
