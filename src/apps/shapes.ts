/**
 * Ways to find nodes by form and place, which hold in every language and release: rows, bars, the box that takes the taps
 * of a label. What only one app has stands in that app.
 */
import { anything, clickableAround, isShown, once as onceEach, type Selector, where } from '../phone/selector.ts';

export type Hierarchy = Parameters<Selector['find']>[0];
export type Node = ReturnType<Selector['find']>[number];

export const widthOf = ({ bounds }: Node): number => bounds.right - bounds.left;
export const heightOf = ({ bounds }: Node): number => bounds.bottom - bounds.top;
const areaOf = (node: Node): number => widthOf(node) * heightOf(node);
/** Boxes of one row differ by what rounding leaves. */
export const isNear = (a: number, b: number, tolerance = 4): boolean => Math.abs(a - b) <= tolerance;

export const holds = (outer: Node, inner: Node): boolean =>
  outer.bounds.left <= inner.bounds.left &&
  outer.bounds.top <= inner.bounds.top &&
  outer.bounds.right >= inner.bounds.right &&
  outer.bounds.bottom >= inner.bounds.bottom;

/** The middle of `node` lies in the height of `row`. */
export const isBeside = (row: Node, node: Node): boolean => {
  const middle = (node.bounds.top + node.bounds.bottom) / 2;
  return middle > row.bounds.top && middle < row.bounds.bottom;
};

/** Works something out once for each capture: several controls of a screen ask for the same. */
export const once = (name: string, work: (hierarchy: Hierarchy) => Node[]): Selector => onceEach(name, work);

/** A selector that is asked for by many others. */
export const shared = (selector: Selector): Selector => once(selector.name, (hierarchy) => selector.find(hierarchy));

/** From the top, and in a row from the left: grids stand in the tree in whatever order they were filled. */
export const asOneReads = (nodes: readonly Node[]): Node[] =>
  nodes.toSorted((a, b) => a.bounds.top - b.bounds.top || a.bounds.left - b.bounds.left);

export const inReadingOrder = (selector: Selector): Selector =>
  once(`${selector.name}, as one reads`, (hierarchy) => asOneReads(selector.find(hierarchy)));

/** What takes taps and is shown, in document order; the bars of the system have a Home and a Back of their own. */
export const clickable: Selector = once('clickable', (hierarchy) =>
  where(anything, (node) => node.clickable && node.package !== 'com.android.systemui', '').find(hierarchy),
);

/** Runs of nodes with the same top and bottom, each from left to right. */
export function rowsOf(nodes: readonly Node[]): Node[][] {
  const rows = new Map<string, Node[]>();
  for (const node of nodes) {
    const key = `${node.bounds.top}-${node.bounds.bottom}`;
    const row = rows.get(key);
    if (row) row.push(node);
    else rows.set(key, [node]);
  }
  return [...rows.values()].map((row) => row.toSorted((a, b) => a.bounds.left - b.bounds.left));
}

export const lowestRow = (rows: readonly Node[][]): Node[] =>
  rows.toSorted((a, b) => (b[0]?.bounds.top ?? 0) - (a[0]?.bounds.top ?? 0))[0] ?? [];

/** A bottom bar: five equal boxes side by side, from edge to edge. */
export const fiveTabs: Selector = once('bottom bar', (hierarchy) => {
  const isBar = (row: readonly Node[]) =>
    row.length === 5 &&
    isNear(row[4]?.bounds.right ?? 0, hierarchy.width) &&
    row.every((node, index) => {
      const edge = row[index - 1]?.bounds.right ?? 0;
      return isNear(edge, node.bounds.left) && isNear(widthOf(node), widthOf(row[0] ?? node));
    });
  return lowestRow(rowsOf(clickable.find(hierarchy)).filter(isBar));
});

/** The n-th tab of the bottom bar, 0 to 4. */
export const barTab = (index: number): Selector => ({
  name: `tab ${index + 1} of the bottom bar`,
  find: (hierarchy) => fiveTabs.find(hierarchy).slice(index, index + 1),
});

