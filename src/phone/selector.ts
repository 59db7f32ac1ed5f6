import { isCovered } from './cover.ts';
import { areaOf, type Bounds, contains, type Hierarchy, type Node } from './hierarchy.ts';

/**
 * A way to find nodes on one capture; pure. `name` is what traces and errors show. Nodes that the phone calls hidden,
 * that have no size or that lie covered under another layer are never found.
 */
export interface Selector {
  readonly name: string;
  find(hierarchy: Hierarchy): Node[];
}

/** A text is compared whole after `normalText`, case kept; a RegExp is tried on the normalised text. */
export type Words = string | RegExp | readonly string[];

/** Where to look: a place, whatever a selector finds (the union of its nodes), or something worked out from the capture. */
export type Region = Bounds | Selector | ((hierarchy: Hierarchy) => Bounds | undefined);

/**
 * Text as a person reads it: no bidi marks and zero-width fillers, plain apostrophes, quotes and dots, one ordinary space
 * where there is any space, none at the ends. A label that Android could not resolve (`@2131888269`; the number differs
 * per build) is no label: ''.
 */
export function normalText(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\u2018\u2019\u02bc\uff07]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\u2026/g, '...')
    .replace(/\s+/g, ' ')
    .trim();
  return /^@\d{6,}$/.test(plain) ? '' : plain;
}

export const byText = (words: Words): Selector => byLabel('text', words, (node) => node.text);
/** content-desc */
export const byDesc = (words: Words): Selector => byLabel('desc', words, (node) => node.desc);
export const byHint = (words: Words): Selector => byLabel('hint', words, (node) => node.hint);

/** By what stands behind the slash of the resource id; an id without a package is compared whole. */
export function byId(suffix: string | readonly string[]): Selector {
  const wanted = new Set(typeof suffix === 'string' ? [suffix] : suffix);
  return shown(
    `id ${quoted(suffix)}`,
    (node) => node.id !== '' && wanted.has(node.id.slice(node.id.lastIndexOf('/') + 1)),
  );
}

/** Full class name, or its end behind a dot: `EditText` finds `android.widget.EditText`. */
export const byClass = (className: string): Selector =>
  shown(`class ${className}`, (node) => node.className === className || node.className.endsWith(`.${className}`));

/** The nearest clickable ancestor of what `selector` finds, or the node itself: labels are often not what takes the tap. */
export function clickableAround(selector: Selector): Selector {
  return {
    name: `clickable around ${selector.name}`,
    find: (hierarchy) => distinct(selector.find(hierarchy).map((node) => clickableOf(hierarchy, node))),
  };
}

/** Only what lies wholly inside `region`. Nothing when the region is not there. */
export function within(selector: Selector, region: Region): Selector {
  return placed(selector, region, 'within', (node, place) => contains(place, node.bounds));
}

/** What begins below the bottom of `anchor`, nearest first. */
export const below = (selector: Selector, anchor: Region): Selector =>
  ordered(selector, anchor, 'below', (node, place) => node.bounds.top - place.bottom);
/** What ends above the top of `anchor`, nearest first. */
export const above = (selector: Selector, anchor: Region): Selector =>
  ordered(selector, anchor, 'above', (node, place) => place.top - node.bounds.bottom);
export const rightOf = (selector: Selector, anchor: Region): Selector =>
  ordered(selector, anchor, 'right of', (node, place) => node.bounds.left - place.right);
export const leftOf = (selector: Selector, anchor: Region): Selector =>
  ordered(selector, anchor, 'left of', (node, place) => place.left - node.bounds.right);

/** What both find. */
export function both(a: Selector, b: Selector): Selector {
  return {
    name: `${a.name} and ${b.name}`,
    find(hierarchy) {
      const second = new Set(b.find(hierarchy));
      return a.find(hierarchy).filter((node) => second.has(node));
    },
  };
}

/** What any of them finds, in document order. */
export function either(...selectors: readonly Selector[]): Selector {
  return {
    name: selectors.map((selector) => selector.name).join(' or '),
    find: (hierarchy) =>
      distinct(selectors.flatMap((selector) => selector.find(hierarchy))).sort((a, b) => a.index - b.index),
  };
}

