import { expect, test } from 'vitest';
import { validateConfig } from '../contract/script-inputs.ts';
import type { ScriptName } from '../contract/script-names.ts';
import { type AccountFacts, type ExpandInput, expand } from './expand.ts';

const account = (
  id: number,
  username: string,
  serial: string | null,
  rest: Partial<AccountFacts> = {},
): AccountFacts => ({
  id,
  username,
  serial,
  platform: 'tiktok',
  isEnabled: true,
  ...rest,
});

const accounts = [
  account(1, 'lena.paints', 'd1'),
  account(2, 'lena.bakes', 'd1'),
  account(3, 'tom.runs', 'd2', { platform: 'instagram' }),
  account(4, 'old.one', 'd2', { isEnabled: false }),
  account(5, 'homeless', null),
];

function drafts(scriptName: ScriptName, raw: object, rest: Partial<ExpandInput> = {}) {
  const checked = validateConfig(scriptName, raw);
  if ('error' in checked) throw new Error(checked.error.message);
  return expand({
    scriptName,
    config: checked.config,
    serials: [],
    usernames: [],
    enableMultiAccount: false,
    accounts,
    defaultPlatform: 'tiktok',
    ...rest,
  });
}

test('three targets on two phones are six tasks, phone by phone, with rising positions', () => {
  const urls = ['1', '2', '3'].map((n) => `https://www.tiktok.com/@mia/video/${n}`);
  const tasks = drafts('comment', { target_post_urls: urls, comment_content: 'nice' }, { serials: ['d1', 'd2'] });
  expect(tasks.map(({ serial, target, position }) => [serial, target, position])).toEqual([
    ['d1', urls[0], 0],
    ['d1', urls[1], 1],
    ['d1', urls[2], 2],
    ['d2', urls[0], 3],
    ['d2', urls[1], 4],
    ['d2', urls[2], 5],
  ]);
});

test('each task carries the config of its one target only', () => {
  const [first] = drafts('follow', { target_users: ['@a', '@b'] }, { serials: ['d1'] });
  expect(first?.config).toMatchObject({ target_users: ['@a'] });
});

test('multi-account makes one task per enabled account of the phone', () => {
  const tasks = drafts('account_warmup', {}, { serials: ['d1', 'd2'], enableMultiAccount: true });
  expect(tasks.map(({ serial, username, platform }) => [serial, username, platform])).toEqual([
    ['d1', 'lena.paints', 'tiktok'],
    ['d1', 'lena.bakes', 'tiktok'],
    ['d2', 'tom.runs', 'instagram'],
  ]);
});

test('usernames win over serials, with or without @, and go to the phone of the account', () => {
  const tasks = drafts('follow', { target_user: '@x' }, { usernames: ['@Lena.Bakes', 'tom.runs'], serials: ['d9'] });
  expect(tasks.map(({ serial, accountId }) => [serial, accountId])).toEqual([
    ['d1', 2],
    ['d2', 3],
  ]);
});

test.each([
  ['an unknown account', { usernames: ['@nobody'] }, /@nobody is not in the account list.*nothing was created/],
  ['a disabled account', { usernames: ['old.one'] }, /old\.one is disabled.*nothing was created/],
  ['an account without a phone', { usernames: ['homeless'] }, /homeless is not bound to a phone/],
  ['a phone without accounts', { serials: ['d7'], enableMultiAccount: true }, /phone d7 has no enabled account/],
])('%s is refused by name', (_, rest, message) => {
  expect(() => drafts('follow', { target_user: '@x' }, rest)).toThrow(message);
});

test("a post's URL names its platform", () => {
  const [task] = drafts(
    'comment',
    { target_post_url: 'https://www.instagram.com/p/ABC123/', comment_content: 'nice' },
    { serials: ['d1'] },
  );
  expect(task?.platform).toBe('instagram');
});

test('with several accounts a phone gives a target to those of its platform, account by account', () => {
  const both = [...accounts, account(6, 'lena.paints', 'd1', { platform: 'instagram' })];
  const urls = ['https://www.tiktok.com/@mia/video/1', 'https://www.instagram.com/p/ABC123/'];
  const input = { target_post_urls: urls, comment_content: 'nice' };
  const tasks = drafts('comment', input, { serials: ['d1'], enableMultiAccount: true, accounts: both });
  expect(tasks.map(({ accountId, platform, target, position }) => [accountId, platform, target, position])).toEqual([
    [1, 'tiktok', urls[0], 0],
    [2, 'tiktok', urls[0], 1],
    [6, 'instagram', urls[1], 2],
  ]);
  expect(() => drafts('comment', input, { serials: ['d1'], enableMultiAccount: true })).toThrow(
    /phone d1 has no enabled instagram account/,
  );
});

test('a name that two platforms know means the account of the target', () => {
  const both = [account(6, 'lena.paints', 'd9', { platform: 'instagram' }), ...accounts];
  const urls = ['https://www.tiktok.com/@mia/video/1', 'https://www.instagram.com/p/ABC123/'];
  const named = { usernames: ['lena.paints'], accounts: both };
  const comments = drafts('comment', { target_post_urls: urls, comment_content: 'nice' }, named);
  expect(comments.map(({ accountId, serial }) => [accountId, serial])).toEqual([
    [1, 'd1'],
    [6, 'd9'],
  ]);
  expect(drafts('follow', { target_user: '@x' }, named).map(({ accountId }) => accountId)).toEqual([1]);
  const onInstagram = { target_post_url: urls[1], comment_content: 'nice' };
  expect(() => drafts('comment', onInstagram, { usernames: ['lena.bakes'] })).toThrow(/is no account of instagram/);
});
