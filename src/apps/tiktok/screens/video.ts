import { both, byClass, byDesc, byId, byText, either, where } from '../../../phone/selector.ts';
import { control, defineScreen } from '../../../script/screen.ts';
import { barTab, between, clickable, firstOf, tapTargetOf } from '../places.ts';
import { startingWith, t } from '../texts.ts';
import { followButton, likeButton, rail, railBox, railFacts, railSigns, videoSurface } from './rail.ts';

/** `name · 2s ago`, `· il y a 3 min`: how old a post is, beside its author. */
const ageLabel = byText(/·\s*\D{0,8}\d+\s*\p{L}+/u);
const description = firstOf(byId('desc'), byClass('TuxTextLayoutView'));
const surface = either(byId('long_press_layout'), videoSurface);

/**
 * The page of one video, opened by its link or from a grid: like the feed, without the bottom bar. Where the author is
 * followed already it cannot be told from an own one. [not captured; the rail as on the feed]
 */
export const video = defineScreen('tiktok.video', {
  shown: [
    either(railSigns.like, railBox(0)),
    either(railSigns.comment, railBox(1)),
    railSigns.share,
    railSigns.favourite,
    surface,
    description,
    byId('title'),
  ],
  never: [barTab(4)],
  caption: control([description]),
  state: railFacts,
  ...rail,
});

/** A link to a video that is gone, private, or not for us. [not captured] */
export const missingVideo = defineScreen('tiktok.video-missing', {
  needs: [byText(startingWith('video-unavailable'))],
  never: [likeButton],
});

/**
 * The page of a video opened from the own profile: like the feed, without the bottom bar and without a button to follow.
 * [notes: video-own-posted, 43.1.4]
 */
export const ownVideo = defineScreen('tiktok.video-own', {
  over: ['tiktok.video'],
  shown: [
    either(railSigns.like, railBox(0)),
    either(railSigns.comment, railBox(1)),
    railSigns.share,
    surface,
    description,
    ageLabel,
    byText(startingWith('own-video')),
  ],
  never: [barTab(4), followButton],
  enough: 0.4,
  caption: control([description]),
  age: control([ageLabel], { many: true }),
  state: (view) => ({ liked: railFacts(view).liked }),
  more: control([tapTargetOf(byText(t('more')))]),
  author: rail.author,
  like: rail.like,
  comment: rail.comment,
  favorite: rail.favorite,
  share: rail.share,
  sound: rail.sound,
  back: control([
    firstOf(
      both(byDesc(t('back')), clickable),
      between(
        where(clickable, ({ bounds }, { width }) => bounds.left < 8 && bounds.right < width * 0.25, 'at the left edge'),
        0,
        0.2,
      ),
    ),
  ]),
});

const unitMs: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|sec|secs|second|seconds|seconde|secondes)$/, 1_000],
  [/^(?:m|min|mins|minute|minutes)$/, 60_000],
  [/^(?:h|hr|hrs|hour|hours|heure|heures)$/, 3_600_000],
  [/^(?:d|day|days|j|jour|jours)$/, 86_400_000],
  [/^(?:w|wk|week|weeks|sem|semaine|semaines)$/, 604_800_000],
];

/**
 * The youngest and the oldest that a post with this label can be: "2m ago" is two to three minutes. Undefined for dates
 * and words nobody knows.
 */
export function ageOf(label: string): { leastMs: number; mostMs: number } | undefined {
  const age = label.slice(label.lastIndexOf('·') + 1).trim();
  if (t('just-now').some((word) => age.toLowerCase() === word.toLowerCase())) return { leastMs: 0, mostMs: 60_000 };
  const [, count, unit] = /(\d+)\s*(\p{L}+)/u.exec(age) ?? [];
  const ms = unitMs.find(([pattern]) => pattern.test((unit ?? '').toLowerCase()))?.[1];
  if (count === undefined || ms === undefined) return undefined;
  return { leastMs: Number(count) * ms, mostMs: (Number(count) + 1) * ms };
}
