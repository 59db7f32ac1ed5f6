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
  const plain = normalSpaces(text).trim();
  return /^@\d{6,}$/.test(plain) ? '' : plain;
}

/** The same with the spaces at its ends kept: for parts of a text. */
const normalSpaces = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\u2018\u2019\u02bc\uff07]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\u2026/g, '...')
    .replace(/\s+/g, ' ');

export const byText = (words: Words): Selector => byWords('text', words);
/** content-desc */
export const byDesc = (words: Words): Selector => byWords('desc', words);
export const byHint = (words: Words): Selector => byWords('hint', words);

/** Text or content-desc, whole and whatever its case: Android writes its buttons in capitals on some phones. */
export function byLabel(words: Words): Selector {
  if (words instanceof RegExp) return either(byText(words), byDesc(words));
  const wanted = listed(words).map((word) => normalText(word).toLowerCase());
  return indexed(`label ${quoted(words)}`, ({ folded, cut }) => [
    ...wanted.flatMap((word) => folded.get(word) ?? []),
    ...cutOf(cut, wanted, (entry) => entry.folded),
  ]);
}

/** A text or content-desc that holds one of the phrases anywhere, whatever its case: sentences whose rest differs. */
export const byPhrase = (phrases: readonly string[]): Selector =>
  byFolded('phrase', phrases, new RegExp(phrases.map(escaped).join('|')));

/** A text or content-desc that begins with one of the phrases, whatever its case. */
export const byBeginning = (phrases: readonly string[]): Selector =>
  byFolded('beginning', phrases, new RegExp(`^(?:${phrases.map(escaped).join('|')})`));

const escaped = (phrase: string): string =>
  normalSpaces(phrase)
    .toLowerCase()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function byFolded(kind: string, phrases: readonly string[], pattern: RegExp): Selector {
  return indexed(`${kind} ${quoted(phrases)}`, ({ folded }) =>
    [...folded].flatMap(([label, nodes]) => (pattern.test(label) ? nodes : [])),
  );
}

/** By what stands behind the slash of the resource id; an id without a package is compared whole. */
export function byId(suffix: string | readonly string[]): Selector {
  const wanted = listed(suffix);
  return indexed(`id ${quoted(suffix)}`, ({ id }) => wanted.flatMap((name) => id.get(name) ?? []));
}

/** Full class name, or its end behind a dot: `EditText` finds `android.widget.EditText`. */
export const byClass = (className: string): Selector =>
  shown(`class ${className}`, (node) => node.className === className || node.className.endsWith(`.${className}`));

/** The nearest clickable ancestor of what `selector` finds, or the node itself: labels are often not what takes the tap. */
export function clickableAround(selector: Selector): Selector {
  return once(`clickable around ${selector.name}`, (hierarchy) =>
    distinct(selector.find(hierarchy).map((node) => clickableOf(hierarchy, node))),
  );
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
  return once(`${a.name} and ${b.name}`, (hierarchy) => {
    const first = a.find(hierarchy);
    if (first.length === 0) return first;
    const second = new Set(b.find(hierarchy));
    return first.filter((node) => second.has(node));
  });
}

/** What any of them finds, in document order. */
export function either(...selectors: readonly Selector[]): Selector {
  return once(selectors.map((selector) => selector.name).join(' or '), (hierarchy) =>
    inOrder(selectors.flatMap((selector) => selector.find(hierarchy))),
  );
}

export function where(
  selector: Selector,
  predicate: (node: Node, hierarchy: Hierarchy) => boolean,
  name: string,
): Selector {
  return once(`${selector.name} where ${name}`, (hierarchy) =>
    selector.find(hierarchy).filter((node) => predicate(node, hierarchy)),
  );
}

/** Every node that is shown; to be narrowed by the functions above. */
export const anything: Selector = shown('anything', () => true);

/** True when a person could see it: displayed, with a size, not covered. */
export const isShown = (hierarchy: Hierarchy, node: Node): boolean =>
  node.displayed && areaOf(node.bounds) > 0 && !isCovered(hierarchy, node);

function shown(name: string, matches: (node: Node) => boolean): Selector {
  return once(name, (hierarchy) => indexOf(hierarchy).nodes.filter(matches));
}

/**
 * Worked out once for each capture: the screens of an app ask for the same things again and again. The list that `find`
 * gives is shared and not to be changed.
 */
export function once(name: string, work: (hierarchy: Hierarchy) => Node[]): Selector {
  const selector: Selector = {
    name,
    find(hierarchy) {
      const { answers } = indexOf(hierarchy);
      let found = answers.get(selector);
      if (found === undefined) {
        found = work(hierarchy);
        answers.set(selector, found);
      }
      return found;
    },
  };
  return selector;
}

const inOrder = (nodes: Node[]): Node[] =>
  nodes.length < 2 ? nodes : distinct(nodes).sort((a, b) => a.index - b.index);

/** A label that ends in dots, without them. */
interface Cut {
  readonly node: Node;
  readonly kind: 'text' | 'desc' | 'hint';
  readonly label: string;
  readonly folded: string;
}

