/**
 * Shapes that hold in every language and release: this app renames its ids with each release and its words differ by
 * region, but bars, rails and grids keep their form. [captures: 43.1.4, 45.4.3 to 46.4.3, trill of late 2025]
 */
import { anything, clickableAround, once, type Selector, where } from '../../phone/selector.ts';
import { t } from './texts.ts';

type Hierarchy = Parameters<Selector['find']>[0];
type Node = ReturnType<Selector['find']>[number];

const widthOf = ({ bounds }: Node): number => bounds.right - bounds.left;
const heightOf = ({ bounds }: Node): number => bounds.bottom - bounds.top;
/** Boxes of one row differ by what rounding leaves. */
const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 4;

const holds = (outer: Node, inner: Node): boolean =>
  outer.bounds.left <= inner.bounds.left &&
  outer.bounds.top <= inner.bounds.top &&
  outer.bounds.right >= inner.bounds.right &&
  outer.bounds.bottom >= inner.bounds.bottom;

/** What takes taps and is shown, in document order; the bars of the system have a Home and a Back of their own. */
export const clickable: Selector = once('clickable', (hierarchy) =>
  where(anything, (node) => node.clickable && node.package !== 'com.android.systemui', '').find(hierarchy),
);

/** Runs of shown clickable nodes with the same top and bottom, each from left to right. */
function rowsOf(nodes: readonly Node[]): Node[][] {
  const rows = new Map<string, Node[]>();
  for (const node of nodes) {
    const key = `${node.bounds.top}-${node.bounds.bottom}`;
    rows.set(key, [...(rows.get(key) ?? []), node]);
  }
  return [...rows.values()].map((row) => row.toSorted((a, b) => a.bounds.left - b.bounds.left));
}

const lowestRow = (rows: readonly Node[][]): Node[] =>
  rows.toSorted((a, b) => (b[0]?.bounds.top ?? 0) - (a[0]?.bounds.top ?? 0))[0] ?? [];

/** The bottom bar: five equal boxes side by side, from edge to edge. */
const bar = once('bottom bar', (hierarchy) => {
  const isBar = (row: readonly Node[]) =>
    row.length === 5 &&
    row.every((node, index) => {
      const edge = row[index - 1]?.bounds.right ?? 0;
      return isNear(edge, node.bounds.left) && isNear(widthOf(node), widthOf(row[0] ?? node));
    });
  return lowestRow(rowsOf(clickable.find(hierarchy)).filter(isBar));
});

/** The n-th tab of the bottom bar, 0 to 4. The second is Friends or Shop, by region. */
export const barTab = (index: number): Selector => ({
  name: `tab ${index + 1} of the bottom bar`,
  find: (hierarchy) => bar.find(hierarchy).slice(index, index + 1),
});

/** The n-th tab of the bottom bar, where it is the one in front. */
export const chosenTab = (index: number): Selector => where(barTab(index), (node) => node.selected, 'in front');

/** Words in one row at the top: tabs, whatever they say. */
export const topRow: Selector = once('a row of words at the top', (hierarchy) => {
  const words = where(
    anything,
    ({ text, bounds }, { height }) => text !== '' && bounds.bottom < height * 0.2 && bounds.bottom > height * 0.04,
    '',
  ).find(hierarchy);
  const rows = rowsOf(words).filter((row) => row.length >= 3);
  return rows.toSorted((a, b) => b.length - a.length)[0] ?? [];
});

/** What the chosen one of the tabs at the top says. */
export const chosenAtTop: Selector = where(
  anything,
  ({ selected, text, desc, bounds }, { height }) =>
    selected && (text !== '' || desc !== '') && bounds.bottom < height * 0.25,
  'chosen, at the top',
);

/** A button with a word in it, in the middle of the top: the sound of what is being made. */
export const pillAtTop: Selector = once('the button in the middle of the top', (hierarchy) => {
  const { width, height } = hierarchy;
  const pills = clickable.find(hierarchy).filter((node) => {
    const { left, right, top, bottom } = node.bounds;
    const isCentred = Math.abs(left + right - width) < width * 0.14 && left > width * 0.15 && right < width * 0.85;
    return (
      isCentred &&
      right - left > width * 0.2 &&
      top > height * 0.015 &&
      bottom < height * 0.17 &&
      labelsOn(hierarchy, node, /./).length > 0
    );
  });
  // the camera has a button in a button of the same size
  const [outer] = pills;
  return outer && pills.every((node) => holds(outer, node) && holds(node, outer)) ? pills.slice(-1) : [];
});

