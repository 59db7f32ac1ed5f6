import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { DroverError } from '../base/error.ts';
import type { TlsFiles } from './listener.ts';

/** Certificate and key from their files; undefined when neither is given. Throws `input.invalid` when they are of no use. */
export function readTls({ certFile, keyFile }: { certFile: string; keyFile: string }): TlsFiles | undefined {
  if (certFile === '' && keyFile === '') return undefined;
  if (certFile === '' || keyFile === '') {
    throw new DroverError('input.invalid', {
      message: `--tls-cert and --tls-key belong together; ${certFile === '' ? '--tls-cert' : '--tls-key'} is missing`,
    });
  }
  const tls = { cert: read('--tls-cert', certFile), key: read('--tls-key', keyFile) };
  try {
    createSecureContext(tls);
  } catch (cause) {
    throw new DroverError('input.invalid', {
      message: `--tls-cert ${certFile} and --tls-key ${keyFile} are no pair of PEM certificate and unencrypted key: ${(cause as Error).message}`,
      cause,
    });
  }
  return tls;
}

function read(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DroverError('input.invalid', {
      message: `${flag}: ${file} cannot be read: ${(cause as Error).message}`,
      cause,
    });
  }
}
