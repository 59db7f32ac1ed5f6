import type { Rect, UiNode, UiWindow } from './parts.ts';
import { drawingOrder } from './screen.ts';

/** What a finger at one point meets. */
export type Hit =
  | { is: 'node'; window: UiWindow; node: UiNode; path: readonly UiNode[] }
  /** Outside the nodes of a modal window, which takes the touch all the same. */
  | { is: 'outside'; window: UiWindow };

export const contains = (bounds: Rect, x: number, y: number): boolean =>
  x >= bounds.left && x < bounds.right && y >= bounds.top && y < bounds.bottom;

/** Takes a tap away from whatever lies below, whether or not anything happens. */
const takesTap = (node: UiNode): boolean =>
  node.onTap !== undefined || node.clickable === true || node.onText !== undefined || node.onLongPress !== undefined;

const takesSwipe = (node: UiNode): boolean => node.onSwipe !== undefined;

/** The topmost node that takes a tap at this point; later and elevated siblings lie above, children above parents. */
export const hitTap = (windows: readonly UiWindow[], x: number, y: number): Hit | undefined =>
  hit(windows, x, y, takesTap);

/** The topmost node that a finger can move at this point. */
export const hitSwipe = (windows: readonly UiWindow[], x: number, y: number): Hit | undefined =>
  hit(windows, x, y, takesSwipe);

function hit(windows: readonly UiWindow[], x: number, y: number, takes: (node: UiNode) => boolean): Hit | undefined {
  for (const window of windows.toReversed()) {
    const path = search(window.root, x, y, takes);
    const node = path?.at(-1);
    if (path && node) return { is: 'node', window, node, path };
    if (window.modal) return { is: 'outside', window };
  }
  return undefined;
}

/** From the root to the node that takes the touch. */
function search(node: UiNode, x: number, y: number, takes: (node: UiNode) => boolean): UiNode[] | undefined {
  if (node.drawnOnly) return undefined;
  const isInside = contains(node.bounds, x, y);
  // What was scrolled out of a list cannot be touched; other parents do not clip.
  if (!isInside && node.scrollable) return undefined;
  for (const child of drawingOrder(node.children ?? []).toReversed()) {
    const path = search(child, x, y, takes);
    if (path) return [node, ...path];
  }
  return isInside && takes(node) ? [node] : undefined;
}
