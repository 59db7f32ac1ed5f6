import type { Rect, UiNode } from '../../parts.ts';
import { heightOf, node } from '../../screen.ts';

/** Something in a list that scrolls by px. */
export interface Item {
  height: number;
  make: (bounds: Rect) => UiNode;
}

/** Further than this past its end a list does not go. */
export const endOf = (bounds: Rect, items: readonly Item[], padding = 0): number =>
  Math.max(0, items.reduce((sum, { height }) => sum + height, padding) - heightOf(bounds));

/** What of the items can be seen when `offset` px lie above the top. */
export function visibleItems(bounds: Rect, items: readonly Item[], offset: number, padding = 0): UiNode[] {
  const shown: UiNode[] = [];
  let top = bounds.top - Math.min(offset, endOf(bounds, items, padding));
  for (const { height, make } of items) {
    const bottom = top + height;
    if (bottom > bounds.top && top < bounds.bottom) shown.push(make({ ...bounds, top, bottom }));
    top = bottom;
  }
  return shown;
}

export interface ListOptions {
  className?: string;
  id?: string;
  offset: number;
  onScroll: (offset: number) => void;
  /** Told when a finger wants to go further down than there is anything. */
  onEnd?: () => void;
  isEnabled?: boolean;
  /** Room below the last item, for what lies over the end of the list. */
  padding?: number;
}

/** A list that a finger moves as far as it moves itself. */
export function list(bounds: Rect, items: readonly Item[], options: ListOptions): UiNode {
  const { className = 'androidx.recyclerview.widget.RecyclerView', id, offset, onScroll, onEnd } = options;
  const { padding = 0 } = options;
  const end = endOf(bounds, items, padding);
  const at = Math.min(offset, end);
  return node(
    className,
    bounds,
    {
      ...(id === undefined ? {} : { id }),
      focusable: true,
      scrollable: true,
      onSwipe: ({ dy }) => {
        const wanted = Math.max(0, Math.min(end, Math.round(at - dy)));
        if (dy < 0 && wanted >= end) onEnd?.();
        if (wanted !== offset) onScroll(wanted);
      },
    },
    visibleItems(bounds, items, at, padding),
  );
}
