import type { Rect, UiNode, UiWindow } from './parts.ts';
import { drawingOrder } from './screen.ts';
import { toXmlText, xmlAttribute } from './xml.ts';

/** A node as the accessibility service hands it out: what is on the screen, with its place in the tree. */
export interface View {
  readonly node: UiNode;
  readonly package: string;
  /** Cut to the screen, the window and the nearest scrollable ancestor. */
  readonly bounds: Rect;
  /** Place among all children of the parent, those off the screen included. */
  readonly index: number;
  readonly parent: View | undefined;
  readonly children: readonly View[];
  /**
   * What the agent's `getText` gives: an empty field with a hint shows the hint, and of what has a range the current
   * value, as Java writes a float (appium-uiautomator2-server, AxNodeInfoHelper.getText).
   */
  readonly text: string;
  readonly isShowingHint: boolean;
  readonly isVisible: boolean;
  readonly windowId: number;
  /** Names the same view in a later tree of the same screen; another class, id or key at the same place is another view. */
  readonly identity: string;
  /** Place among the siblings as drawn, from 1. */
  readonly drawn: number;
}

export interface ViewOptions {
  size: { width: number; height: number };
  /** Keep what is off the screen (setting `allowInvisibleElements`). */
  allowInvisible?: boolean;
  /** Setting `snapshotMaxDepth`. */
  maxDepth?: number;
  /** Setting `simpleBoundsCalculation`: bounds are not cut to a scrollable ancestor. */
  simpleBounds?: boolean;
}

/** The windows as trees of views, topmost window first, as `UiAutomation.getWindows` lists them. */
export function viewTrees(windows: readonly UiWindow[], options: ViewOptions): View[] {
  const seen = new Map<string, number>();
  return windows
    .map((window, layer) => {
      const name = `${window.package}#${window.key ?? window.root.id ?? window.title ?? ''}`;
      const count = seen.get(name) ?? 0;
      seen.set(name, count + 1);
      return build(window, layer, `${name}#${count}`, options);
    })
    .toReversed();
}

/** The window that has the user's attention: the topmost that is neither keyboard nor system bar. */
export function activeWindow(windows: readonly UiWindow[]): UiWindow | undefined {
  return (
    windows.findLast((window) => (window.kind ?? 'application') === 'application') ??
    windows.findLast((window) => window.kind !== 'input-method')
  );
}

function build(window: UiWindow, layer: number, name: string, options: ViewOptions): View {
  const screen: Rect = { left: 0, top: 0, right: options.size.width, bottom: options.size.height };
  const windowId = 100 + (hashOf(name) % 800) + layer;
  const maxDepth = options.maxDepth ?? 70;
  const make = (
    node: UiNode,
    parent: View | undefined,
    index: number,
    clip: Rect,
    path: string,
    depth: number,
    drawnAt: number,
  ): View => {
    const bounds = intersect(node.bounds, clip);
    const identity = `${path}/${index}:${node.class}:${node.id ?? ''}:${node.key ?? ''}`;
    const isShowingHint = (node.text ?? '') === '' && (node.hint ?? '') !== '';
    const children: View[] = [];
    const view: View = {
      node,
      package: window.package,
      bounds,
      index,
      parent,
      children,
      text: node.range ? floatText(node.range.current) : isShowingHint ? (node.hint ?? '') : (node.text ?? ''),
      isShowingHint,
      isVisible: bounds.right > bounds.left && bounds.bottom > bounds.top,
      windowId,
      identity,
      drawn: drawnAt,
    };
    if (depth >= maxDepth) return view;
    const inner = node.scrollable && !options.simpleBounds ? bounds : clip;
    const shown = (node.children ?? []).filter((child) => !child.drawnOnly);
    const drawn = drawingOrder(shown);
    shown.forEach((child, childIndex) => {
      const place = drawn === shown ? childIndex : drawn.indexOf(child);
      const made = make(child, view, childIndex, inner, identity, depth + 1, place + 1);
      if (made.isVisible || options.allowInvisible) children.push(made);
    });
    return view;
  };
  return make(window.root, undefined, 0, intersect(screen, window.root.bounds), name, 1, 0);
}

const floatText = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

function intersect(a: Rect, b: Rect): Rect {
  const left = Math.max(a.left, b.left);
  const top = Math.max(a.top, b.top);
  return {
    left,
    top,
    right: Math.max(left, Math.min(a.right, b.right)),
    bottom: Math.max(top, Math.min(a.bottom, b.bottom)),
  };
}

export const formatBounds = ({ left, top, right, bottom }: Rect): string => `[${left},${top}][${right},${bottom}]`;

/**
 * Class name as tag, as AccessibilityNodeInfoDumper.toXmlNodeName of the server does it: `$@#&` become dots, dots are
 * merged and trimmed, what no name may begin with is dropped, the rest of what it may not hold becomes `_`.
 */
