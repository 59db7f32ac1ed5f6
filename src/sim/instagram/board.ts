import type { Rect } from '../parts.ts';
import { type Frame, frameOf } from '../screen.ts';

/**
 * Instagram lays its screens out in dp, from edges inwards, so the same heights fit all phones (captures at 260, 400 and
 * 440 dpi agree). `app` is what its window draws on, `area` what lies between the bars.
 */
export interface Board extends Frame {
  /** The whole screen but the navigation bar: the window reaches below the status bar. */
  readonly app: Rect;
  /** Between status bar and navigation bar. */
  readonly area: Rect;
}

/** Heights, in dp, as measured in captures. */
export const dps = {
  actionBar: 56,
  tabBar: 48,
  storyTray: 132,
  postHeader: 52,
  postButtons: 46,
  textLine: 19,
  profileTabs: 48,
  sheetHandle: 28,
  snackbar: 84,
} as const;

export function boardOf(size: { width: number; height: number }, density: number): Board {
  const frame = frameOf(size, density);
  return { ...frame, app: { ...frame.bounds, bottom: frame.navigationBar.top }, area: frame.content };
}

/** About as wide as that text is in a size of `textPx`: good enough for bounds, which only have to hold it. */
export const textWidth = (text: string, textPx: number): number => Math.round([...text].length * textPx * 0.56);

/** The left part of `bounds` that the text needs. */
export const fitText = (bounds: Rect, text: string, textPx: number): Rect => ({
  ...bounds,
  right: Math.min(bounds.right, bounds.left + Math.max(1, textWidth(text, textPx))),
});

/** How many lines of that width the text takes. */
export function lineCount(text: string, width: number, textPx: number): number {
  const perLine = Math.max(1, Math.floor(width / (textPx * 0.56)));
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].length / perLine)), 0);
}
