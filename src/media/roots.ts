import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { fromFileSystem, mediaProblem, missing } from './problem.ts';

/** Which files of this machine a request may name. */
export interface MediaRoots {
  /** Folders that media must be in. `any`: the server answers loopback only, so callers are people of this machine. */
  folders: readonly string[] | 'any';
  /** Never readable through a request: database, traces, keys. */
  dataFolder: string;
}

/** Ends of names that hold keys; `.env`, `.ssh` and their like are covered by the leading dot. */
const keyNames = /(^id_(rsa|dsa|ecdsa|ed25519)|\.(pem|key|p12|pfx|jks|keystore|kdbx|gpg|asc|ppk|ovpn))$/i;
const systemFolders = ['/dev', '/proc', '/sys'];
const windowsPath = /^(?:[A-Za-z]:[\\/]|\\\\)/;

/**
 * The real path of the file that `path` names, all symlinks resolved. Throws `media.missing` when there is none and
 * `media.outside-roots` when it may not be read; the second is decided on the real path, so a link cannot lead out.
 */
export async function resolveMedia(path: string, roots: MediaRoots): Promise<string> {
  assertPathOfThisSystem(path);
  const real = await realpath(path).catch((cause: unknown) => {
    throw fromFileSystem(path, cause);
  });
  const finding = await whyNot(real, roots);
  if (finding === undefined) return real;
  const remedy =
    roots.folders === 'any' ? 'copy it into a plain folder' : `copy it below ${roots.folders.join(' or ') || 'one'}`;
  throw mediaProblem('media.outside-roots', path, { finding, remedy });
}

function assertPathOfThisSystem(path: string): void {
  if (path.includes('\0')) throw missing(path.replaceAll('\0', '?'), 'is not a path', 'remove the zero character');
  if (process.platform !== 'win32' && windowsPath.test(path)) {
    throw missing(
      path,
      'is a Windows path, but this server does not run on Windows',
      'give the path as this machine has it',
    );
  }
  if (!isAbsolute(path)) throw missing(path, 'is not an absolute path', 'give the whole path, from the root on');
}

async function whyNot(real: string, { folders, dataFolder }: MediaRoots): Promise<string | undefined> {
  if (isInside(real, await realOrSame(dataFolder))) return "is in the server's own data folder";
  if (real.split(sep).some((part) => part.startsWith('.') && part !== '.' && part !== '..')) {
    return 'is in a hidden folder, or hidden itself (a name that starts with a dot)';
  }
  if (keyNames.test(real.slice(real.lastIndexOf(sep) + 1))) return 'looks like a key file by its name';
  if (process.platform !== 'win32' && systemFolders.some((folder) => isInside(real, folder))) {
    return 'is in a folder of the system';
  }
  if (folders === 'any') return undefined;
  for (const folder of folders) if (isInside(real, await realOrSame(folder))) return undefined;
  return `is outside the allowed media folders (${folders.join(', ') || 'none is set'})`;
}

const realOrSame = (folder: string): Promise<string> => realpath(folder).catch(() => resolve(folder));

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
