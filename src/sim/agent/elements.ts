import sharp from 'sharp';
import type { View } from '../hierarchy.ts';
import { keycodes } from '../keycodes.ts';
import type { Rect } from '../parts.ts';
import { attribute } from './attribute.ts';
import type { Call, Route } from './call.ts';
import { AgentError, noSuchElement } from './errors.ts';
import { withDescendants } from './ui-selector.ts';

export const elementRoutes: readonly Route[] = [
  [
    'POST',
    '/session/:sessionId/element/:id/click',
    async (call) => {
      const { x, y } = middle(viewOf(call).bounds);
      call.session.host.ui.tap(x, y);
      await call.session.waitForIdle(call.signal);
      return null;
    },
  ],
  [
    'POST',
    '/session/:sessionId/element/:id/clear',
    (call) => {
      // UiObject2.clear and UiObject.setText only log when nothing takes the text.
      trySetText(call, viewOf(call), '');
      return null;
    },
  ],
  ['POST', '/session/:sessionId/element/:id/value', (call) => sendKeys(call, viewOf(call))],
  [
    'POST',
    '/session/:sessionId/keys',
    (call) => {
      const focused = withDescendants(call.session.allRoots()).find((view) => view.node.focused);
      if (!focused) throw noSuchElement();
      return sendKeys(call, focused);
    },
  ],
  ['GET', '/session/:sessionId/element/:id/text', (call) => viewOf(call).text],
  ['GET', '/session/:sessionId/element/:id/name', (call) => viewOf(call).node.desc ?? null],
  ['GET', '/session/:sessionId/element/:id/attribute/:name', (call) => attribute(viewOf(call), call.param('name'))],
  [
    'GET',
    '/session/:sessionId/element/:id/rect',
    (call) => {
      const { bounds } = viewOf(call);
      return { x: bounds.left, y: bounds.top, ...sizeOf(bounds) };
    },
  ],
  ['GET', '/session/:sessionId/element/:id/size', (call) => sizeOf(viewOf(call).bounds)],
  [
    'GET',
    '/session/:sessionId/element/:id/location',
    (call) => {
      const { bounds } = viewOf(call);
      return { x: bounds.left, y: bounds.top };
    },
  ],
  [
    'GET',
    '/session/:sessionId/appium/element/:id/first_visible',
    (call) => {
      const [child] = viewOf(call).children;
      if (!child) throw noSuchElement('Could not get children for container object');
      return call.session.refer(child);
    },
  ],
  ['GET', '/session/:sessionId/element/:id/screenshot', (call) => cutOut(call, viewOf(call).bounds)],
  ['GET', '/session/:sessionId/screenshot/:id', (call) => cutOut(call, viewOf(call).bounds)],
];

const viewOf = (call: Call): View => call.session.view(call.param('id'));

export const middle = (bounds: Rect): { x: number; y: number } => ({
  x: Math.floor((bounds.left + bounds.right) / 2),
  y: Math.floor((bounds.top + bounds.bottom) / 2),
});

const sizeOf = (bounds: Rect) => ({ width: bounds.right - bounds.left, height: bounds.bottom - bounds.top });

/** ACTION_SET_TEXT: the field need not have the focus, and does not get it. False for what is no field, or is off. */
function trySetText({ session }: Call, view: View, text: string): boolean {
  const { onText, enabled } = view.node;
  if (!onText || enabled === false) return false;
  onText(text);
  session.host.ui.changed();
  return true;
}

/**
 * Appends unless `replace`. A literal backslash and n at the end press Enter, and stay in the text as well: the server
 * cuts off a line break there, which such a text does not have (SendKeysToElement.java of 10.6).
 */
function sendKeys(call: Call, view: View): null {
  const fields = call.body.fields();
  const text = call.body.text('SendKeysModel', 'text');
  const before = fields.replace === true || view.isShowingHint ? '' : (view.node.text ?? '');
  if (!trySetText(call, view, before + text)) {
    throw new AgentError(
      'invalid element state',
      `Cannot set the element to '${text}'. Did you interact with the correct element?`,
    );
  }
  if (text.endsWith('\\n')) call.session.host.ui.key(keycodes.enter);
  return null;
}

async function cutOut({ session }: Call, bounds: Rect): Promise<string> {
  const { width, height } = sizeOf(bounds);
  if (width === 0 || height === 0) {
    throw new AgentError('unable to capture screen', 'The cropping area is outside of the original bitmap.');
  }
  const picture = await session.host.ui.picture('png');
  const cut = await sharp(picture).extract({ left: bounds.left, top: bounds.top, width, height }).png().toBuffer();
  return cut.toString('base64');
}
