/**
 * What one capture shows, whatever app is in front: for `drover inspect`, and for everybody who has a capture and no
 * attempt. Pure. A script knows its app and asks `recognise` (recognise.ts) instead.
 */
import type { Bounds, Hierarchy, Node, Point } from '../phone/hierarchy.ts';
import { normalText, type Selector, within } from '../phone/selector.ts';
import type { App } from './define.ts';
import { trueNode } from './mirror.ts';
import { type Candidate, isSystem, type Looks, type Recognised, recognise } from './recognise.ts';
import { isAncestor, type Place, type Resolved, tapPointOf } from './resolve.ts';
import type { AnyScreen, Control, Facts } from './screen.ts';
import { placesOf, Seen } from './seen.ts';

export interface Element {
  readonly control: Control;
  /** The node that shows it. */
  readonly bounds: Bounds;
  /** Undefined: only to be read, or nothing there takes a tap now. */
  readonly tap: Point | undefined;
  readonly text: string;
  /** Share of its signals' weight that agrees, 0–1. */
  readonly confidence: number;
}

export interface Row extends Element {
  readonly isSelected: boolean;
  readonly fields: Readonly<Record<string, Omit<Element, 'control' | 'confidence'> | undefined>>;
}

export interface Sighting {
  /** The platform, or `system`: Android itself and every other app. Undefined: not told. */
  readonly app: string | undefined;
  readonly packageName: string | undefined;
  /** Canonical name of the topmost screen; undefined: unknown. */
  readonly screen: string | undefined;
  /** A dialog or sheet has to be answered before anything else; undefined: an unknown screen. */
  readonly blocking: boolean | undefined;
  readonly recognised: Recognised;
  readonly state: Facts;
  /** By element name; lists as arrays. */
  readonly elements: ReadonlyMap<string, Element | readonly Row[]>;
}

/** What an app must tell to be recognised. */
export type Known = Pick<App, 'platform' | 'packageName' | 'packages' | 'screens' | 'dialogs' | 'words'>;

export function sight(hierarchy: Hierarchy, apps: readonly Known[]): Sighting {
  const { app, recognised } = inFront(hierarchy, apps);
  const { top } = recognised;
  return {
    // without packages the evidence alone tells whose it is
    app: isSystem(top) ? 'system' : top || hierarchy.packages.size > 0 ? app?.platform : undefined,
    packageName: recognised.app === '' ? undefined : recognised.app,
    screen: top && canonicalName(top),
    blocking: top && top.is === 'dialog',
    recognised,
    state: top ? factsOf(recognised, top) : {},
    elements: top ? elementsOf(recognised, top) : new Map(),
  };
}

const noApp: Looks = { packageName: '-', screens: [], dialogs: [] };

function inFront(hierarchy: Hierarchy, apps: readonly Known[]): { app: Known | undefined; recognised: Recognised } {
  const answers = apps.flatMap((app) =>
    packagesOf(hierarchy, app).map((packageName) => ({
      app,
      recognised: recognise(hierarchy, { ...app, packageName }),
    })),
  );
  const best = answers.toSorted((a, b) => strengthOf(b.recognised) - strengthOf(a.recognised))[0];
  return best ?? { app: undefined, recognised: recognise(hierarchy, noApp) };
}

/** Trees without any package (rebuilt from logs) may be of any app: the evidence decides. */
function packagesOf(hierarchy: Hierarchy, app: Known): string[] {
  if (hierarchy.packages.size === 0) return [''];
  const isOne = (name: string) => name === app.packageName || (app.packages?.test(name) ?? false);
  return [...hierarchy.packages].filter(isOne);
}

const strengthOf = ({ top, candidates }: Recognised): number =>
  top ? (candidates.find(({ screen }: Candidate) => screen === top)?.strength ?? 0) : 0;

/** `tiktok.create-post` → `create-post` */
export const canonicalName = ({ screenName, rules }: AnyScreen): string =>
  rules.canonical ?? screenName.slice(screenName.indexOf('.') + 1);

