import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { TSchema } from 'typebox';
import { DroverError } from './error.ts';

/** Encrypts short texts for storage, so that a copied database does not give secrets away. */
export interface Sealer {
  /** Another text each time; begins with `sealed:v1:`. */
  seal(text: string): string;
  /** Throws `server.data-unusable` when it was sealed with another key or changed since. */
  open(sealed: string): string;
}

const prefix = 'sealed:v1:';

/** Finds sealed texts in whatever they stand in. */
export const sealedPattern = /sealed:v1:[\w-]+/g;
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM with the key in `keyFile` (base64, readable by its owner alone), which is made when it is missing; or with
 * `keyText`, and then no file is read or written.
 */
export function createSealer(keyFile: string, keyText = ''): Sealer {
  const where = keyText === '' ? `in ${keyFile}` : 'that was given';
  const key = keyText === '' ? (readKey(keyFile) ?? makeKey(keyFile)) : Buffer.from(keyText, 'base64');
  return {
    seal(text) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return prefix + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed) {
      try {
        if (!sealed.startsWith(prefix)) throw new Error('not a sealed text');
        const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new DroverError('server.data-unusable', {
          message: `a stored secret cannot be read with the key ${where}: restore the key file that belongs to this database, or enter the secret again`,
          cause,
        });
      }
    },
  };
}

function readKey(keyFile: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(keyFile, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== keyBytes) {
    throw new DroverError('server.data-unusable', {
      message: `${keyFile} is no key: it must hold ${keyBytes} bytes in base64`,
    });
  }
  chmodSync(keyFile, 0o600);
  return key;
}

/** Written whole under another name first: a process killed here leaves no half key behind. */
function makeKey(keyFile: string): Buffer {
  const draft = `${keyFile}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  renameSync(draft, keyFile);
  const key = readKey(keyFile);
  if (!key) throw new DroverError('server.data-unusable', { message: `${keyFile} could not be written` });
  return key;
}

interface AnySchema extends TSchema {
  secret?: boolean;
  properties?: Record<string, AnySchema>;
  items?: AnySchema;
}

/** A copy of `value` in which whatever the schema marks `secret: true` and is not empty is sealed. */
export const sealSecrets = (sealer: Sealer, schema: TSchema, value: unknown): unknown =>
  mapSecrets(schema, value, (text) => sealer.seal(text));

/** The reverse of sealSecrets; secrets that were stored in clear stay as they are. */
export const openSecrets = (sealer: Sealer, schema: TSchema, value: unknown): unknown =>
  mapSecrets(schema, value, (text) => (text.startsWith(prefix) ? sealer.open(text) : text));

function mapSecrets(schema: TSchema, value: unknown, change: (text: string) => string): unknown {
  const { secret, properties, items } = schema as AnySchema;
  if (secret === true) return typeof value === 'string' && value !== '' ? change(value) : value;
  if (Array.isArray(value)) return items ? value.map((entry) => mapSecrets(items, entry, change)) : value;
  if (typeof value !== 'object' || value === null || !properties) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      const schemaOfKey = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return [key, schemaOfKey ? mapSecrets(schemaOfKey, entry, change) : entry];
    }),
  );
}
