/**
 * Shapes of Instagram that hold in every language and release. [captures: June 2025 to February 2026, 720 to 1080 px wide]
 */
import { anything, type Selector, where } from '../../phone/selector.ts';
import { clickable, type Hierarchy, heightOf, isNear, labelsOn, type Node, once, rowsOf, widthOf } from '../shapes.ts';

/** Title bars end here, in px: told by the shorter side, because some captures do not say how high the screen is. */
const titleBarEnd = ({ width, height }: Hierarchy): number => Math.min(width, height) * 0.26;

export const isInTitleBar = (node: Node, hierarchy: Hierarchy): boolean => node.bounds.bottom <= titleBarEnd(hierarchy);

export const inTitleBar = (selector: Selector): Selector => where(selector, isInTitleBar, 'in the title bar');
export const belowTitleBar = (selector: Selector): Selector =>
  where(selector, (node, hierarchy) => !isInTitleBar(node, hierarchy), 'below the title bar');

/** Small buttons of the title bar, from left to right; the bar itself takes taps too and is as wide as the screen. */
export const titleButtons: Selector = once('buttons of the title bar', (hierarchy) =>
  clickable
    .find(hierarchy)
    .filter((node) => isInTitleBar(node, hierarchy) && widthOf(node) < hierarchy.width * 0.3)
    .toSorted((a, b) => a.bounds.left - b.bounds.left),
);

/** At the left edge of the title bar: back, cancel, create. */
export const titleLeft: Selector = {
  name: 'at the left of the title bar',
  find: (hierarchy) =>
    titleButtons
      .find(hierarchy)
      .filter(({ bounds }) => bounds.left < hierarchy.width * 0.04 && bounds.right < hierarchy.width * 0.22)
      // the icon, not a box around it that takes taps too
      .toSorted((a, b) => widthOf(a) * heightOf(a) - widthOf(b) * heightOf(b) || b.index - a.index)
      .slice(0, 1),
};

/** At the right edge of the title bar, an icon without any words. */
export const titleRightIcon: Selector = {
  name: 'icon at the right of the title bar',
  find: (hierarchy) =>
    titleButtons
      .find(hierarchy)
      .filter(
        (node) =>
          node.bounds.right > hierarchy.width * 0.95 &&
          isNear(widthOf(node), heightOf(node), widthOf(node) * 0.6) &&
          labelsOn(hierarchy, { ...node }).length <= 1,
      )
      .slice(-1),
};

/** `0:05`, `00:05`, `1:02:03`: how long a video is, on its thumbnail. */
export const durationPattern = /^(?:\d{1,2}:)?\d{1,2}:\d{2}$/;

/** Names of users: letters, digits, dots, underscores. */
export const usernamePattern = /^[\p{L}\p{N}._]{1,30}$/u;

/**
 * Two or three buttons side by side that fill the width, as profiles have them below the header (Follow, Message) and
 * sharing screens at the end (Save draft, Share).
 */
export const buttonRows: Selector = once('rows of wide buttons', (hierarchy) => {
  const { width } = hierarchy;
  const candidates = clickable
    .find(hierarchy)
    .filter((node) => widthOf(node) > width * 0.2 && heightOf(node) < width * 0.16);
  return rowsOf(candidates)
    .filter((row) => {
      const [first, second] = row;
      const end = row.at(-1);
      if (!first || !second || !end || row.length > 3) return false;
      const isWide = first.bounds.left < width * 0.06 && end.bounds.right > width * 0.94;
      const isSeparate = row.every((node, index) => {
        const gap = node.bounds.left - (row[index - 1]?.bounds.right ?? node.bounds.left);
        return gap >= 0 && gap < width * 0.06;
      });
      return isWide && isSeparate && first.bounds.left > 0 && first.bounds.right < second.bounds.left;
    })
    .flat();
});

/** The n-th of the lowest row of wide buttons that stands within the given shares of the height; -1 is the last. */
export const wideButton = (index: number, { from, to }: { from: number; to: number }): Selector => ({
  name: `wide button ${index + 1}`,
  find(hierarchy) {
    const rows = rowsOf(buttonRows.find(hierarchy)).filter(
      ([node]) => node && node.bounds.top >= hierarchy.height * from && node.bounds.bottom <= hierarchy.height * to,
    );
    const row = rows.toSorted((a, b) => (b[0]?.bounds.top ?? 0) - (a[0]?.bounds.top ?? 0))[0] ?? [];
    const node = row.at(index);
    return node ? [node] : [];
  },
});

/** An upright in which small icons stand above each other at the right edge of a reel: like, comment, …, more. */
export const rail: Selector = once('icons at the right edge', (hierarchy) => {
  const { width, height } = hierarchy;
  const icons = clickable
    .find(hierarchy)
    .filter(
      (node) =>
        node.text === '' &&
        node.bounds.left > width * 0.82 &&
        node.bounds.top > height * 0.3 &&
        widthOf(node) > width * 0.05 &&
        isNear(widthOf(node), heightOf(node), widthOf(node) * 0.12),
    )
    .toSorted((a, b) => a.bounds.top - b.bounds.top);
  const [first] = icons;
  return first && icons.length >= 4 ? icons : [];
});

/** Icons of the rail that are as large as the first; the picture of the sound at its end is smaller. */
export const railIcon = (index: number): Selector => ({
  name: `icon ${index} at the right edge`,
  find(hierarchy) {
    const [first, ...rest] = rail.find(hierarchy);
    if (!first) return [];
    const icons = [first, ...rest.filter((node) => isNear(widthOf(node), widthOf(first), 2))];
    const node = icons.length >= 4 ? icons.at(index) : undefined;
    return node ? [node] : [];
  },
});

/** The smaller picture below the icons: the sound. */
export const railSound: Selector = {
  name: 'picture below the icons at the right edge',
  find(hierarchy) {
    const [first, ...rest] = rail.find(hierarchy);
    const lowest = rest.at(-1);
    return first && lowest && widthOf(lowest) < widthOf(first) - 2 ? [lowest] : [];
  },
};

/** A box with words that takes taps, whatever is drawn around it. */
export const labelled: Selector = once('labelled and clickable', (hierarchy) =>
  where(clickable, (node) => node.text !== '', 'with a text').find(hierarchy),
);

/** Every word on the screen, once: for rules that forbid any. */
export const anyLabel: Selector = once('any label', (hierarchy) =>
  where(anything, (node) => node.text !== '' || node.desc !== '', 'with a label').find(hierarchy),
);
