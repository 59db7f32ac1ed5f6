import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import sharp from 'sharp';
import { DroverError } from '../base/error.ts';
import type { Failure } from '../contract/task.ts';
import type { Trace } from '../contract/trace.ts';
import type { ExportedFile, ExportedTrace } from '../contract/trace-export.ts';
import type { TraceFile } from './files.ts';

export interface TraceToExport {
  taskId: number;
  /** What the task is called in the page. */
  scriptName: string;
  failure: Failure | undefined;
  trace: Trace;
  /** ISO 8601. */
  exportedAt: string;
  openFile(name: string): Promise<TraceFile | undefined>;
}

export interface ViewerFiles {
  script: string;
  style: string;
}

/** A reader wants to recognise the screen, not to count its pixels. */
const pictureHeight = 1_000;
const pack = promisify(gzip);

/** The build of the viewer. Throws `input.not-found` when there is none. */
export async function readViewer(folder: string): Promise<ViewerFiles> {
  try {
    const [script, style] = await Promise.all([
      readFile(join(folder, 'viewer.js'), 'utf8'),
      readFile(join(folder, 'viewer.css'), 'utf8'),
    ]);
    return { script, style };
  } catch (cause) {
    throw new DroverError('input.not-found', {
      message: 'the viewer of traces is not built yet: run "npm run build" where the server is installed',
      cause,
    });
  }
}

/**
 * The trace as one page that opens from disk without a network: viewer, pictures and hierarchies inside. What came from a
 * phone stands in it as data only, packed, never as markup; the page may run and style itself with what it was made of.
 */
export async function exportTrace(source: TraceToExport, viewer: ViewerFiles): Promise<string> {
  const exported: ExportedTrace = {
    task_id: source.taskId,
    script_name: source.scriptName,
    exported_at: source.exportedAt,
    failure: source.failure ?? null,
    trace: source.trace,
    files: await collectFiles(source),
  };
  const data = (await pack(JSON.stringify(exported))).toString('base64');
  const script = inline(viewer.script, 'script');
  const style = inline(viewer.style, 'style');
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Drover: task ${source.taskId}</title>
<style>${style}</style>
</head>
<body>
<div id="root"></div>
<script type="application/octet-stream" id="trace">${data}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** What would end the element early is spelled differently; it means the same. */
const inline = (text: string, element: 'script' | 'style'): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(new RegExp(`</(?=${element})`, 'gi'), '<\\/')
    .replaceAll('<!--', '<\\!--');

async function collectFiles({ trace, openFile }: TraceToExport): Promise<Record<string, ExportedFile>> {
  const files: Record<string, ExportedFile> = {};
  for (const name of namesOf(trace)) {
    const file = await openFile(name);
    const packed = file && (await packFile(file));
    if (packed) files[name] = packed;
  }
  return files;
}

function namesOf(trace: Trace): Set<string> {
  const steps = trace.attempts.flatMap((attempt) => attempt.steps);
  return new Set(steps.flatMap(({ picture, hierarchy }) => [picture, hierarchy]).filter((name) => name !== null));
}

/** Undefined for a picture that a crash has cut. */
async function packFile({ mime, content }: TraceFile): Promise<ExportedFile | undefined> {
  if (!mime.startsWith('image/')) return { text: Buffer.from(content).toString('utf8') };
  try {
    const { width, height } = await sharp(content).metadata();
    const small = await sharp(content)
      .resize({ height: pictureHeight, withoutEnlargement: true })
      .webp({ quality: 75 })
      .toBuffer();
    return { picture: small.toString('base64'), width, height };
  } catch {
    return undefined; // the page draws the hierarchy instead
  }
}