/** `firstItem` → `first_item` */
export const elementName = ({ key, element }: Control): string =>
  element ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function factsOf(recognised: Recognised, top: AnyScreen): Facts {
  const seen = new Seen<string>(recognised, top);
  const facts: Record<string, Facts[string]> = { ...chosenTab(recognised, seen), ...keyboard(recognised) };
  for (const owner of [...(top.rules.parts ?? []), top]) Object.assign(facts, owner.rules.state?.(seen));
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

function chosenTab({ controls }: Recognised, seen: Seen<string>): Facts {
  for (const [name] of controls) {
    const key = name.slice(name.lastIndexOf('.') + 1);
    if (/^nav[A-Z]/.test(key) && seen.isSelected(key)) {
      return { selected_nav: key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) };
    }
  }
  return {};
}

/** A keyboard is a window of its own; where the source left it out, a field in use tells it just as well. */
function keyboard({ hierarchy, isAllowed }: Recognised): Facts {
  const isUp =
    [...hierarchy.packages].some((name) => inputMethods.test(name)) ||
    hierarchy.nodes.some((node) => isAllowed(node) && node.focused && /EditText|AutoComplete/.test(node.className));
  return { keyboard: isUp };
}

const inputMethods = /inputmethod|\.ime(?:\.|$)|keyboard|swiftkey|honeyboard|\.latin$|sogou|iflytek/i;

function elementsOf(recognised: Recognised, top: AnyScreen): Map<string, Element | readonly Row[]> {
  const elements = new Map<string, Element | readonly Row[]>();
  for (const owner of [top, ...(top.rules.parts ?? [])]) {
    for (const control of Object.values(owner.controls)) {
      const name = elementName(control);
      const resolved = recognised.controls.get(control.name);
      if (!resolved || control.internal || elements.has(name)) continue;
      const [first, ...others] = placesOf(resolved).map((place) => elementAt(recognised, control, resolved, place));
      if (!first) continue;
      if (control.many) elements.set(name, [first, ...others]);
      else elements.set(name, first);
    }
  }
  const safe = top.rules.dismiss === undefined ? undefined : top.controls[top.rules.dismiss];
  const dismiss = safe && elements.get(elementName(safe));
  if (dismiss && !elements.has('dismiss')) elements.set('dismiss', dismiss);
  return elements;
}

function elementAt(
  { hierarchy, layout, isAllowed }: Recognised,
  control: Control,
  resolved: Resolved,
  place: Place,
): Row {
  const row = place.target ?? place.node;
  const fields = Object.entries(control.fields ?? {}).map(([name, selector]) => {
    const found = firstInside(layout, selector, layout.nodes[row.index] ?? row, isAllowed);
    if (!found) return [name, undefined];
    const node = trueNode(hierarchy, found);
    return [
      name,
      { bounds: node.bounds, tap: tapPointOf(hierarchy, clickableUpTo(hierarchy, node, row)), text: labelOf(node) },
    ];
  });
  return {
    control,
    bounds: place.node.bounds,
    tap: control.readOnly || !place.target ? undefined : tapPointOf(hierarchy, place.target),
    text: labelOf(place.node),
    confidence: resolved.confidence,
    isSelected: [place.node, place.target].some((node) => node !== undefined && (node.selected || node.checked)),
    fields: Object.fromEntries(fields),
  };
}

const labelOf = (node: Node): string => normalText(node.text) || normalText(node.desc);

const firstInside = (
  hierarchy: Hierarchy,
  selector: Selector,
  row: Node,
  isAllowed: (node: Node) => boolean,
): Node | undefined => within(selector, row.bounds).find(hierarchy).filter(isAllowed)[0];

/** What takes the taps of a field: never the row itself. */
function clickableUpTo(hierarchy: Hierarchy, node: Node, row: Node): Node {
  for (let at: Node | undefined = node; at && at !== row; at = hierarchy.nodes[at.parent]) {
    if (at.clickable && !isAncestor(hierarchy, at, row)) return at;
  }
  return node;
}
