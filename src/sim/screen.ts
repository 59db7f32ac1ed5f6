/**
 * How a screen of a simulated phone is written down: rectangles first, nodes second. Used by the system screens and by
 * every app twin, so that one screen file works at 1080×2400/420 dpi and at 720×1600/320 dpi alike.
 *
 *   const frame = frameOf(host.ui.size, host.ui.density);
 *   const [head, list] = rows(frame.content, [frame.dp(56), 'rest']);
 *   return screen(frame, [
 *     label(inset(head, frame.dp(16)), 'Inbox', { id: 'app:id/title', paint: { bold: true } }),
 *     scroller(list, (move) => { … }, items),
 *     button(fromBottom(list, frame.dp(48)), 'Next', () => { … }, { enabled: picked > 0 }),
 *     textField(box, { text: caption, hint: 'Add description', onText: (text) => { caption = text; } }),
 *   ]);
 *
 * What the phone does itself (`ui.ts`), so that a twin need not:
 * - a tap on a node with `onText` gives it the focus and opens the keyboard; `focused` is then filled in by the phone.
 *   `autoFocus` asks for the focus when the field appears. `host.ui.isKeyboardShown` and `host.ui.keyboardTop` tell a
 *   screen to make room; the first Back closes the keyboard and does not reach the app.
 * - an empty field with a `hint` is reported with the hint as its text, as Android does; keep the real text in `text`.
 * - nodes are drawn in tree order, later ones on top; a tap goes to the topmost node with `onTap` at that point. A node
 *   with `clickable: true` and no `onTap` swallows the tap; a node with neither lets it through to what lies below.
 * - covered layers may stay in the tree (as in real apps): put an opaque clickable layer above them.
 */
import type { Rect, UiNode } from './parts.ts';

/** Everything of a node but its class, place and children. */
export type NodeProps = Omit<UiNode, 'class' | 'bounds' | 'children'>;

/** A screen's measures. `dp(16)` are px; `content` is what lies between status bar and navigation bar. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly density: number;
  readonly bounds: Rect;
  readonly statusBar: Rect;
  readonly navigationBar: Rect;
  readonly content: Rect;
  dp(units: number): number;
}

export function frameOf(size: { width: number; height: number }, density: number): Frame {
  const dp = (units: number) => Math.round((units * density) / 160);
  const bounds = rect(0, 0, size.width, size.height);
  const [statusBar, content, navigationBar] = rows(bounds, [dp(24), 'rest', dp(48)]) as [Rect, Rect, Rect];
  return { width: size.width, height: size.height, density, bounds, statusBar, navigationBar, content, dp };
}

export const rect = (left: number, top: number, width: number, height: number): Rect => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

export const widthOf = (bounds: Rect): number => bounds.right - bounds.left;
export const heightOf = (bounds: Rect): number => bounds.bottom - bounds.top;

/** Smaller by `px` on each side, or by `x` left and right and `y` above and below. */
export function inset(bounds: Rect, x: number, y: number = x): Rect {
  return { left: bounds.left + x, top: bounds.top + y, right: bounds.right - x, bottom: bounds.bottom - y };
}

export const moved = (bounds: Rect, dx: number, dy: number): Rect => ({
  left: bounds.left + dx,
  top: bounds.top + dy,
  right: bounds.right + dx,
  bottom: bounds.bottom + dy,
});

export const fromTop = (bounds: Rect, height: number): Rect => ({ ...bounds, bottom: bounds.top + height });
export const fromBottom = (bounds: Rect, height: number): Rect => ({ ...bounds, top: bounds.bottom - height });
export const fromLeft = (bounds: Rect, width: number): Rect => ({ ...bounds, right: bounds.left + width });
export const fromRight = (bounds: Rect, width: number): Rect => ({ ...bounds, left: bounds.right - width });

/** A box of that size in the middle of `bounds`. */
export function centered(bounds: Rect, width: number, height: number): Rect {
  const left = Math.round((bounds.left + bounds.right - width) / 2);
  const top = Math.round((bounds.top + bounds.bottom - height) / 2);
  return rect(left, top, width, height);
}

/** A length in px, or a share of what the fixed lengths leave over (`'rest'`; several share it evenly). */
export type Share = number | 'rest';

/** Cuts `bounds` from top to bottom; as many boxes as `heights`. */
export function rows(bounds: Rect, heights: readonly Share[], gap = 0): Rect[] {
  const cuts = cut(bounds.top, bounds.bottom, heights, gap);
  return cuts.map(([top, bottom]) => ({ left: bounds.left, right: bounds.right, top, bottom }));
}

/** Cuts `bounds` from left to right; as many boxes as `widths`. */
export function columns(bounds: Rect, widths: readonly Share[], gap = 0): Rect[] {
  const cuts = cut(bounds.left, bounds.right, widths, gap);
  return cuts.map(([left, right]) => ({ left, right, top: bounds.top, bottom: bounds.bottom }));
}

