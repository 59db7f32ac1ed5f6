import { type ErrorCode, errorCodeRow, errorCodes, isErrorCode } from '../../src/contract/error-codes.ts';

interface ApiErrorFacts {
  code: number;
  status: number;
  /** Of the failure, as the header `X-Error-Code` gives it. */
  codeName?: string | null;
  cause?: unknown;
}

/** What the server said no to, or that it could not be reached (`status` 0). */
export class ApiError extends Error {
  /** Wire code of the envelope, such as 40001; 0 when there was no answer. */
  readonly code: number;
  readonly status: number;
  readonly #codeName: string | null;

  constructor(message: string, { code, status, codeName = null, cause }: ApiErrorFacts) {
    super(message, { cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.#codeName = codeName;
  }

  get isUnreachable(): boolean {
    return this.status === 0;
  }

  /** Name of the failure; undefined where an older server gives only a number that several share. */
  get errorCode(): ErrorCode | undefined {
    if (this.#codeName !== null && isErrorCode(this.#codeName)) return this.#codeName;
    const fitting = (Object.keys(errorCodes) as ErrorCode[]).filter((code) => errorCodeRow(code).wire === this.code);
    return fitting.length === 1 ? fitting[0] : undefined;
  }
}
