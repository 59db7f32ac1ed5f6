import { DroverError, hasCode, toDroverError } from '../base/error.ts';
import { middleOf, type Point } from '../phone/hierarchy.ts';
import { readPastDialogs } from './dialogs.ts';
import type { PhoneHands } from './hands.ts';
import { note, notShown } from './look.ts';
import { LookPauses } from './pacing.ts';
import type { Recognised } from './recognise.ts';
import { findObstacle, type Place, type Resolved } from './resolve.ts';
import { type AnyScreen, type Control, type NodeFilter, selectorOf } from './screen.ts';
import { placesOf, Seen } from './seen.ts';
import { bug, type PublicTap, type Session } from './session.ts';
import { assertSameText, isSameText } from './text-compare.ts';
import type { Entry } from './trace.ts';

export interface TapOptions {
  timeoutMs?: number;
  /** Which one of a list. Exactly one node has to fit. */
  where?: NodeFilter;
  /** Must hold on the very capture that the tap point comes from: that it is still the right profile, say. */
  given?: (seen: Seen<string>) => boolean;
}

export interface TypeOptions extends TapOptions {
  /** Shown as *** in the trace, and not read back. */
  secret?: boolean;
}

const locateMs = 8_000;
/** Fields that format what is typed (hashtags, mentions) need a moment before the text can be read back. */
const readBackMs = 3_000;

export async function tap(session: Session, control: Control, options: TapOptions = {}): Promise<void> {
  await touchControl(session, 'tap', control, options, (hands, ctx, point) => hands.tap(ctx, point));
}

export async function longPress(session: Session, control: Control, options: TapOptions = {}): Promise<void> {
  if (control.effect) throw bug(`${control.name}: a public control is tapped, never held`);
  await touchControl(session, 'tap', control, options, (hands, ctx, point) => hands.longPress(ctx, point));
}

/** Enter in `control`, which may publish what is typed there: then the control is declared with `effect`. */
export async function enter(session: Session, control: Control, options: TapOptions = {}): Promise<void> {
  if (!control.effect) session.allow('type', `enter in ${control.name}`);
  await touchControl(session, 'key', control, options, (hands, ctx) => hands.key(ctx, 'enter'));
}

export async function pressKey(session: Session, key: 'back' | 'home'): Promise<void> {
  await session.traced('key', key, () => session.touch('navigate', key, (hands, ctx) => hands.key(ctx, key)));
}

async function touchControl(
  session: Session,
  kind: 'tap' | 'key',
  control: Control,
  options: TapOptions,
  send: (hands: PhoneHands, ctx: Session['ctx'], point: Point) => Promise<void>,
): Promise<void> {
  const publicTap = control.effect ? publicTapOf(session, control) : undefined;
  if (!publicTap) session.allow('navigate', `${kind} ${control.name}`);
  await session.traced(kind, control.name, async (entry) => {
    // pictures first: taking them takes time, and the tap must follow its hierarchy at once
    const before = publicTap ? await session.capture({ fresh: false }) : {};
    await session.grabbed;
    const { place, recognised } = await locate(session, control, options, entry, publicTap?.actBefore);
    const { target } = place;
    if (!target) throw missing(control, 'nothing there takes taps');
    const point = middleOf(target.bounds);
    if (!publicTap) {
      await session.touch('navigate', control.name, (hands, ctx) => send(hands, ctx, point));
      return;
    }
    publicTap.before = { ...before, hierarchy: session.hierarchyRef(recognised.hierarchy) };
    Object.assign(entry, publicTap.before);
    // nothing is awaited from here to the touch
    session.check();
    assertMayTap(publicTap, control);
    if (session.now >= publicTap.actBefore) {
      throw new DroverError('phone.timeout', {
        message: `${control.name} came too late to be tapped under this permission; nothing was tapped`,
        details: { control: control.name },
      });
    }
    publicTap.sent += 1;
    publicTap.last = control.name;
    publicTap.hasArrived = false;
    session.touched();
    await session.call((hands, ctx) => send(hands, ctx, point));
    publicTap.hasArrived = true;
  });
}

