import type { SignalTrace } from '../contract/trace.ts';
import { areaOf, type Hierarchy, type Node } from '../phone/hierarchy.ts';
import { languageOf } from './language.ts';
import { mayBeMirrored, mirrored, runsRightToLeft, truePlaces } from './mirror.ts';
import { branchesOf, isDrawnAfter, overlap, type Resolved, resolveControl, windowOf } from './resolve.ts';
import { type AnyScreen, selectorOf, weightOf } from './screen.ts';
import { systemScreens } from './system-pages.ts';

/** What an app knows about its own looks. */
export interface Looks {
  readonly packageName: string;
  readonly screens: readonly AnyScreen[];
  readonly dialogs: readonly AnyScreen[];
  readonly words?: Readonly<Record<string, readonly string[]>>;
}

export interface Candidate {
  readonly screen: AnyScreen;
  /** Share of its weight that was found, 0–1. */
  readonly share: number;
  /** Found weight times share: many signals of many beat one of one. */
  readonly strength: number;
  readonly signals: readonly SignalTrace[];
  readonly nodes: readonly Node[];
  /** Enough was found, all that it needs, and nothing that rules it out. */
  readonly fits: boolean;
}

export interface Recognised {
  readonly hierarchy: Hierarchy;
  /** What to ask selectors on: `hierarchy`, or its mirror where the language runs from right to left (mirror.ts). */
  readonly layout: Hierarchy;
  /** Whose window is in front; undefined when no window shows anything. */
  readonly app: string | undefined;
  /** The topmost screen or dialog; undefined: unknown, and nothing may be tapped. */
  readonly top: AnyScreen | undefined;
  readonly language: string | undefined;
  /** Something stands in front of the app that has to go first: a dialog, another app, the system. */
  readonly blocking: boolean;
  /** Share of the winner, 0 when unknown. */
  readonly confidence: number;
  /** Best first, those that found something; for traces. */
  readonly candidates: readonly Candidate[];
  /** Controls of `top` and of its parts, by full name. */
  readonly controls: ReadonlyMap<string, Resolved>;
  /** Nodes that `top` may be made of: those of its app, in its front window. */
  readonly isAllowed: (node: Node) => boolean;
}

const defaultEnough = 0.5;
/** Two candidates closer than this are told apart by nothing: unknown. */
const tie = 0.05;

/** Which screen is in front. Pure; the same answer for the same tree whatever its ids are called. */
export function recognise(hierarchy: Hierarchy, looks: Looks): Recognised {
  const plain = recogniseAsIs(hierarchy, looks);
  if (!mayBeMirrored(hierarchy, plain.isAllowed)) return plain;
  const turned = recogniseAsIs(mirrored(hierarchy), looks);
  const gain = evidenceOf(turned) - evidenceOf(plain);
  // where nothing else tells, the language does
  if (gain < 0 || (gain === 0 && !isWrittenRightToLeft(turned, looks))) return plain;
  const controls = [...turned.controls].map(([name, resolved]) => [name, truePlaces(hierarchy, resolved)] as const);
  return { ...turned, hierarchy, controls: new Map(controls) };
}

/** By most labels, or by one that the app itself writes. */
function isWrittenRightToLeft({ top, language, hierarchy, isAllowed }: Recognised, { words = {} }: Looks): boolean {
  if (!top) return false;
  if (runsRightToLeft(language)) return true;
  const own = new Set(Object.entries(words).flatMap(([name, list]) => (runsRightToLeft(name) ? list : [])));
  return hierarchy.nodes.some((node) => (own.has(node.text) || own.has(node.desc)) && isAllowed(node));
}

/** How much of what the screen in front should have is there: not every app is mirrored, nor every page of one. */
function evidenceOf({ top, candidates, controls }: Recognised): number {
  const winner = candidates.find(({ screen }) => screen === top);
  if (!winner) return 0;
  const sure = [...controls.values()].filter(({ is }) => is === 'one' || is === 'many');
  return winner.strength + sure.reduce((sum, { confidence }) => sum + confidence, 0);
}

