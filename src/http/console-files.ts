import { createHash } from 'node:crypto';
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** One built file of the console, held in memory. */
export interface ConsoleFile {
  mime: string;
  content: Buffer;
  /** Absent where it would not be smaller. */
  gzip?: Buffer;
  etag: string;
  /** Its name changes with its content, so it may be kept for ever. */
  isHashed: boolean;
}

/** `index.html` aside, which is sent with a nonce of its own each time. */
export interface ConsoleBuild {
  index: string;
  files: ReadonlyMap<string, ConsoleFile>;
}

const mimes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const worthPacking = /^(text\/|application\/(json|manifest|wasm)|image\/svg)/;

/**
 * What the build left in a folder. Only names that were found there can be asked for: a path from outside never becomes a
 * path on disk. A new build is noticed by its `index.html`, which a build writes last.
 */
export class ConsoleFolder {
  readonly #folder: string;
  #stamp = '';
  #build: ConsoleBuild | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined while nothing is built. */
  current(): ConsoleBuild | undefined {
    const stamp = this.#stampOf();
    if (stamp !== this.#stamp) {
      this.#build = stamp === '' ? undefined : this.#read();
      this.#stamp = stamp;
    }
    return this.#build;
  }

  #stampOf(): string {
    const stat = statSync(join(this.#folder, 'index.html'), { throwIfNoEntry: false });
    return stat?.isFile() ? `${stat.mtimeMs}:${stat.size}:${stat.ino}` : '';
  }

  #read(): ConsoleBuild {
    const found = readdirSync(this.#folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const files = found.map((entry): [string, ConsoleFile] => [this.#urlOf(entry), readFile(this.#folder, entry)]);
    const index = readFileSync(join(this.#folder, 'index.html'), 'utf8');
    return { index, files: new Map(files.filter(([url]) => url !== '/index.html')) };
  }

  #urlOf({ parentPath, name }: Dirent): string {
    return `/${relative(this.#folder, join(parentPath, name)).split(sep).join('/')}`;
  }
}

function readFile(folder: string, { parentPath, name }: Dirent): ConsoleFile {
  const path = join(parentPath, name);
  const content = readFileSync(path);
  const mime = mimes[extname(name).toLowerCase()] ?? 'application/octet-stream';
  const gzip = worthPacking.test(mime) && content.length > 1024 ? gzipSync(content, { level: 9 }) : undefined;
  return {
    mime,
    content,
    ...(gzip && gzip.length < content.length && { gzip }),
    etag: `"${createHash('sha256').update(content).digest('base64url')}"`,
    // Vite puts what it names by content into this folder, and nothing else.
    isHashed: relative(folder, parentPath) === 'assets' && /-[\w-]{8,}\.\w+(\.map)?$/.test(name),
  };
}
