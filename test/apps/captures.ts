/**
 * Hierarchies captured from real phones, with what a person read on them. They live outside the repository: a folder named
 * by DROVER_CAPTURES, or one beside the clone.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Hierarchy, parseHierarchy } from '../../src/phone/hierarchy.ts';

export type Box = [left: number, top: number, right: number, bottom: number];

export interface ElementLabel {
  bounds: Box;
  /** Null: it cannot be tapped on this capture. */
  tap: Box | null;
  alt_taps?: Box[];
  /** Why it is doubtful. */
  unsure?: string | boolean;
}

/** One entry of a list: its text fields, and boxes under names that end in `tap`. */
export type RowLabel = Readonly<Record<string, string | Box | boolean | null>>;

export interface CaptureLabel {
  app: string;
  package: string;
  package_in_tree: boolean;
  screen: string;
  screen_also?: string[];
  language: string | null;
  blocking: boolean | null;
  state?: Record<string, string | number | boolean | null>;
  elements: Record<string, ElementLabel | RowLabel[] | null>;
  unsure?: string | boolean;
}

export interface Captures {
  /** Finer screen → the coarser one that it is a form of. */
  parents: Record<string, string>;
  files: Record<string, CaptureLabel>;
}

export interface Capture {
  readonly name: string;
  readonly label: CaptureLabel;
  /** Nothing was left out of the tree: what is not in it was not on the screen. */
  readonly isFull: boolean;
  readonly xml: string;
}

export const capturesFolder = process.env.DROVER_CAPTURES ?? join(import.meta.dirname, '../../../shared/dumps');

/** Undefined where there are none. */
export function readLabels(): Captures | undefined {
  const file = join(capturesFolder, 'labels.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Captures) : undefined;
}

/** All captures of which a person is sure; empty where there are none. */
export function readCaptures(): Capture[] {
  const fidelity = readFidelity();
  return Object.entries(readLabels()?.files ?? {})
    .filter(([, label]) => !label.unsure)
    .map(([name, label]) => ({
      name,
      label,
      isFull: /^full/.test(fidelity.get(name) ?? ''),
      xml: readFileSync(join(capturesFolder, name), 'utf8'),
    }));
}

/** The column "fidelity" of the table of files in the folder's README. */
function readFidelity(): ReadonlyMap<string, string> {
  const file = join(capturesFolder, 'README.md');
  if (!existsSync(file)) return new Map();
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(rows.filter((cells) => cells.length > 8).map((cells) => [cells[1] ?? '', cells[7] ?? '']));
}

/** Some captures were rebuilt from logs that did not keep the package; there the label says it. */
export function readCapture(name: string, label: CaptureLabel): Hierarchy {
  const hierarchy = parseHierarchy(readFileSync(join(capturesFolder, name), 'utf8'));
  if (label.package_in_tree) return hierarchy;
  return {
    ...hierarchy,
    nodes: hierarchy.nodes.map((node) => ({ ...node, package: node.package || label.package })),
    packages: new Set([...hierarchy.packages, label.package]),
  };
}