function publicTapOf(session: Session, control: Control): PublicTap {
  session.check();
  const { mode } = session;
  const where = `${control.name} is public (${control.effect})`;
  if (mode.is !== 'act') throw bug(`${where}: it can be tapped only in the act of ctx.effect`);
  if (mode.tap.kind !== control.effect)
    throw bug(`${where}: it cannot be tapped in an effect of kind ${mode.tap.kind}`);
  assertMayTap(mode.tap, control);
  return mode.tap;
}

/** One public tap, and the confirmation that it may lead to. */
function assertMayTap({ sent, last }: PublicTap, { name, confirms }: Control): void {
  if (sent === 0 || (sent === 1 && confirms !== undefined && confirms === last)) return;
  throw bug(`${name}: an act makes one public tap`);
}

export async function type(session: Session, control: Control, text: string, options: TypeOptions = {}): Promise<void> {
  session.allow('type', `type into ${control.name}`);
  await session.traced('type', control.name, async (entry) => {
    const shown = (value: string) => (options.secret ? '***' : value);
    await session.grabbed;
    const { place } = await locate(session, control, options, entry);
    const field = place.node;
    entry.found = { typed: shown(text) };
    let read = await session
      .touch('type', control.name, (hands, ctx) => hands.typeText(ctx, text, field))
      .catch((thrown: unknown) => {
        if (!hasCode(thrown, 'phone.text-mismatch')) throw thrown;
        return undefined; // compared by our own rule below, when the app has had its moment to format it
      });
    if (options.secret || field.password) return;
    const until = session.now + readBackMs;
    const pauses = new LookPauses(session.pacing);
    while (read === undefined || !isSameText(text, read)) {
      if (read !== undefined) {
        entry.found = { typed: text, read };
        if (session.now >= until) assertSameText(text, read, control.name);
        await pauses.take(session.ctx, until);
      }
      read = await session.call((hands, ctx) => hands.readText(ctx, { ...field, focused: true }));
    }
    entry.found = { typed: text, read };
  });
}

export async function readText(session: Session, control: Control): Promise<string> {
  return await session.traced('see', `text of ${control.name}`, async (entry) => {
    const { place } = await locate(session, control, {}, entry);
    const read = await session.call((hands, ctx) => hands.readText(ctx, place.node));
    entry.found = { read };
    return read;
  });
}

/** See `ScriptContext.readByPasting`. */
export async function readByPasting(session: Session, control: Control): Promise<string | undefined> {
  session.allow('paste', `paste into ${control.name}`);
  return await session.traced('key', `paste into ${control.name}`, async (entry) => {
    await session.grabbed;
    const { place } = await locate(session, control, {}, entry);
    const read = await session
      .touch('paste', control.name, (hands, ctx) => hands.readByPasting(ctx, place.node))
      .catch((thrown: unknown) => {
        // somebody could send by hand what is left in the field: a script that catches this must not go on
        throw session.end(toDroverError(thrown));
      });
    entry.found = { read: read ?? null };
    return read;
  });
}

export type Direction = 'down' | 'up' | 'left' | 'right';

/** Towards what lies further `direction`: the finger moves the other way, in the middle of the screen or of `within`. */
export async function scroll(session: Session, direction: Direction, within?: Control): Promise<void> {
  await session.traced('swipe', `scroll ${direction}`, async (entry) => {
    const area = within ? (await locate(session, within, {}, entry)).place.node.bounds : await screenBounds(session);
    entry.bounds = area;
    const middle = middleOf(area);
    const part = (from: number, to: number, share: number) => Math.round(from + (to - from) * share);
    const [near, far] = direction === 'down' || direction === 'right' ? [0.7, 0.3] : [0.3, 0.7];
    const isUpright = direction === 'down' || direction === 'up';
    const at = (share: number): Point =>
      isUpright
        ? { x: middle.x, y: part(area.top, area.bottom, share) }
        : { x: part(area.left, area.right, share), y: middle.y };
    await session.touch('navigate', `scroll ${direction}`, (hands, ctx) => hands.swipe(ctx, at(near), at(far), 300));
  });
}

