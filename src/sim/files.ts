import { createHash } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import { probeMedia } from './media-probe.ts';
import type { FileEntry, MediaRow, PhoneFaults, PhoneFiles } from './parts.ts';
import { systemFiles } from './system-files.ts';

export interface SimFilesOptions {
  clock: Clock;
  /** Asked for `disk-full`. */
  faults?: Pick<PhoneFaults, 'isOn'>;
  /** Room for files in bytes. Default 64 GB. */
  capacityBytes?: number;
}

interface File {
  kind: 'file';
  content: Uint8Array;
  mode: number;
  mtime: number;
}
interface Folder {
  kind: 'dir';
  children: Map<string, File | Folder>;
  mode: number;
  mtime: number;
}

export const storageRoot = '/storage/emulated/0';
const otherNames = ['/sdcard', '/storage/self/primary', '/mnt/sdcard', '/mnt/user/0/primary'];
const folders = [
  '/apex /cache /config /data/app /data/data /data/local /data/misc /dev /mnt /proc /product /sys /system/bin /system/app /vendor',
  '/system_ext /odm',
].flatMap((line) => line.split(' '));
const publicFolders =
  'Alarms Android/data Android/media Android/obb Audiobooks DCIM/Camera Documents Download Movies Music Notifications Pictures Podcasts Recordings Ringtones'.split(
    ' ',
  );
const S_IFDIR = 0o040_000;
const S_IFREG = 0o100_000;
const S_IFLNK = 0o120_000;

/** One spelling per place: dots resolved, `/sdcard` and its like turned into `/storage/emulated/0`. */
export function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const plain = `/${segments.join('/')}`;
  const alias = otherNames.find((name) => plain === name || plain.startsWith(`${name}/`));
  return alias ? storageRoot + plain.slice(alias.length) : plain;
}

/** The file tree of one phone and the media rows that scans made of it. Content lives in memory. */
export class SimFiles implements PhoneFiles {
  readonly capacityBytes: number;
  readonly #clock: Clock;
  readonly #faults: Pick<PhoneFaults, 'isOn'> | undefined;
  readonly #root: Folder;
  readonly #rows = new Map<number, MediaRow>();
  #nextRow = 1_000_000_033;
  #usedBytes = 0;

