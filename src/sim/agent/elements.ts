import sharp from 'sharp';
import { sourceAttributes, type View } from '../hierarchy.ts';
import type { Rect } from '../parts.ts';
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
      setText(call, viewOf(call), '');
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
  ['GET', '/session/:sessionId/element/:id/screenshot', (call) => cutOut(call, viewOf(call).bounds)],
  ['GET', '/session/:sessionId/screenshot/:id', (call) => cutOut(call, viewOf(call).bounds)],
];

const viewOf = (call: Call): View => call.session.view(call.param('id'));

export const middle = (bounds: Rect): { x: number; y: number } => ({
  x: Math.floor((bounds.left + bounds.right) / 2),
  y: Math.floor((bounds.top + bounds.bottom) / 2),
});

const sizeOf = (bounds: Rect) => ({ width: bounds.right - bounds.left, height: bounds.bottom - bounds.top });

/** ACTION_SET_TEXT: the field need not have the focus, and does not get it. */
function setText({ session }: Call, view: View, text: string): void {
  const { onText, enabled } = view.node;
  if (!onText || enabled === false) {
    throw new AgentError(
      'invalid element state',
      `Cannot set the element to '${text}'. Did you interact with the correct element?`,
    );
  }
  onText(text);
  session.host.ui.changed();
}

/** Appends unless `replace`; a literal `\n` at the end presses Enter. */
function sendKeys(call: Call, view: View): null {
  const fields = call.body.fields();
  let text = call.body.text('SendKeysModel', 'text');
  const pressEnter = text.endsWith('\\n');
  if (pressEnter) text = text.slice(0, -2);
  const before = fields.replace === true || view.isShowingHint ? '' : (view.node.text ?? '');
  setText(call, view, before + text);
  if (pressEnter) call.session.host.ui.key(66);
  return null;
}

/** Aliases of io.appium.uiautomator2.utils.Attribute; names are matched without case. */
const aliases: Readonly<Record<string, string>> = {
  name: 'text',
  classname: 'class',
  contentdescription: 'content-desc',
  longclickable: 'long-clickable',
  resourceid: 'resource-id',
};
const readable: ReadonlySet<string> = new Set([
  'checkable',
  'checked',
  'class',
  'clickable',
  'content-desc',
  'enabled',
  'focusable',
  'focused',
  'long-clickable',
  'package',
  'password',
  'resource-id',
  'scrollable',
  'selected',
  'text',
  'hint',
  'bounds',
  'displayed',
]);

function attribute(view: View, name: string): string | null {
  const folded = name.toLowerCase();
  const known = aliases[folded] ?? folded;
  if (known === 'selection-start' || known === 'selection-end') return null;
  if (known === 'contentsize') {
    return JSON.stringify({
      ...sizeOf(view.bounds),
      top: view.bounds.top,
      left: view.bounds.left,
      scrollableOffset: 0,
      touchPadding: 0,
    });
  }
  if (!readable.has(known)) {
    throw new AgentError(
      'unknown command',
      `'${name}' attribute is unknown for the element. Only the following attributes are supported: [${[...readable].join(', ')}]`,
    );
  }
  return sourceAttributes(view).find(([attributeName]) => attributeName === known)?.[1] ?? null;
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
