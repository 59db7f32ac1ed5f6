import type { View } from '../hierarchy.ts';
import type { Call, Route } from './call.ts';
import { AgentError, noSuchElement } from './errors.ts';
import type { AgentSession } from './session.ts';
import { isScrollable, parseUiAutomator, selectViews, type UiScrollable, withDescendants } from './ui-selector.ts';
import { documentBelow, documentOf } from './xml-tree.ts';
import { selectXPath } from './xpath.ts';

const strategies = ['id', 'xpath', 'accessibility id', 'class name', '-android uiautomator'] as const;
const maxScrolls = 30;

export const findRoutes: readonly Route[] = [
  [
    'POST',
    '/session/:sessionId/element',
    async (call) => {
      const [view] = await find(call, await prepare(call));
      if (!view) throw noSuchElement();
      return call.session.refer(view);
    },
  ],
  [
    'POST',
    '/session/:sessionId/elements',
    async (call) => (await find(call, await prepare(call))).map((view) => call.session.refer(view)),
  ],
  [
    'GET',
    '/session/:sessionId/element/active',
    async ({ session, signal }) => {
      await session.waitForIdle(signal);
      const focused = withDescendants(session.allRoots()).find((view) => view.node.focused);
      if (!focused) throw noSuchElement();
      return session.refer(focused);
    },
  ],
];

interface Wanted {
  strategy: string;
  selector: string;
  context: View | undefined;
}

async function prepare({ body, session, signal }: Call): Promise<Wanted> {
  const strategy = body.text('FindElementModel', 'strategy');
  const selector = body.text('FindElementModel', 'selector');
  const contextId = body.fields().context;
  const context = typeof contextId === 'string' && contextId.trim() !== '' ? session.view(contextId) : undefined;
  // a search below an element does not reset the accessibility cache, and so does not wait
  if (!context) await session.waitForIdle(signal);
  return { strategy, selector, context };
}

async function find({ session, signal }: Call, { strategy, selector, context }: Wanted): Promise<View[]> {
  if (strategy === '-android uiautomator') {
    const parsed = parseUiAutomator(selector);
    if (isScrollable(parsed)) return scrollTo(session, parsed, signal);
    return selectViews(parsed, context ? context.children : session.roots());
  }
  return locate(session, { strategy, selector, context });
}

/** The strategies that only look. Shared with gestures that name their element by a locator. */
export function locate(session: AgentSession, { strategy, selector, context }: Wanted): View[] {
  const below = (matches: (view: View) => boolean) =>
    withDescendants(context ? context.children : session.roots()).filter(matches);
  switch (strategy) {
    case 'id': {
      const id = fullId(session, selector);
      return below((view) => view.node.id === id);
    }
    case 'accessibility id':
      return below((view) => view.node.desc === selector);
    case 'class name':
      return below((view) => view.node.class === selector);
    case 'xpath': {
      const document = context ? documentBelow(context) : documentOf(session.roots());
      return selectXPath(selector, document).flatMap((element) => (element.view ? [element.view] : []));
    }
    case '-android uiautomator': {
      const parsed = parseUiAutomator(selector);
      return isScrollable(parsed) ? [] : selectViews(parsed, context ? context.children : session.roots());
    }
    default:
      throw new AgentError(
        'invalid selector',
        `Selector strategy '${strategy}' is not supported. Only the following selector strategies are supported: [${strategies.join(', ')}]`,
      );
  }
}

/** `Next` → `PACKAGE:id/Next`, with the package of the session's capability, or else the server's own. */
function fullId(session: AgentSession, selector: string): string {
  const isFull = /^[a-zA-Z_][a-zA-Z0-9._]*:[^/]+\/\S+$/.test(selector);
  if (isFull || session.settings.isOn('disableIdLocatorAutocompletion')) return selector;
  const { appPackage } = session.capabilities;
  const name = typeof appPackage === 'string' && appPackage !== '' ? appPackage : 'io.appium.uiautomator2.server';
  return `${name}:id/${selector}`;
}

/** UiScrollable.scrollIntoView: looks, moves the list on by most of its height, looks again, until nothing moves. */
async function scrollTo(
  session: AgentSession,
  { container, target }: UiScrollable,
  signal: AbortSignal,
): Promise<View[]> {
  const { ui } = session.host;
  for (let scrolls = 0; ; scrolls++) {
    const found = selectViews(target, session.roots(), { all: false });
    if (found.length > 0) return found;
    const [list] = selectViews(container, session.roots());
    if (!list) throw noSuchElement();
    if (scrolls === maxScrolls) return [];
    const before = look(session);
    const x = Math.round((list.bounds.left + list.bounds.right) / 2);
    const height = list.bounds.bottom - list.bounds.top;
    ui.swipe(x, list.bounds.bottom - Math.round(height * 0.1), x, list.bounds.top + Math.round(height * 0.1), 275);
    await session.waitForIdle(signal);
    if (look(session) === before) return [];
  }
}

/** What the screen shows, as one text: two looks that differ mean that something moved. */
export const look = (session: AgentSession): string =>
  withDescendants(session.roots())
    .map((view) => `${view.identity}${view.text}${view.node.desc ?? ''}${Object.values(view.bounds).join()}`)
    .join('\n');
