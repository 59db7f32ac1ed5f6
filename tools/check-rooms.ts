/** Fails when a file imports what its room may not (tools/rooms.ts), when files import each other in a ring, or when a file re-exports. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { outside, rooms } from './rooms.ts';

const root = join(import.meta.dirname, '..');
const importPattern =
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;
const reExportPattern = /^\s*export\s+(?:type\s+)?(?:\*|\{[^}]*\})[^;\n]*\bfrom\b/m;

interface Place {
  room: string;
  /** `room/file` without the ending, for rules that name one file. */
  file: string;
  /** Second folder level: `tiktok` in `apps/tiktok`. */
  part: string;
}

export function placeOf(path: string): Place | undefined {
  const [top = '', room = '', ...rest] = path.split('/');
  if (top in outside) return { room: top, file: path, part: '' };
  if (top !== 'src' || rest.length === 0) return undefined;
  return {
    room,
    file: `${room}/${rest.join('/').replace(/\.tsx?$/, '')}`,
    part: rest.length > 1 ? (rest[0] ?? '') : '',
  };
}

/** Says what is wrong with `from` importing `to` (paths from the repository's root), or undefined. */
export function faultOf(from: string, to: string): string | undefined {
  const here = placeOf(from);
  const there = placeOf(to);
  const isTest = /\.test\.tsx?$/.test(from);
  if (!here || here.room === 'cli') return undefined;
  if (!there) {
    if (isTest && to.startsWith('test/')) return undefined;
    return `${from} imports ${to}, which is in no room`;
  }
  if (there.room === here.room) {
    if (here.room === 'apps' && here.part && there.part && here.part !== there.part)
      return `${from} imports another app: ${to}`;
    return undefined;
  }
  const allowed = rooms[here.room] ?? outside[here.room];
  if (!allowed) return `${from}: "${here.room}" is not a room of tools/rooms.ts`;
  if (allowed.includes(there.room) || allowed.includes(there.file)) return undefined;
  return `${from} imports ${to}: room "${here.room}" may import ${allowed.join(', ') || 'nothing of ours'}`;
}

function findRing(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const walk = (file: string, trail: string[]): string[] | undefined => {
    const at = trail.indexOf(file);
    if (at >= 0) return [...trail.slice(at), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const ring = walk(next, [...trail, file]);
      if (ring) return ring;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const ring = walk(file, []);
    if (ring) return ring;
  }
  return undefined;
}

function main(): number {
  const files = globSync('{src,console,client,test,bench,tools}/**/*.{ts,tsx}', { cwd: root }).map((file) =>
    file.split(sep).join('/'),
  );
  const faults: string[] = [];
  const graph = new Map<string, string[]>();
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    if (reExportPattern.test(text)) faults.push(`${file} re-exports; import the file that owns the name`);
    const imports: string[] = [];
    for (const match of text.matchAll(importPattern)) {
      const target = match[1] ?? match[2] ?? match[3] ?? '';
      if (!target.startsWith('.')) continue;
      const to = relative(root, join(root, dirname(file), target))
        .split(sep)
        .join('/');
      if (!existsSync(join(root, to)))
        faults.push(`${file} imports ${target}, which does not exist (write the ending .ts)`);
      if (to.endsWith('.ts') || to.endsWith('.tsx')) imports.push(to);
      const fault = faultOf(file, to);
      if (fault) faults.push(fault);
    }
    graph.set(file, imports);
  }
  const ring = findRing(graph);
  if (ring) faults.push(`files import each other in a ring: ${ring.join(' → ')}`);
  for (const fault of faults) console.error(fault);
  console.log(`rooms: ${files.length} files, ${faults.length} faults`);
  return faults.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main();
