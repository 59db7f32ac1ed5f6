import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultDataFolder, loadConfig } from './config.ts';

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
