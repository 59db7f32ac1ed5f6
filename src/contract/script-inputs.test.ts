import { expect, test } from 'vitest';
import { narrowConfig, scriptInput, scriptInputs, targetsOf, validateConfig } from './script-inputs.ts';
import type { ScriptName } from './script-names.ts';
import { platformOfUrl } from './scripts/comment.ts';
import { maskSecrets } from './secret.ts';

function configOf(name: ScriptName, raw: unknown): Record<string, unknown> {
  const checked = validateConfig(name, raw);
  if ('error' in checked) throw new Error(checked.error.message);
  return checked.config;
}

test('an empty post has the documented defaults', () => {
  expect(configOf('post', {})).toEqual({
    content_type: 0,
    image_count: 1,
    captions: '',
    caption_format: 'spintax',
    post_way: 'share',
    material_source: 'materialLibrary',
    material_path: '',
    material_list: [],
    materials_tags: '',
    upload_wait_time: 30,
    sound_wait_time: 10,
    add_sound: '-1',
    sound_name: '',
    custom_sound_keyword: '',
    origin_sound_volume: 50,
    add_sound_volume: 50,
    add_product_link: 0,
    placement: 'reel',
    ai_label: false,
  });
});

test('an empty warm-up has the documented defaults', () => {
  expect(configOf('account_warmup', {})).toMatchObject({
    task_duration: 600,
    topic: '',
    min_duration: 15,
    max_duration: 30,
    like_probable: 0,
    floow_probable: 0,
    collect_probable: 0,
    comment_probable: 0,
    comment: '',
    insert_emoji: false,
    comment_order: 'random',
    generate_by_chatgpt: false,
  });
});

test.each<[ScriptName, Record<string, unknown>, Record<string, unknown>]>([
  ['post', { add_sound: -1 }, { add_sound: '-1' }],
  ['post', { add_sound: 0 }, { add_sound: '0' }],
  ['post', { post_way: 'add_button' }, { post_way: 'addButton' }],
  ['post', { post_way: 'use_sound', sound_name: 'x' }, { post_way: 'useSound' }],
  ['account_warmup', { follow_probable: 7 }, { floow_probable: 7 }],
  ['account_warmup', { follow_probable: 7, floow_probable: 3 }, { floow_probable: 3 }],
  [
    'account_warmup',
    { chatgpt_settings: { system_prompt: 'p', url: 'https://ai.example/v1/chat/completions' } },
    {
      chatgpt_settings: {
        api_key: '',
        model: 'gpt-3.5-turbo',
        prompt: 'p',
        max_tokens: 100,
        temperature: 0.7,
        base_url: 'https://ai.example/v1',
      },
    },
  ],
  ['follow', { target_user: ' @a ,@b\n\n@c' }, { target_users: ['@a', '@b', '@c'] }],
  ['follow', { target_users: [], target_user: '@b' }, { target_users: ['@b'] }],
  ['follow', { target_user: '', target_username: '@c' }, { target_users: ['@c'] }],
  ['unfollow', { target_users: ['@a', '@a'] }, { target_users: ['@a', '@a'], access_method: 'direct' }],
  [
    'comment',
    { target_post_url: 'https://vm.tiktok.com/ZM1/?k=1#x', comment_content: 'c' },
    { target_post_urls: ['https://vm.tiktok.com/ZM1/'], comment_order: 'random' },
  ],
])('%s: %j is read as %j', (name, raw, folded) => {
  expect(configOf(name, raw)).toMatchObject(folded);
});

test('what fold returns is read again as it is: a stored config stays valid', () => {
  const raws: [ScriptName, unknown][] = [
    ['post', { add_sound: 1, captions: '{a|b}\nc' }],
    ['follow', { target_user: '@a,@b' }],
    ['comment', { target_post_url: 'https://www.instagram.com/reel/AB/?x=1', comment_content: 'c' }],
    ['account_warmup', { follow_probable: 1 }],
  ];
  for (const [name, raw] of raws) {
    const once = configOf(name, raw);
    expect(configOf(name, once)).toEqual(once);
  }
});

test('a task is left with its one target, and the script sees it as a bare name', () => {
  const config = configOf('follow', { target_users: ['@a', 'b'], access_method: 'search' });
  expect(targetsOf('follow', config)).toEqual(['@a', 'b']);
  const one = narrowConfig('follow', config, '@a');
  expect(one).toEqual({ target_users: ['@a'], access_method: 'search' });
  expect(scriptInput('follow', one)).toEqual({ target: 'a', access_method: 'search' });
  expect(targetsOf('post', configOf('post', {}))).toEqual([null]);
});

test.each([
  ['https://www.tiktok.com/@u/video/1', 'tiktok'],
  ['https://vm.tiktok.com/ZM1/', 'tiktok'],
  ['https://www.instagram.com/p/AB/', 'instagram'],
  ['https://instagram.com/reel/AB/', 'instagram'],
  ['https://www.instagram.com/', undefined],
  ['https://faketiktok.com/@u/video/1', undefined],
  ['javascript:alert(1)', undefined],
  ['@u', undefined],
])('%s is a post on %s', (url, platform) => {
  expect(platformOfUrl(url)).toBe(platform);
});

test('a secret reads *** when it is shown', () => {
  const config = configOf('account_warmup', { chatgpt_settings: { api_key: 'very-secret' } });
  const shown = maskSecrets(scriptInputs.account_warmup.schema, config);
  expect(shown).toMatchObject({ task_duration: 600, chatgpt_settings: { api_key: '***', model: 'gpt-3.5-turbo' } });
  expect(JSON.stringify(shown)).not.toContain('very-secret');
});