function cut(from: number, to: number, shares: readonly Share[], gap: number): [number, number][] {
  const fixed = shares.reduce<number>((sum, share) => sum + (share === 'rest' ? 0 : share), 0);
  const restCount = shares.filter((share) => share === 'rest').length;
  const left = Math.max(0, to - from - fixed - gap * Math.max(0, shares.length - 1));
  const cuts: [number, number][] = [];
  let at = from;
  let rest = 0;
  for (const share of shares) {
    // cumulative rounding, so that the last box ends exactly at `to`
    let length = share === 'rest' ? 0 : share;
    if (share === 'rest') {
      rest++;
      length = Math.round((left * rest) / restCount) - Math.round((left * (rest - 1)) / restCount);
    }
    cuts.push([at, at + length]);
    at += length + gap;
  }
  return cuts;
}

/** Boxes of a grid, row by row, starting at the top of `bounds`; rows may run over its bottom. */
export function grid(
  bounds: Rect,
  { count, perRow, cellHeight, gap = 0 }: { count: number; perRow: number; cellHeight: number; gap?: number },
): Rect[] {
  const across = columns(
    bounds,
    Array.from({ length: perRow }, () => 'rest' as const),
    gap,
  );
  return Array.from({ length: count }, (_, index) => {
    const column = across[index % perRow] as Rect;
    const top = bounds.top + Math.floor(index / perRow) * (cellHeight + gap);
    return { ...column, top, bottom: top + cellHeight };
  });
}

/** Stacks nodes of given heights from the top of `bounds` down, as a LinearLayout would. */
export function column(
  bounds: Rect,
  items: readonly { height: number; make: (bounds: Rect) => UiNode }[],
  gap = 0,
): UiNode[] {
  let top = bounds.top;
  return items.map(({ height, make }) => {
    const made = make({ left: bounds.left, right: bounds.right, top, bottom: top + height });
    top += height + gap;
    return made;
  });
}

/** Sets nodes of given widths side by side from the left of `bounds`. */
export function row(
  bounds: Rect,
  items: readonly { width: number; make: (bounds: Rect) => UiNode }[],
  gap = 0,
): UiNode[] {
  let left = bounds.left;
  return items.map(({ width, make }) => {
    const made = make({ left, right: left + width, top: bounds.top, bottom: bounds.bottom });
    left += width + gap;
    return made;
  });
}

/**
 * Any node. A class without a dot is one of Android's own: `TextView` is `android.widget.TextView`, `View` and
 * `ViewGroup` are in `android.view`. The empty class stays empty (real trees have such nodes).
 */
export function node(className: string, bounds: Rect, props: NodeProps = {}, children?: readonly UiNode[]): UiNode {
  return {
    ...props,
    class: fullClass(className),
    bounds,
    ...(children && children.length > 0 ? { children: [...children] } : {}),
  };
}

/** Children as they lie on the screen, lowest first: by elevation, then by place in the tree. */
export function drawingOrder(children: readonly UiNode[]): readonly UiNode[] {
  if (!children.some((child) => child.elevation !== undefined)) return children;
  return children.toSorted((a, b) => (a.elevation ?? 0) - (b.elevation ?? 0));
}

function fullClass(name: string): string {
  if (name === '' || name.includes('.')) return name;
  return name === 'View' || name === 'ViewGroup' ? `android.view.${name}` : `android.widget.${name}`;
}

/** Text that does nothing. */
export const label = (bounds: Rect, text: string, props: NodeProps = {}): UiNode =>
  node('TextView', bounds, { text, ...props });

/** A Button with a text. `enabled: false` in the props: it shows, and a tap on it does nothing. */
export const button = (bounds: Rect, text: string, onTap: () => void, props: NodeProps = {}): UiNode =>
  node('Button', bounds, { text, clickable: true, focusable: true, onTap, ...props });

/** A clickable picture or symbol without text, named by its content-desc. */
export const iconButton = (bounds: Rect, desc: string, onTap: () => void, props: NodeProps = {}): UiNode =>
  node('ImageView', bounds, { desc, clickable: true, focusable: true, onTap, ...props });

/** A picture: a symbol, or a pattern from `pictureSeed`. */
export const image = (bounds: Rect, props: NodeProps = {}): UiNode => node('ImageView', bounds, props);

/** An EditText. `onText` gets the whole new text; limits (length, line breaks) are the field's own business. */
export const textField = (
  bounds: Rect,
  props: NodeProps & { text: string; onText: (text: string) => void; onEnter?: () => void },
): UiNode => node('EditText', bounds, { clickable: true, longClickable: true, focusable: true, ...props });

/** A box that only holds others. */
export const group = (bounds: Rect, children: readonly UiNode[], props: NodeProps = {}): UiNode =>
  node('FrameLayout', bounds, props, children);

/** A list that a finger can move. */
export const scroller = (
  bounds: Rect,
  onSwipe: NonNullable<UiNode['onSwipe']>,
  children: readonly UiNode[],
  props: NodeProps = {},
): UiNode =>
  node(
    'androidx.recyclerview.widget.RecyclerView',
    bounds,
    { scrollable: true, focusable: true, onSwipe, ...props },
    children,
  );

/**
 * A whole app window: decor view, content frame, then `children`, nested as in real trees (whose root covers the screen,
 * bars included).
 */
export function screen(frame: Frame, children: readonly UiNode[], props: NodeProps = {}): UiNode {
  const content = node('FrameLayout', frame.bounds, { id: 'android:id/content' }, children);
  const decor = node('LinearLayout', frame.bounds, {}, [content]);
  return node('FrameLayout', frame.bounds, { paint: { fill: '#ffffff' }, ...props }, [decor]);
}
