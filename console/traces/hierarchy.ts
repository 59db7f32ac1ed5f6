/** Physical px: left, top, right, bottom. */
export type Bounds = readonly [number, number, number, number];

/** One thing on the screen, as the phone described it. Texts come from apps and strangers: they are shown as text only. */
export interface ScreenNode {
  /** Place in the document, the outermost first. */
  index: number;
  depth: number;
  className: string;
  resourceId: string;
  text: string;
  description: string;
  isClickable: boolean;
  isPassword: boolean;
  bounds: Bounds;
  attributes: readonly (readonly [string, string])[];
}

export interface Screen {
  width: number;
  height: number;
  nodes: readonly ScreenNode[];
}

const boundsPattern = /^\[(-?\d+),(-?\d+)\]\[(-?\d+),(-?\d+)\]$/;

/** Undefined when it is no hierarchy. Nothing of it is run or fetched: the document is only read. */
export function parseHierarchy(xml: string): Screen | undefined {
  const document = new DOMParser().parseFromString(xml, 'application/xml');
  const root = document.documentElement;
  if (root.localName !== 'hierarchy') return undefined;
  const nodes: ScreenNode[] = [];
  const walk = (element: Element, depth: number): void => {
    const bounds = boundsOf(element.getAttribute('bounds') ?? '');
    if (bounds) nodes.push(nodeOf(element, { depth, bounds, index: nodes.length }));
    for (const child of element.children) walk(child, depth + 1);
  };
  for (const child of root.children) walk(child, 0);
  const [widthPx, heightPx] = [Number(root.getAttribute('width')), Number(root.getAttribute('height'))];
  return {
    width: widthPx || Math.max(1, ...nodes.map(({ bounds }) => bounds[2])),
    height: heightPx || Math.max(1, ...nodes.map(({ bounds }) => bounds[3])),
    nodes,
  };
}

function boundsOf(text: string): Bounds | undefined {
  const match = boundsPattern.exec(text);
  if (!match) return undefined;
  const [, left, top, right, bottom] = match.map(Number);
  return [left ?? 0, top ?? 0, right ?? 0, bottom ?? 0];
}

function nodeOf(
  element: Element,
  { depth, bounds, index }: Pick<ScreenNode, 'depth' | 'bounds' | 'index'>,
): ScreenNode {
  const get = (name: string) => element.getAttribute(name) ?? '';
  return {
    index,
    depth,
    bounds,
    className: get('class') || element.localName,
    resourceId: get('resource-id'),
    text: get('text'),
    description: get('content-desc'),
    isClickable: get('clickable') === 'true',
    isPassword: get('password') === 'true',
    attributes: [...element.attributes].map(({ name, value }) => [name, value] as const),
  };
}

const area = ({ bounds: [left, top, right, bottom] }: ScreenNode): number => (right - left) * (bottom - top);

/** The smallest node at a point, the topmost of equals. */
export function nodeAt({ nodes }: Screen, x: number, y: number): ScreenNode | undefined {
  let best: ScreenNode | undefined;
  for (const node of nodes) {
    const [left, top, right, bottom] = node.bounds;
    if (x < left || x >= right || y < top || y >= bottom) continue;
    if (!best || area(node) <= area(best)) best = node;
  }
  return best;
}

export const shortClass = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
