import {
  both,
  byClass,
  byDesc,
  byId,
  byText,
  normalText,
  once,
  type Selector,
  where,
} from '../../../phone/selector.ts';
import { control, type View, weighted } from '../../../script/screen.ts';
import { clickable, firstOf, tapTargetOf } from '../places.ts';
import { startingWith, t } from '../texts.ts';

/**
 * What stands at the right edge of a video: avatar, follow, like, comment, favourite, share, sound. Named by content-desc
 * in the languages we know; the boxes of like to share are equal and touch each other in every language and release.
 * [captures: feed-foryou--1 to 4; 43.1.4 and trill]
 */
type Hierarchy = Parameters<Selector['find']>[0];
type Node = ReturnType<Selector['find']>[number];

const widthOf = ({ bounds }: Node): number => bounds.right - bounds.left;
const heightOf = ({ bounds }: Node): number => bounds.bottom - bounds.top;

/** What rounding leaves between equal boxes; the box of the sound is a little taller than the others. */
const isEven = (a: number, b: number, size: number): boolean => Math.abs(a - b) <= Math.max(1, size * 0.012);

/** Boxes at the right edge, one a place, from the top: of several in one place the innermost that takes taps. */
const edge = once('boxes at the right edge', (hierarchy) => {
  const places = new Map<string, Node>();
  for (const node of clickable.find(hierarchy)) {
    const [width, height] = [widthOf(node) / hierarchy.width, heightOf(node) / hierarchy.height];
    if (node.bounds.right < hierarchy.width * 0.98 || width < 0.09 || width > 0.22) continue;
    if (height < 0.03 || height > 0.13) continue;
    const key = `${node.bounds.left} ${node.bounds.top} ${node.bounds.right} ${node.bounds.bottom}`;
    const known = places.get(key);
    if (!known || node.depth >= known.depth) places.set(key, node);
  }
  return [...places.values()].sort((a, b) => a.bounds.top - b.bounds.top || a.index - b.index);
});

/** The longest run of equal boxes that touch each other; three at least. */
const run = once('equal boxes at the right edge', (hierarchy) => {
  const boxes = edge.find(hierarchy);
  let longest: Node[] = [];
  for (const start of boxes) {
    const chain = [start];
    for (let last = start; ; ) {
      const next = boxes.find(
        (box) =>
          isEven(box.bounds.top, last.bounds.bottom, heightOf(last)) &&
          isEven(box.bounds.left, last.bounds.left, widthOf(last)) &&
          isEven(heightOf(box), heightOf(last), heightOf(last)),
      );
      if (!next) break;
      chain.push(next);
      last = next;
    }
    if (chain.length > longest.length) longest = chain;
  }
  return longest.length >= 3 ? longest : [];
});

/**
 * Like and Comment are the first two of any such run. Favourite and Share are the next only where there are exactly four:
 * some regions have no favourites, and then the third is Share.
 */
export const railBox = (place: 0 | 1 | 2 | 3): Selector =>
  once(`box ${place + 1} at the right edge`, (hierarchy) => {
    const boxes = run.find(hierarchy);
    return place < 2 || boxes.length === 4 ? boxes.slice(place, place + 1) : [];
  });

const soundBox = once('box below those at the right edge', (hierarchy) => {
  const boxes = run.find(hierarchy);
  const last = boxes.at(-1);
  if (!last || boxes.length !== 4) return [];
  return edge
    .find(hierarchy)
    .filter(
      (box) =>
        isEven(box.bounds.top, last.bounds.bottom, heightOf(last)) &&
        isEven(box.bounds.left, last.bounds.left, widthOf(last)),
    )
    .slice(0, 1);
});

/** The small box with the plus, over the lower end of the avatar; gone once the author is followed. */
const plusBox = once('small box above those at the right edge', (hierarchy) => {
  const [top] = run.find(hierarchy);
  if (!top) return [];
  return both(byClass('Button'), clickable)
    .find(hierarchy)
    .filter(
      (node) =>
        isEven(node.bounds.bottom, top.bounds.top, heightOf(top)) &&
        node.bounds.right >= hierarchy.width * 0.98 &&
        heightOf(node) < heightOf(top) * 0.7 &&
        normalText(node.text) === '',
    );
});

/** The name below the video is a part of what the avatar is called, in every language: "Mia" and "Mia profile". */
const namesake = once('a name that the avatar has too', (hierarchy) => {
  const avatars = where(byDesc(/./), ({ bounds }, { width }) => bounds.left > width * 0.7, '')
    .find(hierarchy)
    .map(({ desc }) => normalText(desc));
  return where(
    both(byText(/./), clickable),
    ({ bounds, text }, { width, height }) => {
      const name = normalText(text);
      const isLow = bounds.left < width * 0.3 && bounds.top > height * 0.5;
      return isLow && avatars.some((avatar) => avatar.length > name.length && avatar.includes(name));
    },
    '',
  ).find(hierarchy);
});

const likeLabel = byDesc(startingWith('like-video', 'video-liked'));
const isAtTheRight = ({ bounds }: Node, { width }: Hierarchy): boolean => bounds.left > width * 0.75;
/** Labels of older releases take no taps themselves; the box around them does. [notes: 2023] */
const button = (label: Selector): Selector => firstOf(both(label, clickable), tapTargetOf(label));

export const likeButton = likeLabel;
export const followButton = where(byDesc(startingWith('follow-author')), isAtTheRight, 'at the right');

/** Named, or at its place: for telling what a screen is. */
export const railSigns = {
  like: likeLabel,
  comment: byDesc(startingWith('read-comments')),
  favourite: byDesc(startingWith('favourite-video')),
  share: byDesc(startingWith('share-video')),
};

export const rail = {
  author: control([both(byId('title'), clickable), namesake]),
  follow: control([weighted(2, followButton), plusBox], { effect: 'follow' }),
  like: control([weighted(2, button(likeLabel)), railBox(0)], { effect: 'like' }),
  comment: control([weighted(2, button(railSigns.comment)), railBox(1)]),
  favorite: control([weighted(2, tapTargetOf(railSigns.favourite)), railBox(2)], { effect: 'favourite' }),
  share: control([weighted(2, button(railSigns.share)), railBox(3)]),
  sound: control([weighted(2, button(byDesc(startingWith('sound')))), soundBox]),
};

/** Whether the author can still be followed, and whether the heart is given. */
export function railFacts(view: View) {
  const like = view.nodeOf('like');
  const isGiven = like && (view.isSelected('like') || startingWith('video-liked').test(normalText(like.desc)));
  return { following: view.has('follow') ? false : undefined, liked: like && Boolean(isGiven) };
}

export const videoSurface = byDesc(t('video-surface'));
