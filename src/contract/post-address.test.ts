import { describe, expect, test } from 'vitest';
import { postAddress, postNames } from './post-address.ts';

describe('the address of a post', () => {
  test.each([
    ['https://www.tiktok.com/@lena.paints/video/7301234567890123456', 'tiktok.com/video/7301234567890123456'],
    ['https://m.tiktok.com/@somebody.else/video/7301234567890123456/', 'tiktok.com/video/7301234567890123456'],
    ['https://tiktok.com/@lena.paints/photo/7301234567890123456?lang=de', 'tiktok.com/video/7301234567890123456'],
    ['https://m.tiktok.com/v/7301234567890123456.html', 'tiktok.com/video/7301234567890123456'],
    ['https://www.instagram.com/p/CxYz_1-a/', 'instagram.com/p/CxYz_1-a'],
    ['https://instagram.com/reel/CxYz_1-a?igsh=1', 'instagram.com/p/CxYz_1-a'],
    ['https://www.instagram.com/lena.paints/reel/CxYz_1-a/', 'instagram.com/p/CxYz_1-a'],
  ])('%s', (link, address) => {
    expect(postAddress(link)).toBe(address);
  });

  test.each([
    'https://vm.tiktok.com/ZMabc123/',
    'https://www.tiktok.com/t/ZTabc123/',
    'https://www.tiktok.com/@lena.paints',
    'https://www.instagram.com/share/reel/Bxyz',
    'https://example.com/@lena/video/7301234567890123456',
    'no link',
  ])('%s has none', (link) => {
    expect(postAddress(link)).toBeUndefined();
  });
});

test('a post is named by its address and by what the page says, or by what there is', () => {
  const long = 'https://www.tiktok.com/@lena/video/73';
  const short = 'https://vm.tiktok.com/ZM1/';
  expect(postNames(long, 'video of Lena: sea')).toEqual({ target: 'tiktok.com/video/73', alias: 'video of Lena: sea' });
  expect(postNames(long, undefined)).toEqual({ target: 'tiktok.com/video/73' });
  expect(postNames(short, 'video of Lena: sea')).toEqual({ target: 'video of Lena: sea' });
  expect(postNames(short, undefined)).toEqual({ target: short });
});
