import type { Ctx } from '../base/context.ts';
import type { Point } from './hierarchy.ts';
import { inHand, type Phone } from './phone.ts';

interface Limit {
  timeoutMs?: number;
}

/**
 * Touches `point` for a moment. Aborted before the touch is sent, nothing was touched; after it, the touch stands. When it
 * throws anything else but the reason of an abort, nobody knows whether the phone was touched: look before you act again.
 */
export async function tap(ctx: Ctx, phone: Phone, point: Point, { timeoutMs = 5_000 }: Limit = {}): Promise<void> {
  const body = { offset: whole(point) };
  await inHand(ctx, phone, (bound) => phone.agent.call(bound, 'POST', '/appium/gestures/click', { body, timeoutMs }));
}

export async function longPress(
  ctx: Ctx,
  phone: Phone,
  point: Point,
  { holdMs = 800, timeoutMs = 5_000 }: Limit & { holdMs?: number } = {},
): Promise<void> {
  const body = { offset: whole(point), duration: holdMs };
  await inHand(ctx, phone, (bound) =>
    phone.agent.call(bound, 'POST', '/appium/gestures/long_click', { body, timeoutMs: timeoutMs + holdMs }),
  );
}

/** One finger from `from` to `to` within `ms`. As W3C actions, because the swipe gesture knows only directions. */
export async function swipe(
  ctx: Ctx,
  phone: Phone,
  from: Point,
  to: Point,
  ms: number,
  { timeoutMs = 5_000 }: Limit = {},
): Promise<void> {
  const move = (point: Point, duration: number) => ({
    type: 'pointerMove',
    duration,
    origin: 'viewport',
    ...whole(point),
  });
  const body = {
    actions: [
      {
        type: 'pointer',
        id: 'finger1',
        parameters: { pointerType: 'touch' },
        actions: [move(from, 0), { type: 'pointerDown', button: 0 }, move(to, ms), { type: 'pointerUp', button: 0 }],
      },
    ],
  };
  await inHand(ctx, phone, (bound) => phone.agent.call(bound, 'POST', '/actions', { body, timeoutMs: timeoutMs + ms }));
}

/** Android keycodes of the keys we name. */
const keycodes = { back: 4, home: 3, enter: 66 } as const;

export type Key = keyof typeof keycodes | number;

export async function key(ctx: Ctx, phone: Phone, name: Key, { timeoutMs = 5_000 }: Limit = {}): Promise<void> {
  const keycode = typeof name === 'number' ? name : keycodes[name];
  await inHand(ctx, phone, (bound) =>
    phone.agent.call(bound, 'POST', '/appium/device/press_keycode', { body: { keycode }, timeoutMs }),
  );
}

const whole = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) });
