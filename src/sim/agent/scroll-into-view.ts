import type { View } from '../hierarchy.ts';
import { noSuchElement } from './errors.ts';
import type { AgentSession } from './session.ts';
import { selectViews, type UiScrollable, withDescendants } from './ui-selector.ts';

/** UiScrollable keeps a tenth of the list free at both ends, and moves in 55 steps of 5 ms (androidx.test.uiautomator 2.3). */
const deadZone = 0.1;
const swipeMs = 275;
export const defaultMaxSwipes = 30;

/**
 * UiScrollable.scrollIntoView: a target that is there already needs no list; otherwise the list is taken to its
 * beginning and moved on from there until the target shows or nothing moves any more. False when it never showed.
 */
export async function scrollIntoView(
  session: AgentSession,
  { container, target, isHorizontal = false, maxSwipes = defaultMaxSwipes }: UiScrollable,
  signal: AbortSignal,
): Promise<boolean> {
  const isThere = () => selectViews(target, session.roots(), { all: false }).length > 0;
  const list = (): View => {
    const [found] = selectViews(container, session.roots());
    if (!found) throw noSuchElement();
    return found;
  };
  const swipe = async (to: 'beginning' | 'end'): Promise<boolean> => {
    const before = look(session);
    const [from, till] = strokeOf(list(), { to, isHorizontal });
    session.host.ui.swipe(from.x, from.y, till.x, till.y, swipeMs);
    await session.waitForIdle(signal);
    return look(session) !== before;
  };
  if (isThere()) return true;
  for (let swipes = 0; swipes < maxSwipes && (await swipe('beginning')); swipes++) signal.throwIfAborted();
  if (isThere()) return true;
  for (let swipes = 0; swipes < maxSwipes; swipes++) {
    const hasMoved = await swipe('end');
    if (isThere()) return true;
    if (!hasMoved) return false;
  }
  return false;
}

function strokeOf({ bounds }: View, { to, isHorizontal }: { to: 'beginning' | 'end'; isHorizontal: boolean }) {
  const x = Math.round((bounds.left + bounds.right) / 2);
  const y = Math.round((bounds.top + bounds.bottom) / 2);
  const dx = Math.round((bounds.right - bounds.left) * deadZone);
  const dy = Math.round((bounds.bottom - bounds.top) * deadZone);
  const ends = isHorizontal
    ? ([
        { x: bounds.right - dx, y },
        { x: bounds.left + dx, y },
      ] as const)
    : ([
        { x, y: bounds.bottom - dy },
        { x, y: bounds.top + dy },
      ] as const);
  return to === 'end' ? ends : ([ends[1], ends[0]] as const);
}

/** What the screen shows, as one text: two looks that differ mean that something moved. */
export const look = (session: AgentSession): string =>
  withDescendants(session.roots())
    .map((view) => `${view.identity}${view.text}${view.node.desc ?? ''}${Object.values(view.bounds).join()}`)
    .join('\n');
