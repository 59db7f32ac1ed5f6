import { createSecureContext } from 'node:tls';
import { DroverError } from '../base/error.ts';
import { readNamedFile } from '../base/named-file.ts';
import type { TlsFiles } from './listener.ts';

/** Certificate and key from their files; undefined when neither is given. Throws `input.invalid` when they are of no use. */
export function readTls({ certFile, keyFile }: { certFile: string; keyFile: string }): TlsFiles | undefined {
  if (certFile === '' && keyFile === '') return undefined;
  if (certFile === '' || keyFile === '') {
    throw new DroverError('input.invalid', {
      message: `--tls-cert and --tls-key belong together; ${certFile === '' ? '--tls-cert' : '--tls-key'} is missing`,
    });
  }
  const tls = { cert: readNamedFile('--tls-cert', certFile), key: readNamedFile('--tls-key', keyFile) };
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