function recogniseAsIs(hierarchy: Hierarchy, looks: Looks): Recognised {
  const isOurs = allowedNodes(hierarchy, looks.packageName);
  // pages of the system count only where the app shows nothing
  const inPlay = systemScreens.filter(({ is }) => is === 'dialog' || !hasWindow(hierarchy, looks.packageName));
  const system = inPlay.flatMap((screen) => {
    const isAllowed = systemNodes(hierarchy, screen);
    return isAllowed ? weigh(hierarchy, screen, isAllowed) : [];
  });
  const dialogs = looks.dialogs.map((screen) => weigh(hierarchy, screen, isOurs));
  const screens = looks.screens.map((screen) => weigh(hierarchy, screen, isOurs));
  const candidates = [...system, ...dialogs, ...screens];
  const winner = topmostOf(hierarchy, looks.packageName, { system, dialogs, screens });
  const top = winner === 'tie' ? undefined : winner?.screen;
  const isAllowed = (top && isSystem(top) && systemNodes(hierarchy, top)) || isOurs;
  return {
    hierarchy,
    layout: hierarchy,
    app: frontPackage(hierarchy, looks.packageName, top),
    top,
    language: languageOf(hierarchy, isSystem(top) ? {} : (looks.words ?? {}), isAllowed),
    blocking: top?.is === 'dialog' || !hasWindow(hierarchy, looks.packageName) || isSystem(top),
    confidence: winner === undefined || winner === 'tie' ? 0 : winner.share,
    candidates: candidates
      .filter((candidate) => candidate.strength > 0)
      .sort((a, b) => Number(b.fits) - Number(a.fits) || b.strength - a.strength),
    controls: top ? resolveAll(hierarchy, top, isAllowed) : new Map(),
    isAllowed,
  };
}

/** A window of the system in front of the app is met first, then the app's own dialogs, then what they stand on. */
function topmostOf(
  hierarchy: Hierarchy,
  packageName: string,
  { system, dialogs, screens }: Readonly<Record<'system' | 'dialogs' | 'screens', readonly Candidate[]>>,
): Candidate | 'tie' | undefined {
  if (hierarchy.packages.size > 0) {
    const inFront = topmost(hierarchy, system);
    if (inFront) return inFront;
    if (isCoveredByOthers(hierarchy, packageName)) return undefined;
    return topmost(hierarchy, dialogs) ?? topmost(hierarchy, screens);
  }
  // a log that kept no packages: the evidence alone tells whose it is
  const isDialog = ({ screen }: Candidate) => screen.is === 'dialog';
  return (
    topmost(hierarchy, [...system.filter(isDialog), ...dialogs]) ??
    topmost(hierarchy, [...system.filter((candidate) => !isDialog(candidate)), ...screens])
  );
}

/** Bars, keyboards and side panels of the system: windows that belong on the screen. */
const harmlessWindows =
  /^com\.android\.systemui$|inputmethod|\.ime(?:\.|$)|keyboard|honeyboard|swiftkey|\.latin$|cocktailbar|edgepanel|\.edge/i;
const isKeyboard = (owner: string): boolean =>
  /inputmethod|\.ime(?:\.|$)|keyboard|honeyboard|swiftkey|\.latin$/i.test(owner);

/**
 * A window that is neither the app's nor known stands over the middle of the app's: whatever it wants, a tap would go to
 * it. Of two windows the smaller is the upper one, and of two as large the one that stands first: Android lists them from
 * above. The shade of notifications is a window of the bars that has grown.
 */
function isCoveredByOthers(hierarchy: Hierarchy, packageName: string): boolean {
  const windows = hierarchy.roots
    .flatMap((index) => hierarchy.nodes[index] ?? [])
    .filter((root) => root.children.length > 0 && root.displayed);
  const own = windows
    .filter((root) => root.package === packageName)
    .reduce<Node | undefined>(
      (most, root) => (most && areaOf(most.bounds) >= areaOf(root.bounds) ? most : root),
      undefined,
    );
  if (!own) return false;
  const middle = { x: hierarchy.width / 2, y: hierarchy.height / 2 };
  return windows.some(({ package: owner, bounds, index }) => {
    if (owner === packageName) return false;
    const isOver =
      bounds.left < middle.x && bounds.right > middle.x && bounds.top < middle.y && bounds.bottom > middle.y;
    if (harmlessWindows.test(owner)) return isOver && areaOf(bounds) > areaOf(own.bounds) / 2 && !isKeyboard(owner);
    return isOver && (areaOf(bounds) < areaOf(own.bounds) || index < own.index);
  });
}