/** Points as shares of the screen, 0–1. */
export async function swipe(session: Session, from: Point, to: Point, ms: number): Promise<void> {
  await session.traced('swipe', 'swipe', async () => {
    const { right, bottom } = await screenBounds(session);
    const at = (share: Point): Point => ({
      x: Math.round(share.x * (right - 1)),
      y: Math.round(share.y * (bottom - 1)),
    });
    await session.touch('navigate', 'swipe', (hands, ctx) => hands.swipe(ctx, at(from), at(to), ms));
  });
}

async function screenBounds(session: Session): Promise<{ left: number; top: number; right: number; bottom: number }> {
  const { width, height } = session.last ?? (await session.read());
  return { left: 0, top: 0, right: width, bottom: height };
}

interface Located {
  place: Place;
  recognised: Recognised;
}

/** The control on a fresh capture whose front screen it belongs to; waits for it a little. */
async function locate(
  session: Session,
  control: Control,
  { timeoutMs = locateMs, where, given = () => true }: TapOptions,
  entry: Entry,
  actBefore = Number.POSITIVE_INFINITY,
): Promise<Located> {
  const owner = ownerOf(session, control);
  const until = Math.min(session.now + timeoutMs, actBefore);
  const pauses = new LookPauses(session.pacing);
  entry.lookedFor = control.signals.map((signal) => selectorOf(signal).name).join(' / ');
  for (;;) {
    const recognised = await readPastDialogs(session, [owner]);
    const seen = new Seen<string>(recognised, owner);
    const resolved = recognised.controls.get(control.name);
    let problem: DroverError | undefined;
    note(session, entry, recognised);
    if (!seen.is) problem = notShown(session, control.screenName, recognised, timeoutMs);
    else if (!given(seen))
      problem = new DroverError('app.unexpected-screen', {
        message: `${control.name} is there, but what should hold beside it does not`,
      });
    else {
      const found = choose(control, recognised, resolved, where);
      if (!(found instanceof DroverError)) {
        entry.bounds = (found.target ?? found.node).bounds;
        if (resolved) entry.signals = resolved.signals;
        entry.hierarchy = session.hierarchyRef(recognised.hierarchy);
        return { place: found, recognised };
      }
      problem = found;
    }
    if (session.now >= until) throw problem;
    await pauses.take(session.ctx, until);
  }
}

function choose(
  control: Control,
  { hierarchy }: Recognised,
  resolved: Resolved | undefined,
  where: NodeFilter | undefined,
): Place | DroverError {
  if (resolved?.is === 'ambiguous') {
    return new DroverError('phone.control-ambiguous', {
      message: `the signals of ${control.name} name different nodes`,
      details: { control: control.name, nodes: resolved.places.map(({ node }) => node.bounds) },
    });
  }
  const places = placesOf(resolved).filter(({ node }) => where === undefined || where(node));
  const [place] = places;
  if (!place) return missing(control, 'no signal found it');
  if (places.length > 1) {
    return new DroverError('phone.control-ambiguous', {
      message: `${places.length} nodes fit ${control.name}`,
      details: { control: control.name, nodes: places.map(({ node }) => node.bounds) },
    });
  }
  if (place.target) {
    const obstacle = findObstacle(hierarchy, place.target, middleOf(place.target.bounds));
    if (obstacle) return missing(control, `it lies behind ${obstacle.id || obstacle.className}`);
  }
  return place;
}

const missing = (control: Control, why: string): DroverError =>
  new DroverError('phone.control-missing', {
    message: `${control.name} cannot be used: ${why}`,
    details: { control: control.name, why },
  });

/** The screen or part that the control was defined in. */
function ownerOf(session: Session, control: Control): AnyScreen {
  const { screens, dialogs } = session.parts.app;
  const all = [...screens, ...dialogs];
  const owner = [...all, ...all.flatMap(({ rules }) => rules.parts ?? [])].find(
    ({ screenName }) => screenName === control.screenName,
  );
  if (!owner) throw bug(`${control.screenName} is not among the screens of the app, so ${control.name} cannot be used`);
  return owner;
}
