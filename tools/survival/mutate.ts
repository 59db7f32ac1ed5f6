/**
 * What updates, phones and other languages do to a screen, done to a capture: each mutation gives the tree that a phone
 * would give then, and the label that belongs to it. Seeded, so that a fault can be looked at again.
 */
import type { Random } from '../../src/base/random.ts';
import { type Bounds, type Hierarchy, type Node, parseHierarchy } from '../../src/phone/hierarchy.ts';
import { normalText } from '../../src/phone/selector.ts';
import { mirrored } from '../../src/script/mirror.ts';
import type { Box, Capture, CaptureLabel } from '../../test/apps/captures.ts';

export interface Mutant {
  readonly hierarchy: Hierarchy;
  readonly label: CaptureLabel;
  /** What is not in the tree was not on the screen: reporting it is a wrong tap. */
  readonly isFull: boolean;
  /** Something unknown lies over everything: nothing is to be found, and nothing may be tapped. */
  readonly isCovered?: true;
}

/** Undefined where it does not apply to this capture. */
export type Mutation = (capture: Capture, random: Random) => Mutant | undefined;

/** Key → the spellings of one language; by language. */
export type Dictionary = Readonly<Record<string, Readonly<Partial<Record<string, readonly string[]>>>>>;

const same = ({ xml, label, isFull }: Capture): Mutant => ({ hierarchy: parseHierarchy(xml), label, isFull });

function withNodes(mutant: Mutant, change: (node: Node) => Partial<Node>): Mutant {
  const nodes = mutant.hierarchy.nodes.map((node) => ({ ...node, ...change(node) }));
  return { ...mutant, hierarchy: { ...mutant.hierarchy, nodes } };
}

/** For what has no chance in it. */
export const noChance: Random = {
  next: () => 0,
  int: (min) => min,
  pick: (list) => list[0] as (typeof list)[number],
  chance: () => false,
};

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789_';
const newId = (random: Random): string =>
  Array.from({ length: 3 }, () => letters[random.int(0, letters.length - 1)]).join('');

/** Each id becomes another one, the same wherever it stood: what a release of TikTok does, done to everybody. */
export const renameIds: Mutation = (capture, random) => {
  const names = new Map<string, string>();
  return withNodes(same(capture), ({ id }) => {
    if (id === '') return {};
    const slash = id.lastIndexOf('/') + 1;
    const known = names.get(id.slice(slash)) ?? newId(random);
    names.set(id.slice(slash), known);
    return { id: id.slice(0, slash) + known };
  });
};

export const dropIds: Mutation = (capture) => withNodes(same(capture), () => ({ id: '' }));

/** Labels that an app could not resolve: content descriptions become numbers. */
export const unresolvedDescs: Mutation = (capture, random) =>
  withNodes(same(capture), ({ desc }) => (desc === '' ? {} : { desc: `@2131${random.int(100_000, 999_999)}` }));

/** Long labels are cut, as narrow phones and large fonts do. */
export const truncate: Mutation = (capture) => {
  const cut = (text: string): string => (text.length > 14 ? `${text.slice(0, 11)}…` : text);
  const mutant = withNodes(same(capture), ({ text, desc, className }) => ({
    text: /EditText/.test(className) ? text : cut(text),
    desc: cut(desc),
  }));
  return mutant;
};

/** Brothers change places in the document; what is drawn over what stays. */
export const reorder: Mutation = (capture, random) => {
  const { hierarchy, ...rest } = same(capture);
  const isFlat = hierarchy.nodes.every((node) => node.children.length === 0);
  if (isFlat || !hierarchy.nodes.some((node) => node.drawingOrder >= 0)) return undefined; // there the order says what is on top
  const shuffled = (list: readonly number[]): number[] => {
    const left = [...list];
    return Array.from({ length: list.length }, () => left.splice(random.int(0, left.length - 1), 1)[0] ?? -1);
  };
  const order: number[] = [];
  const visit = (index: number): void => {
    order.push(index);
    for (const child of shuffled(hierarchy.nodes[index]?.children ?? [])) visit(child);
  };
  for (const root of hierarchy.roots) visit(root);
  return { hierarchy: inOrder(hierarchy, order), ...rest };
};

function inOrder(hierarchy: Hierarchy, order: readonly number[]): Hierarchy {
  const place = new Map(order.map((from, to) => [from, to]));
  const moved = (index: number): number => place.get(index) ?? -1;
  const nodes = order.flatMap((from) => {
    const node = hierarchy.nodes[from];
    if (!node) return [];
    return {
      ...node,
      index: moved(from),
      parent: node.parent < 0 ? -1 : moved(node.parent),
      children: node.children.map(moved).sort((a, b) => a - b),
    };
  });
  return { ...hierarchy, nodes, roots: hierarchy.roots.map(moved).sort((a, b) => a - b) };
}

