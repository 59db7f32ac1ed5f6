import { sleep } from '../../base/clock.ts';
import { hasKeys, keycodes, metaKeys, shiftedOf } from '../keycodes.ts';
import type { PhoneUi } from '../parts.ts';
import { type Call, elementIdIn, isRecord, type Route } from './call.ts';
import { middle } from './elements.ts';
import { invalidArgument } from './errors.ts';

/** ViewConfiguration.getLongPressTimeout() */
const longPressMs = 400;

type Fields = Readonly<Record<string, unknown>>;

/** Something to do at a time, counted from the beginning of the chain. */
interface Event {
  atMs: number;
  run: () => void;
}

/** W3C actions: pointers as one finger each, keys, pauses. */
export const actionRoutes: readonly Route[] = [
  [
    'POST',
    '/session/:sessionId/actions',
    async (call) => {
      const { actions } = call.body.fields();
      if (!Array.isArray(actions))
        throw invalidArgument("W3CActionsModel: The mandatory field 'actions' is not present in JSON");
      const ids = new Set<string>();
      const plan = actions.flatMap((source) => eventsOf(call, source, ids)).sort((a, b) => a.atMs - b.atMs);
      let now = 0;
      for (const event of plan) {
        if (event.atMs > now) await sleep(call.session.host.clock, event.atMs - now, call.signal);
        now = Math.max(now, event.atMs);
        event.run();
      }
      return null;
    },
  ],
];

function eventsOf(call: Call, source: unknown, ids: Set<string>): Event[] {
  if (!isRecord(source)) throw invalidArgument('Expected BEGIN_OBJECT');
  const { id, type, actions } = source;
  if (typeof id !== 'string') throw invalidArgument('All actions must have the id key set');
  if (ids.has(id)) throw invalidArgument(`The action id '${id}' has one one or more duplicates`);
  ids.add(id);
  if (type === undefined) throw invalidArgument(`'${id}' action must have the type key set`);
  if (!Array.isArray(actions)) throw invalidArgument(`'${id}' action should contain at least one item`);
  const items = actions.map((item) => (isRecord(item) ? item : {}));
  const allowed = itemTypes[String(type)];
  if (!allowed) {
    throw invalidArgument(
      `Only [pointer, key, none] values are supported for type key. '${String(type)}' is passed instead for action '${id}'`,
    );
  }
  for (const item of items) {
    if (!allowed.includes(String(item.type))) {
      throw invalidArgument(
        `Only [${allowed.join(', ')}] item type values are supported for action type '${String(type)}'. '${String(item.type)}' is passed instead for action '${id}'`,
      );
    }
  }
  if (type === 'pointer') return pointerEvents(call, id, items);
  if (type === 'key') return keyEvents(call, id, items);
  let at = 0;
  return items.map((item) => {
    at += durationOf(item, id);
    return { atMs: at, run: () => {} };
  });
}

const itemTypes: Readonly<Record<string, readonly string[]>> = {
  pointer: ['pointerMove', 'pointerUp', 'pointerDown', 'pointerCancel', 'pause'],
  key: ['keyUp', 'keyDown', 'pause'],
  none: ['pause'],
};

function durationOf(item: Fields, id: string): number {
  const { duration } = item;
  if (typeof duration !== 'number') {
    throw invalidArgument(`Missing duration key for action item '${String(item.type)}' of action with id '${id}'`);
  }
  if (duration < 0) {
    throw invalidArgument(
      `duration key cannot be negative for action item '${String(item.type)}' of action with id '${id}'`,
    );
  }
  return duration;
}

/** A finger: what it did between down and up is one tap, long press or swipe. */
function pointerEvents(call: Call, id: string, items: readonly Fields[]): Event[] {
  const { ui } = call.session.host;
  const events: Event[] = [];
  let at = 0;
  let spot: { x: number; y: number } | undefined;
  let down: { x: number; y: number; at: number } | undefined;
  let longest = { x: 0, y: 0, distance: 0 };
  for (const item of items) {
    switch (item.type) {
      case 'pause':
        at += durationOf(item, id);
        events.push({ atMs: at, run: () => {} });
        break;
      case 'pointerMove': {
        at += typeof item.duration === 'number' ? Math.max(0, item.duration) : 0;
        spot = target(call, id, item, spot);
        if (down) {
          const distance = Math.hypot(spot.x - down.x, spot.y - down.y);
          if (distance > longest.distance) longest = { ...spot, distance };
        }
        break;
      }
      case 'pointerDown':
        if (!spot) {
          throw invalidArgument(
            `Action item 'pointerDown' #1 of the action '${id}' should be preceded with at least one item having absolute coordinates`,
          );
        }
        down = { ...spot, at };
        longest = { ...spot, distance: 0 };
        break;
      case 'pointerCancel':
        down = undefined;
        break;
      case 'pointerUp': {
        const start = down;
        const end = spot;
        if (start && end) {
          const heldMs = at - start.at;
          const far = longest;
          events.push({
            atMs: at,
            run: () => {
              if (far.distance === 0 && heldMs >= longPressMs) ui.longPress(start.x, start.y);
              else if (far.distance === 0) ui.tap(start.x, start.y);
              else ui.swipe(start.x, start.y, end.x, end.y, Math.max(1, heldMs));
            },
          });
        }
        down = undefined;
        break;
      }
    }
  }
  return events;
}

