import { type ErrorCode, errorCodeRow } from '../contract/error-codes.ts';

export interface DroverErrorOptions {
  /** What happened, for a person; says what, where and what would be right. Default: the code's own sentence. */
  message?: string;
  /** Facts for machines and traces: JSON values only, never secrets. */
  details?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/** The one error class. Inside we branch on `code`, never on `message`. */
export class DroverError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, { message, details = {}, cause }: DroverErrorOptions = {}) {
    super(message ?? errorCodeRow(code).next, cause === undefined ? undefined : { cause });
    this.name = 'DroverError';
    this.code = code;
    this.details = details;
  }
}

/** Any thrown thing as a DroverError; what is not ours becomes `server.bug` with the original as cause. */
export function toDroverError(thrown: unknown): DroverError {
  if (thrown instanceof DroverError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new DroverError('server.bug', { message: `unexpected: ${message}`, cause: thrown });
}

export const hasCode = (thrown: unknown, ...codes: ErrorCode[]): thrown is DroverError =>
  thrown instanceof DroverError && codes.includes(thrown.code);