/** A widget of an app on the launcher has nodes of it, and no window. */
const hasWindow = (hierarchy: Hierarchy, packageName: string): boolean =>
  hierarchy.roots.some((index) => hierarchy.nodes[index]?.package === packageName);

export const isSystem = (screen: AnyScreen | undefined): boolean =>
  screen !== undefined && systemScreens.includes(screen);

/** One control on a capture, whatever screen it is: for the second looks of `waitFor` (`otherwise`). */
export function controlsOn(hierarchy: Hierarchy, screen: AnyScreen, packageName: string): Map<string, Resolved> {
  return resolveAll(hierarchy, screen, allowedNodes(hierarchy, packageName));
}

function resolveAll(
  hierarchy: Hierarchy,
  screen: AnyScreen,
  isAllowed: (node: Node) => boolean,
): Map<string, Resolved> {
  const controls = new Map<string, Resolved>();
  for (const owner of [screen, ...(screen.rules.parts ?? [])]) {
    for (const control of Object.values(owner.controls)) {
      controls.set(control.name, resolveControl(hierarchy, control, isAllowed));
    }
  }
  return controls;
}

function weigh(hierarchy: Hierarchy, screen: AnyScreen, isAllowed: (node: Node) => boolean): Candidate {
  const { shown = [], needs = [], never = [], enough = defaultEnough, packageTells = false } = screen.rules;
  const signals: SignalTrace[] = [];
  const nodes: Node[] = [];
  let hitWeight = packageTells ? 1 : 0;
  let allWeight = hitWeight;
  let hasNeeds = true;
  if (packageTells) {
    signals.push({ name: 'its package', score: 1, hit: true });
    nodes.push(...hierarchy.roots.flatMap((index) => hierarchy.nodes[index] ?? []).filter(isAllowed));
  }
  for (const [list, isNeeded] of [[needs, true] as const, [shown, false] as const]) {
    for (const signal of list) {
      const selector = selectorOf(signal);
      const weight = weightOf(signal);
      const found = selector.find(hierarchy).filter(isAllowed);
      const hit = found.length > 0;
      allWeight += weight;
      if (hit) {
        hitWeight += weight;
        nodes.push(...found);
      } else if (isNeeded) hasNeeds = false;
      signals.push({ name: isNeeded ? `needs ${selector.name}` : selector.name, score: weight, hit });
    }
  }
  const forbidden = hitWeight === 0 ? [] : never.filter((selector) => selector.find(hierarchy).some(isAllowed));
  signals.push(...forbidden.map((selector) => ({ name: `never ${selector.name}`, score: 0, hit: true })));
  const share = allWeight === 0 ? 0 : hitWeight / allWeight;
  return {
    screen,
    share,
    strength: hitWeight * share,
    signals,
    nodes,
    fits: hasNeeds && forbidden.length === 0 && share >= enough && hitWeight > 0,
  };
}

/** Of those that fit: what lies over the others; where nothing tells, the one with more evidence; where that is even, none. */
function topmost(hierarchy: Hierarchy, candidates: readonly Candidate[]): Candidate | 'tie' | undefined {
  const fitting = candidates.filter((candidate) => candidate.fits);
  const uncovered = fitting.filter((candidate) => !fitting.some((other) => liesOver(hierarchy, other, candidate)));
  // a ring of "over" leaves nobody: an author's mistake, and no ground for a guess
  const [best, second] = uncovered.sort((a, b) => b.strength - a.strength);
  if (!best) return fitting.length > 0 ? 'tie' : undefined;
  if (second && best.strength - second.strength <= tie * best.strength) return 'tie';
  return best;
}

