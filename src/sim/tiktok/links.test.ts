import { expect, test } from 'vitest';
import { parseLink, videoUrl } from './links.ts';

test.each<[string, ReturnType<typeof parseLink>]>([
  ['https://www.tiktok.com/@harbor.kiln', { to: 'profile', username: 'harbor.kiln' }],
  ['https://www.tiktok.com/@harbor.kiln?lang=fr', { to: 'profile', username: 'harbor.kiln' }],
  ['https://m.tiktok.com/@harbor.kiln/video/7123?x=1', { to: 'video', id: '7123', username: 'harbor.kiln' }],
  ['https://www.tiktok.com/@a/photo/7123', { to: 'video', id: '7123', username: 'a' }],
  ['https://tiktok.com/', { to: 'feed' }],
  ['https://www.tiktok.com/@100%', { to: 'profile', username: '100%' }],
  ['https://vm.tiktok.com/ZM4xY/', { to: 'short', code: 'ZM4xY' }],
  ['https://www.tiktok.com/t/ZM4xY/', { to: 'short', code: 'ZM4xY' }],
  ['snssdk1233://aweme/detail/7123', { to: 'video', id: '7123', username: undefined }],
  ['snssdk1233://user/profile/harbor.kiln', { to: 'profile', username: 'harbor.kiln' }],
  ['snssdk1233://user/profile?uniqueId=@harbor.kiln', { to: 'profile', username: 'harbor.kiln' }],
  ['musically://feed', { to: 'feed' }],
  ['https://www.instagram.com/harbor.kiln', undefined],
  ['https://tiktok.com.example.test/@a', undefined],
  ['content://media/external/video/media/3', undefined],
  ['not a link', undefined],
])('%s', (link, destination) => {
  expect(parseLink(link)).toEqual(destination);
});

test('a link to a video leads to it', () => {
  expect(parseLink(videoUrl('harbor.kiln', '7123'))).toEqual({ to: 'video', id: '7123', username: 'harbor.kiln' });
});