  constructor({ clock, faults, capacityBytes = 64e9 }: SimFilesOptions) {
    this.#clock = clock;
    this.#faults = faults;
    this.capacityBytes = capacityBytes;
    this.#root = this.#folder();
    for (const path of folders) this.#makeFolder(path);
    this.mkdir('/data/local/tmp');
    for (const [path, text] of Object.entries(systemFiles)) {
      const parent = this.#makeFolder(path.slice(0, path.lastIndexOf('/')));
      const file: File = { kind: 'file', content: Buffer.from(text), mode: 0o444, mtime: this.#seconds() };
      parent.children.set(path.slice(path.lastIndexOf('/') + 1), file);
    }
    for (const name of publicFolders) this.mkdir(`${storageRoot}/${name}`);
  }

  get freeBytes(): number {
    return this.#faults?.isOn('disk-full') ? 0 : Math.max(0, this.capacityBytes - this.#usedBytes);
  }

  stat(path: string): FileEntry | undefined {
    const node = this.#find(path);
    return node && entryOf(path, node);
  }

  list(path: string): FileEntry[] | undefined {
    const node = this.#find(path);
    if (node?.kind !== 'dir') return undefined;
    const base = path.replace(/\/+$/, '');
    const entries = [...node.children].map(([name, child]) => entryOf(`${base}/${name}`, child));
    if (canonicalPath(path) === '/') {
      entries.push({ path: '/sdcard', kind: 'link', mode: S_IFLNK | 0o644, bytes: 21, mtime: node.mtime });
    }
    return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  read(path: string): Uint8Array | undefined {
    const node = this.#find(path);
    return node?.kind === 'file' ? node.content : undefined;
  }

  write(path: string, content: Uint8Array, options: { mode?: number; mtime?: number } = {}): void {
    const full = canonicalPath(path);
    const earlier = this.#find(full);
    if (earlier?.kind === 'dir') throw new Error('Is a directory');
    refuseForeign(full);
    const earlierBytes = earlier?.content.length ?? 0;
    if (content.length > this.freeBytes + (this.#faults?.isOn('disk-full') ? 0 : earlierBytes)) {
      throw new Error('No space left on device');
    }
    const parent = this.#makeFolder(full.slice(0, full.lastIndexOf('/')));
    this.#usedBytes += content.length - earlierBytes;
    parent.children.set(full.slice(full.lastIndexOf('/') + 1), {
      kind: 'file',
      content,
      mode: (options.mode ?? 0o660) & 0o7777,
      mtime: options.mtime ?? this.#seconds(),
    });
  }

  mkdir(path: string): void {
    const full = canonicalPath(path);
    refuseForeign(full);
    this.#makeFolder(full);
  }

  remove(path: string, options: { recursive?: boolean } = {}): boolean {
    const full = canonicalPath(path);
    const node = this.#find(full);
    const parent = this.#find(full.slice(0, full.lastIndexOf('/')) || '/');
    if (!node || parent?.kind !== 'dir' || node === this.#root) return false;
    refuseForeign(full);
    if (node.kind === 'dir' && node.children.size > 0 && !options.recursive) throw new Error('Directory not empty');
    this.#usedBytes -= sizeOf(node);
    return parent.children.delete(full.slice(full.lastIndexOf('/') + 1));
  }

  scan(path: string): string | undefined {
    const full = canonicalPath(path);
    const node = this.#find(full);
    for (const row of this.#rows.values()) {
      const isBelow = row.path === full || row.path.startsWith(`${full}/`);
      if (isBelow && this.#find(row.path)?.kind !== 'file') this.#rows.delete(row.id);
    }
    if (node?.kind === 'file') return this.#scanFile(full, node);
    if (node?.kind === 'dir') {
      for (const name of node.children.keys()) this.scan(`${full}/${name}`);
    }
    return undefined;
  }

  media(kind?: 'video' | 'image'): readonly MediaRow[] {
    return [...this.#rows.values()].filter((row) => !kind || row.kind === kind);
  }

  mediaRow(uriOrPath: string): MediaRow | undefined {
    const [, id] = /^content:\/\/media\/.*\/(\d+)$/.exec(uriOrPath) ?? [];
    if (id) return this.#rows.get(Number(id));
    const path = canonicalPath(uriOrPath.replace(/^file:\/\//, ''));
    return this.media().find((row) => row.path === path);
  }

  removeMedia(id: number): boolean {
    return this.#rows.delete(id);
  }

  #scanFile(path: string, file: File): string | undefined {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const known = this.mediaRow(path);
    // A file of size zero, one outside shared storage, or one below a .nomedia is no gallery's business.
    const isShown = file.content.length > 0 && path.startsWith(`${storageRoot}/`) && !this.#isHidden(path);
    const facts = isShown ? probeMedia(name, file.content) : undefined;
    if (!facts) {
      if (known) this.#rows.delete(known.id);
      return undefined;
    }
    const row: MediaRow = {
      id: known?.id ?? this.#nextRow++,
      ...facts,
      path,
      name,
      bytes: file.content.length,
      dateAdded: known?.dateAdded ?? this.#seconds(),
      sha256: createHash('sha256').update(file.content).digest('hex'),
    };
    this.#rows.set(row.id, row);
    return mediaUri(row);
  }

  #isHidden(path: string): boolean {
    const segments = path.split('/').slice(1);
    return segments.some(
      (segment, at) =>
        segment.startsWith('.') || this.#find(`/${segments.slice(0, at).join('/')}/.nomedia`)?.kind === 'file',
    );
  }

  #find(path: string): File | Folder | undefined {
    let node: File | Folder | undefined = this.#root;
    for (const segment of canonicalPath(path).split('/')) {
      if (segment === '') continue;
      node = node?.kind === 'dir' ? node.children.get(segment) : undefined;
    }
    return node;
  }

  #makeFolder(path: string): Folder {
    let node = this.#root;
    for (const segment of path.split('/')) {
      if (segment === '') continue;
      let child: File | Folder | undefined = node.children.get(segment);
      if (child?.kind === 'file') throw new Error('Not a directory');
      if (!child) {
        child = this.#folder();
        node.children.set(segment, child);
      }
      node = child;
    }
    return node;
  }

  #folder(): Folder {
    return { kind: 'dir', children: new Map(), mode: 0o771, mtime: this.#seconds() };
  }

  #seconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }
}

/** The shell user writes to shared storage and to its own corner of /data; the rest is not its to change. */
function refuseForeign(path: string): void {
  if (['/storage/emulated/0', '/data/local/tmp'].some((root) => path === root || path.startsWith(`${root}/`))) return;
  throw new Error(path.startsWith('/data/') ? 'Permission denied' : 'Read-only file system');
}

export function mediaUri(row: MediaRow): string {
  return `content://media/external_primary/${row.kind === 'video' ? 'video' : 'images'}/media/${row.id}`;
}

function sizeOf(node: File | Folder): number {
  if (node.kind === 'file') return node.content.length;
  return [...node.children.values()].reduce((sum, child) => sum + sizeOf(child), 0);
}

function entryOf(path: string, node: File | Folder): FileEntry {
  if (node.kind === 'dir') return { path, kind: 'dir', mode: S_IFDIR | node.mode, bytes: 4096, mtime: node.mtime };
  return { path, kind: 'file', mode: S_IFREG | node.mode, bytes: node.content.length, mtime: node.mtime };
}
