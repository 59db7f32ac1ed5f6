import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileName, sharedPath } from './shared-files.ts';

describe('paths', () => {
  test.each([
    ['/sdcard', '/sdcard'],
    ['/sdcard/', '/sdcard'],
    ['/storage/emulated/0', '/sdcard'],
    ['/storage/emulated/0/DCIM//Camera/./a.jpg', '/sdcard/DCIM/Camera/a.jpg'],
    ['/sdcard/..hidden/a..b', '/sdcard/..hidden/a..b'],
  ])('%s is %s', (path, shared) => {
    expect(sharedPath(path)).toBe(shared);
  });

  test.each([
    '',
    'sdcard',
    '/',
    '/data/local/tmp',
    '/sdcard2',
    '/storage/emulated/10',
    '/sdcard/../data',
    '/sdcard/DCIM/..',
    '/sdcard/a\nb',
    '/sdcard/a\0b',
    `/sdcard/${'ä'.repeat(400)}`,
  ])('%j is refused', (path) => {
    expect(() => sharedPath(path)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });

  test('whatever comes, what is left lies below shared storage and goes straight down', () => {
    const segment = fc.oneof(
      fc.constantFrom('..', '.', '', 'sdcard', 'storage', 'emulated', '0', '~', '$HOME'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(segment), (segments) => {
        let path: string;
        try {
          path = sharedPath(`/${segments.join('/')}`);
        } catch {
          return;
        }
        expect(path === '/sdcard' || path.startsWith('/sdcard/')).toBe(true);
        expect(path.split('/')).not.toContain('..');
      }),
    );
  });
});

describe('names', () => {
  test.each(['a.jpg', '..a', '$(reboot)', "it's", '<b>.txt', '\u202Egpj.exe'])('%j is one', (name) => {
    expect(fileName(name)).toBe(name);
  });

  test.each(['', '.', '..', 'a/b', '../a', '..\\a', 'a\0', 'a\nb', 'ä'.repeat(128)])('%j is none', (name) => {
    expect(() => fileName(name)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });
});
