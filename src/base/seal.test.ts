import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Type } from 'typebox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hasCode } from './error.ts';
import { createSealer, openSecrets, sealSecrets } from './seal.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-seal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const keyFile = () => join(folder, 'key');

test('a sealed text opens again after a restart, and never looks the same twice', () => {
  const sealed = createSealer(keyFile()).seal('sk-ключ-🔑');
  expect(sealed).not.toContain('sk-');
  expect(createSealer(keyFile()).seal('sk-ключ-🔑')).not.toBe(sealed);
  expect(createSealer(keyFile()).open(sealed)).toBe('sk-ключ-🔑');
});

test('only the owner can read the key file, even when it was once open to others', () => {
  createSealer(keyFile());
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  const key = readFileSync(keyFile(), 'utf8');
  rmSync(keyFile());
  writeFileSync(keyFile(), key, { mode: 0o644 });
  createSealer(keyFile());
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
});

test('a text that was tampered with, or sealed with another key, is refused with a next step', () => {
  const sealer = createSealer(keyFile());
  const sealed = sealer.seal('secret');
  const tampered = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  const other = createSealer(join(folder, 'other'));
  for (const open of [() => sealer.open(tampered), () => other.open(sealed), () => sealer.open('sealed:v1:')]) {
    expect(open).toThrow(/restore the key file/);
  }
});

test('a damaged key file is named, not replaced', () => {
  writeFileSync(keyFile(), 'short');
  try {
    createSealer(keyFile());
    expect.unreachable();
  } catch (error) {
    expect(hasCode(error, 'server.data-unusable')).toBe(true);
  }
  expect(readFileSync(keyFile(), 'utf8')).toBe('short');
});

test('exactly the fields marked secret are sealed, wherever they stand', () => {
  const sealer = createSealer(keyFile());
  const schema = Type.Object({
    name: Type.String(),
    chatgpt_settings: Type.Object({ api_key: Type.String({ secret: true }), model: Type.String() }),
    hooks: Type.Array(Type.Object({ token: Type.String({ secret: true }) })),
  });
  const value = {
    name: 'api_key',
    chatgpt_settings: { api_key: 'sealed:v1:looks-sealed', model: 'm' },
    hooks: [{ token: 'a' }, { token: '' }],
    unknown: { api_key: 'kept' },
  };
  const sealed = sealSecrets(sealer, schema, value);
  expect(JSON.stringify(sealed)).not.toContain('looks-sealed');
  expect(sealed).toMatchObject({ name: 'api_key', chatgpt_settings: { model: 'm' }, unknown: { api_key: 'kept' } });
  expect(openSecrets(sealer, schema, sealed)).toEqual(value);
});

test('a key that is given reads what it sealed, and no file is made', () => {
  const file = join(folder, 'seal.key');
  const key = Buffer.alloc(32, 7).toString('base64');
  const sealed = createSealer(file, key).seal('a secret');
  expect(createSealer(file, key).open(sealed)).toBe('a secret');
  expect(existsSync(file)).toBe(false);
  expect(() => createSealer(file).open(sealed)).toThrow(/cannot be read with the key/);
});
