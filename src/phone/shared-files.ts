import type { Readable } from 'node:stream';
import type { AdbDevice } from '../adb/device.ts';
import type { RemoteEntry } from '../adb/sync.ts';
import type { Ctx } from '../base/context.ts';
import { DroverError, toDroverError } from '../base/error.ts';
import { askForIndex } from './media-index.ts';

/** Where people's files lie: pictures, downloads, documents. Nothing else of a phone is read or written here. */
const root = '/sdcard';
/** The same place as Android itself writes it. */
const indexedRoot = '/storage/emulated/0';
/** adbd takes 1,024 bytes; room is left for the name of a file. */
const longestPathBytes = 760;
/** Of one name, by the file system. */
const longestNameBytes = 255;
/** Who has more in one folder looks for them in another way. */
const mostEntries = 5_000;
/** A slow line takes as long as it takes; this ends what has stopped for good. */
const transferLimitMs = 60 * 60_000;

export interface SharedFolder {
  path: string;
  /** Folders first, each by name. */
  entries: (RemoteEntry & { path: string })[];
  /** False: there are more than are shown. */
  isWhole: boolean;
}

/** One spelling for a path of shared storage. Throws `input.invalid` for any other place, and for steps upwards. */
export function sharedPath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const plain = `/${segments.join('/')}`;
  const own = [root, indexedRoot].find((known) => plain === known || plain.startsWith(`${known}/`));
  if (own === undefined || !path.startsWith('/') || segments.includes('..') || hasControls(path)) {
    throw invalid('path', `files are read and written below ${root} alone, and a path goes straight down`);
  }
  const shared = root + plain.slice(own.length);
  if (Buffer.byteLength(shared) > longestPathBytes) throw invalid('path', 'the path is too long for a phone');
  return shared;
}

/** Throws `input.invalid` for what is no plain name of a file: a name leads nowhere. */
export function fileName(name: string): string {
  const isPlain = name !== '' && name !== '.' && name !== '..' && !/[/\\]/.test(name) && !hasControls(name);
  if (!isPlain) throw invalid('name', 'a name has no slashes and no control characters, and is neither . nor ..');
  if (Buffer.byteLength(name) > longestNameBytes) {
    throw invalid('name', `a name has at most ${longestNameBytes} bytes`);
  }
  return name;
}

/** Throws `input.not-found` when it is no folder. */
export async function listFolder(ctx: Ctx, device: AdbDevice, folder: string): Promise<SharedFolder> {
  const path = sharedPath(folder);
  await needFolder(ctx, device, path);
  const found = await device.list(ctx, `${path}/`, { limit: mostEntries + 1 });
  const entries = found.slice(0, mostEntries).map((entry) => ({ ...entry, path: `${path}/${entry.name}` }));
  return { path, entries: entries.sort(byKindAndName), isWhole: found.length <= mostEntries };
}

export interface NewFile {
  /** Must be there. */
  folder: string;
  name: string;
  content: AsyncIterable<Uint8Array>;
  /** A file of that name may be overwritten. */
  replaces: boolean;
}

/**
 * Writes what comes into a file, as it comes; when it breaks off nothing stays behind. Throws `input.not-found` for the
 * folder, `conflict.name` for a name that is taken, `phone.file-refused` with the phone's own words.
 */
export async function putFile(ctx: Ctx, device: AdbDevice, file: NewFile): Promise<{ path: string; bytes: number }> {
  const folder = sharedPath(file.folder);
  const path = `${folder}/${fileName(file.name)}`;
  await needFolder(ctx, device, folder);
  const there = await device.stat(ctx, path);
  if (there && there.kind !== 'file') {
    throw new DroverError('conflict.name', { message: `${path} is there already and is no file` });
  }
  if (there && !file.replaces) throw new DroverError('conflict.name', { message: `${path} is there already` });
  const { bytes } = await device.send(ctx, file.content, path, { timeoutMs: transferLimitMs });
  await showInGalleries(ctx, device, path);
  return { path, bytes };
}

/** The content of a file, read as fast as the stream is. Throws `input.not-found`, `phone.file-refused`. */
export async function openFile(
  ctx: Ctx,
  device: AdbDevice,
  file: string,
): Promise<{ name: string; content: Readable }> {
  const path = sharedPath(file);
  const there = await device.stat(ctx, path);
  if (!there) throw missing(path);
  if (there.kind !== 'file') throw invalid('path', `${path} is no file`);
  return { name: path.slice(path.lastIndexOf('/') + 1), content: await device.pull(ctx, path) };
}

/** Removes a file, or a folder that is empty. Throws `input.not-found`, `phone.file-refused`. */
export async function removeFile(ctx: Ctx, device: AdbDevice, file: string): Promise<string> {
  const path = sharedPath(file);
  if (path === root) throw invalid('path', `${root} itself stays`);
  const there = await device.stat(ctx, path);
  if (!there) throw missing(path);
  // The file protocol of adb cannot remove; each argument arrives as one, whatever it holds.
  const argv = there.kind === 'folder' ? ['rmdir', path] : ['rm', '-f', path];
  const { exitCode, stdout, stderr } = await device.shell(ctx, argv);
  if (exitCode !== 0) {
    const why = (stderr || stdout).trim().split('\n').at(-1) ?? '';
    throw new DroverError('phone.file-refused', { message: why || `${path} was not removed`, details: { path } });
  }
  await showInGalleries(ctx, device, path);
  return path;
}

/** The file is there, or gone, whether or not the galleries have noticed. */
async function showInGalleries(ctx: Ctx, device: AdbDevice, path: string): Promise<void> {
  try {
    await askForIndex(ctx, device, indexedRoot + path.slice(root.length));
  } catch (thrown) {
    ctx.signal.throwIfAborted();
    ctx.log.info({ serial: device.serial, error: toDroverError(thrown) }, 'a file was not shown to the galleries');
  }
}

async function needFolder(ctx: Ctx, device: AdbDevice, path: string): Promise<void> {
  const there = await device.stat(ctx, `${path}/`);
  if (there?.kind !== 'folder') throw missing(path, 'folder');
}

function byKindAndName(a: RemoteEntry, b: RemoteEntry): number {
  const rank = ({ kind }: RemoteEntry): number => Number(kind !== 'folder');
  return rank(a) - rank(b) || (a.name < b.name ? -1 : 1);
}

/** C0, DEL and C1: none is meant, and some would end a line of the phone's answers. */
const hasControls = (text: string): boolean => /\p{Cc}/u.test(text);

const missing = (path: string, what = 'file'): DroverError =>
  new DroverError('input.not-found', { message: `there is no ${what} ${path} on this phone` });

const invalid = (path: string, message: string): DroverError =>
  new DroverError('input.invalid', { message, details: { path } });
