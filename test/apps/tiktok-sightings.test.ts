/** What one capture says about a post under way. Screens written by hand, as small as they can be told by. */
import { describe, expect, test } from 'vitest';
import { tiktok } from '../../src/apps/tiktok/app.ts';
import { isFirstOurs } from '../../src/apps/tiktok/compose.ts';
import type { Baseline } from '../../src/apps/tiktok/proof.ts';
import { sightingOn } from '../../src/apps/tiktok/published.ts';
import { gallery } from '../../src/apps/tiktok/screens/gallery.ts';
import { gridOn, ownProfile } from '../../src/apps/tiktok/screens/profile.ts';
import { parseHierarchy } from '../../src/phone/hierarchy.ts';
import { recognise } from '../../src/script/recognise.ts';
import { Seen } from '../../src/script/seen.ts';

interface Box {
  at: [left: number, top: number, right: number, bottom: number];
  text?: string;
  desc?: string;
  id?: string;
  kind?: string;
  tap?: boolean;
  selected?: boolean;
}

const quoted = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/\n/g, '&#10;');

function draw(boxes: readonly Box[]): string {
  const nodes = boxes.map(
    ({
      at: [left, top, right, bottom],
      text = '',
      desc = '',
      id = '',
      kind = 'TextView',
      tap = false,
      selected = false,
    }) => {
      const labels = `text="${quoted(text)}" content-desc="${quoted(desc)}" resource-id="${id && `${tiktok.packageName}:id/${id}`}"`;
      return `<node class="android.widget.${kind}" package="${tiktok.packageName}" ${labels} clickable="${tap}" selected="${selected}" bounds="[${left},${top}][${right},${bottom}]"/>`;
    },
  );
  return `<hierarchy rotation="0" width="1080" height="2400"><node class="android.widget.FrameLayout" package="${tiktok.packageName}" bounds="[0,0][1080,2400]">${nodes.join('')}</node></hierarchy>`;
}

const see = (boxes: readonly Box[]): Seen => new Seen(recognise(parseHierarchy(draw(boxes), 1_000), tiktok));

const bar = (chosen: string): Box[] =>
  ['Home', 'Friends', 'Create', 'Inbox', 'Profile'].map((desc, index) => ({
    at: [index * 216, 2208, (index + 1) * 216, 2337],
    desc,
    kind: desc === 'Create' ? 'Button' : 'FrameLayout',
    tap: true,
    selected: desc === chosen,
  }));

const feed: Box[] = [
  ...bar('Home'),
  { at: [912, 1320, 1080, 1478], desc: 'Like video. 12 likes', kind: 'Button', tap: true },
  { at: [912, 1478, 1080, 1636], desc: 'Read or add comments. 3 comments', kind: 'Button', tap: true },
  { at: [912, 1794, 1080, 1952], desc: 'Share video. 1 shares', kind: 'Button', tap: true },
  { at: [0, 0, 1080, 2208], desc: 'Video', id: 'long_press_layout', kind: 'View', tap: true },
];

const profile = (tiles: readonly string[]): Box[] => [
  ...bar('Profile'),
  { at: [948, 93, 1058, 203], desc: 'Profile menu', kind: 'Button', tap: true },
  { at: [319, 402, 531, 458], text: '@mia.draws', kind: 'Button', tap: true },
  { at: [252, 609, 408, 653], text: 'Followers' },
  { at: [44, 863, 292, 973], desc: 'Videos', kind: 'RelativeLayout', tap: true, selected: true },
  { at: [292, 863, 540, 973], desc: 'Private videos', kind: 'RelativeLayout', tap: true },
  { at: [788, 863, 1036, 973], desc: 'Liked videos', kind: 'RelativeLayout', tap: true },
  ...tiles.flatMap((text, index): Box[] => {
    const [left, top] = [(index % 3) * 361, 974 + Math.floor(index / 3) * 480];
    return [
      { at: [left, top, left + 358, top + 477], kind: 'FrameLayout', tap: true },
      { at: [left + 11, top + 420, left + 300, top + 460], text },
    ];
  }),
];

const composer = (text: string): Box[] => [
  { at: [42, 274, 673, 681], text, kind: 'EditText', tap: true },
  { at: [0, 1185, 1080, 1320], desc: 'Everyone can view this post', kind: 'Button', tap: true },
  { at: [32, 2179, 529, 2305], text: 'Drafts', kind: 'Button', tap: true },
  { at: [550, 2179, 1048, 2305], text: 'Post', kind: 'Button', tap: true },
];

