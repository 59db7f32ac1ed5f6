import type { ExportedTrace } from '../../src/contract/trace-export.ts';
import type { TraceFiles, TracePicture } from './files.tsx';

/** gzip of JSON in base64 → the trace. */
export async function unpack(data: string): Promise<ExportedTrace> {
  const stream = new Blob([bytesOf(data.trim())]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as ExportedTrace;
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** The files that an exported page carries. */
export class PageFiles implements TraceFiles {
  readonly #files: ExportedTrace['files'];
  readonly #pictures = new Map<string, TracePicture>();

  constructor({ files }: Pick<ExportedTrace, 'files'>) {
    this.#files = files;
  }

  async picture(name: string): Promise<TracePicture> {
    const known = this.#pictures.get(name);
    if (known) return known;
    const file = this.#files[name];
    if (!file || !('picture' in file)) throw new Error(`no picture ${name}`);
    const blob = new Blob([bytesOf(file.picture)], { type: 'image/webp' });
    const picture = { url: URL.createObjectURL(blob), width: file.width, height: file.height };
    this.#pictures.set(name, picture);
    return picture;
  }

  async hierarchy(name: string): Promise<string> {
    const file = this.#files[name];
    if (!file || !('text' in file)) throw new Error(`no hierarchy ${name}`);
    return file.text;
  }
}
