import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drover } from '../test/support/command.ts';
import { configKeys, defaultDataFolder, isSecretKey, loadConfig } from './config.ts';

const file = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'drover-config-')), 'drover.json');
  writeFileSync(path, text);
  return path;
};

test('a flag beats the environment, which beats the file, which beats the default; each value knows its origin', () => {
  const config = file('{"port": 1111, "sim": 3, "logLevel": "warn"}');
  const loaded = loadConfig(
    { config, port: 3333 },
    { DROVER_PORT: '2222', DROVER_SIM: '4', DROVER_ADB: '127.0.0.1:5038, 127.0.0.1:5039' },
  );
  expect(loaded.config).toMatchObject({
    port: 3333,
    sim: 4,
    logLevel: 'warn',
    adb: ['127.0.0.1:5038', '127.0.0.1:5039'],
    host: '127.0.0.1',
  });
  expect(loaded.origins).toMatchObject({ port: 'flag', sim: 'environment', logLevel: 'file', host: 'default' });
});

test.each([
  ['a port that is no number', {}, { DROVER_PORT: 'http' }, /DROVER_PORT: "http".*Port of the API/],
  ['a port out of range', { port: 70000 }, {}, /--port: 70000/],
  ['an adb address without port', { adb: ['localhost'] }, {}, /--adb/],
  ['an unknown key in the file', { config: file('{"prot": 1}') }, {}, /unknown keys prot; known are host, port/],
  ['a file that is not JSON', { config: file('port: 1') }, {}, /is not JSON/],
  ['a file that is not there', { config: '/nowhere/drover.json' }, {}, /does not exist/],
])('%s is refused with where it came from', (_, flags, env, message) => {
  expect(() => loadConfig(flags, env)).toThrow(message);
});

test('data lives where the operating system keeps it', () => {
  expect(defaultDataFolder({ XDG_DATA_HOME: '/x' }, 'linux')).toBe('/x/drover');
  expect(defaultDataFolder({ LOCALAPPDATA: 'C:\\L' }, 'win32')).toContain('Drover');
});

test('config show tells each value with its origin, and keeps a key to itself', async () => {
  const path = file('{"sim": 3}');
  const key = `${'A'.repeat(43)}=`;
  const env = { DROVER_PORT: '2222', DROVER_SEAL_KEY: key, DROVER_PROT: '1' };
  const flags = ['--config', path, '--media-root', '/srv/a', '--media-root', '/srv/b'];
  const text = await drover(['config', 'show', ...flags], env);
  expect(text.code).toBe(0);
  expect(text.stdout).toMatch(/^port +2222 +environment DROVER_PORT$/m);
  expect(text.stdout).toMatch(/^mediaRoot +\/srv\/a, \/srv\/b +flag --media-root$/m);
  expect(text.stdout).toMatch(/^sealKey +\*\*\* +environment DROVER_SEAL_KEY$/m);
  expect(text.stdout).toMatch(/^host +127\.0\.0\.1 +default$/m);
  expect(text.stdout).toContain(`file ${path}`);
  expect(text.stdout).toContain('without effect: DROVER_PROT');
  expect(text.stdout).not.toContain(key);

  const json = JSON.parse((await drover(['config', 'show', '--json', ...flags], env)).stdout);
  expect(json.values.sim).toMatchObject({ value: 3, origin: 'file', variable: 'DROVER_SIM' });
  expect(json).toMatchObject({ file: path, unknown_variables: ['DROVER_PROT'] });
  expect(Object.keys(json.values)).toEqual(configKeys);

  const wrong = await drover(['config', 'show', ...flags], { DROVER_PORT: 'http', DROVER_SEAL_KEY: 'short' });
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toMatch(/^drover: DROVER_PORT: "http"/);
});

test('every key that is no secret has a flag, and a secret has none', async () => {
  const { stdout } = await drover(['serve', '--help']);
  const flagOf = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} <`;
  expect(configKeys.filter((key) => stdout.includes(flagOf(key)) === isSecretKey(key))).toEqual([]);
});
