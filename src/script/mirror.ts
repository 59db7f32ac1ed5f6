/**
 * Apps that follow Android mirror their pages where the language runs from right to left: Back stands at the right, the
 * buttons of a video at the left, tabs count from the right. Screens are written for the other direction; such a capture is
 * read with left and right changed, and what was found is handed out at its true place.
 */
import type { Bounds, Hierarchy, Node } from '../phone/hierarchy.ts';
import type { Place, Resolved } from './resolve.ts';

const rightToLeft: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur']);
export const runsRightToLeft = (language: string | undefined): boolean =>
  language !== undefined && rightToLeft.has(language);

const letters = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** Whether the page may be mirrored: something on it is written in letters that run from right to left. */
export const mayBeMirrored = ({ nodes }: Hierarchy, isAllowed: (node: Node) => boolean): boolean =>
  nodes.some((node) => (letters.test(node.text) || letters.test(node.desc)) && isAllowed(node));

/** The same tree with left and right changed; each node keeps its index. */
export function mirrored(hierarchy: Hierarchy): Hierarchy {
  const turned = ({ left, top, right, bottom }: Bounds): Bounds => ({
    left: hierarchy.width - right,
    top,
    right: hierarchy.width - left,
    bottom,
  });
  return { ...hierarchy, nodes: hierarchy.nodes.map((node) => ({ ...node, bounds: turned(node.bounds) })) };
}

/** The node of `hierarchy` that stands for one of its mirror. */
export const trueNode = ({ nodes }: Hierarchy, node: Node): Node => nodes[node.index] ?? node;

/** What was found on the mirror, with the nodes of `hierarchy`. */
export function truePlaces(hierarchy: Hierarchy, resolved: Resolved): Resolved {
  const place = ({ node, target }: Place): Place => ({
    node: trueNode(hierarchy, node),
    target: target && trueNode(hierarchy, target),
  });
  if (resolved.is === 'none') return resolved;
  if (resolved.is === 'one') return { ...resolved, ...place(resolved) };
  return { ...resolved, places: resolved.places.map(place) };
}
