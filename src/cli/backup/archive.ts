import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tarEnd, tarHeader, tarPadding } from '../../base/tar.ts';

/**
 * What a backup holds, in this order: `manifest.json`, `drover.db` (a copy of one moment), `host-id`, media, traces, and
 * last `sha256sums`, by which a restore knows that nothing is missing. The key of sealed secrets is left out: whoever has
 * the backup cannot read them.
 */
export interface Manifest {
  format: 1;
  drover: string;
  /** ISO 8601. */
  created_at: string;
  has_media: boolean;
  has_traces: boolean;
}

export const manifestName = 'manifest.json';
export const databaseName = 'drover.db';
export const sumsName = 'sha256sums';

/** Names of files that belong into a backup; a restore takes no others, so nothing in an archive is a path of its choice. */
export const backedUp: readonly RegExp[] = [
  /^drover\.db$/,
  /^host-id$/,
  /^media\/[0-9a-f]{2}\/[0-9a-f]{64}(\.[a-z0-9]{1,5})?$/,
  /^traces\/[1-9]\d{0,15}\/[1-9]\d{0,8}\/[a-z0-9][a-z0-9.-]{0,60}$/,
];

export interface FileToPack {
  name: string;
  path: string;
}

/** Files of a folder of the data folder, deep, in order; only those that belong into a backup. */
export async function listFiles(dataFolder: string, folder: string): Promise<FileToPack[]> {
  const found = await readdir(join(dataFolder, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { path, name: path.slice(dataFolder.length + 1).replaceAll('\\', '/') };
    })
    .filter(({ name }) => backedUp.some((pattern) => pattern.test(name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export interface Packed {
  files: number;
  bytes: number;
  /** Files that went away before they were read: deleted at this moment. */
  gone: string[];
}

/** The bytes of an archive, one chunk at a time. `packed` is filled in on the way. */
export async function* packBackup(
  manifest: Manifest,
  files: readonly FileToPack[],
  packed: Packed,
): AsyncGenerator<Uint8Array> {
  const at = Date.parse(manifest.created_at);
  const sums: string[] = [];
  const text = function* (name: string, content: string): Generator<Uint8Array> {
    const bytes = Buffer.from(content);
    yield tarHeader({ name, bytes: bytes.length }, at);
    yield bytes;
    yield tarPadding(bytes.length);
  };
  yield* text(manifestName, `${JSON.stringify(manifest, null, 2)}\n`);
  for (const { name, path } of files) {
    const facts = await stat(path).catch(() => undefined);
    if (!facts) {
      packed.gone.push(name);
      continue;
    }
    yield tarHeader({ name, bytes: facts.size }, facts.mtimeMs);
    const hash = createHash('sha256');
    // a trace may grow meanwhile: as long as its header says, and no longer
    let left = facts.size;
    for await (const chunk of left === 0 ? [] : createReadStream(path, { end: left - 1 })) {
      const bytes = chunk as Buffer;
      hash.update(bytes);
      left -= bytes.length;
      yield bytes;
    }
    if (left > 0) throw new Error(`${path} became shorter while it was read`);
    yield tarPadding(facts.size);
    sums.push(`${hash.digest('hex')}  ${name}`);
    packed.files += 1;
    packed.bytes += facts.size;
  }
  yield* text(sumsName, `${sums.join('\n')}\n`);
  yield tarEnd();
}