function liesOver(hierarchy: Hierarchy, upper: Candidate, lower: Candidate): boolean {
  if (upper === lower) return false;
  if (upper.screen.rules.over?.includes(lower.screen.screenName)) return true;
  if (lower.screen.rules.over?.includes(upper.screen.screenName)) return false;
  const [own, others] = [layerOf(hierarchy, upper), layerOf(hierarchy, lower)];
  if (!own || !others) return false;
  const [ownBranch, otherBranch] = branchesOf(hierarchy, own, others);
  return ownBranch !== undefined && overlap(ownBranch, otherBranch) && isDrawnAfter(hierarchy, own, others);
}

/** The smallest node that holds all evidence of a candidate. */
function layerOf(hierarchy: Hierarchy, { nodes }: Candidate): Node | undefined {
  const [start, ...rest] = nodes;
  let layer = start;
  for (const node of rest) {
    while (layer && layer !== node && !isWithin(hierarchy, node, layer)) layer = hierarchy.nodes[layer.parent];
  }
  return layer;
}

function isWithin(hierarchy: Hierarchy, node: Node, layer: Node): boolean {
  for (let at: Node | undefined = node; at; at = hierarchy.nodes[at.parent]) if (at === layer) return true;
  return false;
}

/**
 * The app's own nodes. Where it has several windows only the smallest counts: a dialog takes every touch, also beside
 * it, so what stands behind it cannot be used although it is in the tree.
 */
function allowedNodes(hierarchy: Hierarchy, packageName: string): (node: Node) => boolean {
  const windows = hierarchy.roots
    .flatMap((index) => hierarchy.nodes[index] ?? [])
    .filter((root) => root.package === packageName && root.children.length > 0 && root.displayed);
  if (windows.length < 2) return (node) => node.package === packageName;
  const front = windows.reduce((least, window) => (areaOf(window.bounds) < areaOf(least.bounds) ? window : least));
  return (node) => node.package === packageName && windowOf(hierarchy, node) === front;
}

/**
 * Nodes of the system alone, in a window of the system: an app that draws a permission dialog has neither. Undefined when
 * there are none. No phone gives a tree without any package; one rebuilt from a log has only evidence to go by.
 */
function systemNodes(hierarchy: Hierarchy, { rules }: AnyScreen): ((node: Node) => boolean) | undefined {
  const { packages = /^$/, packageTells = false } = rules;
  if (hierarchy.packages.size === 0) return packageTells ? undefined : () => true;
  const isOf = matching(hierarchy, packages);
  // the strip that a launcher keeps for gestures is a window with nothing in it
  if (!hierarchy.roots.some((index) => isOf(hierarchy.nodes[index]?.package ?? '') && isWindow(hierarchy, index)))
    return undefined;
  return (node) => isOf(node.package) && isOf(windowOf(hierarchy, node).package);
}

/** Something stands in it, or it is a page that the phone tells nothing of. */
const isWindow = ({ nodes, width, height }: Hierarchy, root: number): boolean => {
  const node = nodes[root];
  return node !== undefined && (node.children.length > 0 || areaOf(node.bounds) > (width * height) / 4);
};

/** One test a package rather than one a node. */
function matching(hierarchy: Hierarchy, pattern: RegExp): (name: string) => boolean {
  const fitting = new Set([...hierarchy.packages].filter((name) => pattern.test(name)));
  return (name) => fitting.has(name);
}

function frontPackage(hierarchy: Hierarchy, packageName: string, top: AnyScreen | undefined): string | undefined {
  if (hasWindow(hierarchy, packageName) && !isSystem(top)) return packageName;
  const pattern = isSystem(top) ? top?.rules.packages : undefined;
  const roots = hierarchy.roots
    .flatMap((index) => hierarchy.nodes[index] ?? [])
    .filter((root) => root.package !== '' && (pattern === undefined || pattern.test(root.package)))
    .sort((a, b) => areaOf(b.bounds) - areaOf(a.bounds));
  return roots[0]?.package;
}
