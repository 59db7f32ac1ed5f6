import { areaOf, contains, type Hierarchy, type Node } from './hierarchy.ts';

const known = new WeakMap<Hierarchy, ReadonlySet<number>>();

/**
 * True when something drawn later hides the whole node. Apps leave covered screens in the tree (the camera below the
 * gallery, the profile below a sheet), and their controls must not be taken for those of the screen in front.
 *
 * Opacity is not in the tree, so it is inferred, and carefully: a layer hides what lies wholly below one of its nodes
 * that takes taps and fills at least half the screen, if the layer shows something of its own (a bare touch catcher, as
 * TikTok's feed has one above its buttons, hides nothing; nor does the frame around those buttons, which on short screens
 * fills more than half and shows something at its edge alone). What is drawn later is told by drawing-order alone: without
 * it (plain `uiautomator dump`) nothing counts as covered, because document order misleads there (TikTok's comments
 * stand before the feed they lie on). Of two windows the smaller is the upper one: bars, keyboards and dialogs.
 */
export function isCovered(hierarchy: Hierarchy, node: Node): boolean {
  let covered = known.get(hierarchy);
  if (covered === undefined) {
    covered = findCovered(hierarchy);
    known.set(hierarchy, covered);
  }
  return covered.has(node.index);
}

function findCovered(hierarchy: Hierarchy): ReadonlySet<number> {
  const covered = new Set<number>();
  coverByWindows(hierarchy, covered);
  coverByLayers(hierarchy, covered);
  return covered;
}

function coverByWindows(hierarchy: Hierarchy, covered: Set<number>): void {
  const { nodes } = hierarchy;
  // flat captures list every node below the root: those without children are no windows
  const windows = hierarchy.roots.flatMap((index) => nodes[index] ?? []).filter((root) => root.children.length > 0);
  for (const upper of windows) {
    for (const lower of windows) {
      if (areaOf(upper.bounds) >= areaOf(lower.bounds)) continue;
      for (const node of subtree(hierarchy, lower)) {
        if (contains(upper.bounds, node.bounds)) covered.add(node.index);
      }
    }
  }
}

function coverByLayers(hierarchy: Hierarchy, covered: Set<number>): void {
  const { nodes } = hierarchy;
  const showing = findShowing(hierarchy);
  const enough = (hierarchy.width * hierarchy.height) / 2;
  for (const blocker of nodes) {
    if (!blocker.clickable || !blocker.displayed || areaOf(blocker.bounds) < enough) continue;
    for (let layer = blocker, parent = nodes[layer.parent]; parent; layer = parent, parent = nodes[parent.parent]) {
      if (!showing.has(layer.index) || (layer === blocker && !isFilled(hierarchy, blocker))) continue;
      for (const childIndex of parent.children) {
        const sibling = nodes[childIndex];
        if (!sibling || sibling === layer || !isDrawnBefore(sibling, layer)) continue;
        for (const node of subtree(hierarchy, sibling)) {
          if (contains(blocker.bounds, node.bounds)) covered.add(node.index);
        }
      }
    }
  }
}

const isDrawnBefore = (a: Node, b: Node): boolean =>
  a.drawingOrder >= 0 &&
  b.drawingOrder >= 0 &&
  (a.drawingOrder < b.drawingOrder || (a.drawingOrder === b.drawingOrder && a.index < b.index));

/** Nodes with a label in them or below them. */
function findShowing({ nodes }: Hierarchy): ReadonlySet<number> {
  const showing = new Set<number>();
  for (const node of nodes) {
    if (node.text === '' && node.desc === '') continue;
    for (let at: Node | undefined = node; at && !showing.has(at.index); at = nodes[at.parent]) showing.add(at.index);
  }
  return showing;
}

function* subtree({ nodes }: Hierarchy, root: Node): Generator<Node> {
  // document order: a subtree is one run of deeper nodes
  yield root;
  for (let index = root.index + 1; ; index++) {
    const node = nodes[index];
    if (!node || node.depth <= root.depth) return;
    yield node;
  }
}

/** Least share of a box that its labels take up when it is a banner or a card, and not a frame that some button stands in. */
const leastFilled = 0.25;

/**
 * Whether a box shows something of its own. TikTok's feed lays frames as wide as the screen around single buttons: what
 * stands in such a frame is judged by itself, and beside it the touch goes through.
 */
export function isFilled(hierarchy: Hierarchy, top: Node): boolean {
  if (top.text !== '' || top.desc !== '') return true;
  let left = Number.POSITIVE_INFINITY;
  let upper = Number.POSITIVE_INFINITY;
  let right = 0;
  let bottom = 0;
  for (let index = top.index + 1; ; index++) {
    const node = hierarchy.nodes[index];
    if (!node || node.depth <= top.depth) break;
    if (node.text === '' && node.desc === '') continue;
    left = Math.min(left, node.bounds.left);
    upper = Math.min(upper, node.bounds.top);
    right = Math.max(right, node.bounds.right);
    bottom = Math.max(bottom, node.bounds.bottom);
  }
  return right > left && (right - left) * (bottom - upper) >= leastFilled * areaOf(top.bounds);
}
