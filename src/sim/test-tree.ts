import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import type { View } from './hierarchy.ts';

/** A node as captures and twins both have it. */
export interface TreeNode {
  class: string;
  text: string;
  desc: string;
  /** Without `package:id/`. */
  id: string;
  package: string;
  clickable: boolean;
  selected: boolean;
  parent: TreeNode | undefined;
}

const shortId = (id: string): string => id.slice(id.indexOf('/') + 1);

export function treeOfViews(views: readonly View[]): TreeNode[] {
  const made = new Map<View, TreeNode>();
  const make = (view: View): TreeNode => {
    const known = made.get(view);
    if (known) return known;
    const node: TreeNode = {
      class: view.node.class,
      text: view.text,
      desc: view.node.desc ?? '',
      id: shortId(view.node.id ?? ''),
      package: view.package,
      clickable: view.node.clickable ?? false,
      selected: view.node.selected ?? false,
      parent: view.parent && make(view.parent),
    };
    made.set(view, node);
    return node;
  };
  return views.map(make);
}

/** Reads a capture: `uiautomator dump` (class as attribute) or Appium's page source (class as tag). */
export function treeOfCapture(file: string): TreeNode[] {
  // some begin with an XML declaration, some with a second root: read as a fragment, which has neither
  const text = readFileSync(file, 'utf8').replace(/^\s*<\?xml[^>]*\?>/, '');
  const end = text.indexOf('</hierarchy>');
  const nodes: TreeNode[] = [];
  const open: TreeNode[] = [];
  const parser = new SaxesParser({ fragment: true });
  parser.on('opentag', ({ name, attributes }) => {
    const value = (key: string): string => String(attributes[key] ?? '');
    const node: TreeNode = {
      class: 'class' in attributes ? value('class') : name === 'node' ? '' : name,
      text: value('text'),
      desc: value('content-desc'),
      id: shortId(value('resource-id')),
      package: value('package'),
      clickable: value('clickable') === 'true',
      selected: value('selected') === 'true',
      parent: open.at(-1),
    };
    open.push(node);
    nodes.push(node);
  });
  parser.on('closetag', () => open.pop());
  parser.write(end < 0 ? text : text.slice(0, end + '</hierarchy>'.length)).close();
  return nodes;
}

/** How far up the nearest clickable node is: 0 is the node itself; undefined when there is none. */
export function clickableDistance(node: TreeNode): number | undefined {
  let distance = 0;
  for (let up: TreeNode | undefined = node; up; up = up.parent, distance++) if (up.clickable) return distance;
  return undefined;
}

/**
 * Trees captured from real phones live outside the repository. Where they are, twin and capture are asked the same
 * questions: whatever scripts rely on must hold in both, or a script that passes here fails on a phone.
 */
export const captureFolder = process.env.DROVER_CAPTURES ?? join(import.meta.dirname, '../../../shared/dumps');

/** `flat` captures lost classes and nesting, `reduced` ones nesting and whatever is not interactive. */
export type Kept = 'all' | 'flat' | 'reduced';

/** A node that must be in both trees. What is left out is not asked. */
export interface TreeFact {
  text?: string | RegExp;
  desc?: string | RegExp;
  /** Without `package:id/`. */
  id?: string;
  class?: string;
  clickable?: boolean;
  selected?: boolean;
  /** Levels up to the node that takes the tap. Only asked of captures that kept their nesting. */
  tapLevels?: number | 'none';
  /** True: there must be no such node. */
  absent?: boolean;
}

export const describeFact = (fact: TreeFact): string =>
  Object.entries(fact)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(', ');

/** What is wrong, or undefined. */
export function complaint(tree: readonly TreeNode[], fact: TreeFact, kept: Kept): string | undefined {
  const isNamed = (node: TreeNode) =>
    is(node.text, fact.text) && is(node.desc, fact.desc) && (fact.id === undefined || node.id === fact.id);
  const isMeant = (node: TreeNode) =>
    isNamed(node) &&
    (fact.class === undefined || kept === 'flat' || node.class === fact.class) &&
    (fact.clickable === undefined || node.clickable === fact.clickable) &&
    (fact.selected === undefined || kept === 'flat' || node.selected === fact.selected) &&
    (fact.tapLevels === undefined || kept !== 'all' || (clickableDistance(node) ?? 'none') === fact.tapLevels);
  if (fact.absent) return tree.some(isMeant) ? 'is there' : undefined;
  if (tree.some(isMeant)) return undefined;
  const near = tree.filter(isNamed);
  return near.length === 0
    ? 'is not there'
    : `is there, but: ${near.map((node) => `${node.class} clickable=${node.clickable} selected=${node.selected} tap=${clickableDistance(node)}`).join('; ')}`;
}

const is = (value: string, wanted: string | RegExp | undefined): boolean =>
  wanted === undefined || (typeof wanted === 'string' ? value === wanted : wanted.test(value));