/** Within the given shares of the screen's height. */
export const between = (selector: Selector, from: number, to: number): Selector =>
  where(
    selector,
    ({ bounds }, { height }) => bounds.top >= height * from && bounds.bottom <= height * to,
    `in the height ${from} to ${to}`,
  );

/** What the first of these finds that finds anything: for ways of which a later one holds only without the earlier. */
export const firstOf = (...selectors: readonly Selector[]): Selector => ({
  name: selectors.map((selector) => selector.name).join(', else '),
  find: (hierarchy) => {
    for (const selector of selectors) {
      const found = selector.find(hierarchy);
      if (found.length > 0) return found;
    }
    return [];
  },
});

/**
 * What takes the taps of a label: an ancestor or, where the app lays a button beside or over its label (and where a capture
 * has lost its nesting), the smallest clickable box that holds it.
 */
export const tapTargetOf = (selector: Selector): Selector => ({
  name: `what takes the taps of ${selector.name}`,
  find: (hierarchy) =>
    selector.find(hierarchy).flatMap((label) => {
      const above = clickableAround({ name: '', find: () => [label] }).find(hierarchy);
      if (above.length > 0 && above.every((node) => areaShare(hierarchy, node) < 0.4)) return above;
      const boxes = clickable.find(hierarchy).filter((node) => holds(node, label) && areaShare(hierarchy, node) < 0.4);
      return boxes.toSorted((a, b) => areaOf(a) - areaOf(b)).slice(0, 1);
    }),
});

const areaShare = ({ width, height }: Hierarchy, node: Node): number => areaOf(node) / Math.max(1, width * height);

/** The last one of the tree: what lies underneath stands before it. */
export const last = (selector: Selector): Selector => ({
  name: `last ${selector.name}`,
  find: (hierarchy) => selector.find(hierarchy).slice(-1),
});

export const leftmost = (selector: Selector): Selector => ({
  name: `leftmost ${selector.name}`,
  find: (hierarchy) =>
    selector
      .find(hierarchy)
      .toSorted((a, b) => a.bounds.left - b.bounds.left)
      .slice(0, 1),
});

/** `node` and all below it that are shown, in document order. */
export function shownWithin(hierarchy: Hierarchy, node: Node): Node[] {
  const found: Node[] = [];
  for (let index = node.index; index < hierarchy.nodes.length; index++) {
    const at = hierarchy.nodes[index];
    if (!at || (index > node.index && at.depth <= node.depth)) break;
    if (isShown(hierarchy, at)) found.push(at);
  }
  return found;
}

/** What stands on it: text, else description, of every shown node whose box lies within. */
export const labelsOn = (hierarchy: Hierarchy, node: Node): string[] =>
  anything
    .find(hierarchy)
    .filter((other) => holds(node, other))
    .map((other) => (other.text || other.desc).trim())
    .filter((label) => label !== '');

/** Chosen, or one of the icons on it is: apps mark either. */
export const isChosen = (hierarchy: Hierarchy, node: Node): boolean =>
  shownWithin(hierarchy, node).some((at) => at.selected || at.checked);

/** A switch stands at the right of its words, and beside the middle of a row that explains them in further lines. */
export const switchBeside = (words: Selector): Selector =>
  once(`switch beside ${words.name}`, (hierarchy) => {
    const [label] = words.find(hierarchy);
    if (!label) return [];
    const middle = ({ bounds }: Node) => (bounds.top + bounds.bottom) / 2;
    const distance = (node: Node) => Math.abs(middle(node) - middle(label));
    return clickable
      .find(hierarchy)
      .filter((node) => node.checkable || /(?:Switch|ToggleButton)$/.test(node.className))
      .filter((node) => node.bounds.left > hierarchy.width * 0.6 && distance(node) < hierarchy.height * 0.06)
      .toSorted((a, b) => distance(a) - distance(b))
      .slice(0, 1);
  });
