import { readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import type { View } from './hierarchy.ts';

/** A node as captures and twins both have it. */
export interface TreeNode {
  class: string;
  text: string;
  desc: string;
  /** Without `package:id/`. */
  id: string;
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
