import { expect, test } from 'vitest';
import { bodyOf, draftOf } from './draft.ts';

test.each([
  [
    'phones and groups',
    { serials: ['A'], groups: ['Shelf 1'], script_name: 'follow', script_config: { target_users: ['@x'] } },
  ],
  [
    'accounts, HH:MM in a zone, pauses',
    {
      usernames: ['@lena'],
      script_name: 'post',
      script_config: { captions: 'hi' },
      start_time: '09:00',
      time_zone: 'Asia/Tokyo',
      min_interval: 2,
      max_interval: 5,
    },
  ],
  [
    'a secret that came masked',
    {
      serials: ['A'],
      script_name: 'account_warmup',
      script_config: { comment_probable: 5, generate_by_chatgpt: true, chatgpt_settings: { api_key: '***' } },
    },
  ],
  [
    'every account of each phone',
    { serials: ['A'], script_name: 'unfollow', script_config: { target_users: ['@x'] }, enable_multi_account: true },
  ],
])('%s come back from the form as they went in', (_, body) => {
  expect(bodyOf(draftOf(body))).toEqual(body);
});

test('old spellings come back in today’s', () => {
  const body = { serials: ['A'], script_name: 'account_warmup', script_config: { follow_probable: 20 } };
  expect(bodyOf(draftOf(body)).script_config).toEqual({ floow_probable: 20 });
});
