import { expect, test } from 'vitest';
import { isOlder } from './agent-package.ts';
import { versionNameOf } from './packages.ts';

test.each([
  ['10.6.5', '10.6.6', true],
  ['9.99.99', '10.0.0', true],
  ['10.6', '10.6.1', true],
  ['10.6.6', '10.6.6', false],
  ['10.10.0', '10.6.6', false],
  ['11.0.0-beta', '10.6.6', false],
])('%s is older than %s: %s', (installed, wanted, is) => {
  expect(isOlder(installed, wanted)).toBe(is);
});

test('the version is that of the package asked for', () => {
  const dump = `Activity Resolver Table:
Packages:
  Package [com.example.app] (1a2b3c):
    versionCode=12 minSdk=26 targetSdk=34
    versionName=1.2.3
  Package [com.example.other] (4d5e6f):
    versionName=9.9
`;
  expect(versionNameOf(dump, 'com.example.app')).toBe('1.2.3');
  expect(versionNameOf(dump, 'com.example.other')).toBe('9.9');
  expect(versionNameOf(dump, 'com.example')).toBeUndefined();
  expect(versionNameOf('', 'com.example')).toBeUndefined();
});