/** The only square box in the corner at the top right. */
export const topRightBox: Selector = once('the box at the top right', (hierarchy) => {
  const boxes = clickable.find(hierarchy).filter((node) => {
    const [width, height] = [widthOf(node), heightOf(node)];
    return (
      node.bounds.right >= hierarchy.width * 0.985 &&
      node.bounds.bottom < hierarchy.height * 0.15 &&
      width > hierarchy.width * 0.08 &&
      width < hierarchy.width * 0.2 &&
      height > width * 0.6 &&
      height < width * 1.5
    );
  });
  return boxes.length === 1 ? boxes : [];
});

/**
 * The two equal buttons side by side with which the editor and the post screen end, left and right. Together they take
 * nearly the whole width, so their common width stands for it: some captures do not say how wide the screen is.
 */
const twins = once('two equal buttons at the bottom', (hierarchy) => {
  const nodes = clickable.find(hierarchy);
  const bottom = Math.max(0, ...nodes.map((node) => node.bounds.bottom));
  const isPair = (row: readonly Node[]) => {
    const [left, right] = row;
    if (!left || !right || row.length !== 2) return false;
    const gap = right.bounds.left - left.bounds.right;
    const isEven = isNear(widthOf(left), widthOf(right)) && gap >= 0 && gap < heightOf(left);
    return isEven && widthOf(left) > 3 * heightOf(left) && left.bounds.top > bottom * 0.7;
  };
  return lowestRow(rowsOf(nodes).filter(isPair));
});

export const leftTwin: Selector = {
  name: `left of ${twins.name}`,
  find: (hierarchy) => twins.find(hierarchy).slice(0, 1),
};
export const rightTwin: Selector = {
  name: `right of ${twins.name}`,
  find: (hierarchy) => twins.find(hierarchy).slice(1),
};

/** What stands on the button for the sound; undefined where it only invites to add one. */
export function soundOn(hierarchy: Hierarchy, button: Node | undefined): string | undefined {
  const label = button && (labelsOn(hierarchy, button, /./)[0] ?? button.text);
  return label === undefined || label === '' || t('add-sound').includes(label) ? undefined : label;
}

/** `0:05`, `00:05`, `1:02:03`: how long a video is, on its thumbnail. */
export const durationPattern = /^(?:\d{1,2}:)?\d{1,2}:\d{2}$/;

/** What a label on it says: the text that lies within the bounds of `node`. */
export const labelsOn = (hierarchy: Hierarchy, node: Node, pattern: RegExp): string[] =>
  anything
    .find(hierarchy)
    .filter((other) => pattern.test(other.text.trim()) && holds(node, other))
    .map((other) => other.text.trim());

/**
 * Thumbnails below `anchor` in three or four columns, from the top left: equal, clickable, at least as high as wide. A row
 * may be incomplete; one that the bottom of the screen cuts off is left out. Without the anchor there is no grid.
 */
export const gridBelow = (anchor: Selector): Selector =>
  once(`grid below ${anchor.name}`, (hierarchy) => {
    const top = Math.min(...anchor.find(hierarchy).map((node) => node.bounds.bottom));
    const cells = clickable.find(hierarchy).filter((node) => {
      const share = widthOf(node) / hierarchy.width;
      return node.bounds.top >= top - 8 && share > 0.2 && share < 0.36 && heightOf(node) >= widthOf(node) * 0.95;
    });
    const inOrder = cells.toSorted((a, b) => a.bounds.top - b.bounds.top || a.bounds.left - b.bounds.left);
    const [first] = inOrder;
    if (!first || first.bounds.left > hierarchy.width * 0.1) return [];
    return inOrder.filter((node) => isNear(widthOf(node), widthOf(first)));
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
      return boxes.toSorted((a, b) => areaShare(hierarchy, a) - areaShare(hierarchy, b)).slice(0, 1);
    }),
});

const areaShare = ({ width, height }: Hierarchy, node: Node): number =>
  (widthOf(node) * heightOf(node)) / Math.max(1, width * height);

/** The last one of the tree: what lies underneath stands before it. */
export const last = (selector: Selector): Selector => ({
  name: `last ${selector.name}`,
  find: (hierarchy) => selector.find(hierarchy).slice(-1),
});
