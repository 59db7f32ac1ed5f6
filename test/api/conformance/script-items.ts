/** Items 1 to 50: the samples of the documentation's pages, texts neutralised. */
import { type CreateBody, creates, get, isTaskPage } from './checks.ts';
import { differs, type Item } from './item.ts';

const one = ['device_serial_1'];
const two = ['device_serial_1', 'device_serial_2'];
const three = ['device_1', 'device_2', 'device_3'];
const mine = ['@my_account1', '@my_account2'];
const film = { content_type: 0, captions: 'cap1 #tag', material_list: ['C:/Videos/video1.mp4'], upload_wait_time: 60 };

const script =
  (page: string, script_name: string) =>
  (n: number, title: string, who: Partial<CreateBody>, script_config: CreateBody['script_config'] = {}): Item =>
    creates(n, page, title, { ...who, script_name, script_config });

const postItem = script('post-script.md', 'post');
const follow = script('follow-script.md', 'follow');
const unfollow = script('unfollow-script.md', 'unfollow');
const warmup = script('account-warmup-script.md', 'account_warmup');
const comment = script('comment-script.md', 'comment');
const login = script('login-script.md', 'login');
const profile = script('profile-script.md', 'profile');
const match = script('match-accounts-script.md', 'match_accounts');

const topics = 'topic1\ntopic2\ntopic3';
const onePost = 'https://www.tiktok.com/@username/video/1234567890';

