import { describe, expect, test } from 'vitest';
import { type Baseline, compareGrids, isBaseline, isOurs, newestTile, type VideoPage } from './proof.ts';
import type { Grid } from './screens/profile.ts';
import { ageOf } from './screens/video.ts';

const some = (...labels: string[]): Grid => ({ labels, isFull: false });
const full = (...labels: string[]): Grid => ({ labels, isFull: true });

test.each<[string, Grid, Grid, string]>([
  ['the first post', some(), some('0'), 'grown'],
  ['one more', some('5', '7'), some('0', '5', '7'), 'grown'],
  ['one more, and others were watched meanwhile', some('5', '7'), some('0', '6', '9'), 'grown'],
  ['nothing new, but watched', some('0', '7'), some('3', '7'), 'same'],
  ['one less', some('5', '7'), some('7'), 'same'],
  ['one more on a full screen', full('5', '7', '9'), full('0', '5', '7'), 'grown'],
  ['one more on a full screen, one of the others watched', full('5', '7', '9'), full('0', '5', '8'), 'grown'],
  ['a full screen as it was', full('5', '7', '9'), full('5', '7', '9'), 'same'],
  ['a full screen as it was, one watched', full('5', '7', '9'), full('6', '7', '9'), 'same'],
  ['a full screen that holds one row more', full('5', '7', '9'), full('5', '7', '9', '1', '2', '3'), 'same'],
  ['a full screen of like labels', full('0', '0', '0'), full('0', '0', '0'), 'unclear'],
  ['a full screen of other labels altogether', full('1', '2', '3'), full('4', '5', '6'), 'unclear'],
  ['pinned ones stand before', full('Pinned 900', '5', '7'), full('Pinned 900', '0', '5'), 'grown'],
])('%s', (_, before, now, expected) => {
  expect(compareGrids(before, now)).toBe(expected);
});

test('the newest tile is the first that is not pinned', () => {
  expect(newestTile(some('Pinned 9', 'Épinglée 3', '0', '4'))).toBe(2);
  expect(newestTile(some())).toBeUndefined();
});

describe('is it ours?', () => {
  const at = Date.UTC(2026, 0, 2, 9);
  const baseline = { username: 'mia', caption: 'a quiet morning', grid: some(), at, hadFailure: false } as const;
  const page: VideoPage = { caption: 'a quiet morning', texts: [], age: '· 2s ago', at: at + 40_000 };
  test.each<[string, Partial<Baseline>, 'grown' | 'same' | 'unclear', Partial<VideoPage>, boolean]>([
    ['one more, our caption, seconds old', {}, 'grown', {}, true],
    ['cut short', {}, 'grown', { caption: 'a quiet mor... more' }, true],
    ['with the mark and space the app adds', {}, 'grown', { caption: '\u200ea quiet morning ' }, true],
    ['no age shown', {}, 'grown', { age: undefined }, true],
    ['in French', {}, 'grown', { age: '· il y a 5 s' }, true],
    ['another caption', {}, 'grown', { caption: 'a quiet evening' }, false],
    ['our caption, but three days old', {}, 'grown', { age: '· 3d ago' }, false],
    ['an older post with the same caption, nothing new', {}, 'same', { age: '· 2s ago' }, false],
    ['nobody can tell what is new, and it is young', {}, 'unclear', {}, true],
    ['nobody can tell what is new, and it is older than the baseline', {}, 'unclear', { age: '· 1m ago' }, false],
    ['nobody can tell what is new, no age', {}, 'unclear', { age: undefined }, false],
    ['no caption wanted, none there', { caption: ' ' }, 'grown', { caption: undefined }, true],
    ['no caption wanted, one there', { caption: '' }, 'grown', {}, false],
    ['the description is not told apart', {}, 'grown', { caption: undefined, texts: ['12', 'a quiet morning'] }, true],
    ['a short caption could be anything', { caption: '12' }, 'grown', { caption: undefined, texts: ['12'] }, false],
  ])('%s', (_, before, change, shown, expected) => {
    expect(isOurs({ ...baseline, ...before }, change, { ...page, ...shown })).toBe(expected);
  });
});

test.each([
  ['mia · 2s ago', 2_000, 3_000],
  ['· 1h ago', 3_600_000, 7_200_000],
  ['· il y a 3 min', 180_000, 240_000],
  ['· 2 j', 172_800_000, 259_200_000],
  ['· Just now', 0, 60_000],
])('%s', (label, leastMs, mostMs) => {
  expect(ageOf(label)).toEqual({ leastMs, mostMs });
});

test.each(['· 11-24', '· 2025-11-02', 'mia', ''])('%j tells no age', (label) => {
  expect(ageOf(label)).toBeUndefined();
});

test('a baseline comes back from the journal, or is none', () => {
  const baseline = { username: 'mia', caption: '', grid: some('1'), at: 5, hadFailure: false };
  expect(isBaseline(JSON.parse(JSON.stringify(baseline)))).toBe(true);
  for (const other of [null, undefined, 3, {}, { ...baseline, grid: null }, { ...baseline, caption: 5 }]) {
    expect(isBaseline(other)).toBe(false);
  }
});
