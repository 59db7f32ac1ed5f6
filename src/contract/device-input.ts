import { type Static, Type } from 'typebox';

const Point = Type.Object({
  x: Type.Number({
    minimum: 0,
    maximum: 20_000,
    unit: 'px',
    description: 'From the left of the screen as it is turned now',
  }),
  y: Type.Number({ minimum: 0, maximum: 20_000, unit: 'px', description: 'From its top' }),
});

export const inputKeys = ['back', 'home', 'recents', 'enter', 'delete', 'wake', 'volume-up', 'volume-down'] as const;
export type InputKey = (typeof inputKeys)[number];

/** Shows that a phone is the caller's: whatever changes one needs it. */
export const holdToken = Type.Integer({
  description: 'Token of your hold, as `POST /devices/{serial}/hold` gave it',
});

/** Body of `POST /devices/{serial}/input`: the token of the hold, and exactly one thing to do. */
export const DeviceInput = Type.Object({
  hold: holdToken,
  tap: Type.Optional(Point),
  long_press: Type.Optional(Point),
  swipe: Type.Optional(
    Type.Object({
      from: Point,
      to: Point,
      ms: Type.Integer({
        default: 250,
        minimum: 20,
        maximum: 5_000,
        unit: 'ms',
        description: 'How long the finger moves',
      }),
    }),
  ),
  key: Type.Optional(Type.Enum([...inputKeys])),
  text: Type.Optional(
    Type.String({
      maxLength: 10_000,
      description:
        'Typed into the field that has the focus, beside what stands there: at the cursor, or at the end where the keys of a phone do not have it',
    }),
  ),
  replace: Type.Optional(
    Type.Boolean({ description: 'With `text`: it takes the place of everything that stands in the field' }),
  ),
});
export type DeviceInput = Static<typeof DeviceInput>;

const acts = ['tap', 'long_press', 'swipe', 'key', 'text'] as const;
export type InputAct = (typeof acts)[number];

/** The one thing to do; undefined when there is none, or more than one. */
export function actOf(input: DeviceInput): InputAct | undefined {
  const given = acts.filter((act) => input[act] !== undefined);
  return given.length === 1 ? given[0] : undefined;
}
