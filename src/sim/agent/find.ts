import type { View } from '../hierarchy.ts';
import type { Call, Route } from './call.ts';
import { AgentError, noSuchElement } from './errors.ts';
import { scrollIntoView } from './scroll-into-view.ts';
import type { AgentSession } from './session.ts';
import { isScrollable, parseUiAutomator, selectViews, type UiSelector, withDescendants } from './ui-selector.ts';
import { documentBelow, documentOf } from './xml-tree.ts';
import { selectXPath } from './xpath.ts';

const strategies = ['id', 'xpath', 'accessibility id', 'class name', '-android uiautomator'] as const;

export const findRoutes: readonly Route[] = [
  [
    'POST',
    '/session/:sessionId/element',
    async (call) => {
      const wanted = await prepare(call);
      const [view] = await find(call, wanted);
      if (!view) throw noSuchElement();
      return call.session.refer(view, selectorIn(wanted));
    },
  ],
  [
    'POST',
    '/session/:sessionId/elements',
    async (call) => {
      const wanted = await prepare(call);
      const selector = selectorIn(wanted);
      return (await find(call, wanted)).map((view, instance) =>
        call.session.refer(view, selector && { ...selector, instance }),
      );
    },
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

/** A UiSelector is kept with the element, which the server can then look for anew. */
function selectorIn({ strategy, selector, context }: Wanted): UiSelector | undefined {
  if (strategy !== '-android uiautomator' || context) return undefined;
  const parsed = parseUiAutomator(selector);
  return isScrollable(parsed) ? parsed.target : parsed;
}

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
    if (isScrollable(parsed)) {
      await scrollIntoView(session, parsed, signal);
      return selectViews(parsed.target, session.roots());
    }
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
