/**
 * The five scripts as wishes with a target of their own, and what the phone truly did for one of them: for the matrix and
 * the random runs.
 */
import type { Random } from '../../src/base/random.ts';
import type { ScriptName } from '../../src/contract/script-names.ts';
import type { EffectKind } from '../../src/contract/task-states.ts';
import { createSampleVideo } from '../../src/sim/sample-video.ts';
import type { Actions } from '../../src/sim/world.ts';
import type { AppHouse } from './app-house.ts';

export interface Wish {
  script: ScriptName;
  config: Record<string, unknown>;
  /** The one deed that it asks for, as `deedsOf` tells it; undefined: any number of them (warm-up). */
  deed: string | undefined;
}

/** Every deed so far, as `kind what`. */
export function deedsOf(actions: Actions): string[] {
  return [
    ...actions.posts.map(({ caption }) => `post ${caption}`),
    ...actions.follows.map(({ target }) => `follow @${target}`),
    ...actions.unfollows.map(({ target }) => `unfollow @${target}`),
    ...actions.comments.map(({ url, text }) => `comment ${url} ${text}`),
    ...actions.likes.map(({ url }) => `like ${url}`),
    ...actions.favorites.map(({ url }) => `favourite ${url}`),
  ];
}

export const kindOf = (deed: string): EffectKind => deed.slice(0, deed.indexOf(' ')) as EffectKind;

const scripts = ['follow', 'unfollow', 'comment', 'post', 'account_warmup'] as const;

/** A wish that no earlier one has been about: `n` names it. */
export function makeWish(house: AppHouse, random: Random, n: number, script: ScriptName = random.pick(scripts)): Wish {
  const user = `wish.${n}`;
  const { world } = house;
  if (script === 'follow' || script === 'unfollow') {
    world.addProfile({ app: 'tiktok', username: user, isPrivate: random.chance(20) });
    if (script === 'unfollow') world.addFollow('tiktok', 'lena.paints', user);
    const access_method = random.chance(30) ? 'search' : 'direct';
    return { script, config: { target_users: [user], access_method }, deed: `${script} @${user}` };
  }
  if (script === 'comment') {
    const post = random.pick(world.posts('tiktok').filter(({ author, isAd }) => !isAd && !author.includes('paints')));
    const text = `words ${n} ${random.pick(['🌊', 'so calm', 'très joli', 'رائع'])}`;
    return {
      script,
      config: { target_post_url: post.url, comment_content: text },
      deed: `comment ${post.url} ${text}`,
    };
  }
  if (script === 'post') {
    const film = house.file(`film-${n}.mp4`, createSampleVideo({ seconds: 2, seed: n }), { durationMs: 2_000 });
    house.files = [film];
    const captions = `film ${n}`;
    const post_way = random.pick(['share', 'addButton']);
    return { script, config: { captions, post_way, material_list: [film.path] }, deed: `post ${captions}` };
  }
  const chances = { like_probable: 60, floow_probable: 20, collect_probable: 40, comment_probable: 30 };
  const times = { task_duration: 12, min_duration: 0, max_duration: 1 };
  return { script, config: { ...times, ...chances, comment: `warm ${n}` }, deed: undefined };
}
