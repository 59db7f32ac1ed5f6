import type { SignalTrace } from '../contract/trace.ts';
import { isFilled } from '../phone/cover.ts';
import { areaOf, contains, type Hierarchy, middleOf, type Node, type Point } from '../phone/hierarchy.ts';
import { type ControlSpec, selectorOf, weightOf } from './screen.ts';

interface Found {
  readonly signals: readonly SignalTrace[];
  /** Share of the weight of all signals that hit, 0–1. */
  readonly confidence: number;
}

/** One node that a control stands for: what carries the label, and what takes the tap. */
export interface Place {
  readonly node: Node;
  /** The node itself or the nearest ancestor that takes taps; undefined when nothing there does. */
  readonly target: Node | undefined;
}

export type Resolved =
  | ({ readonly is: 'one' } & Place & Found)
  | ({ readonly is: 'none' } & Found)
  /** Several nodes, and every signal that hit agrees on them. */
  | ({ readonly is: 'many'; readonly places: readonly Place[] } & Found)
  /** Two signals named different nodes. */
  | ({ readonly is: 'ambiguous'; readonly places: readonly Place[] } & Found);

/**
 * An ancestor that fills more of the screen than this is a page that swallows touches, not the button around a label:
 * its middle is somewhere else altogether.
 */
const largestTarget = 0.4;

/**
 * Every signal names nodes; what all that hit have in common is the control. Signals that hit nothing lower the
 * confidence only, because apps drop an id or a label with every release. Signals that contradict refuse, unless one
 * node has twice the weight of any other: a word against a mere shape.
 */
export function resolveControl(
  hierarchy: Hierarchy,
  control: ControlSpec,
  isAllowed: (node: Node) => boolean,
): Resolved {
  const signals: SignalTrace[] = [];
  const hits: Place[][] = [];
  const weights: number[] = [];
  let hitWeight = 0;
  let allWeight = 0;
  for (const signal of control.signals) {
    const selector = selectorOf(signal);
    const weight = weightOf(signal);
    const places = distinctPlaces(
      hierarchy,
      selector
        .find(hierarchy)
        .filter(isAllowed)
        .map((node) => ({ node, target: targetOf(hierarchy, node, control.bare ?? false) })),
    );
    const hit = places.length > 0;
    allWeight += weight;
    if (hit) {
      hitWeight += weight;
      hits.push(places);
      weights.push(weight);
    }
    signals.push({ name: selector.name, score: weight, hit });
  }
  const found: Found = { signals, confidence: allWeight === 0 ? 0 : hitWeight / allWeight };
  const [firstHit] = hits;
  if (!firstHit) return { is: 'none', ...found };
  const common = agreed(hierarchy, hits, weights);
  if (common.length === 0) {
    return { is: 'ambiguous', places: distinctPlaces(hierarchy, hits.flat()), ...found };
  }
  const [place] = common;
  if (place && common.length === 1) return { is: 'one', ...place, ...found };
  return { is: control.many ? 'many' : 'ambiguous', places: common, ...found };
}

/** What all hits share; where they share nothing, the one place that outweighs each other by far. */
function agreed(hierarchy: Hierarchy, hits: readonly Place[][], weights: readonly number[]): Place[] {
  const shared = (hits[0] ?? []).filter((place) =>
    hits.every((places) => places.some((other) => isSame(hierarchy, place, other))),
  );
  if (shared.length > 0) return shared;
  const scored = distinctPlaces(hierarchy, hits.flat()).map((place) => {
    const naming = hits.map((places, index) =>
      places.some((other) => isSame(hierarchy, place, other)) ? (weights[index] ?? 0) : 0,
    );
    return { place, weight: naming.reduce((sum, weight) => sum + weight, 0) };
  });
  const [best, second] = scored.toSorted((a, b) => b.weight - a.weight);
  return best && best.weight >= 2 * (second?.weight ?? 0) && best.weight > 1 ? [best.place] : [];
}

/** Two labels are the same control when one button takes the taps of both, or two of one box; or when one lies in the other. */
const isSame = (hierarchy: Hierarchy, a: Place, b: Place): boolean =>
  a.target && b.target
    ? a.target === b.target ||
      (contains(a.target.bounds, b.target.bounds) && contains(b.target.bounds, a.target.bounds))
    : a.node === b.node || isAncestor(hierarchy, a.node, b.node) || isAncestor(hierarchy, b.node, a.node);

function distinctPlaces(hierarchy: Hierarchy, places: readonly Place[]): Place[] {
  const kept: Place[] = [];
  for (const place of places) if (!kept.some((other) => isSame(hierarchy, other, place))) kept.push(place);
  return kept;
}

