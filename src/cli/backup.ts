import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { systemClock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import { loadConfig } from '../config.ts';
import { version } from '../main.ts';
import { copyDatabase } from '../store/snapshot.ts';
import { databaseName, listFiles, type Manifest, type Packed, packBackup } from './backup/archive.ts';
import { sizeText } from './backup/size-text.ts';

export interface BackupFlags {
  data?: string;
  config?: string;
  /** `--no-media`, `--no-traces`. */
  media: boolean;
  traces: boolean;
  force?: boolean;
}

/**
 * `drover backup FILE`: one archive of the data folder, also while a server runs on it. It is written beside its place and
 * moved there when it is whole.
 */
export async function backup(file: string, { media, traces, force = false, ...flags }: BackupFlags): Promise<void> {
  const { data } = loadConfig({ ...flags }).config;
  const target = resolve(file);
  const database = join(data, databaseName);
  if (!existsSync(database)) {
    throw new DroverError('input.invalid', {
      message: `${data} holds no database, so there is nothing to back up; name the folder with --data ("drover config show" tells which one the server uses)`,
    });
  }
  if (existsSync(target) && !force) {
    throw new DroverError('input.invalid', { message: `${target} exists: choose another name, or give --force` });
  }
  const snapshot = `${target}.part.db`;
  const part = `${target}.part`;
  await rm(snapshot, { force: true });
  try {
    copyDatabase(database, snapshot);
    const manifest: Manifest = {
      format: 1,
      drover: version,
      created_at: new Date(systemClock.now()).toISOString(),
      has_media: media,
      has_traces: traces,
    };
    // after the snapshot: whatever it names was there before, and stays unless somebody deletes it now
    const files = [
      { name: databaseName, path: snapshot },
      { name: 'host-id', path: join(data, 'host-id') },
      ...(media ? await listFiles(data, 'media') : []),
      ...(traces ? await listFiles(data, 'traces') : []),
    ];
    const packed: Packed = { files: 0, bytes: 0, gone: [] };
    const content = Readable.from(packBackup(manifest, files, packed));
    const out = createWriteStream(part, { mode: 0o600, flush: true });
    if (/\.(gz|tgz)$/i.test(target)) await pipeline(content, createGzip({ level: 6 }), out);
    else await pipeline(content, out);
    await rename(part, target);
    const left = [...(media ? [] : ['media']), ...(traces ? [] : ['traces'])];
    say(
      `${target}: ${packed.files} files, ${sizeText(packed.bytes)}${left.length > 0 ? ` (without ${left.join(' and ')})` : ''}`,
    );
    if (packed.gone.length > 0) say(`${packed.gone.length} files were deleted while the backup was made.`);
    say(
      'The key of stored secrets (seal.key) is not in it: keep it elsewhere, or enter the secrets again after a restore.',
    );
  } catch (thrown) {
    throw fromDisk(thrown, target);
  } finally {
    await rm(part, { force: true });
    await rm(snapshot, { force: true });
    await rm(`${snapshot}-journal`, { force: true });
  }
}

function fromDisk(thrown: unknown, target: string): unknown {
  const code: unknown = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ENOSPC') {
    return new DroverError('server.disk-full', {
      message: `${target}: the disk is full; nothing was kept`,
      cause: thrown,
    });
  }
  if (['ENOENT', 'EACCES', 'ENOTDIR', 'EROFS', 'EPERM'].includes(String(code))) {
    return new DroverError('input.invalid', { message: `${target} cannot be written: ${String(code)}`, cause: thrown });
  }
  return thrown;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