/** Another phone: all boxes scaled, each way by its own factor. */
export const resize =
  (across: number, down: number): Mutation =>
  (capture) => {
    const mutant = same(capture);
    const bounds = ({ left, top, right, bottom }: Bounds): Bounds => ({
      left: Math.round(left * across),
      top: Math.round(top * down),
      right: Math.round(right * across),
      bottom: Math.round(bottom * down),
    });
    const scaled = withNodes(mutant, (node) => ({ bounds: bounds(node.bounds) }));
    const box = ([left, top, right, bottom]: Box): Box => {
      const to = bounds({ left, top, right, bottom });
      return [to.left, to.top, to.right, to.bottom];
    };
    return {
      ...scaled,
      hierarchy: {
        ...scaled.hierarchy,
        width: Math.round(mutant.hierarchy.width * across),
        height: Math.round(mutant.hierarchy.height * down),
      },
      label: { ...mutant.label, elements: scaledElements(mutant.label.elements, box) },
    };
  };

/** Left and right change places, as apps draw their pages where the language runs from right to left. */
export const turned =
  (mutation: Mutation): Mutation =>
  (capture, random) => {
    const mutant = mutation(capture, random);
    if (!mutant) return undefined;
    const { width } = mutant.hierarchy;
    const box = ([left, top, right, bottom]: Box): Box => [width - right, top, width - left, bottom];
    return {
      ...mutant,
      hierarchy: mirrored(mutant.hierarchy),
      label: { ...mutant.label, elements: scaledElements(mutant.label.elements, box) },
    };
  };

function scaledElements(elements: CaptureLabel['elements'], box: (from: Box) => Box): CaptureLabel['elements'] {
  const isBox = (value: unknown): value is Box =>
    Array.isArray(value) && value.length === 4 && value.every((n) => typeof n === 'number');
  const scaled = (value: unknown): unknown => {
    if (isBox(value)) return box(value);
    if (Array.isArray(value)) return value.map(scaled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, scaled(part)]));
  };
  return scaled(elements) as CaptureLabel['elements'];
}

/** The words of one language become those of another, where both are in the app's dictionary; the rest stays. */
export const translate =
  (dictionaries: Readonly<Record<string, Dictionary>>, to: string): Mutation =>
  (capture) => {
    const { label } = capture;
    const dictionary = dictionaries[label.app];
    if (!dictionary || label.language === null || label.language === to) return undefined;
    const [from, target] = [dictionary[label.language], dictionary[to]];
    if (!from || !target) return undefined;
    const pairs = Object.entries(from)
      .flatMap(([key, words]) => (words ?? []).map((word) => [normalText(word), target[key]?.[0]] as const))
      .sort(([a], [b]) => b.length - a.length);
    const whole = new Map(
      pairs.flatMap(([word, other]) => (other === undefined ? [] : [[word, other] as const])).reverse(),
    );
    let count = 0;
    const swap = (raw: string): string => {
      if (raw === '') return raw;
      const text = normalText(raw);
      const exact = whole.get(text);
      if (exact !== undefined) {
        count += 1;
        return exact;
      }
      const begun = pairs.find(([word, other]) => other !== undefined && word.length > 5 && text.startsWith(word));
      if (!begun) return raw;
      count += 1;
      return `${begun[1]}${text.slice(begun[0].length)}`;
    };
    const mutant = withNodes(same(capture), ({ text, desc }) => ({ text: swap(text), desc: swap(desc) }));
    return count === 0 ? undefined : { ...mutant, label: { ...mutant.label, language: to } };
  };

const plain: Omit<Node, 'index' | 'parent' | 'depth' | 'children' | 'bounds' | 'package'> = {
  className: 'android.view.View',
  text: '',
  desc: '',
  id: '',
  hint: '',
  clickable: false,
  longClickable: false,
  checkable: false,
  checked: false,
  enabled: true,
  focusable: false,
  focused: false,
  password: false,
  scrollable: false,
  selected: false,
  displayed: true,
  drawingOrder: -1,
};

interface Piece extends Partial<Node> {
  at: readonly [left: number, top: number, right: number, bottom: number];
  inside?: readonly Piece[];
}

/** `hierarchy` with one more window behind its last one. */
function withWindow(hierarchy: Hierarchy, owner: string, window: Piece): Hierarchy {
  const nodes = [...hierarchy.nodes];
  const add = (piece: Piece, parent: number, depth: number): number => {
    const { at, inside = [], ...rest } = piece;
    const [left, top, right, bottom] = at.map(Math.round) as [number, number, number, number];
    const index = nodes.length;
    const node: Node = {
      ...plain,
      ...rest,
      package: owner,
      index,
      parent,
      depth,
      children: [],
      bounds: { left, top, right, bottom },
    };
    nodes.push(node);
    for (const child of inside) node.children.push(add(child, index, depth + 1));
    return index;
  };
  const root = add(window, -1, 0);
  return { ...hierarchy, nodes, roots: [...hierarchy.roots, root], packages: new Set([...hierarchy.packages, owner]) };
}