export function where(
  selector: Selector,
  predicate: (node: Node, hierarchy: Hierarchy) => boolean,
  name: string,
): Selector {
  return {
    name: `${selector.name} where ${name}`,
    find: (hierarchy) => selector.find(hierarchy).filter((node) => predicate(node, hierarchy)),
  };
}

/** Every node that is shown; to be narrowed by the functions above. */
export const anything: Selector = shown('anything', () => true);

/** True when a person could see it: displayed, with a size, not covered. */
export const isShown = (hierarchy: Hierarchy, node: Node): boolean =>
  node.displayed && areaOf(node.bounds) > 0 && !isCovered(hierarchy, node);

function shown(name: string, matches: (node: Node) => boolean): Selector {
  return {
    name,
    find: (hierarchy) => hierarchy.nodes.filter((node) => matches(node) && isShown(hierarchy, node)),
  };
}

function byLabel(kind: string, words: Words, labelOf: (node: Node) => string): Selector {
  const matches = matcher(words);
  return shown(`${kind} ${quoted(words)}`, (node) => {
    const raw = labelOf(node);
    if (raw === '') return false;
    const label = normalOf(node, raw);
    return label !== '' && matches(label);
  });
}

/** A recogniser asks for the same labels a hundred times; normalising them anew each time is most of its work. */
const normalised = new WeakMap<Node, Map<string, string>>();

function normalOf(node: Node, raw: string): string {
  const known = normalised.get(node) ?? new Map<string, string>();
  const label = known.get(raw) ?? normalText(raw);
  known.set(raw, label);
  normalised.set(node, known);
  return label;
}

function matcher(words: Words): (label: string) => boolean {
  if (words instanceof RegExp) {
    // `g` and `y` would carry a position from one node to the next
    const pattern = new RegExp(words.source, words.flags.replace(/[gy]/g, ''));
    return (label) => pattern.test(label);
  }
  const wanted = new Set((typeof words === 'string' ? [words] : words).map(normalText));
  return (label) => wanted.has(label);
}

const quoted = (words: Words): string =>
  words instanceof RegExp
    ? String(words)
    : (typeof words === 'string' ? [words] : words).map((w) => `"${w}"`).join('|');

const distinct = (nodes: readonly (Node | undefined)[]): Node[] => [
  ...new Set(nodes.filter((node) => node !== undefined)),
];

function clickableOf(hierarchy: Hierarchy, start: Node): Node | undefined {
  let node: Node | undefined = start;
  while (node && !node.clickable) node = hierarchy.nodes[node.parent];
  return node;
}

function placeOf(hierarchy: Hierarchy, region: Region): Bounds | undefined {
  if (typeof region === 'function') return region(hierarchy);
  if (!('find' in region)) return region;
  const found = region.find(hierarchy).map((node) => node.bounds);
  if (found.length === 0) return undefined;
  return {
    left: Math.min(...found.map((bounds) => bounds.left)),
    top: Math.min(...found.map((bounds) => bounds.top)),
    right: Math.max(...found.map((bounds) => bounds.right)),
    bottom: Math.max(...found.map((bounds) => bounds.bottom)),
  };
}

const nameOf = (region: Region): string =>
  typeof region === 'function' ? region.name || 'a place' : 'find' in region ? region.name : JSON.stringify(region);

function placed(
  selector: Selector,
  region: Region,
  word: string,
  fits: (node: Node, place: Bounds) => boolean,
): Selector {
  return {
    name: `${selector.name} ${word} ${nameOf(region)}`,
    find(hierarchy) {
      const place = placeOf(hierarchy, region);
      return place === undefined ? [] : selector.find(hierarchy).filter((node) => fits(node, place));
    },
  };
}

function ordered(
  selector: Selector,
  anchor: Region,
  word: string,
  distance: (node: Node, place: Bounds) => number,
): Selector {
  return {
    name: `${selector.name} ${word} ${nameOf(anchor)}`,
    find(hierarchy) {
      const place = placeOf(hierarchy, anchor);
      if (place === undefined) return [];
      return selector
        .find(hierarchy)
        .filter((node) => distance(node, place) >= 0)
        .sort((a, b) => distance(a, place) - distance(b, place) || a.index - b.index);
    },
  };
}
