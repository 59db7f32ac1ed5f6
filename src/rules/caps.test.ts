import { expect, test } from 'vitest';
import { defaultSettings, type Settings } from '../contract/settings.ts';
import { type Action, dayMs, decide, type Standing } from './caps.ts';

const now = Date.UTC(2026, 0, 2, 12);
const standing: Standing = {
  actor: { account: 'lena' },
  isOwned: true,
  pausedUntil: undefined,
  isOwnTarget: false,
  sameKindAt: [],
  lastActionAt: undefined,
  pausedRule: undefined,
  othersOnTarget: 0,
  isTextOnTarget: false,
  sameTextByActor: 0,
};
const follow: Action = { kind: 'follow', target: '@tom', hasText: false };
const comment: Action = { kind: 'comment', target: 'https://www.tiktok.com/@tom/video/1', hasText: true };
const post: Action = { kind: 'post', target: '@lena', hasText: true };

const ask = (action: Action, known: Partial<Standing> = {}, settings: Partial<Settings> = {}) =>
  decide({ ...defaultSettings, time_zone: 'UTC', ...settings }, { ...standing, ...known }, action, now);

/** The rule whose sentence this is. */
const saying = (text: string) => expect.objectContaining({ text });

const times = (n: number, spacingMs = 60_000) =>
  Array.from({ length: n }, (_, i) => now - 3_600_000 * 20 + i * spacingMs);

test('with a clean ledger everything may go', () => {
  for (const action of [follow, comment, post]) expect(ask(action)).toEqual({ is: 'go' });
});

test.each([
  [post, 10],
  [follow, 30],
  [comment, 20],
  [{ ...follow, kind: 'unfollow' } as const, 30],
  [{ ...follow, kind: 'like' } as const, 60],
  [{ ...follow, kind: 'favourite' } as const, 60],
])('$kind: the last one of the day may go, the next waits until the first is 24 hours old', (action, limit) => {
  expect(ask(action, { sameKindAt: times(limit - 1) })).toEqual({ is: 'go' });
  const verdict = ask(action, { sameKindAt: times(limit) });
  expect(verdict).toMatchObject({ is: 'refused', until: (times(limit)[0] ?? 0) + dayMs });
  expect(verdict).toMatchObject({ rule: saying(expect.stringContaining(`${limit} of ${limit}`)) });
});

test('with the limit lowered below what was done, all that is too much has to age first', () => {
  const sameKindAt = times(10);
  const verdict = ask(post, { sameKindAt }, { 'conduct.post_per_day': 4 });
  expect(verdict).toMatchObject({ is: 'refused', until: (sameKindAt[6] ?? 0) + dayMs });
});

test('a limit of 0 forbids the kind for good', () => {
  expect(ask(post, {}, { 'conduct.post_per_day': 0 })).toEqual({
    is: 'refused',
    rule: saying('conduct: posts are switched off (limit 0 a day)'),
  });
});

test('30 seconds lie between two public actions of one account', () => {
  expect(ask(post, { lastActionAt: now - 30_000 })).toEqual({ is: 'go' });
  expect(ask(post, { lastActionAt: now - 29_999 })).toMatchObject({ is: 'wait', ms: 1 });
  expect(ask(post, { lastActionAt: now + 5_000 })).toMatchObject({ is: 'wait', ms: 35_000 });
});

test('a fourth account on the same stranger is refused for good; one of the three, or a friend, is not', () => {
  const rule = saying('conduct: at most 3 of your accounts may act on @tom within 7 days');
  expect(ask(follow, { othersOnTarget: 3 })).toEqual({ is: 'refused', rule });
  expect(ask(follow, { othersOnTarget: 2 })).toEqual({ is: 'go' });
  expect(ask(follow, { othersOnTarget: 3, isOwnTarget: true })).toEqual({ is: 'go' });
  expect(ask({ ...post, target: '@tom' }, { othersOnTarget: 3 })).toEqual({ is: 'go' });
});

test('the same text goes once to a target and three times a day from one account', () => {
  expect(ask(comment, { isTextOnTarget: true })).toMatchObject({
    is: 'refused',
    rule: saying(expect.stringContaining('stands on')),
  });
  expect(ask(comment, { sameTextByActor: 2 })).toEqual({ is: 'go' });
  expect(ask(comment, { sameTextByActor: 3 })).toEqual({
    is: 'refused',
    rule: saying('conduct: @lena published this text 3 times within 24 hours'),
  });
  expect(ask(post, { isTextOnTarget: true })).toEqual({ is: 'go' });
  expect(ask({ ...comment, hasText: false }, { isTextOnTarget: true, sameTextByActor: 9 })).toEqual({ is: 'go' });
});

test('an account nobody claimed as theirs waits for the statement; a paused one for the end of its pause', () => {
  expect(ask(post, { isOwned: false })).toMatchObject({
    is: 'refused',
    rule: saying('conduct: confirm that @lena is yours'),
    until: now + 3_600_000,
  });
  expect(ask(post, { pausedUntil: now + 5 })).toEqual({
    is: 'refused',
    rule: saying('conduct: @lena is paused'),
    until: now + 5,
  });
  expect(ask(post, { pausedUntil: now })).toEqual({ is: 'go' });
});

test('in quiet hours everything waits for their end', () => {
  expect(ask(post, {}, { 'conduct.quiet_from': '11:00', 'conduct.quiet_to': '13:30' })).toEqual({
    is: 'refused',
    rule: saying('conduct: quiet hours from 11:00 to 13:30'),
    until: now + 90 * 60_000,
  });
});

test('what will never be allowed is said at once, not after a wait', () => {
  const verdict = ask(follow, { othersOnTarget: 3, isOwned: false, sameKindAt: times(30), lastActionAt: now });
  expect(verdict).toEqual({ is: 'refused', rule: saying(expect.stringContaining('at most 3 of your accounts')) });
});