/** The nodes by each of their labels, in document order. */
interface Index {
  /** Shown ones. */
  readonly nodes: readonly Node[];
  readonly text: ReadonlyMap<string, readonly Node[]>;
  readonly desc: ReadonlyMap<string, readonly Node[]>;
  readonly hint: ReadonlyMap<string, readonly Node[]>;
  /** Text or description in lower case. */
  readonly folded: ReadonlyMap<string, readonly Node[]>;
  /** By what stands behind the slash. */
  readonly id: ReadonlyMap<string, readonly Node[]>;
  readonly cut: readonly Cut[];
  /** What selectors have found; one map a capture, because a weak map a selector keeps the garbage collector busy. */
  readonly answers: Map<Selector, Node[]>;
}

/** A recogniser asks one capture for hundreds of labels: each is normalised once, and found without walking the tree. */
const indexes = new WeakMap<Hierarchy, Index>();

function indexOf(hierarchy: Hierarchy): Index {
  const known = indexes.get(hierarchy);
  if (known) return known;
  const nodes = hierarchy.nodes.filter((node) => isShown(hierarchy, node));
  const index = {
    nodes,
    text: new Map<string, Node[]>(),
    desc: new Map<string, Node[]>(),
    hint: new Map<string, Node[]>(),
    folded: new Map<string, Node[]>(),
    id: new Map<string, Node[]>(),
    cut: [] as Cut[],
    answers: new Map<Selector, Node[]>(),
  };
  for (const node of nodes) {
    const text = labelIn(index.text, node, node.text);
    const desc = labelIn(index.desc, node, node.desc);
    labelIn(index.hint, node, node.hint);
    for (const [kind, label] of [
      ['text', text],
      ['desc', desc],
    ] as const) {
      if (!label.endsWith('...') || label.length < leastCut + 3) continue;
      const whole = label.slice(0, -3).trimEnd();
      index.cut.push({ node, kind, label: whole, folded: whole.toLowerCase() });
    }
    for (const label of new Set([text, desc])) if (label !== '') add(index.folded, label.toLowerCase(), node);
    if (node.id !== '') add(index.id, node.id.slice(node.id.lastIndexOf('/') + 1), node);
  }
  indexes.set(hierarchy, index);
  return index;
}

function labelIn(map: Map<string, Node[]>, node: Node, raw: string): string {
  if (raw === '') return '';
  const label = normalText(raw);
  if (label !== '') add(map, label, node);
  return label;
}

function add(map: Map<string, Node[]>, key: string, node: Node): void {
  const list = map.get(key);
  if (list) list.push(node);
  else map.set(key, [node]);
}

/** Of hits under several keys, each node once and in document order. */
function indexed(name: string, find: (index: Index) => Node[]): Selector {
  return once(name, (hierarchy) => inOrder(find(indexOf(hierarchy))));
}

function byWords(kind: 'text' | 'desc' | 'hint', words: Words): Selector {
  const name = `${kind} ${quoted(words)}`;
  if (words instanceof RegExp) {
    // `g` and `y` would carry a position from one node to the next
    const pattern = new RegExp(words.source, words.flags.replace(/[gy]/g, ''));
    return indexed(name, (index) => [...index[kind]].flatMap(([label, nodes]) => (pattern.test(label) ? nodes : [])));
  }
  const wanted = listed(words).map(normalText);
  return indexed(name, (index) => [
    ...wanted.flatMap((word) => index[kind].get(word) ?? []),
    ...cutOf(index.cut, wanted, (entry) => (entry.kind === kind ? entry.label : undefined)),
  ]);
}

/** Narrow phones and large fonts cut labels: "Select mul..." is "Select multiple". Of less than this nothing can be told. */
const leastCut = 6;

const cutOf = (
  cut: readonly Cut[],
  wanted: readonly string[],
  labelOf: (entry: Cut) => string | undefined,
): readonly Node[] =>
  cut.flatMap((entry) => {
    const label = labelOf(entry);
    return label !== undefined && wanted.some((word) => word.length > label.length && word.startsWith(label))
      ? entry.node
      : [];
  });

const listed = (words: string | readonly string[]): readonly string[] => (typeof words === 'string' ? [words] : words);

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
  return once(`${selector.name} ${word} ${nameOf(region)}`, (hierarchy) => {
    const place = placeOf(hierarchy, region);
    return place === undefined ? [] : selector.find(hierarchy).filter((node) => fits(node, place));
  });
}

function ordered(
  selector: Selector,
  anchor: Region,
  word: string,
  distance: (node: Node, place: Bounds) => number,
): Selector {
  return once(`${selector.name} ${word} ${nameOf(anchor)}`, (hierarchy) => {
    const place = placeOf(hierarchy, anchor);
    if (place === undefined) return [];
    return selector
      .find(hierarchy)
      .filter((node) => distance(node, place) >= 0)
      .sort((a, b) => distance(a, place) - distance(b, place) || a.index - b.index);
  });
}
