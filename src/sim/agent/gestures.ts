import { sleep } from '../../base/clock.ts';
import type { View } from '../hierarchy.ts';
import type { Rect } from '../parts.ts';
import { type Call, elementIdIn, isRecord, missing, numberIn, type Route } from './call.ts';
import { middle } from './elements.ts';
import { invalidArgument, noSuchElement } from './errors.ts';
import { locate } from './find.ts';
import { look } from './scroll-into-view.ts';

/** UiObject2's defaults, in dp per second (androidx.test.uiautomator 2.3). */
const speeds = { drag: 2_500, swipe: 5_000, scroll: 5_000, fling: 7_500 } as const;
/** UiObject2 keeps a tenth of the element free on each side, so that a gesture does not start on its edge. */
const marginPercent = 0.1;

type Fields = Readonly<Record<string, unknown>>;
interface Point {
  x: number;
  y: number;
}

export const gestureRoutes: readonly Route[] = [
  [
    'POST',
    '/session/:sessionId/appium/gestures/click',
    (call) => {
      const { x, y } = pointOf(call, 'Click');
      call.session.host.ui.tap(x, y);
      return null;
    },
  ],
  [
    'POST',
    '/session/:sessionId/appium/gestures/long_click',
    async (call) => {
      const { x, y } = pointOf(call, 'Long click');
      const { duration } = call.body.fields();
      if (typeof duration === 'number' && duration < 0) {
        throw invalidArgument('Long click duration cannot be negative');
      }
      await sleep(call.session.host.clock, typeof duration === 'number' ? duration : 400, call.signal);
      call.session.host.ui.longPress(x, y);
      return null;
    },
  ],
  [
    'POST',
    '/session/:sessionId/appium/gestures/double_click',
    (call) => {
      const { x, y } = pointOf(call, 'Double click');
      call.session.host.ui.tap(x, y);
      call.session.host.ui.tap(x, y);
      return null;
    },
  ],
  [
    'POST',
    '/session/:sessionId/appium/gestures/drag',
    async (call) => {
      const fields = call.body.fields();
      if (fields.end === undefined) throw missing('DragModel', 'end');
      const element = originOf(call, fields);
      const start = isRecord(fields.start) ? pointIn(fields.start) : undefined;
      if (!element && !start) {
        throw invalidArgument('The starting point coordinates must be provided if element is not set');
      }
      const from = element ? offsetIn(element, start) : (start ?? { x: 0, y: 0 });
      await move(call, from, pointIn(fields.end), speedIn(call, fields, 'drag'));
      return null;
    },
  ],
  [
    'POST',
    '/session/:sessionId/appium/gestures/swipe',
    async (call) => {
      const fields = call.body.fields();
      const area = areaOf(call, fields, 'swipe');
      const [from, to] = stroke(area, directionIn(fields, 'Swipe'), percentIn(fields, 1));
      await move(call, from, to, speedIn(call, fields, 'swipe'));
      return null;
    },
  ],
  [
    'POST',
    '/session/:sessionId/appium/gestures/scroll',
    (call) => {
      const fields = call.body.fields();
      const area = areaOf(call, fields, 'scroll');
      return scroll(call, area, opposite(directionIn(fields, 'Scroll')), {
        percent: percentIn(fields, Number.POSITIVE_INFINITY),
        speed: speedIn(call, fields, 'scroll'),
      });
    },
  ],
  [
    'POST',
    '/session/:sessionId/appium/gestures/fling',
    (call) => {
      const fields = call.body.fields();
      const area = areaOf(call, fields, 'fling');
      return scroll(call, area, opposite(directionIn(fields, 'Fling')), {
        percent: 1,
        speed: speedIn(call, fields, 'fling'),
      });
    },
  ],
  ['POST', '/session/:sessionId/appium/gestures/pinch_open', (call) => pinch(call)],
  ['POST', '/session/:sessionId/appium/gestures/pinch_close', (call) => pinch(call)],
];

function originOf({ session }: Call, fields: Fields): View | undefined {
  const id = elementIdIn(fields.origin);
  return id === undefined ? undefined : session.view(id);
}

/** `origin` or `locator` with an optional offset from its corner, or `offset` alone. */
function pointOf(call: Call, gesture: string): Point {
  const fields = call.body.fields();
  let view = originOf(call, fields);
  if (!view && isRecord(fields.locator)) {
    const { strategy, selector } = fields.locator;
    [view] = locate(call.session, { strategy: String(strategy), selector: String(selector), context: undefined });
    if (!view) throw noSuchElement();
  }
  const offset = isRecord(fields.offset) ? pointIn(fields.offset) : undefined;
  if (view) return offsetIn(view, offset);
  if (!offset) throw invalidArgument(`${gesture} offset coordinates must be provided if element is not set`);
  return offset;
}

