import { type Static, Type } from 'typebox';
import { nullable } from './page.ts';
import { Bounds, SignalTrace } from './trace.ts';

const signals = Type.Array(SignalTrace, { description: 'Each with what it counts, and whether it was there' });
const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });

/** A screen that was weighed. */
export const ScreenCandidate = Type.Object({
  screen: Type.String(),
  score: share('Share of its signals that was found'),
  fits: Type.Boolean({
    description: 'False: not enough was found, something it needs is missing, or something rules it out',
  }),
  signals,
});
export type ScreenCandidate = Static<typeof ScreenCandidate>;

/** Something on the screen that scripts know by name. */
export const ScreenElement = Type.Object({
  name: Type.String({ description: 'Of a list, with its place: `videos[0]`' }),
  bounds: Bounds,
  tap: nullable(
    Type.Tuple([Type.Number(), Type.Number()], { description: 'Where a script would touch it; null: it is only read' }),
  ),
  text: Type.String(),
  confidence: share('Share of its signals that agrees'),
  signals,
});
export type ScreenElement = Static<typeof ScreenElement>;

/** What the recogniser makes of a screen, and why. */
export const DeviceSighting = Type.Object({
  serial: Type.String(),
  app: nullable(
    Type.String({ description: '`tiktok`, `instagram`, or `system` for Android and every other app; null: not told' }),
  ),
  package: nullable(Type.String()),
  screen: nullable(Type.String({ description: 'Null: an unknown screen, on which nothing would be touched' })),
  language: nullable(Type.String({ description: 'Of the app, as its words tell it' })),
  blocking: nullable(Type.Boolean({ description: 'A dialog or sheet that has to be answered first' })),
  confidence: share('Of the screen; 0 when it is unknown'),
  state: Type.Record(Type.String(), Type.Unknown(), { description: 'Facts of the screen, such as the chosen tab' }),
  candidates: Type.Array(ScreenCandidate, { description: 'Best first, those that found something' }),
  elements: Type.Array(ScreenElement),
  hierarchy: Type.String({ description: 'The tree of nodes that all this was read from, as the phone gave it' }),
});
export type DeviceSighting = Static<typeof DeviceSighting>;
