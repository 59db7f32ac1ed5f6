import { type Static, Type } from 'typebox';
import { Facts, SentenceCode } from './sentence.ts';

/** Bounds in physical px: left, top, right, bottom. */
export const Bounds = Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]);

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** What one signal of a screen or control found, with the score it adds. */
export const SignalTrace = Type.Object({ name: Type.String(), score: Type.Number(), hit: Type.Boolean() });
export type SignalTrace = Static<typeof SignalTrace>;

export const TraceError = Type.Object({
  code: Type.String(),
  message: Type.String(),
  details: Type.Record(Type.String(), Type.Unknown()),
});

/** One step of an attempt. Times are ISO 8601; `picture` and `hierarchy` are names of files of this trace. */
export const TraceStep = Type.Object({
  name: Type.String(),
  kind: Type.Enum(['step', 'effect', 'see', 'tap', 'type', 'swipe', 'key', 'open', 'push', 'dialog']),
  depth: Type.Integer({ description: '0 = top level; a tap inside a step has its depth + 1' }),
  started_at: Type.String(),
  ended_at: Type.String(),
  looked_for: nullable(Type.String()),
  found: nullable(Type.Unknown()),
  bounds: nullable(Bounds),
  picture: nullable(Type.String()),
  hierarchy: nullable(Type.String()),
  decision: nullable(Type.String({ description: 'What the conduct rules said: go, or the rule that refused' })),
  rule: Type.Optional(
    Type.Object(
      { code: SentenceCode, params: Facts },
      { description: 'The rule that refused, to say it in another language' },
    ),
  ),
  intent: nullable(Type.Unknown({ description: 'The effect as it was written down before the act' })),
  proof: nullable(Type.Unknown({ description: 'What was seen after it' })),
  error: nullable(TraceError),
  signals: Type.Optional(
    Type.Array(SignalTrace, { description: 'Of a look or a touch: what told the screen, or the control' }),
  ),
});
export type TraceStep = Static<typeof TraceStep>;

/** One exchange with the phone: what was asked and answered, shortened; never a secret. */
export const WireEntry = Type.Object({
  at: Type.String(),
  direction: Type.Enum(['out', 'in']),
  text: Type.String(),
});
export type WireEntry = Static<typeof WireEntry>;

export const TraceAttempt = Type.Object({
  n: Type.Integer(),
  serial: Type.String(),
  started_at: Type.String(),
  ended_at: nullable(Type.String()),
  outcome: nullable(Type.String()),
  code: nullable(Type.String()),
  seed: Type.String(),
  app_version: nullable(Type.String()),
  steps: Type.Array(TraceStep),
  wire: Type.Array(WireEntry),
});
export type TraceAttempt = Static<typeof TraceAttempt>;

export const Trace = Type.Object({ attempts: Type.Array(TraceAttempt) });
export type Trace = Static<typeof Trace>;
