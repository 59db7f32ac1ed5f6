import { Type } from 'typebox';
import { LicenseCheck } from './license.ts';

/** Every answer below `/api/v1` that is JSON. */
export interface Envelope<Data> {
  /** 0, or one of the wire codes of error-codes.ts. */
  code: number;
  /** `success`, or what is wrong, where, and what would be right. */
  message: string;
  data: Data;
}

export const EnvelopeOf = <T extends Type.TSchema>(data: T) =>
  Type.Object({ code: Type.Integer(), message: Type.String(), data });

export const ErrorEnvelope = EnvelopeOf(
  Type.Union([LicenseCheck, Type.Null()], { description: 'Null; with 40301 for want of a plan: the plan there is' }),
);