function target(
  { session }: Call,
  id: string,
  item: Fields,
  before: { x: number; y: number } | undefined,
): { x: number; y: number } {
  const x = typeof item.x === 'number' ? item.x : undefined;
  const y = typeof item.y === 'number' ? item.y : undefined;
  const origin = item.origin ?? 'viewport';
  if (origin === 'viewport') {
    if (x === undefined || y === undefined) {
      throw invalidArgument(`Both coordinates must be be set for action item 'pointerMove' of action '${id}'`);
    }
    return { x: Math.round(x), y: Math.round(y) };
  }
  if (origin === 'pointer') {
    if (!before) throw invalidArgument(`The first item of the action '${id}' must only use absolute coordinates`);
    return { x: Math.round(before.x + (x ?? 0)), y: Math.round(before.y + (y ?? 0)) };
  }
  const elementId = typeof origin === 'string' ? origin : elementIdIn(origin);
  if (elementId === undefined) {
    throw invalidArgument(
      `An unknown element '${String(origin)}' is set for action item 'pointerMove' of action '${id}'`,
    );
  }
  const { bounds } = session.view(elementId);
  if (bounds.right === bounds.left || bounds.bottom === bounds.top) {
    throw invalidArgument(
      `The element with id '${elementId}' has zero width/height in the action item pointerMove of action '${id}'`,
    );
  }
  const center = middle(bounds);
  return { x: Math.round(center.x + (x ?? 0)), y: Math.round(center.y + (y ?? 0)) };
}

/** WebDriver's own code points for keys without a character (W3CKeyCode of the server), as far as these screens have them. */
const specialKeys: Readonly<Record<string, number>> = {
  '\ue003': 67,
  '\ue004': 61,
  '\ue005': 28,
  '\ue006': 66,
  '\ue007': 66,
  '\ue00c': 111,
  '\ue00d': 62,
  '\ue011': 3,
  '\ue017': 112,
};
const modifiers: Readonly<Record<string, number>> = {
  '\ue008': metaKeys.shift,
  '\ue009': metaKeys.control,
  '\ue00a': metaKeys.alt,
  '\ue03d': metaKeys.meta,
};

function keyEvents(call: Call, id: string, items: readonly Fields[]): Event[] {
  const { ui } = call.session.host;
  let at = 0;
  let held = 0;
  return items.map((item) => {
    if (item.type === 'pause') {
      at += durationOf(item, id);
      return { atMs: at, run: () => {} };
    }
    const { value } = item;
    if (typeof value !== 'string' || value === '') {
      throw invalidArgument(`Missing value key for action item '${String(item.type)}' of action with id '${id}'`);
    }
    const [character = ''] = value;
    const isDown = item.type === 'keyDown';
    return {
      atMs: at,
      run: () => {
        const modifier = modifiers[character];
        if (modifier !== undefined) {
          held = isDown ? held | modifier : held & ~modifier;
          return;
        }
        const code = specialKeys[character];
        if (code === undefined && character >= '\ue000' && character <= '\uf8ff') return;
        if (code === undefined && !hasKeys(character)) {
          throw invalidArgument(
            `KeyCharacterMap.getEvents is unable to synthesize KeyEvent sequence out of '${character.codePointAt(0)}' key code. Consider applying a patch to UiAutomator2 server code or try to synthesize the necessary key event(s) for it manually`,
          );
        }
        if (!isDown) return;
        if (code === undefined) typeWith(ui, character, held);
        else ui.key(code);
      },
    };
  });
}

/** A character while modifiers are held: Shift types another one, with the others it is a shortcut. */
export function typeWith(ui: PhoneUi, character: string, held: number): void {
  if ((held & ~metaKeys.shift) === 0) ui.type((held & metaKeys.shift) === 0 ? character : shiftedOf(character));
  else if ((held & metaKeys.control) !== 0 && character.toLowerCase() === 'v') ui.key(keycodes.paste);
}
