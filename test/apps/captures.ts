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
  unsure?: boolean;
}

export interface CaptureLabel {
  app: string;
  package: string;
  package_in_tree: boolean;
  screen: string;
  screen_also?: string[];
  language: string | null;
  blocking: boolean | null;
  elements: Record<string, ElementLabel | object[] | null>;
  unsure?: boolean;
}

export interface Captures {
  /** Finer screen → the coarser one that it is a form of. */
  parents: Record<string, string>;
  files: Record<string, CaptureLabel>;
}

export const capturesFolder = process.env.DROVER_CAPTURES ?? join(import.meta.dirname, '../../../shared/dumps');

/** Undefined where there are none. */
export function readLabels(): Captures | undefined {
  const file = join(capturesFolder, 'labels.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Captures) : undefined;
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