export const scriptItems: readonly Item[] = [
  {
    n: 1,
    page: 'local-api.md',
    title: 'Check API access',
    request: get('/license/check'),
    expect: {
      code: 0,
      check: (data) =>
        differs('api_enabled', data.api_enabled, true) ??
        differs('message', data.message, 'API access enabled') ??
        (data.plan_name === 'Pro' ? differs('device_limit', data.device_limit, 20) : undefined),
    },
  },
  creates(2, 'local-api.md', 'Create a task', {
    serials: two,
    script_name: 'post',
    script_config: { content_type: 1, captions: 'cap1 #tag' },
    enable_multi_account: false,
    start_time: '14:30',
  }),
  {
    n: 3,
    page: 'local-api.md',
    title: 'List tasks',
    // Published without quotes: a shell cuts it at the first &.
    request: { ...get('/task?status=0&page=1&page_size=20'), also: [get('/task?status=0')] },
    expect: { code: 0, check: isTaskPage({ status: 0 }) },
  },
  script('task-management.md', 'post')(4, 'Example', { serials: one }, film),

  postItem(5, 'Direct material list', { serials: one }, film),
  postItem(
    6,
    'Material library',
    { serials: two, enable_multi_account: false, min_interval: 5, max_interval: 15 },
    {
      content_type: 0,
      captions: 'cap1 #tag',
      post_way: 'share',
      material_source: 'materialLibrary',
      materials_tags: 'trending, dance',
      upload_wait_time: 60,
      add_sound: '-1',
    },
  ),
  postItem(7, 'By username list', { usernames: ['@user1', '@user2', '@user3'] }, film),
  postItem(
    8,
    'Local folder (Instagram)',
    { serials: one, enable_multi_account: true },
    {
      content_type: 0,
      captions: 'cap1 #tag',
      post_way: 'addButton',
      placement: 'reel',
      material_source: 'localFolder',
      material_path: 'C:/Videos/instagram',
      upload_wait_time: 45,
    },
  ),
  postItem(
    9,
    'Custom sound',
    { serials: one },
    {
      content_type: 0,
      captions: 'cap1',
      post_way: 'share',
      add_sound: 'custom',
      custom_sound_keyword: 'kw1',
      origin_sound_volume: 30,
      add_sound_volume: 70,
      material_source: 'materialLibrary',
      upload_wait_time: 60,
    },
  ),
  postItem(
    10,
    'Specific sound URL',
    { serials: one },
    {
      post_way: 'useSound',
      sound_name: 'https://www.tiktok.com/music/original-sound-7123456789',
      captions: 'cap1',
      material_source: 'materialLibrary',
    },
  ),
  postItem(
    11,
    'Images (carousel)',
    { serials: one },
    {
      content_type: 1,
      image_count: 5,
      captions: 'cap1 #tag',
      material_source: 'localFolder',
      material_path: 'C:/Images/carousel',
      upload_wait_time: 45,
    },
  ),

  follow(12, 'Single user', { serials: one }, { target_users: ['@username_to_follow'], access_method: 'direct' }),
  follow(
    13,
    'Multiple users',
    { serials: one },
    { target_users: ['@user1', '@user2', '@user3'], access_method: 'direct' },
  ),
  follow(
    14,
    'Start time',
    { serials: one, start_time: '14:30' },
    { target_users: ['@user1', '@user2'], access_method: 'direct' },
  ),
  follow(15, 'Via search', { serials: one }, { target_users: ['username1', 'username2'], access_method: 'search' }),
  follow(16, 'By username list', { usernames: mine }, { target_users: ['@target_user'], access_method: 'direct' }),
  follow(
    17,
    'Batch on multiple devices',
    { serials: three, enable_multi_account: true },
    { target_users: ['@influencer_account'], access_method: 'direct' },
  ),

  unfollow(18, 'Single user', { serials: one }, { target_users: ['@username_to_unfollow'], access_method: 'direct' }),
  unfollow(
    19,
    'Multiple users',
    { serials: one },
    { target_users: ['@user1', '@user2', '@user3'], access_method: 'direct' },
  ),
  unfollow(
    20,
    'Start time',
    { serials: one, start_time: '14:30' },
    { target_users: ['@user1', '@user2'], access_method: 'direct' },
  ),
  unfollow(21, 'Via search', { serials: one }, { target_users: ['username1', 'username2'], access_method: 'search' }),
  unfollow(
    22,
    'Batch on multiple devices',
    { serials: three, enable_multi_account: true },
    { target_users: ['@old_account'], access_method: 'direct' },
  ),

  warmup(23, 'Basic', { serials: one }, { task_duration: 600, min_duration: 10, max_duration: 30 }),
  warmup(
    24,
    'Topic search',
    { serials: one },
    { task_duration: 900, topic: topics, min_duration: 15, max_duration: 45 },
  ),
  warmup(
    25,
    'Interactions',
    { serials: one },
    {
      task_duration: 1200,
      topic: topics,
      min_duration: 20,
      max_duration: 60,
      like_probable: 30,
      floow_probable: 10,
      collect_probable: 5,
      comment_probable: 15,
      comment: 'c1 🔥\nc2\nc3 👏\nc4',
      insert_emoji: true,
      comment_order: 'random',
    },
  ),
  warmup(
    26,
    'ChatGPT comments',
    { serials: one },
    {
      task_duration: 1800,
      topic: 'topic1\ntopic2',
      min_duration: 30,
      max_duration: 90,
      like_probable: 25,
      comment_probable: 20,
      generate_by_chatgpt: true,
      chatgpt_settings: { api_key: 'your-api-key', model: 'gpt-3.5-turbo', prompt: 'prompt1' },
    },
  ),
  warmup(
    27,
    'Batch on multiple devices',
    { serials: three, enable_multi_account: true },
    { task_duration: 600, min_duration: 15, max_duration: 30, like_probable: 20 },
  ),
  warmup(
    28,
    'Schedule',
    { serials: one, start_time: '09:00' },
    { task_duration: 1200, topic: topics, min_duration: 20, max_duration: 40, like_probable: 15, floow_probable: 5 },
  ),
  warmup(
    29,
    'By username list',
    { usernames: mine },
    { task_duration: 600, min_duration: 15, max_duration: 30, like_probable: 20, floow_probable: 5 },
  ),

  comment(30, 'Single post', { serials: one }, { target_post_url: onePost, comment_content: 'c1 🔥' }),
  comment(
    31,
    'Multiple options',
    { serials: one },
    { target_post_url: onePost, comment_content: 'c1\nc2\nc3 👏\nc4', comment_order: 'random' },
  ),
  comment(
    32,
    'Multiple posts',
    { serials: one },
    {
      target_post_urls: [111, 222, 333].map((id, index) => `https://www.tiktok.com/@user${index + 1}/video/${id}`),
      comment_content: 'c1\nc2\nc3',
      comment_order: 'sequential',
    },
  ),
  comment(33, 'Start time', { serials: one, start_time: '14:30' }, { target_post_url: onePost, comment_content: 'c1' }),
  comment(
    34,
    'Emoji insertion',
    { serials: one },
    { target_post_url: onePost, comment_content: 'c1', insert_emoji: true },
  ),
  comment(
    35,
    'By username list',
    { usernames: mine },
    { target_post_url: 'https://www.tiktok.com/@target/video/123', comment_content: 'c1' },
  ),
  comment(
    36,
    'Batch on multiple devices',
    { serials: three, enable_multi_account: true },
    {
      target_post_url: 'https://www.tiktok.com/@viral/video/999',
      comment_content: 'c1\nc2\nc3',
      comment_order: 'random',
    },
  ),
  creates(
    37,
    'comment-script.md',
    'Instagram',
    {
      serials: one,
      script_name: 'comment',
      script_config: {
        target_post_url: 'https://www.instagram.com/p/ABC123/',
        comment_content: 'c1 📸',
        insert_emoji: true,
      },
    },
    { check: (_, { tasks }) => differs('platform', tasks[0]?.platform, 'instagram') },
  ),
  comment(
    38,
    'Image comment',
    { serials: one },
    { target_post_url: onePost, comment_content: 'c1', comment_image_path: 'C:/images/my_image.jpg' },
  ),

  login(39, 'Single device', { serials: one }),
  login(40, 'Multiple devices', { serials: three }),
  login(41, 'By username list', { usernames: mine }),
  login(42, 'Schedule', { serials: one, start_time: '09:00' }),

  profile(43, 'Basic', { serials: one }, { nicknames: 'nick1\nnick2', bios: 'bio1\nbio2', profile_order: 'random' }),
  profile(
    44,
    'Full, with avatar',
    { serials: one },
    {
      nicknames: 'nick1',
      usernames: 'user1',
      bios: 'bio1\nbio2',
      link_url: 'https://example.com',
      avatars_path: 'C:/Users/Admin/Desktop/avatars',
      profile_order: 'random',
    },
  ),
  profile(
    45,
    'Sequential, multiple devices',
    { serials: three, enable_multi_account: true },
    {
      nicknames: 'nick1\nnick2\nnick3',
      usernames: 'user1\nuser2\nuser3',
      bios: 'bio1\nbio2\nbio3',
      avatars_path: 'C:/Users/Admin/Desktop/avatars',
      profile_order: 'sequential',
    },
  ),
  profile(
    46,
    'By username list',
    { usernames: mine },
    { nicknames: 'nick1\nnick2', bios: 'bio1\nbio2', profile_order: 'sequential' },
  ),
  profile(
    47,
    'Schedule',
    { serials: one, start_time: '10:00' },
    { nicknames: 'nick1', bios: 'bio1\nbio2', link_url: 'https://example.com' },
  ),

  match(48, 'Single device', { serials: one }),
  match(49, 'Multiple devices', { serials: three }),
  match(50, 'Schedule', { serials: one, start_time: '08:00' }),
];