const isTree = ({ hierarchy }: Mutant): boolean =>
  hierarchy.packages.size > 0 && hierarchy.nodes.some((node) => node.children.length > 0);

/** The keyboard of the phone over the lower part, and the bars of the system. What the keyboard hides is not asked for. */
export const bars: Mutation = (capture) => {
  const mutant = same(capture);
  if (!isTree(mutant)) return undefined;
  const { width } = mutant.hierarchy;
  const bar: Piece = {
    at: [0, 0, width, 2],
    className: 'android.widget.FrameLayout',
    inside: [{ at: [0, 0, width / 4, 2], className: 'android.widget.TextView', text: '10:42' }],
  };
  return { ...mutant, hierarchy: withWindow(mutant.hierarchy, 'com.android.systemui', bar) };
};

/** A dialog that nobody knows, in a window of its own in front of the app. Two dialogs would leave open which is in front. */
export const popUp: Mutation = (capture) => {
  const mutant = same(capture);
  if (!isTree(mutant) || capture.label.app === 'system' || capture.label.blocking) return undefined;
  const { width, height } = mutant.hierarchy;
  const card: Piece = {
    at: [width * 0.08, height * 0.3, width * 0.92, height * 0.68],
    className: 'android.widget.FrameLayout',
    inside: [
      {
        at: [width * 0.12, height * 0.33, width * 0.88, height * 0.4],
        className: 'android.widget.TextView',
        text: 'Something new to discover',
      },
      {
        at: [width * 0.12, height * 0.5, width * 0.88, height * 0.56],
        className: 'android.widget.Button',
        clickable: true,
        text: 'Show me around',
      },
      {
        at: [width * 0.12, height * 0.58, width * 0.88, height * 0.64],
        className: 'android.widget.Button',
        clickable: true,
        text: 'Another day',
      },
    ],
  };
  return { ...mutant, hierarchy: withWindow(mutant.hierarchy, capture.label.package, card), isCovered: true };
};

/** Another app's window lies over the middle of the app: a call, a chat head that was opened. */
export const foreignWindow: Mutation = (capture) => {
  const mutant = popUp({ ...capture, label: { ...capture.label, package: 'com.example.phone' } }, noChance);
  return mutant && { ...mutant, label: capture.label };
};

/** Android asks for a permission in front of the app. */
export const permissionInFront: Mutation = (capture) => {
  const mutant = same(capture);
  if (!isTree(mutant) || capture.label.app === 'system') return undefined;
  const { width, height } = mutant.hierarchy;
  const button = (text: string, top: number): Piece => ({
    at: [width * 0.12, height * top, width * 0.88, height * (top + 0.05)],
    className: 'android.widget.Button',
    clickable: true,
    text,
  });
  const dialog: Piece = {
    at: [width * 0.05, height * 0.3, width * 0.95, height * 0.72],
    className: 'android.widget.FrameLayout',
    inside: [
      {
        at: [width * 0.12, height * 0.33, width * 0.88, height * 0.42],
        className: 'android.widget.TextView',
        text: 'Allow the app to access your contacts?',
      },
      button('Allow', 0.5),
      button('Don’t allow', 0.58),
    ],
  };
  const place = (top: number) => ({
    bounds: [
      Math.round(width * 0.12),
      Math.round(height * top),
      Math.round(width * 0.88),
      Math.round(height * (top + 0.05)),
    ] as Box,
    tap: [
      Math.round(width * 0.12),
      Math.round(height * top),
      Math.round(width * 0.88),
      Math.round(height * (top + 0.05)),
    ] as Box,
  });
  const owner = 'com.google.android.permissioncontroller';
  return {
    hierarchy: withWindow(mutant.hierarchy, owner, dialog),
    isFull: true,
    label: {
      app: 'system',
      package: owner,
      package_in_tree: true,
      screen: 'permission',
      language: 'en',
      blocking: true,
      elements: { allow: place(0.5), deny: place(0.58), while_using: null, allow_once: null },
    },
  };
};

