import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { MediaKind } from '../store/media.ts';
import { byNumberThenName } from './name.ts';
import { fromFileSystem, missing } from './problem.ts';
import { type MediaRoots, resolveMedia } from './roots.ts';

export interface FolderFile {
  path: string;
  name: string;
  /** Changes when the file does: tells it from another one of the same name without reading it. */
  mark: string;
}

export interface FolderContent {
  /** That the files are from: the account's own, or the root. */
  folder: string;
  /** By number, then by name. */
  files: FolderFile[];
  /** Spintax of `caption.txt`, for whatever is posted from this folder. */
  caption: string | undefined;
  /** Lines of `sound_urls.txt` and of `sound_names.txt`, to be used in turn. */
  soundLinks: readonly string[];
  soundNames: readonly string[];
}

const endings: Readonly<Record<MediaKind, readonly string[]>> = {
  video: ['.mp4', '.mov', '.m4v', '.webm', '.mkv'],
  image: ['.jpg', '.jpeg', '.png', '.webp'],
};

/** More is no caption, and no list of sounds. */
const textBytes = 64 * 1024;

/**
 * A folder of media as operators lay it out: `<root>/@username/…` with the account's own files, else the files of the root.
 * Nothing in it is ever changed. Throws `media.missing`, `media.outside-roots`.
 */
export async function readMediaFolder(
  root: string,
  { kind, username }: { kind: MediaKind; username?: string | undefined },
  roots: MediaRoots,
): Promise<FolderContent> {
  const folder = await folderFor(await resolveMedia(root, roots), root, username, roots);
  const entries = await namesIn(folder, root);
  const files: FolderFile[] = [];
  for (const name of entries) {
    if (name.startsWith('.') || !endings[kind].includes(extname(name).toLowerCase())) continue;
    const path = join(folder, name);
    const facts = await stat(path).catch(() => undefined); // gone since it was listed, or a link to nowhere
    if (facts?.isFile()) files.push({ path, name, mark: `${path}|${facts.size}|${Math.round(facts.mtimeMs)}` });
  }
  files.sort(byNumberThenName);
  const textOf = async (wanted: string): Promise<string | undefined> => {
    const name = entries.find((entry) => entry.toLowerCase() === wanted);
    return name === undefined ? undefined : readText(join(folder, name), roots);
  };
  return {
    folder,
    files,
    caption: await textOf('caption.txt'),
    soundLinks: linesOf(await textOf('sound_urls.txt')),
    soundNames: linesOf(await textOf('sound_names.txt')),
  };
}

const linesOf = (text = ''): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

async function folderFor(real: string, root: string, username: string | undefined, roots: MediaRoots): Promise<string> {
  const entries = await namesIn(real, root);
  const wanted = username === undefined ? undefined : `@${username.replace(/^@/, '').toLowerCase()}`;
  const own = entries.find((name) => name.toLowerCase() === wanted);
  if (own === undefined) return real;
  const folder = await resolveMedia(join(real, own), roots);
  return (await stat(folder)).isDirectory() ? folder : real;
}

async function namesIn(folder: string, called: string): Promise<string[]> {
  try {
    if (!(await stat(folder)).isDirectory()) {
      throw missing(
        called,
        'is a file, not a folder',
        'name its folder in material_path, or the file in material_list',
      );
    }
    return await readdir(folder);
  } catch (cause) {
    throw fromFileSystem(called, cause);
  }
}

/** Undefined when it is empty. It becomes public, so a link that leads out of the allowed folders is refused. */
async function readText(path: string, roots: MediaRoots): Promise<string | undefined> {
  const real = await resolveMedia(path, roots);
  try {
    const facts = await stat(real); // before it is opened: a pipe would wait for a writer
    if (!facts.isFile() || facts.size > textBytes) {
      throw missing(path, `is no text of at most ${textBytes / 1024} KiB`, 'shorten or remove it');
    }
    const text = new TextDecoder('utf-8').decode(await readFile(real));
    const plain = text.replaceAll('\r\n', '\n').trim();
    return plain === '' ? undefined : plain;
  } catch (cause) {
    throw fromFileSystem(path, cause);
  }
}
