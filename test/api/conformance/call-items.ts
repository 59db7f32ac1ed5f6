/** Items 51 to 94: the examples page in all its languages, older and unpublished variants, and edge cases. */
import { areStats, creates, del, get, isAccountPage, isTask, isTaskPage, post } from './checks.ts';
import { type Data, differs, type Item, type ItemRequest } from './item.ts';

const examples = 'examples';
const one = ['device_serial_1'];
const vendorsOwn = { serials: one, script_name: 'follow', script_config: { target_username: '@tikmatrix' } };
const film = { content_type: 0, captions: 'cap1 #tag', material_list: ['C:/Videos/video1.mp4'] };

/** `target_username` stands in no parameter table, but in the vendor's own samples. */
const followsNamed =
  (name: string) =>
  (_: Data, { tasks }: { tasks: readonly Data[] }): string | undefined => {
    const targets = tasks.map(({ script_config }) => (script_config as Data).target_users);
    return targets.find((target) => differs('target', target, [name])) === undefined ? undefined : 'another target';
  };

const refused = (n: number, title: string, code: number, request: ItemRequest): Item => ({
  n,
  page: 'edge cases',
  title,
  request,
  expect: { code },
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const isId = (data: Data): string | undefined => (Number.isInteger(data.task_id) ? undefined : 'no task_id');

const exampleItems: readonly Item[] = [
  {
    n: 51,
    page: examples,
    title: 'Licence',
    request: get('/license/check'),
    expect: { code: 0, check: (data) => (typeof data.plan_name === 'string' ? undefined : 'no plan_name') },
  },
  creates(
    52,
    examples,
    'Create (Python, JavaScript)',
    { ...vendorsOwn, enable_multi_account: false },
    { check: followsNamed('@tikmatrix') },
  ),
  creates(
    53,
    examples,
    'Create (cURL)',
    { ...vendorsOwn, enable_multi_account: false },
    { check: followsNamed('@tikmatrix') },
  ),
  creates(
    54,
    examples,
    'Create (PowerShell)',
    { script_config: vendorsOwn.script_config, enable_multi_account: false, script_name: 'follow', serials: one },
    { check: followsNamed('@tikmatrix') },
  ),
  {
    n: 55,
    page: examples,
    title: 'List',
    request: get('/task?page=1&page_size=20'),
    expect: { code: 0, check: isTaskPage({}) },
  },
  {
    n: 56,
    page: examples,
    title: 'List by status',
    request: get('/task?page=1&page_size=20&status=3'),
    expect: { code: 0, check: isTaskPage({ status: 3 }) },
  },
  {
    n: 57,
    page: examples,
    title: 'List (cURL)',
    request: get('/task?status=0&page=1&page_size=20'),
    expect: { code: 0, check: isTaskPage({ status: 0 }) },
  },
  {
    n: 58,
    page: examples,
    title: 'List (PowerShell)',
    request: get('/task?page=1&page_size=20&status=0'),
    expect: { code: 0, check: isTaskPage({ status: 0 }) },
  },
  { n: 59, page: examples, title: 'Detail', request: get('/task/{pending}'), expect: { code: 0, check: isTask } },
  { n: 60, page: examples, title: 'Delete', request: del('/task/{pending}'), expect: { code: 0, check: isId } },
  {
    n: 61,
    page: examples,
    title: 'Stop',
    request: {
      ...post('/task/{pending}/stop'),
      // PowerShell sends the content type of a form along.
      also: [
        { ...post('/task/{pending}/stop'), headers: form },
        { ...post('/task/{pending}/stop', ''), headers: form },
      ],
    },
    expect: { code: 0, check: isId },
  },
  {
    n: 62,
    page: examples,
    title: 'Retry',
    request: { ...post('/task/{failed}/retry'), also: [{ ...post('/task/{failed}/retry'), headers: form }] },
    expect: { code: 0, check: isId },
  },
  {
    n: 63,
    page: examples,
    title: 'Batch delete',
    request: del('/task/batch', { task_ids: ['{pending}', '{pending}', '{pending}'] }),
    expect: {
      code: 0,
      check: (data) =>
        differs('deleted_count', data.deleted_count, 3) ?? differs('ids', (data.task_ids as number[]).length, 3),
    },
  },
  {
    n: 64,
    page: examples,
    title: 'Retry all',
    request: { ...post('/task/retry-all'), also: [{ ...post('/task/retry-all'), headers: form }] },
    expect: {
      code: 0,
      check: (data) => differs('retried_count', data.retried_count, (data.task_ids as number[] | undefined)?.length),
    },
  },
  { n: 65, page: examples, title: 'Stats', request: get('/task/stats'), expect: { code: 0, check: areStats } },
  creates(
    66,
    examples,
    'Batch create',
    {
      serials: ['device_1', 'device_2', 'device_3', 'device_4', 'device_5'],
      script_name: 'follow',
      script_config: { target_username: '@target_user' },
      enable_multi_account: true,
    },
    { check: followsNamed('@target_user') },
  ),
  {
    n: 67,
    page: examples,
    title: 'Monitor: polls the counts',
    request: { ...get('/task/stats'), also: [get('/task/stats')] },
    expect: { code: 0, check: areStats },
  },
  {
    n: 68,
    page: examples,
    title: 'Auto retry: counts the failed, retries all',
    request: get('/task?page=1&page_size=20&status=3'),
    expect: { code: 0, check: (data) => (Number.isInteger(data.total) ? undefined : 'no total') },
  },
];

const older: readonly Item[] = [
  creates(69, 'first quick start', 'With intervals', {
    serials: ['device_serial_1', 'device_serial_2'],
    script_name: 'follow',
    script_config: { target_username: '@example_user' },
    enable_multi_account: false,
    min_interval: 1,
    max_interval: 5,
  }),
  creates(70, 'first examples', 'With intervals', {
    ...vendorsOwn,
    enable_multi_account: false,
    min_interval: 2,
    max_interval: 5,
  }),
  {
    n: 71,
    page: 'quick start (he)',
    title: 'A body that is not JSON',
    request: { ...post('/task', '{...}'), headers: { 'content-type': 'application/json' } },
    expect: { code: 40001 },
  },
  creates(72, 'examples (he)', 'Without enable_multi_account', vendorsOwn),
  creates(73, 'post (he)', 'Shortest post', {
    serials: one,
    script_name: 'post',
    script_config: { ...film, captions: 'cap1' },
  }),
  creates(74, 'api-test.md', 'Post', {
    serials: ['16091FDD40050N'],
    script_name: 'post',
    script_config: { ...film, upload_wait_time: 60 },
  }),
  creates(75, 'api-test.md', 'Follow', {
    serials: ['16091FDD40050N'],
    script_name: 'follow',
    script_config: { target_users: ['@tikmatrix001'], access_method: 'direct' },
  }),
  creates(76, 'api-test.md', 'Unfollow', {
    serials: ['16091FDD40050N'],
    script_name: 'unfollow',
    script_config: { target_users: ['@tikmatrix001'], access_method: 'direct' },
  }),
  creates(77, 'api-test.md', 'Warm-up', {
    serials: ['16091FDD40050N'],
    script_name: 'account_warmup',
    script_config: { task_duration: 600, min_duration: 10, max_duration: 30 },
  }),
  {
    n: 78,
    page: 'accounts-api',
    title: 'List',
    request: get('/accounts?page=1&page_size=20'),
    expect: { code: 0, check: isAccountPage(20, () => true) },
  },
  {
    n: 79,
    page: 'accounts-api',
    title: 'Logged in on TikTok',
    request: get('/accounts?platform=tiktok&logined=1&page=1&page_size=50'),
    expect: { code: 0, check: isAccountPage(50, (account) => account.platform === 'tiktok' && account.logined === 1) },
  },
  {
    n: 80,
    page: 'accounts-api',
    title: 'Of a device',
    request: get('/accounts?device=emulator-5554'),
    expect: { code: 0, check: isAccountPage(20, (account) => account.device === 'emulator-5554') },
  },
];

const anyCall = (request: ItemRequest): ItemRequest => ({ ...request, isOnStarter: true });

const edgeCases: readonly Item[] = [
  refused(81, 'No script_name', 40002, {
    ...post('/task', { serials: one }),
    also: [post('/task', { serials: one, script_name: '' })],
  }),
  refused(82, 'A script that is announced only', 40003, post('/task', { serials: one, script_name: 'like' })),
  refused(83, 'Neither serials nor usernames', 40001, {
    ...post('/task', { script_name: 'follow', script_config: { target_users: ['@a'] } }),
    also: [
      post('/task', { serials: [], usernames: [], script_name: 'follow', script_config: { target_users: ['@a'] } }),
    ],
  }),
  refused(
    84,
    'Follow without a target',
    40001,
    post('/task', { serials: one, script_name: 'follow', script_config: {} }),
  ),
  refused(
    85,
    'Comment without a URL',
    40001,
    post('/task', { serials: one, script_name: 'comment', script_config: { comment_content: 'c1' } }),
  ),
  refused(
    86,
    'Comment without a text',
    40001,
    post('/task', {
      serials: one,
      script_name: 'comment',
      script_config: { target_post_url: 'https://www.tiktok.com/@u/video/1' },
    }),
  ),
  refused(87, 'An unknown task', 40401, get('/task/999999999')),
  refused(88, 'Any call on Starter', 40301, {
    ...anyCall(get('/license/check')),
    also: [
      get('/task'),
      get('/task/stats'),
      get('/task/1'),
      get('/accounts'),
      post('/task', vendorsOwn),
      post('/task/1/stop'),
      post('/task/1/retry'),
      post('/task/retry-all'),
      del('/task/1'),
      del('/task/batch', { task_ids: [1] }),
    ].map(anyCall),
  }),
  creates(
    89,
    'edge cases',
    'target_users wins over target_user',
    { serials: one, script_name: 'follow', script_config: { target_users: ['@a'], target_user: '@b\n@c' } },
    { created: 1 },
  ),
  creates(
    90,
    'edge cases',
    'target_user with several names',
    { serials: one, script_name: 'follow', script_config: { target_user: '@a,@b\n@c' } },
    { created: 3 },
  ),
  creates(
    91,
    'edge cases',
    'Three posts on two devices',
    {
      serials: ['device_serial_1', 'device_serial_2'],
      script_name: 'comment',
      script_config: {
        target_post_urls: [1, 2, 3].map((id) => `https://www.tiktok.com/@u/video/${id}`),
        comment_content: 'c1',
      },
    },
    { created: 6 },
  ),
  refused(
    92,
    'useSound without a sound',
    40001,
    post('/task', { serials: one, script_name: 'post', script_config: { ...film, post_way: 'useSound' } }),
  ),
  creates(93, 'edge cases', 'add_sound as a number', {
    serials: one,
    script_name: 'post',
    script_config: { ...film, add_sound: -1 },
  }),
  {
    n: 94,
    page: 'edge cases',
    title: 'page_size over 100',
    request: get('/task?page_size=500'),
    expect: { code: 0, check: isTaskPage({ page_size: 100 }) },
  },
];

export const callItems: readonly Item[] = [...exampleItems, ...older, ...edgeCases];
