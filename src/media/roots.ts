import { realpath } from 'node:fs/promises';
import { isAbsolute, join, posix, relative, resolve, sep, win32 } from 'node:path';
import { fromFileSystem, mediaProblem, missing } from './problem.ts';

/** Which files of this machine a request may name. */
export interface MediaRoots {
  /** Folders that media must be in. `any`: the server answers loopback only, so callers are people of this machine. */
  folders: readonly string[] | 'any';
  /** Never readable through a request: database, traces, keys. */
  dataFolder: string;
}

/** Ends of names that hold keys; `.env`, `.ssh` and their like are covered by the leading dot. */
const keyNames =
  /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?([._-].*)?$|\.(pem|key|p12|pfx|jks|keystore|kdbx|gpg|asc|ppk|ovpn)$/i;
const systemFolders = ['/dev', '/proc', '/sys', '/run/secrets', '/var/run/secrets'];
const windowsPath = /^(?:[A-Za-z]:[\\/]|\\\\)/;

/**
 * The real path of the file that `path` names, all symlinks resolved. Throws `media.missing` when there is none and
 * `media.outside-roots` when it may not be read; the second is decided on the real path, so a link cannot lead out.
 */
export async function resolveMedia(path: string, roots: MediaRoots): Promise<string> {
  assertPathOfThisSystem(path, roots.folders);
  const real = await realpath(path).catch((cause: unknown) => {
    throw fromFileSystem(path, cause);
  });
  const finding = await whyNot(real, roots);
  if (finding === undefined) return real;
  const remedy =
    roots.folders === 'any' ? 'copy it into a plain folder' : `copy it below ${roots.folders.join(' or ') || 'one'}`;
  throw mediaProblem('media.outside-roots', path, { finding, remedy });
}

/** Below the data folder, for files that requests name without a whole path. */
export const uploadFolder = ({ dataFolder }: Pick<MediaRoots, 'dataFolder'>): string => join(dataFolder, 'upload');

/**
 * The whole path of what `path` names below one of the allowed folders, the first that has it, or below the upload folder.
 * A whole path stays as it is. Throws `media.outside-roots` for one that leads out of these folders, whatever lies there,
 * and `media.missing`.
 */
export async function findBelowRoots(path: string, roots: MediaRoots): Promise<string> {
  if (isAbsolute(path) || windowsPath.test(path) || path.includes('\0')) return path;
  const folders = [...(roots.folders === 'any' ? [] : roots.folders), uploadFolder(roots)];
  for (const folder of folders) {
    const candidate = resolve(folder, path);
    if (!isInside(candidate, resolve(folder))) {
      throw mediaProblem('media.outside-roots', path, {
        finding: 'leads out of the folder that it is looked for in',
        remedy: 'name a file below it, or give the whole path',
      });
    }
    const isThere = await realpath(candidate).then(
      () => true,
      () => false, // in another folder, or in none
    );
    if (isThere) return candidate;
  }
  throw missing(path, `is not in ${folders.join(' or ')}`, 'put it there, or give the whole path');
}

/**
 * Says what is wrong with a path before the file system is asked about it. On Windows that matters: looking for a path such
 * as `\\\\host\\share` already logs in at that host.
 */
export function assertPathOfThisSystem(
  path: string,
  folders: MediaRoots['folders'],
  platform: string = process.platform,
): void {
  if (path.includes('\0')) throw missing(path.replaceAll('\0', '?'), 'is not a path', 'remove the zero character');
  const isWindows = platform === 'win32';
  if (!isWindows && windowsPath.test(path)) {
    throw missing(
      path,
      'is a Windows path, but this server does not run on Windows',
      'give the path as this machine has it',
    );
  }
  if (!(isWindows ? win32 : posix).isAbsolute(path) || (isWindows && /^[\\/](?![\\/])/.test(path))) {
    const example = isWindows ? 'C:\\Videos\\clip.mp4' : '/home/me/videos/clip.mp4';
    throw missing(path, 'is not an absolute path', `give the whole path, such as ${example}`);
  }
  if (!isWindows || !/^[\\/]{2}/.test(path)) return;
  const plain = (text: string): string => win32.normalize(text).toLowerCase();
  const isAllowed = folders !== 'any' && folders.some((folder) => plain(path).startsWith(plain(folder)));
  if (isAllowed) return;
  throw mediaProblem('media.outside-roots', path, {
    finding: 'is on a share or a device and not on a drive of this machine',
    remedy: 'copy it onto a drive, or allow the share with --media-root',
  });
}

async function whyNot(real: string, { folders, dataFolder }: MediaRoots): Promise<string | undefined> {
  const upload = await realOrSame(uploadFolder({ dataFolder }));
  const data = await realOrSame(dataFolder);
  // a link in its place would open whatever it leads to
  if (isInside(real, upload) && upload === join(data, 'upload')) return whySecret(relative(upload, real));
  if (isInside(real, data)) return "is in the server's own data folder";
  if (process.platform !== 'win32' && systemFolders.some((folder) => isInside(real, folder))) {
    return 'is in a folder of the system';
  }
  if (folders === 'any') return whySecret(real);
  for (const folder of folders) {
    const root = await realOrSame(folder);
    // what stands before an allowed folder is the operator's own choice
    if (isInside(real, root)) return whySecret(relative(root, real));
  }
  return `is outside the allowed media folders (${folders.join(', ') || 'none is set'})`;
}

function whySecret(path: string): string | undefined {
  const parts = path.split(sep);
  if (parts.some((part) => part.startsWith('.'))) {
    return 'is in a hidden folder, or hidden itself (a name that starts with a dot)';
  }
  return keyNames.test(parts.at(-1) ?? '') ? 'looks like a key file by its name' : undefined;
}

const realOrSame = (folder: string): Promise<string> => realpath(folder).catch(() => resolve(folder));

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
