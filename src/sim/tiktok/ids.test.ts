import { expect, test } from 'vitest';
import { type IdName, idsOf, renamedIds } from './ids.ts';

const full = (name: string) => `com.zhiliaoapp.musically:id/${name}`;

test.each<[string, IdName, string]>([
  ['35.9.3', 'nav-create', 'lxd'],
  ['43.1.4', 'nav-create', 'mkn'],
  ['43.1.4', 'post-caption', 'g19'],
  ['45.4.3', 'post-post', 'rz2'],
  ['45.7.3', 'post-drafts', 'g1_'],
  ['46.0.41', 'back', 'bmy'],
  ['46.1.3', 'post-caption', 'gv0'],
  ['46.4.3', 'nav-create', 'o70'],
  ['46.4.3', 'camera-gallery', 'upload_hot_area'],
  ['46.7.3', 'switcher-row', 'lkp'],
  ['47.0.3', 'profile-username', 't3y'],
])('%s calls %s %s', (version, name, id) => {
  expect(idsOf(version).of(name)).toBe(full(id));
});

test('a version without a table has ids of its own, always the same', () => {
  const [once, again, other] = [idsOf('48.2.1'), idsOf('48.2.1'), idsOf('48.2.2')];
  expect(once.of('nav-create')).toBe(again.of('nav-create'));
  expect(once.of('nav-create')).not.toBe(other.of('nav-create'));
  expect(once.stable('cover')).toBe(full('cover'));
});

test('renamed ids are none of the version that was renamed', () => {
  for (const name of ['nav-create', 'post-post', 'post-caption', 'profile-username', 'gallery-next'] as const) {
    expect(renamedIds('46.4.3').of(name)).not.toBe(idsOf('46.4.3').of(name));
  }
});
