import { readFileSync } from 'node:fs';
import { DroverError } from './error.ts';

/** A text file that the operator named with `flag`. Throws `input.invalid` naming both. */
export function readNamedFile(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DroverError('input.invalid', {
      message: `${flag}: ${file} cannot be read: ${(cause as Error).message}`,
      cause,
    });
  }
}
