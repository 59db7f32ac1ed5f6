import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOf, idOfCode, parseLink, postUrl, profileUrl } from './links.ts';

const code = codeOf('3000000000000000123');

test.each([
  [`https://www.instagram.com/p/${code}/`, { to: 'post', id: '3000000000000000123', kind: 'p' }],
  [`https://instagram.com/reel/${code}`, { to: 'post', id: '3000000000000000123', kind: 'reel' }],
  [`https://www.instagram.com/reels/${code}/?igsh=abc`, { to: 'post', id: '3000000000000000123', kind: 'reel' }],
  [`https://www.instagram.com/harbor.kiln/p/${code}/`, { to: 'post', id: '3000000000000000123', kind: 'p' }],
  ['https://www.instagram.com/harbor.kiln/', { to: 'profile', username: 'harbor.kiln' }],
  ['https://m.instagram.com/harbor.kiln?hl=fr', { to: 'profile', username: 'harbor.kiln' }],
  ['https://www.instagram.com/', { to: 'feed' }],
  ['https://www.instagram.com/100%', { to: 'profile', username: '100%' }],
  ['https://www.instagram.com/reels/', { to: 'feed' }],
  ['https://www.instagram.com/accounts/login/', { to: 'feed' }],
  ['instagram://user?username=harbor.kiln', { to: 'profile', username: 'harbor.kiln' }],
  ['instagram://media?id=3000000000000000123_42', { to: 'post', id: '3000000000000000123', kind: 'p' }],
  ['instagram://camera', { to: 'feed' }],
  ['https://www.tiktok.com/@harbor.kiln', undefined],
  ['https://instagram.com.example.org/harbor.kiln', undefined],
  ['not a link', undefined],
])('%s', (link, destination) => {
  expect(parseLink(link)).toEqual(destination);
});

test('a post’s number and the code in its link are two spellings of one thing', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
      fc.constantFrom('video' as const, 'image' as const),
      (n, kind) => {
        const id = n.toString();
        expect(idOfCode(codeOf(id))).toBe(id);
        expect(parseLink(postUrl(id, kind))).toMatchObject({ to: 'post', id });
      },
    ),
  );
});

test('no link makes it stumble', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (path) => {
      parseLink(`https://www.instagram.com/${path}`);
      parseLink(path);
    }),
  );
  expect(parseLink(profileUrl('a.b_c'))).toEqual({ to: 'profile', username: 'a.b_c' });
});