/** An advertisement with a button of its own, as a brother of the page, drawn last, in a strip that holds nothing else. */
export const advertisement: Mutation = (capture) => {
  const mutant = same(capture);
  const { hierarchy } = mutant;
  const root = hierarchy.roots
    .map((index) => hierarchy.nodes[index])
    .find((node) => node?.package === capture.label.package);
  if (!isTree(mutant) || !root) return undefined;
  const strip = freeStrip(hierarchy);
  if (strip === undefined) return undefined;
  const [top, bottom] = strip;
  const nodes = [...hierarchy.nodes];
  const { width } = hierarchy;
  const order = Math.max(...root.children.map((index) => nodes[index]?.drawingOrder ?? -1));
  // behind the whole subtree of the root, so that parents stay before their children
  const add = (
    piece: Partial<Node>,
    parent: number,
    depth: number,
    [left, right]: readonly [number, number],
  ): number => {
    const index = nodes.length;
    nodes.push({
      ...plain,
      ...piece,
      package: root.package,
      index,
      parent,
      depth,
      children: [],
      bounds: { left: Math.round(left), top, right: Math.round(right), bottom },
    });
    return index;
  };
  if (root.index !== hierarchy.roots.at(-1)) return undefined;
  const card = add(
    { className: 'android.widget.FrameLayout', drawingOrder: order < 0 ? -1 : order + 1 },
    root.index,
    1,
    [0, width],
  );
  const label = add(
    { className: 'android.widget.TextView', text: 'Sponsored · Sunny Shoes', drawingOrder: order < 0 ? -1 : 1 },
    card,
    2,
    [width * 0.1, width * 0.6],
  );
  const button = add(
    { className: 'android.widget.Button', text: 'Shop now', clickable: true, drawingOrder: order < 0 ? -1 : 2 },
    card,
    2,
    [width * 0.62, width * 0.9],
  );
  nodes[root.index] = { ...root, children: [...root.children, card] };
  nodes[card] = { ...(nodes[card] as Node), children: [label, button] };
  return { ...mutant, hierarchy: { ...hierarchy, nodes } };
};

/** A strip of the screen, 2 % high, that nothing small reaches into. */
function freeStrip({ nodes, width, height }: Hierarchy): readonly [number, number] | undefined {
  const tall = Math.max(8, Math.round(height * 0.02));
  const small = nodes.filter(
    ({ bounds }) => (bounds.right - bounds.left) * (bounds.bottom - bounds.top) < width * height * 0.3,
  );
  for (let top = Math.round(height * 0.15); top + tall < height * 0.85; top += tall) {
    if (!small.some(({ bounds }) => bounds.top < top + tall && bounds.bottom > top)) return [top, top + tall];
  }
  return undefined;
}

/** A whole other screen of the same app is left below the one in front, as create flows leave the camera. */
export const coveredLayer =
  (others: readonly Capture[]): Mutation =>
  (capture, random) => {
    const mutant = same(capture);
    const { hierarchy } = mutant;
    const root = hierarchy.nodes[hierarchy.roots.at(-1) ?? -1];
    const usable = others.filter(
      (other) => other.label.app === capture.label.app && other.label.screen !== capture.label.screen && other.isFull,
    );
    if (
      !isTree(mutant) ||
      !root ||
      root.drawingOrder < 0 ||
      root.package !== capture.label.package ||
      usable.length === 0
    )
      return undefined;
    const below = parseHierarchy(random.pick(usable).xml);
    const from = below.roots.map((index) => below.nodes[index]).find((node) => node?.package === capture.label.package);
    if (!from || below.width !== hierarchy.width) return undefined;
    return { ...mutant, hierarchy: stack(hierarchy, root, below, from) };
  };

/** One window with two layers: `below`'s page, and over it the page of `top` behind something that takes all touches. */
function stack(hierarchy: Hierarchy, root: Node, below: Hierarchy, from: Node): Hierarchy {
  const kept = hierarchy.nodes.slice(0, root.index);
  const nodes: Node[] = [...kept];
  const copy = (source: Hierarchy, node: Node, parent: number, depth: number, change: Partial<Node> = {}): number => {
    const index = nodes.length;
    const made: Node = { ...node, ...change, index, parent, depth, children: [] };
    nodes.push(made);
    for (const child of node.children) {
      const next = source.nodes[child];
      if (next) made.children.push(copy(source, next, index, depth + 1));
    }
    return index;
  };
  const top = nodes.length;
  nodes.push({
    ...plain,
    className: 'android.widget.FrameLayout',
    package: root.package,
    index: top,
    parent: -1,
    depth: 0,
    children: [],
    bounds: root.bounds,
    drawingOrder: 1,
  });
  const lower = copy(below, from, top, 1, { drawingOrder: 1 });
  const upper = copy(hierarchy, root, top, 1, { drawingOrder: 2, clickable: true });
  nodes[top]?.children.push(lower, upper);
  return { ...hierarchy, nodes, roots: [...hierarchy.roots.slice(0, -1), top] };
}
