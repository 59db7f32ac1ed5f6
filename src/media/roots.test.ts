import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assertPathOfThisSystem, type MediaRoots, resolveMedia } from './roots.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'drover-roots-')));
const at = (...names: string[]): string => join(folder, ...names);
const any: MediaRoots = { folders: 'any', dataFolder: at('data') };

beforeAll(() => {
  for (const name of ['films/deep', 'films/.hidden', '.config/films', 'data', 'other'])
    mkdirSync(at(name), { recursive: true });
  for (const name of ['films/a.mp4', 'films/deep/b.mp4', '.config/films/c.mp4', 'data/drover.db', 'other/d.mp4']) {
    writeFileSync(at(name), 'x');
  }
  symlinkSync(at('other'), at('films', 'way-out'));
  symlinkSync(at('data'), at('films', 'way-in'));
  symlinkSync('/etc', at('films', 'etc'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answer = (path: string, roots: MediaRoots): Promise<string> =>
  resolveMedia(path, roots).then(
    (real) => real,
    (thrown: { code: string; message: string }) => `${thrown.code}: ${thrown.message}`,
  );

test
  .runIf(process.platform !== 'win32')
  .each([
    'id_rsa',
    'id_ed25519',
    'id_ed25519-cert',
    'server.pem',
    'TLS.KEY',
    'wallet.kdbx',
    'release.jks',
    'release.keystore',
    'me.p12',
    'me.pfx',
    'backup.gpg',
    'home.ovpn',
    '.env',
    '.netrc',
    '.npmrc',
  ])('%s is a secret, whatever is in it', async (name) => {
  writeFileSync(at('films', name), 'x');
  expect(await answer(at('films', name), any)).toMatch(/^media.outside-roots: .*(key file|hidden)/);
  expect(await answer(at('films', name), { ...any, folders: [at('films')] })).toMatch(/^media.outside-roots/);
  rmSync(at('films', name));
});

test('a folder that the operator allows may lie in a hidden one; what is hidden in it may not be read', async () => {
  const roots = { ...any, folders: [at('.config', 'films'), at('films')] };
  expect(await answer(at('.config', 'films', 'c.mp4'), roots)).toBe(at('.config', 'films', 'c.mp4'));
  expect(await answer(at('.config', 'films', 'c.mp4'), any)).toMatch(/hidden/);
  expect(await answer(at('films', '.hidden'), roots)).toMatch(/hidden/);
});

test('the data folder is closed even when it lies in an allowed folder, and on every way into it', async () => {
  const roots = { ...any, folders: [folder] };
  for (const path of [
    at('data', 'drover.db'),
    at('films', 'way-in', 'drover.db'),
    at('films', '..', 'data', 'drover.db'),
  ]) {
    expect(await answer(path, roots)).toMatch(/own data folder/);
    expect(await answer(path, any)).toMatch(/own data folder/);
  }
});

test('whatever way a path takes, nothing beside the allowed folder is reached', async () => {
  const roots: MediaRoots = { ...any, folders: [at('films')] };
  const part = fc.constantFrom(
    '..',
    '.',
    'films',
    'deep',
    'way-out',
    'way-in',
    'etc',
    'other',
    'data',
    'a.mp4',
    'b.mp4',
    'd.mp4',
    'passwd',
    'drover.db',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 7 }), async (parts) => {
      const given = [folder, ...parts].join('/');
      const found = await answer(given, roots);
      expect(found).toMatch(/^media\.(missing|outside-roots): |^\//);
      if (found.startsWith('/')) expect(found === at('films') || found.startsWith(`${at('films')}/`)).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test.runIf(process.platform === 'linux')('devices, processes and pipes are no files', async () => {
  for (const path of ['/dev/zero', '/dev/stdin', '/proc/self/environ', '/sys/kernel/notes']) {
    expect(await answer(path, any)).toMatch(/^media\.(outside-roots|missing): /);
  }
});

test.runIf(process.platform !== 'win32')('a second name of a file is the file', async () => {
  linkSync(at('films', 'a.mp4'), at('films', 'also a.mp4'));
  expect(await answer(at('films', 'also a.mp4'), any)).toBe(at('films', 'also a.mp4'));
});

describe('paths by system', () => {
  const said = (path: string, platform: string, folders: MediaRoots['folders'] = 'any'): string => {
    try {
      assertPathOfThisSystem(path, folders, platform);
      return 'fine';
    } catch (thrown) {
      return (thrown as Error).message;
    }
  };

  test.each(['C:/Videos/video1.mp4', 'c:\\Videos\\video1.mp4', 'D:\\'])('%s is understood on Windows only', (path) => {
    expect(said(path, 'win32')).toBe('fine');
    for (const platform of ['linux', 'darwin']) {
      expect(said(path, platform)).toContain(
        'is a Windows path, but this server does not run on Windows; give the path as this machine has it',
      );
    }
  });

  test.each(['videos/a.mp4', './a.mp4', '~/a.mp4', 'C:a.mp4', ''])('%j is a whole path nowhere', (path) => {
    expect(said(path, 'win32')).toMatch(/is not an absolute path; give the whole path, such as C:\\Videos/);
    expect(said(path, 'linux')).toMatch(/is not an absolute path; give the whole path, such as \/home/);
  });

  test('a path without a drive is a whole one on other systems only', () => {
    expect(said('/home/me/a.mp4', 'linux')).toBe('fine');
    expect(said('/home/me/a.mp4', 'win32')).toContain('is not an absolute path');
  });

  test.each(['\\\\nas\\films\\a.mp4', '//nas/films/a.mp4', '\\\\?\\C:\\a.mp4', '\\\\.\\PhysicalDrive0'])(
    '%s is not even looked for on Windows, unless the operator allows it',
    (path) => {
      expect(said(path, 'win32')).toContain('is on a share or a device');
      expect(said(path, 'win32', ['D:\\films'])).toContain('is on a share or a device');
    },
  );

  test('an allowed share is', () => {
    expect(said('\\\\NAS\\films\\a.mp4', 'win32', ['\\\\nas\\films'])).toBe('fine');
  });
});
