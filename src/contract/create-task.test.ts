import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCreateBody } from './create-task.ts';
import { errorCodes } from './error-codes.ts';
import { targetsOf } from './script-inputs.ts';

const device = ['device_serial_1'];
const video = 'https://www.tiktok.com/@username/video/1234567890';

function accepted(body: unknown) {
  const read = readCreateBody(body);
  if ('error' in read) throw new Error(`${read.error.code}: ${read.error.message}`);
  return read;
}

const wireOf = (body: unknown): number | 'accepted' => {
  const read = readCreateBody(body);
  return 'error' in read ? errorCodes[read.error.code].wire : 'accepted';
};

const errorOf = (body: unknown) => {
  const read = readCreateBody(body);
  if (!('error' in read)) throw new Error('was accepted');
  return read.error;
};

const taskCount = (body: unknown): number => {
  const { request } = accepted(body);
  const executors =
    request.executors.by === 'serials' ? request.executors.serials.length : request.executors.usernames.length;
  return executors * targetsOf(request.scriptName, request.config).length;
};

describe('the documented bodies are accepted and fall apart into the documented number of tasks', () => {
  const serials2 = ['device_serial_1', 'device_serial_2'];
  const serials3 = ['device_1', 'device_2', 'device_3'];
  const accounts = ['@my_account1', '@my_account2'];
  const list = ['C:/Videos/video1.mp4'];
  test.each<[string, number, Record<string, unknown>]>([
    [
      '2 images at a time',
      2,
      {
        serials: serials2,
        script_name: 'post',
        script_config: { content_type: 1, captions: 'cap1 #tag' },
        enable_multi_account: false,
        start_time: '14:30',
      },
    ],
    [
      '5 list',
      1,
      {
        serials: device,
        script_name: 'post',
        script_config: { content_type: 0, captions: 'cap1 #tag', material_list: list, upload_wait_time: 60 },
      },
    ],
    [
      '6 library, with the intervals of V2',
      2,
      {
        serials: serials2,
        script_name: 'post',
        script_config: {
          content_type: 0,
          captions: 'cap1 #tag',
          post_way: 'share',
          material_source: 'materialLibrary',
          materials_tags: 'trending, dance',
          upload_wait_time: 60,
          add_sound: '-1',
        },
        enable_multi_account: false,
        min_interval: 5,
        max_interval: 15,
      },
    ],
    [
      '7 usernames',
      3,
      {
        usernames: ['@user1', '@user2', '@user3'],
        script_name: 'post',
        script_config: { content_type: 0, captions: 'cap1 #tag', material_list: list, upload_wait_time: 60 },
      },
    ],
    [
      '8 folder',
      1,
      {
        serials: device,
        script_name: 'post',
        script_config: {
          content_type: 0,
          captions: 'cap1 #tag',
          post_way: 'addButton',
          placement: 'reel',
          material_source: 'localFolder',
          material_path: 'C:/Videos/instagram',
          upload_wait_time: 45,
        },
        enable_multi_account: true,
      },
    ],
    [
      '9 custom sound',
      1,
      {
        serials: device,
        script_name: 'post',
        script_config: {
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
      },
    ],
    [
      '10 sound URL',
      1,
      {
        serials: device,
        script_name: 'post',
        script_config: {
          post_way: 'useSound',
          sound_name: 'https://www.tiktok.com/music/original-sound-7123456789',
          captions: 'cap1',
          material_source: 'materialLibrary',
        },
      },
    ],
    [
      '11 carousel',
      1,
      {
        serials: device,
        script_name: 'post',
        script_config: {
          content_type: 1,
          image_count: 5,
          captions: 'cap1 #tag',
          material_source: 'localFolder',
          material_path: 'C:/Images/carousel',
          upload_wait_time: 45,
        },
      },
    ],
    [
      '12 follow',
      1,
      {
        serials: device,
        script_name: 'follow',
        script_config: { target_users: ['@username_to_follow'], access_method: 'direct' },
      },
    ],
    [
      '13 follow several',
      3,
      {
        serials: device,
        script_name: 'follow',
        script_config: { target_users: ['@user1', '@user2', '@user3'], access_method: 'direct' },
      },
    ],
    [
      '15 search',
      2,
      {
        serials: device,
        script_name: 'follow',
        script_config: { target_users: ['username1', 'username2'], access_method: 'search' },
      },
    ],
    [
      '16 follow by accounts',
      2,
      {
        usernames: accounts,
        script_name: 'follow',
        script_config: { target_users: ['@target_user'], access_method: 'direct' },
      },
    ],
    [
      '17 follow in a batch',
      3,
      {
        serials: serials3,
        script_name: 'follow',
        script_config: { target_users: ['@influencer_account'], access_method: 'direct' },
        enable_multi_account: true,
      },
    ],
    [
      '20 unfollow later',
      2,
      {
        serials: device,
        script_name: 'unfollow',
        script_config: { target_users: ['@user1', '@user2'], access_method: 'direct' },
        start_time: '14:30',
      },
    ],
    [
      '23 warm-up',
      1,
      {
        serials: device,
        script_name: 'account_warmup',
        script_config: { task_duration: 600, min_duration: 10, max_duration: 30 },
      },
    ],
    [
      '25 warm-up with interactions',
      1,
      {
        serials: device,
        script_name: 'account_warmup',
        script_config: {
          task_duration: 1200,
          topic: 'topic1\ntopic2\ntopic3',
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
      },
    ],
    [
      '26 warm-up with drafts',
      1,
      {
        serials: device,
        script_name: 'account_warmup',
        script_config: {
          task_duration: 1800,
          topic: 'topic1\ntopic2',
          min_duration: 30,
          max_duration: 90,
          like_probable: 25,
          comment_probable: 20,
          generate_by_chatgpt: true,
          chatgpt_settings: { api_key: 'your-api-key', model: 'gpt-3.5-turbo', prompt: 'prompt1' },
        },
      },
    ],
    [
      '29 warm-up by accounts',
      2,
      {
        usernames: accounts,
        script_name: 'account_warmup',
        script_config: { task_duration: 600, min_duration: 15, max_duration: 30, like_probable: 20, floow_probable: 5 },
      },
    ],
    [
      '30 comment',
      1,
      { serials: device, script_name: 'comment', script_config: { target_post_url: video, comment_content: 'c1 🔥' } },
    ],
    [
      '32 comment on three posts',
      3,
      {
        serials: device,
        script_name: 'comment',
        script_config: {
          target_post_urls: [
            'https://www.tiktok.com/@user1/video/111',
            'https://www.tiktok.com/@user2/video/222',
            'https://www.tiktok.com/@user3/video/333',
          ],
          comment_content: 'c1\nc2\nc3',
          comment_order: 'sequential',
        },
      },
    ],
    [
      '37 instagram',
      1,
      {
        serials: device,
        script_name: 'comment',
        script_config: {
          target_post_url: 'https://www.instagram.com/p/ABC123/',
          comment_content: 'c1 📸',
          insert_emoji: true,
        },
      },
    ],
    [
      '38 image comment',
      1,
      {
        serials: device,
        script_name: 'comment',
        script_config: { target_post_url: video, comment_content: 'c1', comment_image_path: 'C:/images/my_image.jpg' },
      },
    ],
    [
      "52 the vendor's examples page",
      1,
      {
        serials: device,
        script_name: 'follow',
        script_config: { target_username: '@tikmatrix' },
        enable_multi_account: false,
      },
    ],
    [
      '69 the first quick start',
      2,
      {
        serials: serials2,
        script_name: 'follow',
        script_config: { target_username: '@example_user' },
        enable_multi_account: false,
        min_interval: 1,
        max_interval: 5,
      },
    ],
    [
      '89 the list wins over the text',
      1,
      { serials: device, script_name: 'follow', script_config: { target_users: ['@a'], target_user: '@b\n@c' } },
    ],
    [
      '90 one text with three names',
      3,
      { serials: device, script_name: 'follow', script_config: { target_user: '@a,@b\n@c' } },
    ],
    [
      '91 posts times devices',
      6,
      {
        serials: serials2,
        script_name: 'comment',
        script_config: { target_post_urls: [`${video}1`, `${video}2`, `${video}3`], comment_content: 'c1' },
      },
    ],
    ['93 add_sound as a number', 1, { serials: device, script_name: 'post', script_config: { add_sound: -1 } }],
    ['the optional config left out', 1, { serials: device, script_name: 'post' }],
  ])('%s', (_name, count, body) => {
    expect(taskCount(body)).toBe(count);
  });
});

describe('what the documentation refuses is refused with its code', () => {
  test.each<[string, number, unknown]>([
    ['81 no script_name', 40002, { serials: device }],
    ['an empty script_name', 40002, { serials: device, script_name: '' }],
    ['no script_name wins over missing targets', 40002, {}],
    ['82 a script that is not offered', 40003, { serials: device, script_name: 'like' }],
    ['a script that is planned only', 40003, { serials: device, script_name: 'login', script_config: {} }],
    ['a name from the prototype', 40003, { serials: device, script_name: 'constructor' }],
    ['83 neither serials nor usernames', 40001, { script_name: 'post', script_config: {} }],
    ['both of them empty', 40001, { serials: [], usernames: [], script_name: 'post', script_config: {} }],
    ['84 follow nobody', 40001, { serials: device, script_name: 'follow', script_config: {} }],
    [
      '85 comment nowhere',
      40001,
      { serials: device, script_name: 'comment', script_config: { comment_content: 'c1' } },
    ],
    [
      '86 comment nothing',
      40001,
      { serials: device, script_name: 'comment', script_config: { target_post_url: video } },
    ],
    ['92 no sound', 40001, { serials: device, script_name: 'post', script_config: { post_way: 'useSound' } }],
    ['no custom sound', 40001, { serials: device, script_name: 'post', script_config: { add_sound: 'custom' } }],
    ['no folder', 40001, { serials: device, script_name: 'post', script_config: { material_source: 'localFolder' } }],
    ['a text is no list', 40001, { serials: 'one', script_name: 'post', script_config: {} }],
    ['a number is no serial', 40001, { serials: [5], script_name: 'post', script_config: {} }],
    ['a text is no number', 40001, { serials: device, script_name: 'post', script_config: { upload_wait_time: '60' } }],
    ['a list is no config', 40001, { serials: device, script_name: 'post', script_config: [] }],
    ['a volume of 101', 40001, { serials: device, script_name: 'post', script_config: { add_sound_volume: 101 } }],
    [
      'shortest above longest',
      40001,
      { serials: device, script_name: 'account_warmup', script_config: { min_duration: 40, max_duration: 30 } },
    ],
    [
      'drafts without a key',
      40001,
      { serials: device, script_name: 'account_warmup', script_config: { generate_by_chatgpt: true } },
    ],
    [
      'a profile is no name',
      40001,
      { serials: device, script_name: 'follow', script_config: { target_user: 'a/../b' } },
    ],
    [
      'a post elsewhere',
      40001,
      {
        serials: device,
        script_name: 'comment',
        script_config: { target_post_url: 'https://tiktok.com.example.org/x', comment_content: 'c' },
      },
    ],
    ['null', 40001, null],
    ['a list', 40001, []],
  ])('%s → %d', (_name, code, body) => {
    expect(wireOf(body)).toBe(code);
  });
});

test('a refusal says what is wrong, where, and what would be right', () => {
  const config = (script_config: unknown) => ({ serials: device, script_name: 'post', script_config });
  expect(errorOf(config({ upload_wait_time: '60' }))).toEqual({
    code: 'input.invalid',
    path: 'script_config.upload_wait_time',
    message: 'script_config.upload_wait_time must be a whole number from 1 to 3600 (s), not "60"',
  });
  expect(errorOf(config({ material_list: ['a.mp4', 5] })).message).toBe(
    'script_config.material_list[1] must be a text that is not empty, not 5',
  );
  expect(errorOf(config({ post_way: 'mail' })).message).toBe(
    'script_config.post_way must be one of "share", "addButton", "useSound", not "mail"',
  );
  expect(errorOf({ ...config({}), enable_multi_account: 'yes' }).message).toBe(
    'enable_multi_account must be true or false, not "yes"',
  );
});

test('a secret of the wrong type is refused without repeating it', () => {
  const { message } = errorOf({
    serials: device,
    script_name: 'account_warmup',
    script_config: { chatgpt_settings: { api_key: 4711 } },
  });
  expect(message).toBe('script_config.chatgpt_settings.api_key must be a text');
});

test('keys that nobody reads are accepted and named', () => {
  const { unknownKeys } = accepted({
    serials: device,
    script_name: 'account_warmup',
    prio: 1,
    script_config: {
      task_duraton: 60,
      follow_probable: 3,
      chatgpt_settings: { modell: 'x', url: 'https://example.com' },
    },
  });
  expect(unknownKeys).toEqual(['prio', 'script_config.task_duraton', 'script_config.chatgpt_settings.modell']);
});

test('usernames decide over serials, and multi-account has no effect on them', () => {
  const { request } = accepted({
    serials: device,
    usernames: ['@user1'],
    script_name: 'post',
    enable_multi_account: true,
  });
  expect(request).toMatchObject({ executors: { by: 'usernames', usernames: ['@user1'] }, enableMultiAccount: false });
});

test('whatever comes in, the answer is a request or a documented refusal', () => {
  const key = fc.constantFrom('serials', 'usernames', 'script_name', 'script_config', 'start_time', '__proto__', 'x');
  const name = fc.constantFrom('post', 'follow', 'unfollow', 'account_warmup', 'comment');
  const configKey = fc.constantFrom(
    'captions',
    'target_user',
    'target_users',
    'comment',
    'chatgpt_settings',
    'add_sound',
  );
  const config = fc.dictionary(configKey, fc.jsonValue());
  const nearly = fc.record({ serials: fc.jsonValue(), script_name: name, script_config: config }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(key, fc.jsonValue()), nearly), (body) => {
      const read = readCreateBody(body);
      if ('error' in read) expect(read.error.message).not.toBe('');
      else expect(targetsOf(read.request.scriptName, read.request.config).length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
