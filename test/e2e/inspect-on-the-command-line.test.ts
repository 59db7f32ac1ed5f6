import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { drover } from '../support/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'drover-inspect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const button = (text: string, top: number) =>
  `<node class="android.widget.Button" text="${text}" package="com.android.permissioncontroller" clickable="true" bounds="[100,${top}][900,${top + 100}]"/>`;
const dialog = (owner: string) =>
  `<hierarchy rotation="0"><node class="android.widget.FrameLayout" package="${owner}" bounds="[50,800][950,1500]">
    <node class="android.widget.TextView" text="Autoriser TikTok à enregistrer de l&#39;audio ?" package="${owner}" bounds="[100,850][900,950]"/>
    ${[button("Lorsque vous utilisez l'application", 1000), button('Uniquement cette fois-ci', 1120), button('Ne pas autoriser', 1240)].join('').replaceAll('com.android.permissioncontroller', owner)}
  </node></hierarchy>`;

const permission = file(
  'permission.xml',
  `${dialog('com.android.permissioncontroller')}UI hierchary dumped to: /dev/tty`,
);
const picture = file('picture.xml', dialog('com.example.notes'));
const broken = file('broken.xml', '<hierarchy><node text="never closed"');

test('each file is one JSON line; what cannot be read is told by its code, and the others are answered all the same', async () => {
  const missing = join(folder, 'missing.xml');
  const { code, stdout, stderr } = await drover(['inspect', permission, broken, missing, picture, '--json']);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(stderr).toBe('');
  expect(code).toBe(1);
  expect(lines).toMatchObject([
    {
      file: permission,
      app: 'system',
      package: 'com.android.permissioncontroller',
      screen: 'permission',
      language: 'fr',
      blocking: true,
      unknown: false,
      state: { permission: 'audio', for: 'TikTok' },
      elements: {
        allow: { bounds: [100, 1000, 900, 1100], tap: [500, 1050] },
        while_using: { tap: [500, 1050] },
        allow_once: { tap: [500, 1170] },
        deny: { tap: [500, 1290] },
      },
    },
    { file: broken, error: { code: 'phone.screen-malformed' } },
    { file: missing, error: { code: 'input.not-found' } },
    {
      file: picture,
      app: 'system',
      screen: 'other-app',
      blocking: false,
      state: { decoy: 'permission' },
      elements: {},
    },
  ]);
});

test('without --json a person reads screen, elements and every signal with its score', async () => {
  const { code, stdout } = await drover(['inspect', permission]);
  expect(code).toBe(0);
  expect(stdout).toContain('screen    permission');
  expect(stdout).toMatch(/deny +tap 500,1290/);
  expect(stdout).toMatch(/\+ +1 +label "Don't allow"/);
  expect(stdout).toMatch(/^ {10}2 {2}id "permission_allow_one_time_button"/m); // asked for, not there
});

test('a clone that is none is refused in one sentence', async () => {
  const { code, stderr } = await drover(['inspect', permission, '--clone', 'photos=com.example']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/--clone: "photos=com\.example" is not APP=PACKAGE/);
});