const offsetIn = (view: View, offset: Point | undefined): Point =>
  offset ? { x: view.bounds.left + offset.x, y: view.bounds.top + offset.y } : middle(view.bounds);

function pointIn(value: unknown): Point {
  if (!isRecord(value)) throw invalidArgument('Expected BEGIN_OBJECT');
  return {
    x: Math.trunc(numberIn(value, 'PointModel', 'x')),
    y: Math.trunc(numberIn(value, 'PointModel', 'y')),
  };
}

function areaOf(call: Call, fields: Fields, gesture: string): Rect {
  const element = originOf(call, fields);
  if (element) {
    const { bounds } = element;
    const x = Math.round((bounds.right - bounds.left) * marginPercent);
    const y = Math.round((bounds.bottom - bounds.top) * marginPercent);
    return { left: bounds.left + x, top: bounds.top + y, right: bounds.right - x, bottom: bounds.bottom - y };
  }
  if (!isRecord(fields.area)) {
    throw invalidArgument(`The ${gesture} area coordinates must be provided if element is not set`);
  }
  const { area } = fields;
  const read = (name: string) => Math.trunc(numberIn(area as Fields, 'RectModel', name));
  const [left, top, width, height] = [read('left'), read('top'), read('width'), read('height')];
  if (width < 0) throw invalidArgument('Rectangle width must not be negative');
  if (height < 0) throw invalidArgument('Rectangle height must not be negative');
  return { left, top, right: left + width, bottom: top + height };
}

type Direction = 'LEFT' | 'RIGHT' | 'UP' | 'DOWN';

function directionIn(fields: Fields, gesture: string): Direction {
  const direction = String(fields.direction ?? '').toUpperCase();
  if (fields.direction === undefined) throw missing(`${gesture}Model`, 'direction');
  if (direction === 'LEFT' || direction === 'RIGHT' || direction === 'UP' || direction === 'DOWN') return direction;
  throw invalidArgument(`${gesture} direction must be one of [LEFT, RIGHT, UP, DOWN]`);
}

const opposite = (direction: Direction): Direction =>
  ({ LEFT: 'RIGHT', RIGHT: 'LEFT', UP: 'DOWN', DOWN: 'UP' })[direction] as Direction;

function percentIn(fields: Fields, most: number): number {
  const percent = numberIn(fields, 'SwipeModel', 'percent');
  if (percent < 0 || percent > most) throw invalidArgument('Percent must be between 0.0f and 1.0f');
  return percent;
}

function speedIn({ session }: Call, fields: Fields, gesture: keyof typeof speeds): number {
  if (typeof fields.speed !== 'number') return (speeds[gesture] * session.host.ui.density) / 160;
  if (fields.speed < 0) throw invalidArgument('Speed cannot be negative');
  return Math.max(1, fields.speed);
}

/** From one edge of the area towards the other, as Gestures.swipeRect does. */
function stroke(area: Rect, direction: Direction, percent: number): [Point, Point] {
  const { x, y } = middle(area);
  const dx = Math.round((area.right - area.left) * percent);
  const dy = Math.round((area.bottom - area.top) * percent);
  if (direction === 'LEFT')
    return [
      { x: area.right, y },
      { x: area.right - dx, y },
    ];
  if (direction === 'RIGHT')
    return [
      { x: area.left, y },
      { x: area.left + dx, y },
    ];
  if (direction === 'UP')
    return [
      { x, y: area.bottom },
      { x, y: area.bottom - dy },
    ];
  return [
    { x, y: area.top },
    { x, y: area.top + dy },
  ];
}

async function move(call: Call, from: Point, to: Point, speed: number): Promise<void> {
  const durationMs = Math.max(1, Math.round((Math.hypot(to.x - from.x, to.y - from.y) / speed) * 1_000));
  await sleep(call.session.host.clock, durationMs, call.signal);
  call.session.host.ui.swipe(from.x, from.y, to.x, to.y, durationMs);
}

/** True while there is more to scroll to: the last stroke still moved something. */
async function scroll(
  call: Call,
  area: Rect,
  direction: Direction,
  { percent, speed }: { percent: number; speed: number },
): Promise<boolean> {
  for (let left = percent; left > 0; left -= 1) {
    const before = look(call.session);
    const [from, to] = stroke(area, direction, Math.min(1, left));
    await move(call, from, to, speed);
    if (look(call.session) === before) return false;
  }
  return true;
}

/** Nothing on these screens zooms; the call is checked and does nothing. */
function pinch(call: Call): null {
  const fields = call.body.fields();
  areaOf(call, fields, 'pinch');
  percentIn(fields, 1);
  return null;
}