function targetOf(hierarchy: Hierarchy, node: Node, isBare: boolean): Node | undefined {
  if (node.clickable || isBare) return node.enabled ? node : undefined;
  const largest = hierarchy.width * hierarchy.height * largestTarget;
  for (let at = hierarchy.nodes[node.parent]; at; at = hierarchy.nodes[at.parent]) {
    if (!at.clickable) continue;
    return at.enabled && areaOf(at.bounds) <= largest ? at : undefined;
  }
  return undefined;
}

export function isAncestor(hierarchy: Hierarchy, ancestor: Node, node: Node): boolean {
  for (let at = hierarchy.nodes[node.parent]; at; at = hierarchy.nodes[at.parent]) if (at === ancestor) return true;
  return false;
}

const rootOf = (hierarchy: Hierarchy, node: Node): Node => {
  let at = node;
  for (let up = hierarchy.nodes[at.parent]; up; up = hierarchy.nodes[at.parent]) at = up;
  return at;
};

const holds = ({ bounds }: Node, point: Point): boolean =>
  point.x >= bounds.left && point.x < bounds.right && point.y >= bounds.top && point.y < bounds.bottom;

/** The root of the window a node stands in. */
export const windowOf = rootOf;

/**
 * What would take a tap at `point` instead of `target`: a smaller window (the keyboard, a system bar) or something with a
 * label that is drawn over it. Undefined when the tap would arrive.
 */
export function findObstacle(hierarchy: Hierarchy, target: Node, point: Point): Node | undefined {
  const ownWindow = rootOf(hierarchy, target);
  for (const index of hierarchy.roots) {
    const other = hierarchy.nodes[index];
    if (!other || other === ownWindow || other.children.length === 0 || !other.displayed) continue;
    if (areaOf(other.bounds) < areaOf(ownWindow.bounds) && holds(other, point)) return other;
  }
  for (const node of hierarchy.nodes) {
    if (!node.clickable || !node.displayed || node === target || !holds(node, point)) continue;
    if (isAncestor(hierarchy, node, target) || isAncestor(hierarchy, target, node)) continue;
    if (isDrawnAfter(hierarchy, node, target) && isFilled(hierarchy, node)) return node;
  }
  return undefined;
}

/** Its middle; where something lies over that, the first free quarter point; undefined when all of them are taken. */
export function tapPointOf(hierarchy: Hierarchy, target: Node): Point | undefined {
  const { left, top, right, bottom } = target.bounds;
  const at = (across: number, down: number): Point => ({
    x: Math.floor(left + (right - left) * across),
    y: Math.floor(top + (bottom - top) * down),
  });
  const points = [middleOf(target.bounds), at(0.25, 0.5), at(0.75, 0.5), at(0.5, 0.25), at(0.5, 0.75)];
  return points.find((point) => findObstacle(hierarchy, target, point) === undefined);
}

/**
 * Whether the branch of `a` is drawn after that of `b`, where they part. Told by drawing order alone: document order
 * misleads (TikTok's comments stand before the feed they lie on).
 */
export function isDrawnAfter(hierarchy: Hierarchy, a: Node, b: Node): boolean {
  const [branchA, branchB] = branchesOf(hierarchy, a, b);
  if (!branchA || !branchB || branchA.drawingOrder < 0 || branchB.drawingOrder < 0) return false;
  return branchA.drawingOrder > branchB.drawingOrder;
}

/** The two children of the nearest common ancestor that lead to `a` and to `b`; undefined where one holds the other or the windows differ. */
export function branchesOf(hierarchy: Hierarchy, a: Node, b: Node): [Node, Node] | [undefined, undefined] {
  const pathA = pathOf(hierarchy, a);
  const pathB = pathOf(hierarchy, b);
  if (pathA[0] !== pathB[0]) return [undefined, undefined];
  let at = 0;
  while (at < pathA.length && at < pathB.length && pathA[at] === pathB[at]) at++;
  const [branchA, branchB] = [pathA[at], pathB[at]];
  return branchA && branchB ? [branchA, branchB] : [undefined, undefined];
}

function pathOf(hierarchy: Hierarchy, node: Node): Node[] {
  const path: Node[] = [];
  for (let at: Node | undefined = node; at; at = hierarchy.nodes[at.parent]) path.unshift(at);
  return path;
}

/** Most of the smaller of the two lies on the other. */
export const overlap = (a: Node, b: Node): boolean => {
  if (contains(a.bounds, b.bounds) || contains(b.bounds, a.bounds)) return true;
  const shared = {
    left: Math.max(a.bounds.left, b.bounds.left),
    top: Math.max(a.bounds.top, b.bounds.top),
    right: Math.min(a.bounds.right, b.bounds.right),
    bottom: Math.min(a.bounds.bottom, b.bounds.bottom),
  };
  return areaOf(shared) * 2 > Math.min(areaOf(a.bounds), areaOf(b.bounds));
};
