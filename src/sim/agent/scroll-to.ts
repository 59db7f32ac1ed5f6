import { type Call, elementIdIn, isRecord, missing, numberIn, type Route } from './call.ts';
import { invalidArgument, noSuchElement } from './errors.ts';
import { scrollIntoView } from './scroll-into-view.ts';
import { isScrollable, parseUiAutomator, selectViews, type UiScrollable, type UiSelector } from './ui-selector.ts';

/** `mobile: scroll` and `mobile: scrollBackTo`. Elements count only when a UiSelector found them. */
export const scrollToRoutes: readonly Route[] = [
  [
    'POST',
    '/session/:sessionId/gestures/scroll_to',
    async (call) => {
      const fields = call.body.fields();
      if (!isRecord(fields.params)) throw missing('ScrollToModel', 'params');
      const { strategy, selector } = fields.params;
      if (typeof strategy !== 'string') throw missing('ScrollParams', 'strategy');
      if (typeof selector !== 'string') throw missing('ScrollParams', 'selector');
      const maxSwipes =
        typeof fields.params.maxSwipes === 'number' ? numberIn(fields.params, 'ScrollParams', 'maxSwipes') : 0;
      await scrollTo(call, {
        target: targetOf(strategy, selector),
        container: originOf(call, fields.origin),
        ...(maxSwipes > 0 ? { maxSwipes } : {}),
      });
      return null;
    },
  ],
  [
    'POST',
    '/session/:sessionId/appium/element/:id/scroll_to/:id2',
    async (call) => {
      const container = call.session.selectorOf(call.param('id'));
      const target = call.session.selectorOf(call.param('id2'));
      if (!container || !target) {
        throw invalidArgument(
          `${container ? 'Scroll to Element' : 'Element'} was not an instance of UiObject; only UiSelector is supported. Ensure you use the '-android uiautomator' locator strategy when finding elements for use with ScrollToElement`,
        );
      }
      await scrollTo(call, { container, target });
      return null;
    },
  ],
];

async function scrollTo({ session, signal }: Call, wanted: UiScrollable): Promise<void> {
  const [list] = selectViews(wanted.container, session.roots());
  const isHorizontal = list?.node.class === 'android.widget.HorizontalScrollView';
  if (!(await scrollIntoView(session, { ...wanted, isHorizontal }, signal)))
    throw noSuchElement('Cannot scroll to the element');
}

function targetOf(strategy: string, selector: string): UiSelector {
  if (strategy === 'accessibility id') return { matches: (view) => view.node.desc === selector, instance: -1 };
  if (strategy === 'class name') return { matches: (view) => view.node.class === selector, instance: -1 };
  const parsed = strategy === '-android uiautomator' ? parseUiAutomator(selector) : undefined;
  if (parsed && !isScrollable(parsed)) return parsed;
  throw invalidArgument(
    `Unsupported strategy: '${strategy}'. The only supported strategies are: [accessibility id, class name, -android uiautomator].`,
  );
}

function originOf({ session }: Call, origin: unknown): UiSelector {
  const id = elementIdIn(origin);
  if (id === undefined) return { matches: (view) => view.node.scrollable === true, instance: 0 };
  const selector = session.selectorOf(id);
  if (!selector) throw invalidArgument('The given origin element must be a valid scrollable UiObject');
  return selector;
}
