import { SaxesParser } from 'saxes';
import { DroverError } from '../base/error.ts';

/** Physical px in the current rotation; right and bottom are exclusive. */
export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Node {
  /** Position in `Hierarchy.nodes`. */
  index: number;
  /** Index of the parent, -1 for the root of a window. */
  parent: number;
  depth: number;
  children: number[];
  className: string;
  package: string;
  /** As the phone gave it; compare through `normalText` (selector.ts). */
  text: string;
  desc: string;
  /** `package:id/name`, without a package in some apps, empty mostly. */
  id: string;
  hint: string;
  bounds: Bounds;
  clickable: boolean;
  longClickable: boolean;
  checkable: boolean;
  checked: boolean;
  enabled: boolean;
  focusable: boolean;
  focused: boolean;
  password: boolean;
  scrollable: boolean;
  selected: boolean;
  /** What the phone itself says about visibility. Covered nodes are displayed too: see `isCovered` (cover.ts). */
  displayed: boolean;
  /** Place among its siblings in the order of drawing, as Android gives it; -1 where the source has none. */
  drawingOrder: number;
}

/** One capture of what is on the screen. Nodes are in document order: parents first. */
export interface Hierarchy {
  nodes: readonly Node[];
  /** Roots of the windows. */
  roots: number[];
  width: number;
  height: number;
  /** Quarter turns, as Android's Surface.ROTATION_*. */
  rotation: number;
  packages: Set<string>;
  xml: string;
  /** Epoch ms of the capture; 0 when unknown. */
  at: number;
}

export const widthOf = (bounds: Bounds): number => Math.max(0, bounds.right - bounds.left);
export const heightOf = (bounds: Bounds): number => Math.max(0, bounds.bottom - bounds.top);
export const areaOf = (bounds: Bounds): number => widthOf(bounds) * heightOf(bounds);
export const middleOf = (bounds: Bounds): Point => ({
  x: Math.floor((bounds.left + bounds.right) / 2),
  y: Math.floor((bounds.top + bounds.bottom) / 2),
});
export const contains = (outer: Bounds, inner: Bounds): boolean =>
  outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom;

/**
 * Reads what `GET /source` and `uiautomator dump` give: `<node class="…">` or one tag per class, several windows below
 * one root, anything at all behind `</hierarchy>` (dump prints a sentence there). Throws `phone.screen-malformed` when it
 * is no hierarchy, or one with bytes missing.
 */
export function parseHierarchy(xml: string, at = 0): Hierarchy {
  const reader = new Reader();
  reader.read(xml);
  const { nodes, roots, root } = reader;
  const right = Math.max(0, ...roots.map((index) => nodes[index]?.bounds.right ?? 0));
  const bottom = Math.max(0, ...roots.map((index) => nodes[index]?.bounds.bottom ?? 0));
  return {
    nodes,
    roots,
    width: Number(root.width) || right,
    height: Number(root.height) || bottom,
    rotation: Number(root.rotation) || 0,
    packages: new Set(nodes.map((node) => node.package).filter((name) => name !== '')),
    xml,
    at,
  };
}

const malformed = (why: string, xml: string): DroverError =>
  new DroverError('phone.screen-malformed', {
    message: `the phone's screen could not be read: ${why}`,
    details: { why, chars: xml.length },
  });

/** Saxes' words for characters that XML 1.0 forbids. App texts hold such (lone surrogates, NUL); they spoil no structure. */
const harmless = /disallowed character|malformed character entity|undefined entity|entity/i;

/** Older Androids write an emoji as two references, one per UTF-16 half, which XML does not allow. */
const joinSurrogates = (xml: string): string =>
  xml.replace(/&#(5[56]\d{3});&#(5[67]\d{3});/g, (both, high, low) => {
    const char = String.fromCharCode(Number(high), Number(low));
    return char.isWellFormed() ? char : both;
  });

class Reader {
  readonly nodes: Node[] = [];
  readonly roots: number[] = [];
  root: Readonly<Record<string, string>> = {};
  readonly #open: number[] = [];
  #depth = 0;
  #isDone = false;

  read(xml: string): void {
    const end = xml.lastIndexOf('</hierarchy>');
    const start = xml.search(/<\?xml|<hierarchy/);
    if (start < 0) throw malformed(xml.trim() === '' ? 'empty' : 'no hierarchy in it', xml);
    const parser = new SaxesParser({ xmlns: false, fragment: false, position: false });
    parser.on('error', (error) => {
      if (!this.#isDone && !harmless.test(error.message)) throw malformed(error.message, xml);
    });
    parser.on('opentag', (tag) => this.#onOpen(tag.name, tag.attributes));
    parser.on('closetag', () => this.#onClose());
    parser.write(joinSurrogates(end < 0 ? xml.slice(start) : xml.slice(start, end + '</hierarchy>'.length)));
    if (!this.#isDone) throw malformed('it ends too early', xml);
  }

  #onOpen(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth++;
    if (this.#depth === 1) {
      this.root = attributes;
      return;
    }
    const parent = this.#open.at(-1) ?? -1;
    const index = this.nodes.length;
    this.nodes.push(toNode(name, attributes, { index, parent, depth: this.#depth - 2 }));
    if (parent < 0) this.roots.push(index);
    else this.nodes[parent]?.children.push(index);
    this.#open.push(index);
  }

  #onClose(): void {
    this.#depth--;
    this.#open.pop();
    if (this.#depth === 0) this.#isDone = true;
  }
}

function toNode(
  name: string,
  attributes: Readonly<Record<string, string>>,
  place: { index: number; parent: number; depth: number },
): Node {
  const is = (key: string) => attributes[key] === 'true';
  return {
    ...place,
    children: [],
    className: attributes.class ?? (name === 'node' ? '' : name),
    package: attributes.package ?? '',
    text: attributes.text ?? '',
    desc: attributes['content-desc'] ?? '',
    id: attributes['resource-id'] ?? '',
    hint: attributes.hint ?? '',
    bounds: parseBounds(attributes.bounds ?? ''),
    clickable: is('clickable'),
    longClickable: is('long-clickable'),
    checkable: is('checkable'),
    checked: is('checked'),
    enabled: attributes.enabled !== 'false',
    focusable: is('focusable'),
    focused: is('focused'),
    password: is('password'),
    scrollable: is('scrollable'),
    selected: is('selected'),
    displayed: attributes.displayed !== 'false' && attributes['visible-to-user'] !== 'false',
    drawingOrder: Number(attributes['drawing-order'] ?? -1),
  };
}

function parseBounds(text: string): Bounds {
  const [left = 0, top = 0, right = 0, bottom = 0] = (text.match(/-?\d+/g) ?? []).map(Number);
  return { left, top, right, bottom };
}