const badge: Box = { at: [56, 361, 127, 400], text: '62%' };
const notice: Box[] = [
  { at: [64, 150, 680, 204], text: "Couldn't upload video. The video was saved to your drafts." },
  { at: [700, 160, 910, 250], text: 'Tap to retry', kind: 'Button', tap: true },
];

const confirm: Box[] = [
  { at: [172, 999, 907, 1100], text: 'Publish video publicly?' },
  { at: [540, 1348, 907, 1473], text: 'Publish now', kind: 'Button', tap: true },
  { at: [172, 1348, 539, 1473], text: 'Cancel', kind: 'Button', tap: true },
];

describe('a post under way', () => {
  const ours = 'a quiet morning\n#fyp';
  test.each<[string, Box[], Partial<Baseline>, string]>([
    ['the composer with our text', composer('a quiet morning #fyp '), {}, 'composing'],
    ['a composer with another text', composer('something else'), {}, 'nothing'],
    [
      'the composer with its hint, for a post without a caption',
      composer('Add a description'),
      { caption: '' },
      'composing',
    ],
    ['the question whether to publish', [...composer(ours), ...confirm], {}, 'composing'],
    ['the feed with a percentage', [...feed, badge], {}, 'uploading'],
    ['the feed with a notice', [...feed, ...notice], {}, 'failed'],
    ['the feed with a notice from before', [...feed, ...notice], { hadFailure: true }, 'nothing'],
    ['a percentage beside an older notice', [...feed, badge, ...notice], {}, 'uploading'],
    ['the newest tile with a percentage', profile(['62%', '5']), {}, 'uploading'],
    ['the feed', feed, {}, 'nothing'],
    ['the profile', profile(['0', '5']), {}, 'nothing'],
    ['a screen nobody knows', [{ at: [100, 100, 900, 300], text: 'Something new' }], {}, 'nothing'],
  ])('%s', (_, boxes, more, expected) => {
    const baseline = {
      username: 'mia.draws',
      caption: ours,
      grid: { labels: [], isFull: false },
      at: 0,
      hadFailure: false,
    };
    expect(sightingOn(see(boxes), { ...baseline, ...more })).toBe(expected);
  });
});

test.each<[string, string[], { labels: string[]; isFull: boolean }]>([
  ['nothing posted yet', [], { labels: [], isFull: false }],
  ['two posts', ['5', '7'], { labels: ['5', '7'], isFull: false }],
  ['drafts stand first and are no post', ['Drafts: 2', '5'], { labels: ['5'], isFull: false }],
  [
    'two full rows, the third would be cut off',
    ['1', '2', '3', '4', '5', '6'],
    { labels: ['1', '2', '3', '4', '5', '6'], isFull: true },
  ],
])('a grid: %s', (_, tiles, expected) => {
  const seen = see(profile(tiles)).of(ownProfile);
  expect(seen.textOf('username')).toBe('@mia.draws');
  expect(gridOn(seen)).toEqual(expected);
});

describe('the first item of the gallery', () => {
  const picker = (length: string): Box[] => [
    { at: [68, 189, 215, 307], text: 'All', selected: true },
    { at: [241, 189, 488, 307], desc: 'Videos', kind: 'FrameLayout', tap: true },
    { at: [488, 189, 740, 307], desc: 'Photos', kind: 'FrameLayout', tap: true },
    { at: [5, 312, 359, 669], kind: 'FrameLayout', tap: true },
    ...(length ? [{ at: [231, 609, 359, 669], text: length } satisfies Box] : []),
    { at: [550, 1936, 1048, 2052], text: 'Next', kind: 'Button' },
  ];
  test.each([
    ['00:12', 12_400, true],
    ['00:13', 12_600, true],
    ['1:02', 62_000, true],
    ['1:00:05', 3_605_000, true],
    ['00:14', 12_400, false],
    ['', 12_400, false],
    ['00:12', undefined, true],
  ])('%j is a film of %j ms: %j', (length, durationMs, expected) => {
    const seen = see(picker(length)).of(gallery);
    expect(isFirstOurs(seen, durationMs === undefined ? {} : { durationMs })).toBe(expected);
  });
});
