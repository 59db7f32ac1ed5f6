/** The app to copy from works, and its guide shows what really stands in its files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { example } from '../../src/apps/example/app.ts';
import { ScriptHouse } from '../support/script-house.ts';

const root = join(import.meta.dirname, '../..');
const { follow } = example.scripts;

function house(): ScriptHouse {
  const made = new ScriptHouse();
  made.config = { target_users: ['mira.loops'], access_method: 'direct' };
  made.more = { app: example };
  return made;
}

test('it follows once, and proves it', async () => {
  const at = house();
  expect(await at.run(follow)).toEqual({ is: 'completed' });
  expect(at.phone.actions).toEqual(['follow @mira.loops']);
  expect(at.journal.states).toEqual(['follow done']);
});

test('who is followed already is done without a tap', async () => {
  const at = house();
  at.phone.isFollowed = true;
  expect(await at.run(follow)).toEqual({ is: 'completed' });
  expect(at.phone.touches.filter((touch) => touch.startsWith('tap'))).toEqual([]);
});

test('a survey is taken away; a page nobody knows stops it before anything public', async () => {
  const asked = house();
  asked.phone.isSurveyed = 1;
  expect(await asked.codeOf(follow)).toBe('completed');
  expect(asked.phone.touches).toContain('tap Not now');
  const lost = house();
  lost.phone.around = (_, call) => {
    if (call === 'read') lost.phone.screen = 'unknown';
  };
  expect(await lost.codeOf(follow)).toBe('app.unexpected-screen');
  expect(lost.phone.actions).toEqual([]);
});

test('logged out says so', async () => {
  const at = house();
  at.phone.around = (when, call) => {
    if (when === 'after' && call === 'open') at.phone.screen = 'login';
  };
  expect(await at.codeOf(follow)).toBe('app.logged-out');
});

test('the guide shows the files as they are', () => {
  const guide = readFileSync(join(root, 'docs/writing-scripts.md'), 'utf8');
  const shown = [...guide.matchAll(/<!-- (src\/\S+) -->\n```ts\n([\s\S]*?)```/g)];
  expect(shown.length).toBeGreaterThan(4);
  for (const [, path = '', code] of shown) expect(code).toBe(readFileSync(join(root, path), 'utf8'));
});
