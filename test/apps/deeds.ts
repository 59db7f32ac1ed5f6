/**
 * The five scripts as wishes with a target of their own, and what the phone truly did for one of them: for the matrix and
 * the random runs, whatever the app.
 */
import type { Random } from '../../src/base/random.ts';
import type { ScriptName } from '../../src/contract/script-names.ts';
import type { EffectKind } from '../../src/contract/task-states.ts';
import { isSponsored } from '../../src/sim/instagram/neighbours.ts';
import { createSampleVideo } from '../../src/sim/sample-video.ts';
import type { Post } from '../../src/sim/world.ts';
import type { AppHouse, Row } from './app-house.ts';

export interface Wish {
  script: ScriptName;
  config: Record<string, unknown>;
  /** The one deed that it asks for, as `deedsOf` tells it; undefined: any number of them (warm-up). */
  deed: string | undefined;
}

/** A warm-up asks for no more than its kinds, and for its own words. */
export function isAskedFor(wish: Wish, deed: string): boolean {
  if (wish.deed !== undefined) return deed === wish.deed;
  return (
    /^(?:like|favourite|follow) /.test(deed) ||
    (deed.startsWith('comment ') && deed.endsWith(` ${wish.config.comment}`))
  );
}

/** Every deed of the phone so far, as `kind what`. */
export function deedsOf(house: AppHouse): string[] {
  const { posts, follows, unfollows, comments, likes, favorites } = house.simPhone.actions();
  return [
    ...posts.map(({ placement, caption, media_sha256 }) => postDeed(placement, caption, media_sha256[0])),
    ...follows.map(({ target }) => `follow @${target}`),
    ...unfollows.map(({ target }) => `unfollow @${target}`),
    ...comments.map(({ url, text }) => `comment ${url} ${text}`),
    ...likes.map(({ url }) => `like ${url}`),
    ...favorites.map(({ url }) => `favourite ${url}`),
  ];
}

const postDeed = (placement: string | null, caption: string, sha256 = ''): string =>
  `post ${placement ?? 'video'} ${sha256.slice(0, 8)} ${caption}`;

export const kindOf = (deed: string): EffectKind => deed.slice(0, deed.indexOf(' ')) as EffectKind;

/** The journal's rows of the current task that say that something was done, or may have been. */
export const rowsOf = (house: AppHouse): Row[] =>
  house.journal.rows.filter(({ taskId, state }) => taskId === house.taskId && state !== 'not-done');

/** An intent written so soon after a strike may still be met by it: a pulled plug is noticed a moment later. */
const startlesMs = 2_000;

/** Effects of the current task that nobody can tell although nothing struck (epoch ms) between intent and proof. */
export function groundlessDoubts(house: AppHouse, strikes: readonly number[]): string[] {
  return rowsOf(house)
    .filter(({ state }) => state === 'unconfirmed')
    .filter(({ intendedAt, settledAt = 0 }) => !strikes.some((at) => at >= intendedAt - startlesMs && at <= settledAt))
    .map(({ kind, target }) => `${kind} ${target}`);
}

/** Every script, those that prepare the ground for others first. */
export const scripts = ['follow', 'comment', 'post', 'unfollow', 'account_warmup'] as const;

/** A wish that no earlier one has been about: `n` names it. */
export function makeWish(house: AppHouse, random: Random, n: number, script: ScriptName = random.pick(scripts)): Wish {
  const { world, platform } = house;
  if (script === 'follow' || script === 'unfollow') {
    const user = `wish.${n}`;
    world.addProfile({ app: platform, username: user, isPrivate: random.chance(20) });
    if (script === 'unfollow') world.addFollow(platform, 'lena.paints', user);
    const access_method = random.chance(30) ? 'search' : 'direct';
    return { script, config: { target_users: [user], access_method }, deed: `${script} @${user}` };
  }
  if (script === 'comment') {
    const isOpen = (post: Post) =>
      !post.isAd && !isSponsored(post) && !post.commentsOff && !post.author.includes('paints');
    const { url } = random.pick(world.posts(platform).filter(isOpen));
    const text = `words ${n} ${random.pick(['🌊', 'so calm', 'très joli', 'رائع'])}`;
    return { script, config: { target_post_url: url, comment_content: text }, deed: `comment ${url} ${text}` };
  }
  if (script === 'post') {
    const film = house.file(`film-${n}.mp4`, createSampleVideo({ seconds: 2, seed: n }), { durationMs: 2_000 });
    house.files = [film];
    const way = wayToPost(house, random);
    const captions = `film ${n}`;
    const deed = postDeed(way.placement ?? null, captions, film.sha256);
    return { script, config: { captions, ...way, material_list: [film.path] }, deed };
  }
  const chances = { like_probable: 60, floow_probable: 20, collect_probable: 40, comment_probable: 30 };
  const times = { task_duration: 12, min_duration: 0, max_duration: 1 };
  return { script, config: { ...times, ...chances, comment: `warm ${n}` }, deed: undefined };
}

function wayToPost(house: AppHouse, random: Random): { post_way?: string; placement?: string } {
  if (house.platform === 'tiktok') return { post_way: random.pick(['share', 'addButton']) };
  // a second story cannot be told from the first (docs/instagram.md)
  const hasStory = house.simPhone.actions().posts.some(({ placement }) => placement === 'story');
  return { placement: !hasStory && random.chance(30) ? 'story' : 'reel' };
}
