import { expect } from 'vitest';
import type { SimApp, UiNode } from './parts.ts';
import type { AppTestPhone } from './test-app-phone.ts';

/** All strings in a table of texts; what is a function is left out. */
function plainWords(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(plainWords) : [];
}

/** A tap in the middle of what says so reaches it, or a box around it, and not something that lies over it. */
function leadsSomewhere(phone: AppTestPhone<SimApp>, words: string | RegExp): boolean {
  return phone.all(words).some((view) => {
    const { left, top, right, bottom } = view.bounds;
    const [x, y] = [Math.floor((left + right) / 2), Math.floor((top + bottom) / 2)];
    const taken = phone.hit(x, y);
    if (!taken?.onTap && !taken?.onText) return false;
    for (let up: typeof view | undefined = view; up; up = up.parent) if (isSame(up.node, taken)) return true;
    return isInside(view.node, taken);
  });
}

const isInside = (node: UiNode, wanted: UiNode): boolean =>
  isSame(node, wanted) || (node.children ?? []).some((child) => isInside(child, wanted));

/** Trees are made anew for each look: the same node is one of the same class, id and place. */
const isSame = (a: UiNode, b: UiNode): boolean =>
  a.class === b.class && a.id === b.id && JSON.stringify(a.bounds) === JSON.stringify(b.bounds);

/** What a scene's screen says, and what on it leads a tap somewhere. */
export interface Sight {
  says: readonly (string | RegExp)[];
  taps: readonly (string | RegExp)[];
}

/** `foreign`: words of another language, none of which may be seen. */
export function expectSight(phone: AppTestPhone<SimApp>, { says, taps }: Sight, foreign: ReadonlySet<string>): void {
  const said = phone.words();
  for (const words of [...says, ...taps]) {
    const isSaid = said.some((text) => (typeof words === 'string' ? text === words : words.test(text)));
    expect(isSaid, `${String(words)} is not among: ${said.join(' | ')}`).toBe(true);
  }
  for (const words of taps) expect(leadsSomewhere(phone, words), String(words)).toBe(true);
  expect(said.filter((word) => foreign.has(word))).toEqual([]);
  expectSound(phone);
}

/** Words of one table that another does not have: those that both share do not count. */
export const wordsOnlyIn = (texts: unknown, others: unknown): ReadonlySet<string> =>
  new Set(plainWords(texts).filter((word) => word !== '' && !plainWords(others).includes(word)));

/** What holds on every screen. */
export function expectSound(phone: AppTestPhone<SimApp>): void {
  const { width, height } = phone.ui.size;
  for (const { node, bounds } of phone.views()) {
    const { left, top, right, bottom } = node.bounds;
    expect(right >= left && bottom >= top, `inside out: ${node.class} ${node.id} ${JSON.stringify(node.bounds)}`).toBe(
      true,
    );
    expect([left, top, right, bottom].every(Number.isInteger)).toBe(true);
    // what a list has scrolled out is cut off in the tree
    const isOnScreen = bounds.left >= 0 && bounds.right <= width && bounds.bottom <= height;
    expect(isOnScreen, `off the screen: ${node.class} ${node.id} ${JSON.stringify(node.bounds)}`).toBe(true);
    if (node.onText) expect(node.id ?? node.key, 'a field needs a name to keep its focus').toBeTruthy();
  }
}