export function toTag(className: string): string {
  const fallback = 'android.view.View';
  if (className.trim() === '') return fallback;
  const dotted = className
    .replace(/[$@#&]/g, '.')
    .replace(/\.+/g, '.')
    .replace(/^\.|\.$/g, '');
  const tag = dotted.replace(notNameStart, '').replace(notNamePart, '_');
  return tag === '' ? fallback : tag;
}

const nameStart =
  '_A-Za-z\\u00C0-\\u00D6\\u00F8-\\u02FF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const notNameStart = new RegExp(`^[^${nameStart}]+`, 'u');
const notNamePart = new RegExp(`[^${nameStart}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]`, 'gu');

/** Attributes of one element of a page source, in the server's own order. What is undefined is left out. */
export function sourceAttributes(view: View): readonly (readonly [string, string | undefined])[] {
  const { node } = view;
  const flag = (value: boolean | undefined) => String(value ?? false);
  return [
    ['index', String(view.index)],
    ['package', view.package],
    ['class', node.class],
    ['text', view.text],
    ['content-desc', node.desc === '' ? undefined : node.desc],
    ['resource-id', node.id === '' ? undefined : node.id],
    ['checkable', flag(node.checkable)],
    ['checked', flag(node.checked)],
    ['clickable', flag(node.clickable)],
    ['enabled', flag(node.enabled ?? true)],
    ['focusable', flag(node.focusable ?? node.onText !== undefined)],
    ['focused', flag(node.focused)],
    ['long-clickable', flag(node.longClickable)],
    ['password', flag(node.password)],
    ['scrollable', flag(node.scrollable)],
    ['selected', flag(node.selected)],
    ['bounds', formatBounds(view.bounds)],
    ['displayed', flag(view.isVisible)],
    ['hint', node.hint],
    ['a11y-important', 'true'],
    ['screen-reader-focusable', 'false'],
    ['drawing-order', String(view.parent ? view.drawn : 0)],
    ['showing-hint', flag(view.isShowingHint)],
    ['text-entry-key', 'false'],
    ['multiline', node.onText ? 'false' : undefined],
    ['dismissable', 'false'],
    ['a11y-focused', 'false'],
    ['heading', 'false'],
    ['live-region', '0'],
    ['context-clickable', 'false'],
    ['content-invalid', 'false'],
    ['window-id', String(view.windowId)],
  ];
}

export interface Display {
  rotation: number;
  size: { width: number; height: number };
}

/** `GET /source`: class names as tags, two spaces a level, as Android's own serializer indents. */
export function pageSource(roots: readonly View[], { rotation, size }: Display): string {
  const lines = [
    `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>`,
    `<hierarchy index="0" class="hierarchy" rotation="${rotation}" width="${size.width}" height="${size.height}">`,
  ];
  const write = (view: View, indent: string, index: number): void => {
    const tag = toTag(view.node.class);
    let open = `${indent}<${tag}`;
    for (const [name, value] of sourceAttributes(view)) {
      if (value === undefined) continue;
      const shown = name === 'index' ? String(index) : value;
      open += ` ${name}="${xmlAttribute(toXmlText(shown, '?'))}"`;
    }
    if (view.children.length === 0) {
      lines.push(`${open} />`);
      return;
    }
    lines.push(`${open}>`);
    for (const child of view.children) write(child, `${indent}  `, child.index);
    lines.push(`${indent}</${tag}>`);
  };
  roots.forEach((root, index) => {
    write(root, '  ', index);
  });
  lines.push('</hierarchy>');
  return lines.join('\n');
}

/** What `uiautomator dump` writes: the active window on one line, every element a `node`. */
export function uiautomatorDump(windows: readonly UiWindow[], { rotation, size }: Display): string {
  const active = activeWindow(windows);
  const parts = [`<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="${rotation}">`];
  const write = (view: View): void => {
    const { node } = view;
    const flag = (value: boolean | undefined) => String(value ?? false);
    // "Not Accessibility Friendly": a control without a name (AOSP, cmds/uiautomator AccessibilityNodeInfoDumper)
    const text = node.range ? (node.text ?? '') : view.text; // uiautomator knows no ranges
    const isNameless = node.clickable === true && text === '' && !node.desc && !hasName(view);
    const attributes: [string, string][] = [
      ...(isNameless ? ([['NAF', 'true']] as [string, string][]) : []),
      ['index', String(view.index)],
      ['text', text],
      ['resource-id', node.id ?? ''],
      ['class', node.class],
      ['package', view.package],
      ['content-desc', node.desc ?? ''],
      ['checkable', flag(node.checkable)],
      ['checked', flag(node.checked)],
      ['clickable', flag(node.clickable)],
      ['enabled', flag(node.enabled ?? true)],
      ['focusable', flag(node.focusable ?? node.onText !== undefined)],
      ['focused', flag(node.focused)],
      ['scrollable', flag(node.scrollable)],
      ['long-clickable', flag(node.longClickable)],
      ['password', flag(node.password)],
      ['selected', flag(node.selected)],
      ['bounds', formatBounds(view.bounds)],
    ];
    parts.push(
      `<node ${attributes.map(([name, value]) => `${name}="${xmlAttribute(toXmlText(value, '.'))}"`).join(' ')}`,
    );
    if (view.children.length === 0) {
      parts.push(' />');
      return;
    }
    parts.push('>');
    for (const child of view.children) write(child);
    parts.push('</node>');
  };
  for (const root of active ? viewTrees([active], { size }) : []) write(root);
  parts.push('</hierarchy>');
  return parts.join('');
}

const hasName = (view: View): boolean =>
  view.children.some((child) => child.text !== '' || (child.node.desc ?? '') !== '' || hasName(child));

function hashOf(text: string): number {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619) >>> 0;
  return hash;
}
