import { homedir } from 'node:os';
import { DroverError } from '../base/error.ts';
import type { ErrorCode } from '../contract/error-codes.ts';

type MediaCode = Extract<ErrorCode, `media.${string}`>;

/** Names the file, what was found, and what would help. */
export const mediaProblem = (
  code: MediaCode,
  file: string,
  { finding, remedy, cause }: { finding: string; remedy: string; cause?: unknown },
): DroverError =>
  new DroverError(code, {
    message: `${file}: ${finding}; ${remedy}`,
    details: { path: file },
    ...(cause === undefined ? {} : { cause }),
  });

/** The file is not there, or not to be had. */
export const missing = (file: string, finding: string, remedy: string, cause?: unknown): DroverError =>
  mediaProblem('media.missing', file, { finding, remedy, cause });

/** What an error of the file system means to the person who gave the path. */
export function fromFileSystem(file: string, cause: unknown): DroverError {
  if (cause instanceof DroverError) return cause;
  switch (errnoOf(cause)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return missing(
        file,
        'does not exist on this machine',
        `check the path (the server runs on ${process.platform} with the home folder ${homedir()})`,
        cause,
      );
    case 'EACCES':
    case 'EPERM':
      return missing(file, 'may not be read by the user that the server runs as', 'change its rights', cause);
    case 'ELOOP':
      return missing(file, 'is a circle of links', 'name the file itself', cause);
    case 'ENAMETOOLONG':
      return missing(file, 'is too long for a path', 'give it a shorter name', cause);
    case 'ENOSPC':
    case 'EDQUOT':
      return new DroverError('server.disk-full', { message: 'the disk of the data folder is full', cause });
    default:
      return missing(
        file,
        `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
        'check the disk or the share that it lies on',
        cause,
      );
  }
}

export const errnoOf = (cause: unknown): string | undefined =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
