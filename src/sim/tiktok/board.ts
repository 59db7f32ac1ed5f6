import type { Rect } from '../parts.ts';
import { type Frame, frameOf, widthOf } from '../screen.ts';

/**
 * Screens of this app are laid out in the px of a 1080×2400 phone, because that is what the captured trees are in:
 * status bar above 136, navigation bar below 2337. A board carries such boxes to any other screen: sizes go with the
 * width, distances are kept from the edge to which the app itself ties the thing.
 */
export interface Board extends Frame {
  /** A length. */
  px(length: number): number;
  /** A box that keeps its distance from the status bar. */
  top(left: number, top: number, right: number, bottom: number): Rect;
  /** A box that keeps its distance from the navigation bar. */
  bottom(left: number, top: number, right: number, bottom: number): Rect;
  /** What lies between: from a distance below the status bar down to a distance above the navigation bar. */
  between(left: number, top: number, right: number, bottom: number): Rect;
  /** The whole screen but the navigation bar: the app draws below the status bar too. */
  readonly app: Rect;
}

const statusBarEnd = 136;
const navigationBarStart = 2337;

export function boardOf(size: { width: number; height: number }, density: number): Board {
  const frame = frameOf(size, density);
  const px = (length: number) => Math.round((length * size.width) / 1080);
  const fromTop = (y: number) => frame.statusBar.bottom + px(y - statusBarEnd);
  const fromBottom = (y: number) => frame.navigationBar.top - px(navigationBarStart - y);
  return {
    ...frame,
    px,
    app: { ...frame.bounds, bottom: frame.navigationBar.top },
    top: (left, top, right, bottom) => ({
      left: px(left),
      top: fromTop(top),
      right: px(right),
      bottom: fromTop(bottom),
    }),
    bottom: (left, top, right, bottom) => ({
      left: px(left),
      top: fromBottom(top),
      right: px(right),
      bottom: fromBottom(bottom),
    }),
    between: (left, top, right, bottom) => ({
      left: px(left),
      top: fromTop(top),
      right: px(right),
      bottom: fromBottom(bottom),
    }),
  };
}

/** About as wide as that text is in a size of `textPx`: good enough for bounds, which only have to hold it. */
export const textWidth = (text: string, textPx: number): number => Math.round([...text].length * textPx * 0.62);

/** The left part of `bounds` that the text needs. */
export const fitText = (bounds: Rect, text: string, textPx: number): Rect => ({
  ...bounds,
  right: bounds.left + Math.min(widthOf(bounds), Math.max(1, textWidth(text, textPx))),
});
